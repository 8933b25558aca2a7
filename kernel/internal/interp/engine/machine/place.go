package machine

import (
	"reflect"
	"runtime"
	"strings"
	"sync"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
)

// place is a call of a compiled function that asks where it is called.
type place struct {
	*Run
	th      *thread         // that calls, or
	callers []runtime.Frame // what called where a func value was taken
}

var _ registry.Place = (*place)(nil)

func (p *place) Callers() []runtime.Frame {
	if p.th != nil {
		return p.th.callers()
	}
	return p.callers
}

func (p *place) Func(pc uintptr) *runtime.Func { return p.m.places.function(pc) }

func (p *place) Frames(pcs []uintptr) *runtime.Frames { return p.m.places.frames(pcs) }

func (p *place) CellFunc(f reflect.Value) uintptr {
	if f.IsNil() || !f.CanInterface() {
		return f.Pointer()
	}
	cl := closureOf(mem.FuncWord(f))
	if cl == nil {
		return f.Pointer()
	}
	p.m.mu.Lock()
	defer p.m.mu.Unlock()
	fn := cl.fn.body()
	return p.m.places.pc(p.m.frameOf(Frame{fn.String(), fn.Pos(), fn}))
}

// callers are the active functions as a traceback of compiled code shows them. Interpreted code below compiled code that
// calls back is not among them: no thread knows the one below it.
func (th *thread) callers() (out []runtime.Frame) {
	for h := th.cur; h != nil && len(out) < maxTrace; h = h.caller {
		for _, f := range h.code.at(int(h.pc/instrSize) - 1) {
			if !f.hidden() {
				out = append(out, th.m.frameOf(f))
			}
		}
	}
	pcs := make([]uintptr, maxTrace)
	fs := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
	below := false
	for {
		f, more := fs.Next()
		if below && !strings.HasPrefix(f.Function, ours) && !glue[f.Function] {
			out = append(out, runtime.Frame{Function: f.Function, File: f.File, Line: f.Line})
		}
		below = below || f.Function == callbackName || f.Function == startName
		if !more {
			break
		}
	}
	for i := range out {
		out[i].PC = th.m.places.pc(out[i])
	}
	return out
}

// ours is what the names of functions begin with that no user wrote, glue what stands between them and the user's.
var (
	ours = strings.TrimSuffix(startName, "interp/engine/machine.start")
	glue = map[string]bool{"reflect.Value.Call": true, "reflect.Value.CallSlice": true, "reflect.Value.call": true, "reflect.callReflect": true, "reflect.makeFuncStub": true}
)

// hidden reports that a compiler would not show it: wrappers.
func (f Frame) hidden() bool { return wraps(f.fn) || !f.Pos.IsValid() }

// frameOf is f as compiled code would see it.
func (m *Machine) frameOf(f Frame) runtime.Frame {
	at := m.cfg.Fset.Position(f.Pos)
	return runtime.Frame{Function: linkName(f.fn), File: at.Filename, Line: at.Line}
}

// places gives program counters to what Callers tells of: numbers far from all code, so that only this table knows them.
type places struct {
	mu    sync.Mutex
	known map[runtime.Frame]uintptr
	list  []runtime.Frame
	funcs map[uintptr]*runtime.Func
}

const (
	firstPlace = 1 << 60
	placeSize  = 16 // one before a program counter and one behind it are in the same place
)

// pc is the program counter of f.
func (p *places) pc(f runtime.Frame) uintptr {
	f.PC = 0
	p.mu.Lock()
	defer p.mu.Unlock()
	pc, ok := p.known[f]
	if !ok {
		if p.known == nil {
			p.known = map[runtime.Frame]uintptr{}
		}
		pc = firstPlace + uintptr(len(p.list))*placeSize + placeSize/2
		p.known[f] = pc
		p.list = append(p.list, f)
	}
	return pc
}

// at is the frame of a program counter.
func (p *places) at(pc uintptr) (f runtime.Frame, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	i := (pc - firstPlace) / placeSize
	if pc < firstPlace || i >= uintptr(len(p.list)) {
		return f, false
	}
	f = p.list[i]
	f.PC, f.Entry = pc, firstPlace+i*placeSize
	return f, true
}

// function is runtime.FuncForPC.
func (p *places) function(pc uintptr) *runtime.Func {
	f, ok := p.at(pc)
	if !ok {
		return runtime.FuncForPC(pc)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	fn := p.funcs[f.Entry]
	if fn == nil {
		if p.funcs == nil {
			p.funcs = map[uintptr]*runtime.Func{}
		}
		fn = mem.RuntimeFunc(f.Function, f.File, f.Line, f.Entry)
		p.funcs[f.Entry] = fn
	}
	return fn
}

// frames is runtime.CallersFrames.
func (p *places) frames(pcs []uintptr) *runtime.Frames {
	var out []runtime.Frame
	for i := 0; i < len(pcs); i++ {
		if f, ok := p.at(pcs[i]); ok {
			f.Func = p.function(pcs[i])
			out = append(out, f)
			continue
		}
		n := i + 1
		for n < len(pcs) && pcs[n] < firstPlace {
			n++
		}
		fs := runtime.CallersFrames(pcs[i:n])
		for more := true; more; {
			var f runtime.Frame
			if f, more = fs.Next(); f.PC != 0 {
				out = append(out, f)
			}
		}
		i = n - 1
	}
	return mem.RuntimeFrames(out)
}

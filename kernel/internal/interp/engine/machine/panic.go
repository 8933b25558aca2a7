package machine

import (
	"fmt"
	"go/token"
	"reflect"
	"runtime"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// Frame is a place in interpreted code.
type Frame struct {
	Func string // as go/ssa names it: "main.f", "(*main.T).M", "main.f$1"
	Pos  token.Pos

	fn *ssa.Function
}

// Panic is a panic that no one recovered.
type Panic struct {
	Value  any
	Frames []Frame // innermost first
	By     string  // the compiled function that recovers it all the same, if one does
}

func (p *Panic) Error() string {
	switch v := p.Value.(type) {
	case error:
		return v.Error()
	case fmt.Stringer:
		return v.String()
	}
	return fmt.Sprint(p.Value)
}

// Unwrap is the panic's value, if it is an error.
func (p *Panic) Unwrap() error { err, _ := p.Value.(error); return err }

// Exit is os.Exit.
type Exit struct{ Code int }

func (e *Exit) Error() string { return fmt.Sprintf("exit status %d", e.Code) }

// Overflow is the panic of interpreted code that calls itself without end.
type Overflow struct{ text string }

func (e *Overflow) Error() string { return e.text }

// RuntimeError makes it a runtime.Error.
func (e *Overflow) RuntimeError() {}

// Memory is the panic of interpreted code that asks for more memory at once than it may have.
type Memory struct{ Bytes, Limit int64 }

func (e *Memory) Error() string {
	return fmt.Sprintf("runtime error: out of memory: %d bytes asked for at once, the limit is %d", e.Bytes, e.Limit)
}

// RuntimeError makes it a runtime.Error.
func (e *Memory) RuntimeError() {}

// Missing is a call of a generic function of a compiled package of which there is no Go code to interpret.
type Missing struct{ Func string }

func (e *Missing) Error() string {
	return e.Func + " cannot be used in a cell: it is generic, and only the compiler can make an instance of it"
}

// originName is the name of a function without its type arguments.
func originName(f *ssa.Function) string {
	if o := f.Origin(); o != nil {
		f = o
	}
	return f.String()
}

func (th *thread) overflow() error {
	return &Overflow{"runtime error: stack overflow: too many nested calls"}
}

// guard fails if n values of size bytes are too many.
func (th *thread) guard(n, size int) {
	if size <= 0 || n <= 0 {
		return
	}
	if int64(n) > th.m.cfg.MaxMemory/int64(size) {
		th.tooLarge(n, size)
	}
	th.account(int64(n) * int64(size))
}

// fits fails if a value of type t is too large.
func (m *Machine) fits(t reflect.Type) {
	if size := int64(t.Size()); size > m.cfg.MaxMemory {
		panic(&Memory{size, m.cfg.MaxMemory})
	}
}

func (th *thread) tooLarge(n, size int) {
	if n > 1<<47/size { // beyond any address space
		panic(runtimeError("makeslice: len out of range"))
	}
	panic(&Memory{int64(n) * int64(size), th.m.cfg.MaxMemory})
}

// failure is the error of a panic that reached the end of the thread.
func (th *thread) failure(v any) error {
	if s, ok := v.(stopped); ok {
		return s.run.Err()
	}
	if e, ok := v.(*internalError); ok {
		return e.err
	}
	return &Panic{Value: v, Frames: append(th.run.traceOf(v), th.frames()...)}
}

// internalError is a failure of the machine itself, not of the program.
type internalError struct{ err error }

// frames are the places of the thread's active functions.
func (th *thread) frames() (fs []Frame) {
	for h := th.cur; h != nil && len(fs) < 200; h = h.caller {
		fs = append(fs, h.code.at(int(h.pc/instrSize)-1)...)
	}
	return fs
}

// passed keeps the frames of a callback that a panic leaves.
func (th *thread) passed(v any) {
	r := th.run
	r.mu.Lock()
	defer r.mu.Unlock()
	if !same(r.traced, v) {
		r.traced, r.trace = v, nil
	}
	if len(r.trace) < maxTrace {
		r.trace = append(r.trace, th.frames()...)
	}
	th.cur = nil // its frames are kept now
}

const maxTrace = 1000 // frames kept of a panic's way through callbacks

// traceOf are the frames of callbacks that v passed.
func (r *Run) traceOf(v any) []Frame {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !same(r.traced, v) {
		return nil
	}
	fs := r.trace
	r.traced, r.trace = nil, nil
	return fs
}

func (r *Run) forget(v any) { r.traceOf(v) }

// same compares without failing on what cannot be compared.
func same(a, b any) bool {
	x, y := mem.Words(a), mem.Words(b)
	return x.Tab != nil && x == y
}

// assertError is the runtime's error of a failed type assertion.
func assertError(it reflect.Type, have ptr, want reflect.Type) error {
	e := new(runtime.TypeAssertionError)
	v := reflect.ValueOf(e).Elem()
	set := func(name string, p ptr) {
		if f, ok := v.Type().FieldByName(name); ok && p != nil {
			mem.Put(mem.Of(e), int32(f.Offset), p)
		}
	}
	if have != nil || want.Kind() != reflect.Interface { // the runtime does not tell it else
		set("_interface", mem.Type(it))
	}
	set("concrete", have)
	set("asserted", mem.Type(want))
	if want.Kind() == reflect.Interface && have != nil {
		if f, ok := v.Type().FieldByName("missingMethod"); ok {
			mem.Put(mem.Of(e), int32(f.Offset), missingMethod(mem.FromType(have), want))
		}
	}
	return e
}

// nilReceiver is the runtime's error of a value method that is called by a nil pointer. Type arguments are three dots there.
func nilReceiver(typ, method string) any {
	typ, _, generic := strings.Cut(typ, "[")
	name := typ[strings.LastIndexByte(typ, '.')+1:]
	if generic {
		typ, name = typ+"[...]", name+"[...]"
	}
	return plainError("value method " + typ + "." + method + " called using nil *" + name + " pointer")
}

package machine

import (
	"fmt"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// comp compiles one function. It runs twice over the same code: the first time to count slots, the second to emit.
type comp struct {
	scope
	m      *Machine
	f      *Code
	place  [regions]int32 // next free offset of a region
	typed  []slot         // slots of rTyped, in order
	ptrs   []int32        // pointer words that a release clears
	big    []slot
	sigEnd int32
	places map[ssa.Instruction]int // of a block, for behind

	consts     map[constKey]slot
	inits      []func(fp ptr)
	once       map[int32]bool // slots of values that one instruction of the same block reads
	pos        token.Pos
	constIn    bool
	inlineLeft int // instructions that may still be taken over from other functions
}

// scope is what belongs to the function itself or to one that is inlined into it.
type scope struct {
	sf      *ssa.Function
	slots   map[ssa.Value]slot
	tuples  map[ssa.Value][]slot
	fused   map[ssa.Value]bool // no code at its own place
	local   map[*ssa.Alloc]slot
	into    map[ssa.Value]ssa.Value       // computed in the place of a phi
	shared  map[ssa.Value]bool            // others are computed in its place
	home    map[ssa.Value]*ssa.BasicBlock // of what is computed at the end of another block
	hoisted map[*ssa.BasicBlock][]ssa.Instruction
	built   map[ssa.Value]slot  // computed in the field that it is for
	noZero  map[*ssa.Alloc]bool // stored before it is read
	// values that append adds without an array of them, and what would have made that
	listed   map[*ssa.Slice][]ssa.Value
	listedAt map[ssa.Instruction]*ssa.Call
	defers   bool // a range-over-func body defers into this function
	start    map[*ssa.BasicBlock]int
	fix      []int // jumps whose c is a block's index
	late     []func()

	within  bool   // it is inlined
	results []slot // of an inlined function
	ends    []int  // jumps behind an inlined function
	depth   int
	stack   []*ssa.Function // the functions around it and itself
}

func newScope(f *ssa.Function) scope {
	return scope{sf: f, slots: map[ssa.Value]slot{}, tuples: map[ssa.Value][]slot{}, fused: map[ssa.Value]bool{}, local: map[*ssa.Alloc]slot{},
		into: map[ssa.Value]ssa.Value{}, shared: map[ssa.Value]bool{}, home: map[ssa.Value]*ssa.BasicBlock{}, hoisted: map[*ssa.BasicBlock][]ssa.Instruction{}, built: map[ssa.Value]slot{}, noZero: map[*ssa.Alloc]bool{}, listed: map[*ssa.Slice][]ssa.Value{}, listedAt: map[ssa.Instruction]*ssa.Call{}, start: map[*ssa.BasicBlock]int{}, stack: []*ssa.Function{f}}
}

type constKey struct {
	t types.Type
	v string
}

// compile makes f's code. The caller holds the machine's lock.
func (m *Machine) compile(fn *Func) (code *Code, err error) {
	defer func() {
		if r := recover(); r != nil {
			if large, ok := r.(*Memory); ok {
				err = large
				return
			}
			err = fmt.Errorf("cannot compile %s: %v", fn.ssa, r)
			if m.cfg.Debug {
				panic(r)
			}
		}
	}()
	if fn.ssa.Blocks == nil {
		return nil, &Missing{originName(fn.ssa)}
	}
	dropBlank(fn.ssa)
	var base, size [regions]int32
	for r := range regions {
		base[r] = int32(r+1) << 26 // apart: whether slots overlap is the same in both passes
	}
	first := m.newComp(fn, base)
	first.all()
	o := first.sigEnd
	for r := range regions {
		size[r] = first.place[r] - base[r]
		base[r] = o
		o = grown(o, size[r])
	}
	c := m.newComp(fn, base)
	c.all()
	for r := range regions {
		if c.place[r]-base[r] != size[r] {
			panic("frame layout differs between passes")
		}
	}
	c.finish(size, o)
	return c.f, nil
}

func (m *Machine) newComp(fn *Func, base [regions]int32) *comp {
	c := &comp{scope: newScope(fn.ssa), m: m, f: &Code{fn: fn}, place: base, consts: map[constKey]slot{}, once: map[int32]bool{}, inlineLeft: inlineBudget}
	f := c.f
	var recv slot
	var params []slot
	f.res, params, recv, c.sigEnd = m.layout(fn.ssa.Signature)
	if fn.ssa.Signature.Recv() != nil {
		f.recv = true
		params = append([]slot{recv}, params...)
	}
	f.params = params
	if len(params) != len(fn.ssa.Params) {
		panic("parameters differ from signature")
	}
	for i, p := range fn.ssa.Params {
		c.slots[p] = params[i]
	}
	for _, s := range append(append([]slot{}, f.res...), params...) {
		c.wipe(s)
	}
	for _, p := range fn.ssa.FreeVars {
		s := c.alloc(p.Type())
		c.slots[p] = s
		f.free = append(f.free, s)
	}
	return c
}

func (c *comp) all() {
	f := c.f
	c.blocks()
	c.straighten()
	c.fuse()
	f.recoverI = -1
	if c.sf.Recover != nil {
		f.recoverI = int64(c.start[c.sf.Recover]) * instrSize
	}
	c.emit(opRet, 0, 0, 0, 0)                               // never reached; keeps the address after the last instruction inside
	f.ops, f.pos = slices.Clone(f.ops), slices.Clone(f.pos) // no larger than need be
	f.first = mem.Of(&f.ops[0])
}

// blocks compiles the function of the scope.
func (c *comp) blocks() {
	f := c.f
	c.plan()
	for i, b := range c.sf.Blocks {
		c.start[b] = len(f.ops)
		if b.Comment == resumeExits {
			c.leaveLoop(b)
		}
		for k, in := range b.Instrs {
			if c.defers && k == c.deferPoint(b) {
				c.at(in)
				c.runDefers()
			}
			if v, ok := in.(ssa.Value); ok && (c.fused[v] || c.home[v] != nil) || c.listedAt[in] != nil {
				continue
			}
			if k == len(b.Instrs)-1 {
				for _, x := range c.hoisted[b] {
					c.at(x)
					c.instr(x, i)
				}
			}
			c.at(in)
			c.instr(in, i)
		}
	}
	for len(c.late) > 0 {
		l := c.late
		c.late = nil
		for _, g := range l {
			g()
		}
	}
	for _, i := range c.fix {
		in := &f.ops[i]
		in.c = way(i, c.start[c.sf.Blocks[in.c]])
	}
}

// finish makes the frame's type and template.
func (c *comp) finish(n [regions]int32, size int32) {
	f := c.f
	f.frame = c.m.frameType(c.sf.Signature, n, c.typed)
	if int32(f.frame.Size()) != size {
		panic(fmt.Sprintf("frame of %d bytes has a type of %d", size, f.frame.Size()))
	}
	f.desc, f.size = mem.Type(f.frame), int64(size)
	f.id = c.m.nextID()
	f.wipe, f.wipeT, f.large = c.ptrs, c.big, len(c.big) > 0
	f.wrapper = wraps(c.sf)
	c.m.fits(f.frame)
	f.template = mem.New(f.desc)
	head(f.template).code = f
	for _, g := range c.inits {
		g(f.template)
	}
}

// wraps reports that f only calls another function.
func wraps(f *ssa.Function) bool {
	for _, kind := range []string{"wrapper", "bound", "thunk"} {
		if strings.HasPrefix(f.Synthetic, kind) {
			return true
		}
	}
	return false
}

func (c *comp) emit(op uint16, a, b, cc int32, d int64) int {
	c.f.ops = append(c.f.ops, instr{op: op, a: a, b: b, c: cc, d: d})
	c.f.pos = append(c.f.pos, c.pos)
	return len(c.f.ops) - 1
}

func (c *comp) ext(g ext) {
	c.f.ext = append(c.f.ext, g)
	c.emit(opExt, 0, 0, way(-1, len(c.f.ops)), int64(len(c.f.ext)-1))
}

// general keeps the general form of an operation and says where, above a slot that it works on too.
func (c *comp) general(off int32, g ext) int64 {
	c.f.ext = append(c.f.ext, g)
	return int64(len(c.f.ext)-1)<<32 | int64(off)
}

func (c *comp) jump(op uint16, a, b int32, to *ssa.BasicBlock) {
	c.fix = append(c.fix, c.emit(op, a, b, int32(to.Index), 0))
}

// way is the distance in bytes between two instructions.
func way(from, to int) int32 { return int32(int64(to-from) * instrSize) }

// mov copies slot to slot.
func (c *comp) mov(s slot, dst int32) {
	if s.off == dst {
		return
	}
	switch s.cls {
	case cP:
		c.emit(opMovP, dst, s.off, 0, 0)
	case cS:
		c.emit(opMovS, dst, s.off, 0, 0)
	case cL:
		c.emit(opMovL, dst, s.off, 0, 0)
	case cE:
		c.emit(opMovE, dst, s.off, 0, 0)
	case cT:
		if s.t.Size() == 0 || c.movPieces(s, dst) {
			return
		}
		rt := mem.Type(s.t)
		c.ext(func(_ *thread, fp ptr) { mem.Move(rt, mem.Add(fp, dst), mem.Add(fp, s.off)) })
	default:
		c.emit(opMov, dst, s.off, 0, 0)
	}
}

// widen emits the extension that keeps a narrow integer 64 bits wide.
func (c *comp) widen(s slot) {
	if s.cls.narrow() && s.t.Kind() != reflect.Bool && s.t.Kind() != reflect.Float32 {
		c.emit(widOp(s.cls), s.off, s.off, 0, 0)
	}
}

func widOp(c class) uint16 {
	return [...]uint16{cI8: opWidI8, cI16: opWidI16, cI32: opWidI32, cU8: opWidU8, cU16: opWidU16, cU32: opWidU32}[c]
}

package machine

import (
	"go/token"
	"go/types"
	"reflect"
	"sync/atomic"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

type (
	ptr = mem.Ptr

	// ext is a rare operation.
	ext func(th *thread, fp ptr)

	// instr is one instruction; a, b and c are mostly offsets of slots in the frame, d an offset or an index. A jump's c is
	// the way to its target in bytes, a call's c and that of a rare operation the pc after it.
	instr struct {
		op      uint16
		f       uint16 // an index: 1 if it is of unsigned type
		a, b, c int32
		d       int64
	}

	// hdr is the head of every frame.
	hdr struct {
		caller *hdr    // the calling frame; in the pool, the next free frame
		code   *Code   // what runs in it
		ds     *defers // of a function that defers
		self   ptr     // the frame itself: the base of its local variables
		pc     int64   // where it goes on, in bytes from the first instruction
		used   int64   // bytes of frames up to this one; in the pool, the number of free frames
		callee *hdr    // a frame kept for the function that this one calls most likely, or nil; its caller is this one
	}

	// Func is a function as calls know it. Its code changes when the function is replaced.
	Func struct {
		m       *Machine
		ssa     *ssa.Function
		code    atomic.Pointer[Code]
		instead *Func // it was replaced by
		closure ptr   // func value of the function itself

		method  *methodStub  // of a method as compiled code calls it, else nil
		version atomic.Int32 // of its code: what was inlined before it changed is not valid any more
		methods []*Func      // such methods that run this function's code
	}

	// Code is a compiled function. It never changes once it is published.
	Code struct {
		id       int
		fn       *Func
		of       *Func // whose code this is: fn or what it replaced
		ops      []instr
		first    ptr // of ops
		pos      []token.Pos
		inlined  []inlined // an inner one before the outer one
		ext      []ext
		calls    []*callInfo
		frame    reflect.Type
		desc     ptr
		size     int64
		template ptr
		recv     bool
		params   []slot // in the order of ssa.Function.Params
		free     []slot
		res      []slot
		wipe     []int32 // pointer words to clear before a frame goes to the pool
		wipeT    []slot  // larger values to clear
		large    bool    // wipeT is not empty
		deferred bool
		wrapper  bool  // synthetic: a deferred call of it is one of what it calls
		recoverI int64 // where it goes on after a recovered panic, or -1
		keep     []any
	}

	// callInfo is a call site.
	callInfo struct {
		fn   *Func
		dyn  func(th *thread, fp ptr) (*Code, ptr) // nil Code: already done
		args []move
		res  []move
		dst  int32                  // of the first argument
		last atomic.Pointer[target] // of a method call: the last dynamic type's

		typed, typedRes bool // some argument or result is of class cT
	}
)

const (
	hdrSize   = int32(7 * 8)
	maxFrame  = 1 << 30 // bytes of one value in a frame
	instrSize = int64(24)
)

func head(fp ptr) *hdr { return mem.As[hdr](fp) }

// roomOf is the number of bytes that a value takes in a frame.
func roomOf(t reflect.Type) int32 {
	if t.Size() > maxFrame {
		panic(&Memory{int64(t.Size()), maxFrame})
	}
	return max(int32(t.Size())+7, 8) &^ 7 // never 0: the address after a frame's end is another object's
}

// grown is the end of a frame that ended at o and gets n more bytes.
func grown(o, n int32) int32 {
	if int64(o)+int64(n) > 2*maxFrame-1 {
		panic(&Memory{int64(o) + int64(n), 2*maxFrame - 1})
	}
	return o + n
}

// layout places the results and parameters of a signature at the head of every frame: results, parameters, receiver.
// The receiver comes last so that the others' places depend on the method's type alone.
func (m *Machine) layout(sig *types.Signature) (res, params []slot, recv slot, end int32) {
	o := hdrSize
	place := func(t types.Type) slot {
		s := slot{o, classOf(t), m.rtype(t)}
		o = grown(o, roomOf(s.t))
		return s
	}
	for v := range sig.Results().Variables() {
		res = append(res, place(v.Type()))
	}
	for v := range sig.Params().Variables() {
		params = append(params, place(v.Type()))
	}
	if r := sig.Recv(); r != nil {
		recv = place(r.Type())
	}
	return res, params, recv, o
}

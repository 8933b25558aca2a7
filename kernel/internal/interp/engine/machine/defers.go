package machine

import (
	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

type (
	// pending is a call whose function and arguments are known already. ds is set if it is a deferred one.
	pending func(th *thread, ds *defers)

	// defers are the deferred calls of one activation.
	defers struct {
		list      []pending
		panicking bool
		val       any
		done      bool
	}

	// recovery names the frame that may recover, and whose panic.
	recovery struct {
		frame *hdr
		ds    *defers
	}
)

// enter runs g in frame nf, from Go.
func (th *thread) enter(g *Code, nf ptr) {
	if !g.deferred {
		th.exec(g, nf, 0)
		return
	}
	if th.nest++; th.nest > maxNest {
		th.nest = 0
		panic(th.overflow())
	}
	if c := head(nf).caller; c != nil {
		head(nf).used = c.used + g.size
	}
	ds := &defers{}
	head(nf).ds = ds
	if again := th.guarded(g, nf, ds, th.nest-1); again != nil {
		panic(again) // from here, where the frames of the panic that ended g are gone
	}
}

// guarded runs g and what it defers. It returns the value of a panic that goes on.
func (th *thread) guarded(g *Code, nf ptr, ds *defers, nest int) (again any) {
	defer func() {
		if !ds.done {
			again = th.unwind(g, nf, ds, recover(), nest)
		}
	}()
	th.exec(g, nf, 0)
	ds.done = true
	th.nest = nest
	return nil
}

// unwind runs what is deferred when a function ends by a panic with value val or, if that is nil, by runtime.Goexit. It
// returns the value of a panic that goes on.
func (th *thread) unwind(g *Code, fp ptr, ds *defers, val any, nest int) (again any) {
	th.nest = nest
	if _, ok := val.(stopped); ok {
		return val
	}
	ds.val, ds.panicking = val, val != nil
	at := th.cur
	for n := len(ds.list); n > 0; n = len(ds.list) {
		d := ds.list[n-1]
		ds.list = ds.list[:n-1]
		if r := th.attempt(d, ds); r != nil {
			if _, ok := r.(stopped); ok {
				return r
			}
			ds.val, ds.panicking, at = r, true, th.cur
		}
	}
	if ds.panicking {
		th.cur = at
		return ds.val
	}
	if val != nil && g.recoverI >= 0 {
		th.cur = head(fp)
		th.exec(g, fp, g.recoverI)
	}
	return nil
}

// attempt runs a deferred call and returns the value of a panic that ends it.
func (th *thread) attempt(d pending, ds *defers) (val any) {
	ok := false
	defer func() {
		if !ok {
			val = recover()
		}
	}()
	d(th, ds)
	ok = true
	return nil
}

// of reports that frame is of the deferred function, or of the method that the deferred wrapper stands for.
func (r recovery) of(frame *hdr) bool {
	return r.frame == frame || frame.caller == r.frame && r.frame.code.wrapper
}

// recovered is the builtin recover, called by frame.
func (th *thread) recovered(frame *hdr) any {
	if n := len(th.recov); n > 0 && th.recov[n-1].of(frame) && th.recov[n-1].ds.panicking {
		ds := th.recov[n-1].ds
		ds.panicking = false
		th.run.forget(ds.val)
		return ds.val
	}
	return nil
}

func (c *comp) deferCall(in *ssa.Defer) {
	g := c.prepare(&in.Call)
	if in.DeferStack != nil {
		s := c.off(in.DeferStack)
		c.ext(func(th *thread, fp ptr) {
			ds := mem.As[defers](mem.Ld[ptr](fp, s))
			ds.list = append(ds.list, g(th, fp))
		})
		return
	}
	c.ext(func(th *thread, fp ptr) {
		ds := head(fp).ds
		ds.list = append(ds.list, g(th, fp))
	})
}

func (c *comp) runDefers() {
	c.ext(func(th *thread, fp ptr) {
		ds := head(fp).ds
		for n := len(ds.list); n > 0; n = len(ds.list) {
			d := ds.list[n-1]
			ds.list = ds.list[:n-1]
			d(th, ds)
		}
		th.cur = head(fp)
	})
}

// deferPoint is the instruction of a returning block before which deferred calls run, if only range-over-func bodies
// defer: go/ssa then drops RunDefers. It stands before the results are read.
func (c *comp) deferPoint(b *ssa.BasicBlock) int {
	n := len(b.Instrs) - 1
	if _, ok := b.Instrs[n].(*ssa.Return); !ok || b == c.sf.Recover {
		return -1
	}
	for n > 0 {
		u, ok := b.Instrs[n-1].(*ssa.UnOp)
		if !ok {
			break
		}
		if _, ok := u.X.(*ssa.Alloc); !ok {
			break
		}
		n--
	}
	return n
}

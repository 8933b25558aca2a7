package machine

import (
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// thread runs interpreted code on one goroutine. Compiled code that calls back gets a thread of its own.
type thread struct {
	m     *Machine
	run   *Run
	cur   *hdr   // innermost frame
	pool  []*hdr // free frames, by code id modulo its length
	miss  int    // frames allocated because the pool held another function's
	recov []recovery
	nest  int      // deferring functions active: each is a Go frame
	maps  *mapUser // how the locks of maps know it

	top   *Code // of a callback: what it runs
	label ptr   // of a callback: the label of the goroutines of its run, if they have one
	kept  *hdr  // of a callback: the frame of the last, for the next of the same closure
	skip  bool  // of a callback by the collector: its run has ended, and nothing is to run
}

const (
	poolStart = 32
	poolMax   = 2048
	poolDepth = 4096     // free frames kept of one function
	keptDepth = 32 << 10 // bytes of frames above one that keeps that of the function it calls
)

// frame takes a free frame of c or makes one.
func (th *thread) frame(c *Code) ptr {
	i := c.id & (len(th.pool) - 1)
	if f := th.pool[i]; f != nil && f.code == c {
		th.pool[i] = f.caller
		return mem.Of(f)
	}
	return th.newFrame(c)
}

func (th *thread) newFrame(c *Code) ptr {
	i := c.id & (len(th.pool) - 1)
	if th.pool[i] != nil {
		if th.miss++; th.miss > 4*len(th.pool) && len(th.pool) < poolMax {
			th.grow()
		}
	}
	if th.cur != nil && th.cur.used > th.m.cfg.MaxStack {
		panic(th.overflow())
	}
	return c.fresh()
}

// fresh makes a frame: constants in place, all else zero.
func (c *Code) fresh() ptr {
	f := mem.New(c.desc)
	mem.Move(c.desc, f, c.template)
	head(f).self = f
	return f
}

func (th *thread) grow() {
	old := th.pool
	th.pool, th.miss = make([]*hdr, 2*len(old)), 0
	for _, f := range old {
		if f != nil {
			th.pool[f.code.id&(len(th.pool)-1)] = f
		}
	}
}

// leave ends the use of c's frame by its caller, who may keep it for its next call of c.
func (th *thread) leave(caller *hdr, c *Code, fp ptr) {
	if caller.callee == head(fp) {
		c.clear(fp)
	} else {
		th.release(c, fp)
	}
}

// clear clears a frame's pointers.
func (c *Code) clear(fp ptr) {
	for _, o := range c.wipe {
		mem.Put[ptr](fp, o, nil)
	}
	if len(c.wipeT) > 0 {
		for _, s := range c.wipeT {
			s.value(fp).SetZero()
		}
	}
}

// release clears a frame and keeps it for the next call of c.
func (th *thread) release(c *Code, fp ptr) {
	c.clear(fp)
	th.free(c, fp)
}

// free is release of a frame that is clear.
func (th *thread) free(c *Code, fp ptr) {
	i := c.id & (len(th.pool) - 1)
	f, h := th.pool[i], head(fp)
	h.ds = nil
	if f == nil || f.code != c {
		h.caller, h.used = nil, 1
	} else if f.used < poolDepth {
		h.caller, h.used = f, f.used+1
	} else {
		return
	}
	th.pool[i] = h
}

// bind puts a closure's variables into a frame of its function.
func (c *Code) bind(nf ptr, bind []ptr) {
	for i, s := range c.free {
		switch {
		case s.cls == cP:
			mem.Put(nf, s.off, bind[i])
		case s.cls.scalar():
			mem.Put(nf, s.off, mem.Ld[uint64](bind[i], 0))
		default:
			mem.Move(mem.Type(s.t), mem.Add(nf, s.off), bind[i])
		}
	}
}

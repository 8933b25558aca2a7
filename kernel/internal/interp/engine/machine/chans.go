package machine

import (
	"go/types"
	"reflect"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

func (c *comp) makeChan(in *ssa.MakeChan) {
	d, n := c.val(in), c.off(in.Size)
	ct := c.m.rtype(in.Type().Underlying())
	es := max(int(ct.Elem().Size()), 1)
	c.ext(func(th *thread, fp ptr) {
		k := mem.Ld[int](fp, n)
		if k < 0 {
			z := make(chan int, k)
			_ = z
		}
		th.guard(k, es)
		mem.Put(fp, d.off, reflect.MakeChan(reflect.ChanOf(reflect.BothDir, ct.Elem()), k).UnsafePointer())
	})
}

// chanType is the bidirectional form of a channel type: go/ssa does not convert where it may.
func (c *comp) chanType(t types.Type) reflect.Type {
	return reflect.ChanOf(reflect.BothDir, c.m.rtype(t.Underlying().(*types.Chan).Elem()))
}

func (c *comp) receive(in *ssa.UnOp) {
	x := c.val(in.X)
	var d slot
	okOff := int32(-1)
	if in.CommaOk {
		ts := c.tuple(in)
		d, okOff = ts[0], ts[1].off
	} else {
		d = c.val(in)
	}
	if g := fastRecv(d, x.off, okOff); g != nil {
		c.ext(g)
		return
	}
	ct := c.chanType(in.X.Type())
	c.ext(func(th *thread, fp ptr) {
		ch := mem.Value(ct, mem.Add(fp, x.off))
		_, v, ok := th.choose([]reflect.SelectCase{{Dir: reflect.SelectRecv, Chan: ch}}, true)
		d.set(fp, v)
		if okOff >= 0 {
			mem.Put(fp, okOff, ok)
		}
	})
}

func (c *comp) send(in *ssa.Send) {
	x, v := c.val(in.Chan), c.val(in.X)
	if g := fastSend(v, x.off); g != nil {
		c.ext(g)
		return
	}
	ct := c.chanType(in.Chan.Type())
	c.ext(func(th *thread, fp ptr) {
		th.choose([]reflect.SelectCase{{Dir: reflect.SelectSend, Chan: mem.Value(ct, mem.Add(fp, x.off)), Send: v.value(fp)}}, true)
	})
}

// fastRecv receives values of common layouts (rule R4 of package mem). It names no chan unsafe.Pointer: where a program
// has a pointer to that type, reflect.ChanOf makes broken types.
func fastRecv(d slot, ch, okOff int32) ext {
	switch d.cls {
	case cI64, cU64, cF64:
		return recvFor[uint64](d.off, ch, okOff)
	case cP:
		return recvFor[*byte](d.off, ch, okOff)
	case cS:
		return recvFor[string](d.off, ch, okOff)
	case cL:
		return recvFor[[]byte](d.off, ch, okOff)
	case cE:
		return recvFor[mem.Iface](d.off, ch, okOff)
	}
	if d.t.Kind() == reflect.Struct && d.t.Size() == 0 {
		return recvFor[struct{}](d.off, ch, okOff)
	}
	return nil
}

func recvFor[T any](d, ch, okOff int32) ext {
	return func(th *thread, fp ptr) {
		c := mem.Ld[chan T](fp, ch)
		var v T
		var ok bool
		select {
		case v, ok = <-c:
		default:
			select {
			case v, ok = <-c:
			case <-th.run.done:
				th.interrupted()
			}
		}
		mem.Put(fp, d, v)
		if okOff >= 0 {
			mem.Put(fp, okOff, ok)
		}
	}
}

func fastSend(v slot, ch int32) ext {
	switch v.cls {
	case cI64, cU64, cF64:
		return sendFor[uint64](v.off, ch)
	case cP:
		return sendFor[*byte](v.off, ch)
	case cS:
		return sendFor[string](v.off, ch)
	case cL:
		return sendFor[[]byte](v.off, ch)
	case cE:
		return sendFor[mem.Iface](v.off, ch)
	}
	if v.t.Kind() == reflect.Struct && v.t.Size() == 0 {
		return sendFor[struct{}](v.off, ch)
	}
	return nil
}

func sendFor[T any](v, ch int32) ext {
	return func(th *thread, fp ptr) {
		c, x := mem.Ld[chan T](fp, ch), mem.Ld[T](fp, v)
		select {
		case c <- x:
		default:
			select {
			case c <- x:
			case <-th.run.done:
				th.interrupted()
			}
		}
	}
}

// choose is reflect.Select, ended by an interrupt.
func (th *thread) choose(cs []reflect.SelectCase, blocking bool) (int, reflect.Value, bool) {
	n := len(cs)
	if !blocking {
		i, v, ok := reflect.Select(append(cs, reflect.SelectCase{Dir: reflect.SelectDefault}))
		if i == n {
			i = -1
		}
		return i, v, ok
	}
	i, v, ok := reflect.Select(append(cs, reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(th.run.done)}))
	if i == n {
		th.interrupted()
	}
	return i, v, ok
}

func (c *comp) selectStmt(in *ssa.Select) {
	ts := c.tuple(in)
	type state struct {
		ch, v slot
		ct    reflect.Type
		send  bool
		res   int
	}
	var ss []state
	r := 2
	for _, s := range in.States {
		x := state{ch: c.val(s.Chan), ct: c.chanType(s.Chan.Type()), send: s.Dir == types.SendOnly}
		if x.send {
			x.v = c.val(s.Send)
		} else {
			x.res = r
			r++
		}
		ss = append(ss, x)
	}
	c.ext(func(th *thread, fp ptr) {
		cs := make([]reflect.SelectCase, 0, len(ss)+1)
		for _, s := range ss {
			k := reflect.SelectCase{Dir: reflect.SelectRecv, Chan: mem.Value(s.ct, mem.Add(fp, s.ch.off))}
			if s.send {
				k.Dir, k.Send = reflect.SelectSend, s.v.value(fp)
			}
			cs = append(cs, k)
		}
		i, v, ok := th.choose(cs, in.Blocking)
		mem.Put(fp, ts[0].off, i)
		mem.Put(fp, ts[1].off, ok)
		for k, s := range ss {
			if s.send {
				continue
			}
			d := ts[s.res]
			if k == i {
				d.set(fp, v)
			}
		}
	})
}

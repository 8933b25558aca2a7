package machine

import (
	"fmt"
	"go/constant"
	"go/types"
	"reflect"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// fixed makes a slot of the template, which a release leaves alone.
func (c *comp) fixed(rt reflect.Type, cl class) slot {
	c.constIn = true
	defer func() { c.constIn = false }()
	return c.allocR(rt, cl)
}

func (c *comp) constant(k *ssa.Const) slot {
	key := constKey{k.Type(), "nil"}
	if k.Value != nil {
		key.v = k.Value.ExactString()
	}
	if s, ok := c.consts[key]; ok {
		return s
	}
	s := c.fixed(c.m.rtype(k.Type()), classOf(k.Type()))
	c.consts[key] = s
	if k.Value != nil {
		c.inits = append(c.inits, func(fp ptr) { setConst(k, s, mem.Add(fp, s.off)) })
	}
	return s
}

func setConst(k *ssa.Const, s slot, p ptr) {
	switch s.t.Kind() {
	case reflect.Bool:
		mem.Put(p, 0, constant.BoolVal(k.Value))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		mem.Put(p, 0, k.Int64())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		mem.Put(p, 0, k.Uint64())
	case reflect.Float32:
		f, _ := constant.Float32Val(constant.ToFloat(k.Value))
		mem.Put(p, 0, f)
	case reflect.Float64:
		f, _ := constant.Float64Val(constant.ToFloat(k.Value))
		mem.Put(p, 0, f)
	case reflect.Complex64, reflect.Complex128:
		mem.Value(s.t, p).SetComplex(k.Complex128())
	case reflect.String:
		if k.Value.Kind() == constant.String {
			mem.Put(p, 0, constant.StringVal(k.Value))
		} else {
			mem.Put(p, 0, string(rune(k.Int64())))
		}
	default:
		panic(fmt.Sprintf("constant %v", k))
	}
}

// ptrConst is a slot that holds p always; owner keeps what p points to alive.
func (c *comp) ptrConst(p ptr, owner any) slot {
	key := constKey{types.Typ[types.UnsafePointer], fmt.Sprintf("%p", p)}
	if s, ok := c.consts[key]; ok {
		return s
	}
	s := c.fixed(reflect.TypeFor[ptr](), cP)
	c.consts[key] = s
	c.f.keep = append(c.f.keep, owner)
	c.inits = append(c.inits, func(fp ptr) { mem.Put(fp, s.off, p) })
	return s
}

// wordConst is a slot that holds a number always.
func (c *comp) wordConst(n uint64) slot {
	key := constKey{types.Typ[types.Uint64], strconv.FormatUint(n, 10)}
	if s, ok := c.consts[key]; ok {
		return s
	}
	s := c.fixed(reflect.TypeFor[uint64](), cU64)
	c.consts[key] = s
	c.inits = append(c.inits, func(fp ptr) { mem.Put(fp, s.off, n) })
	return s
}

// global is the slot with the address of a package variable. That of a variable bound to the running cell is looked up
// each time.
func (c *comp) global(g *ssa.Global) slot {
	if b := c.m.bound(g.Pkg.Pkg, g.Name()); b != nil {
		s := c.temp()
		c.ext(func(th *thread, fp ptr) { mem.Put(fp, s.off, th.run.variable(b)) })
		return s
	}
	v := c.m.global(g)
	s := c.ptrConst(v.UnsafePointer(), v)
	s.t = c.m.rtype(g.Type())
	return s
}

// funcOperand is the slot with the func value of a function.
func (c *comp) funcOperand(f *ssa.Function) slot {
	if b := c.m.boundFunc(f); b != nil {
		s := c.temp()
		s.t = c.m.rtype(recvFirst(f.Signature))
		c.ext(func(th *thread, fp ptr) { mem.Put(fp, s.off, b.operand(th)) })
		return s
	}
	fn := c.m.fn(f)
	s := c.ptrConst(c.m.funcValue(fn), fn)
	s.t = c.m.rtype(recvFirst(f.Signature))
	return s
}

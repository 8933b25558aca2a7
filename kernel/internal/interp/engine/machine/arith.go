package machine

import (
	"go/constant"
	"go/token"
	"reflect"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

func (c *comp) unop(in *ssa.UnOp) {
	x, d := c.val(in.X), c.val(in)
	switch in.Op {
	case token.NOT:
		c.emit(opNotB, d.off, x.off, 0, 0)
	case token.XOR:
		c.emit(opNot, d.off, x.off, 0, 0)
		c.widen(d)
	case token.SUB:
		switch {
		case isInt(in.Type()):
			c.emit(opNeg, d.off, x.off, 0, 0)
			c.widen(d)
		case d.cls == cF64:
			c.emit(opNegF, d.off, x.off, 0, 0)
		case d.cls == cU32:
			c.emit(opNegG, d.off, x.off, 0, 0)
		default:
			c.ext(func(_ *thread, fp ptr) { d.value(fp).SetComplex(-x.value(fp).Complex()) })
		}
	default:
		panic("unary operator " + in.Op.String())
	}
}

var intOps = map[token.Token]uint16{token.ADD: opAdd, token.SUB: opSub, token.MUL: opMul, token.AND: opAnd, token.OR: opOr, token.XOR: opXor,
	token.AND_NOT: opAndNot, token.QUO: opDiv, token.REM: opRem}

var floatOps = map[token.Token]uint16{token.ADD: opAddF, token.SUB: opSubF, token.MUL: opMulF, token.QUO: opDivF}

func (c *comp) binop(in *ssa.BinOp) {
	switch in.Op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		c.compare(in)
		return
	case token.SHL, token.SHR:
		c.shift(in)
		return
	}
	x, y, d := c.val(in.X), c.val(in.Y), c.val(in)
	switch {
	case isInt(in.Type()):
		op := intOps[in.Op]
		if isUnsig(in.Type()) {
			switch op {
			case opDiv:
				op = opDivU
			case opRem:
				op = opRemU
			}
		}
		c.emit(op, d.off, x.off, y.off, 0)
		c.widen(d)
	case isFloat(in.Type()):
		op := floatOps[in.Op]
		if d.cls == cU32 {
			op += opAddG - opAddF
		}
		c.emit(op, d.off, x.off, y.off, 0)
	case d.cls == cS:
		c.ext(func(th *thread, fp ptr) {
			a, b := mem.Ld[string](fp, x.off), mem.Ld[string](fp, y.off)
			th.guard(len(a)+len(b), 1)
			mem.Put(fp, d.off, a+b)
		})
	default:
		c.complexOp(in.Op, x, y, d)
	}
}

func (c *comp) complexOp(op token.Token, x, y, d slot) {
	if d.t.Kind() == reflect.Complex64 {
		c.ext(func(_ *thread, fp ptr) {
			mem.Put(fp, d.off, complexArith(op, mem.Ld[complex64](fp, x.off), mem.Ld[complex64](fp, y.off)))
		})
		return
	}
	c.ext(func(_ *thread, fp ptr) {
		mem.Put(fp, d.off, complexArith(op, mem.Ld[complex128](fp, x.off), mem.Ld[complex128](fp, y.off)))
	})
}

func complexArith[T complex64 | complex128](op token.Token, a, b T) T {
	switch op {
	case token.ADD:
		return a + b
	case token.SUB:
		return a - b
	case token.MUL:
		return a * b
	case token.QUO:
		return a / b
	}
	panic("complex operator " + op.String())
}

func (c *comp) shift(in *ssa.BinOp) {
	x, y, d := c.val(in.X), c.val(in.Y), c.val(in)
	if k, ok := in.Y.(*ssa.Const); !isUnsig(in.Y.Type()) && (!ok || constant.Sign(k.Value) < 0) {
		c.emit(opShiftCheck, y.off, 0, 0, 0)
	}
	switch {
	case in.Op == token.SHL:
		c.emit(opShl, d.off, x.off, y.off, 0)
		c.widen(d)
	case isUnsig(in.Type()):
		c.emit(opShrU, d.off, x.off, y.off, 0)
	default:
		c.emit(opShrS, d.off, x.off, y.off, 0)
	}
}

// compare stores the result of a comparison.
func (c *comp) compare(in *ssa.BinOp) {
	d := c.val(in)
	if op := c.compareOp(in); op != 0 {
		c.emit(op-opJEqI+opSEqI, d.off, c.off(in.X), c.off(in.Y), 0)
		return
	}
	neg := in.Op == token.NEQ
	if k, ok := in.X.(*ssa.Const); ok && k.IsNil() {
		c.isNil(c.val(in.Y), d, neg)
		return
	}
	if k, ok := in.Y.(*ssa.Const); ok && k.IsNil() {
		c.isNil(c.val(in.X), d, neg)
		return
	}
	x, y := c.val(in.X), c.val(in.Y)
	if x.cls == cE || y.cls == cE {
		a, b := c.asAny(x), c.asAny(y)
		c.ext(func(_ *thread, fp ptr) { mem.Put(fp, d.off, (a(fp) == b(fp)) != neg) })
		return
	}
	of := mem.Any(x.t)
	c.ext(func(_ *thread, fp ptr) {
		mem.Put(fp, d.off, (of(mem.Add(fp, x.off)) == of(mem.Add(fp, y.off))) != neg)
	})
}

// isNil compares the first word of a value with nil.
func (c *comp) isNil(x, d slot, neg bool) {
	c.ext(func(_ *thread, fp ptr) { mem.Put(fp, d.off, (mem.Ld[ptr](fp, x.off) == nil) != neg) })
}

// asAny reads a slot as an empty interface that shares its memory.
func (c *comp) asAny(s slot) func(fp ptr) any {
	if s.cls != cE {
		of := mem.Any(s.t)
		return func(fp ptr) any { return of(mem.Add(fp, s.off)) }
	}
	empty := s.t.NumMethod() == 0
	return func(fp ptr) any {
		w := mem.Ld[mem.Iface](fp, s.off)
		return mem.FromWords(mem.Iface{Tab: mem.Dynamic(w.Tab, empty), Data: w.Data})
	}
}

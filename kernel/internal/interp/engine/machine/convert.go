package machine

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

func (c *comp) convert(in *ssa.Convert) {
	x, d := c.val(in.X), c.val(in)
	xi, di := isInt(in.X.Type()), isInt(in.Type())
	switch {
	case xi && di:
		c.emit(opMov, d.off, x.off, 0, 0)
		c.widen(d)
	case convertOp(in.X.Type(), in.Type()) != 0:
		c.emit(convertOp(in.X.Type(), in.Type()), d.off, x.off, 0, 0)
		c.widen(d)
	case x.cls == cP && d.cls == cP:
		c.mov(x, d.off)
	case x.cls == cP:
		c.emit(opMov, d.off, x.off, 0, 0)
	case d.cls == cP && isInt(in.X.Type()):
		panic("conversion of uintptr to unsafe.Pointer is not supported")
	case x.cls == cS && d.cls == cL, x.cls == cL && d.cls == cS:
		c.convertText(in, x, d)
	default:
		dt := d.t
		c.ext(func(_ *thread, fp ptr) { d.set(fp, x.value(fp).Convert(dt)) })
	}
}

// convertOp is the operation that converts numbers, one of them a float, 0 if there is none. Unsigned integers of less than 64
// bits lie in their slots as positive int64.
func convertOp(from, to types.Type) uint16 {
	kind := func(t types.Type, narrow string) string {
		switch cl := classOf(t); {
		case isFloat(t) && cl == cF64:
			return "F"
		case isFloat(t):
			return "G"
		case !isInt(t):
			return ""
		case cl == cU64:
			return "U"
		case cl.narrow() && isUnsig(t):
			return narrow
		}
		return "I"
	}
	return convertOps[kind(from, "I")+kind(to, "U")]
}

var convertOps = map[string]uint16{"IF": opCvtIF, "FI": opCvtFI, "UF": opCvtUF, "FU": opCvtFU, "IG": opCvtIG, "GI": opCvtGI, "UG": opCvtUG, "GU": opCvtGU,
	"FG": opCvtFG, "GF": opCvtGF}

// convertText converts between strings and slices of bytes or runes.
func (c *comp) convertText(in *ssa.Convert, x, d slot) {
	st := in.Type()
	if x.cls == cL {
		st = in.X.Type()
	}
	runes := classOf(types.Unalias(st).Underlying().(*types.Slice).Elem()) == cI32
	switch {
	case x.cls == cS && !runes:
		c.ext(func(_ *thread, fp ptr) { mem.Put(fp, d.off, []byte(mem.Ld[string](fp, x.off))) })
	case x.cls == cS:
		c.ext(func(_ *thread, fp ptr) { mem.Put(fp, d.off, []rune(mem.Ld[string](fp, x.off))) })
	case !runes:
		c.ext(func(_ *thread, fp ptr) { mem.Put(fp, d.off, string(mem.Ld[[]byte](fp, x.off))) })
	default:
		c.ext(func(_ *thread, fp ptr) { mem.Put(fp, d.off, string(mem.Ld[[]rune](fp, x.off))) })
	}
}

// toArrayPointer converts a slice to a pointer to its array.
func (c *comp) toArrayPointer(in *ssa.SliceToArrayPointer) {
	x, d := c.val(in.X), c.val(in)
	n := c.m.rtype(in.Type().Underlying()).Elem().Len()
	c.ext(func(_ *thread, fp ptr) {
		s := mem.Ld[mem.Slice](fp, x.off)
		if s.Len < n {
			panic(boundsError(converted, n, true, s.Len))
		}
		mem.Put(fp, d.off, s.P)
	})
}

package front

import (
	"fmt"
	"go/ast"
	"go/types"
)

// What the compiler allows a type, and the element of a channel.
const (
	maxSize    = 1 << 50
	maxElement = 1 << 16
)

// tooLarge says whether the cell writes a type that no memory holds, which is a problem then.
func (c *cell) tooLarge(file *ast.File, info *types.Info) bool {
	known := sizes{c.front.sizes, map[types.Type]float64{}}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ArrayType, *ast.StructType, *ast.ChanType, *ast.IndexExpr, *ast.IndexListExpr:
		default:
			return true
		}
		tv := info.Types[n.(ast.Expr)]
		if !tv.IsType() {
			return true
		}
		if ch, ok := tv.Type.Underlying().(*types.Chan); ok && known.of(ch.Elem()) >= maxElement {
			c.problems.at(n.Pos(), "channel element type too large (>64kB)")
		} else if known.of(tv.Type) > maxSize {
			c.problems.at(n.Pos(), tooLarge(tv.Type))
			return false
		}
		return true
	})
	for _, v := range c.vars { // whose types the checker does not find where the cell writes them
		if t := pointed(v.typ); !c.problems.any() && known.of(t) > maxSize {
			c.problems.at(v.pos, tooLarge(t))
		}
	}
	return c.problems.any()
}

func tooLarge(t types.Type) string { return fmt.Sprintf("type %s larger than address space", t) }

// pointed is what a pointer points to in the end; a type may be a pointer to itself.
func pointed(t types.Type) types.Type {
	for range maxDepth {
		p, ok := t.Underlying().(*types.Pointer)
		if !ok {
			break
		}
		t = p.Elem()
	}
	return t
}

// sizes remembers about how many bytes types take; a number, not an integer, so that no product of lengths overflows.
// Type parameters count as nothing.
type sizes struct {
	basic types.Sizes
	known map[types.Type]float64
}

func (s sizes) of(t types.Type) (n float64) {
	switch t := types.Unalias(t).(type) {
	case *types.Array:
		return float64(t.Len()) * s.of(t.Elem())
	case *types.Basic:
		if t.Info()&types.IsUntyped == 0 {
			return float64(s.basic.Sizeof(t))
		}
		return 8
	case *types.TypeParam:
		return 0
	case *types.Named, *types.Struct:
		if n, ok := s.known[t]; ok {
			return n
		}
		s.known[t] = 0
		defer func() { s.known[t] = n }()
		st, ok := t.Underlying().(*types.Struct)
		if !ok {
			return s.of(t.Underlying())
		}
		for f := range st.Fields() {
			n += s.of(f.Type())
		}
		return n
	case *types.Slice:
		return 24
	case *types.Interface:
		return 16
	}
	return 8
}

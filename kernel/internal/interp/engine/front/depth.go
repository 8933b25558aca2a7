package front

import (
	"fmt"
	"go/ast"
)

// maxDepth is how deep types may be nested in each other without a name. What looks types up takes time that grows with the
// third power of that.
const maxDepth = 300

// tooDeep says whether the cell writes a type that is nested deeper than maxDepth, which is a problem then.
func (c *cell) tooDeep() bool {
	var open []bool // for each node above: whether it makes a type of another
	depth := 0
	look := func(n ast.Node) bool {
		if n == nil {
			last := len(open) - 1
			if open[last] {
				depth--
			}
			open = open[:last]
			return true
		}
		nests := false
		switch n.(type) {
		case *ast.ArrayType, *ast.StarExpr, *ast.MapType, *ast.ChanType, *ast.FuncType, *ast.StructType, *ast.InterfaceType, *ast.IndexExpr, *ast.IndexListExpr:
			nests = true
			depth++
			if depth == maxDepth+1 {
				c.problems.at(n.Pos(), fmt.Sprintf("types are nested more than %d deep here", maxDepth))
			}
		}
		open = append(open, nests)
		return true
	}
	for _, d := range c.syn.decls {
		ast.Inspect(d, look)
	}
	ast.Inspect(c.syn.body, look)
	return c.problems.any()
}

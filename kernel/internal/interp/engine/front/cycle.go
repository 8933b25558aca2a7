package front

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/types"
	"strings"
)

// cycles are the initialization cycles of a cell that is a whole program. In other cells variables begin where they stand,
// so that there are none; of a program's the checker of cells does not know either, which sees them in a function.
func (f *Front) cycles(name, src string) (found []Problem) {
	file, err := parser.ParseFile(f.Fset, name, src, parser.SkipObjectResolution)
	if err != nil {
		return nil // parts of the cell stand in an order that only cells have
	}
	conf := types.Config{Importer: f, Sizes: f.sizes, GoVersion: goVersion, Error: func(err error) {
		e, ok := err.(types.Error)
		if !ok {
			return
		}
		switch n := len(found); {
		case strings.HasPrefix(e.Msg, "initialization cycle"):
			found = append(found, f.sources.at(name, src, f.Fset.Position(e.Pos).Offset, e.Msg))
		case n > 0 && strings.HasPrefix(e.Msg, "\t") && strings.Contains(e.Msg, " refers to "):
			if found[n-1].Hint != "" {
				found[n-1].Hint += ", "
			}
			found[n-1].Hint += fmt.Sprintf("%s (line %d)", strings.TrimSpace(e.Msg), f.Fset.Position(e.Pos).Line)
		}
	}}
	conf.Check("main", f.Fset, []*ast.File{file}, nil)
	return found
}

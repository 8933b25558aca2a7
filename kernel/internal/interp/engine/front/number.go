package front

import (
	"go/ast"
	"go/token"
)

// Number numbers the types that functions of a file declare, from 1 on. The compiler tells them apart by that where their names
// are part of others: main.List[main.T·2].
func (f *Front) Number(file *ast.File) {
	n := 0
	for _, d := range file.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		ast.Inspect(fn, func(x ast.Node) bool {
			if s, ok := x.(*ast.TypeSpec); ok && !s.Assign.IsValid() {
				n++
				f.numbers[s.Name.Pos()] = n
			}
			return true
		})
	}
}

// NumberOf is the number of the type that is declared at a position; 0 if that is not in a function.
func (f *Front) NumberOf(pos token.Pos) int { return f.numbers[pos] }

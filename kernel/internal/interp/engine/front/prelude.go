package front

import (
	_ "embed"
	"go/ast"
	"go/parser"
	"go/types"
	"sync"
)

// preludeSource is Go that every cell can use unless it declares the names itself.
//
//go:embed prelude.go.txt
var preludeSource string

// preludeNames lists the functions of the prelude.
var preludeNames = sync.OnceValue(func() []string { return []string{"check", "must", "must0", "must2", "must3"} })

// preluded is the object of the prelude with that name, or nil. The prelude is checked when a cell first mentions one of
// its names.
func (f *Front) preluded(name string) types.Object {
	known := false
	for _, n := range preludeNames() {
		known = known || n == name
	}
	if !known {
		return nil
	}
	if f.prelude == nil {
		file, err := parser.ParseFile(f.Fset, "prelude", preludeSource, parser.SkipObjectResolution)
		if err != nil {
			panic(err) // the source is a constant
		}
		p, info := types.NewPackage("prelude", "prelude"), newInfo()
		conf := &types.Config{Importer: f, Sizes: f.sizes, GoVersion: goVersion}
		if err := types.NewChecker(conf, f.Fset, p, info).Files([]*ast.File{file}); err != nil {
			panic(err)
		}
		p.MarkComplete()
		f.Prog.CreatePackage(p, []*ast.File{file}, info, false).Build()
		f.prelude = p
	}
	return f.prelude.Scope().Lookup(name)
}

// PreludeSource is the text of the prelude, with its documentation.
func PreludeSource() string { return preludeSource }

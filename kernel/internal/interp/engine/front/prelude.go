package front

import (
	_ "embed"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"sync"
)

// preludeSource is Go that every cell can use unless it declares the names itself.
//
//go:embed prelude.go.txt
var preludeSource string

// preludeName is the name of that source in positions.
const preludeName = "prelude"

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
		file, err := parser.ParseFile(f.Fset, preludeName, preludeSource, parser.SkipObjectResolution)
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

// Prelude is, for each function of the prelude, its declaration without the body, and its documentation.
func Prelude() (out [][2]string) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, preludeName, preludeSource, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		panic(err) // the source is a constant
	}
	for _, d := range file.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok {
			head := preludeSource[fset.Position(fn.Name.Pos()).Offset:fset.Position(fn.Body.Lbrace).Offset]
			doc := strings.Join(strings.Fields(fn.Doc.Text()), " ")
			doc = strings.TrimPrefix(doc, fn.Name.Name+" ")
			out = append(out, [2]string{strings.TrimSpace(head), strings.TrimSuffix(doc, ".")})
		}
	}
	return out
}

// Display is package display, which cells can use without an import; nil if the session does not have it.
func (f *Front) Display() *types.Package {
	if f.registered[displayPath] == nil {
		return nil
	}
	pkg, err := f.Import(displayPath)
	if err != nil {
		return nil
	}
	return pkg
}

package sighting

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// rendered are methods that are called by whoever shows or handles a value, not by a reader.
var rendered = map[string]bool{"String": true, "Error": true, "SimpleRender": true}

// Every public function and method of the tables, the sightings and the measuring packages is in an example whose output is
// checked: functions have their own, methods are called in one.
func TestEveryPublicFunctionIsInAnExample(t *testing.T) {
	for _, dir := range []string{".", "ais", "../table", "../measure", "../scene", "../region", "../geodesy"} {
		paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		functions, methods := []string{}, []string{}
		examples, called := map[string]bool{}, map[string]bool{}
		for _, path := range paths {
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			for _, decl := range file.Decls {
				f, ok := decl.(*ast.FuncDecl)
				switch {
				case !ok:
				case strings.HasSuffix(path, "_test.go"):
					if strings.HasPrefix(f.Name.Name, "Example") && checked(file, f) {
						examples[f.Name.Name] = true
						callsIn(f, called)
					}
				case !f.Name.IsExported():
				case f.Recv == nil:
					functions = append(functions, f.Name.Name)
				case !rendered[f.Name.Name] && ast.IsExported(receiver(f)):
					methods = append(methods, f.Name.Name)
				}
			}
		}
		for _, f := range functions {
			if !examples["Example"+f] {
				t.Errorf("%s: the function %s has no example", dir, f)
			}
		}
		for _, m := range methods {
			if !called[m] {
				t.Errorf("%s: no example calls the method %s", dir, m)
			}
		}
	}
}

func checked(file *ast.File, f *ast.FuncDecl) bool {
	for _, c := range file.Comments {
		if c.Pos() > f.Body.Pos() && c.End() <= f.Body.End() && strings.HasPrefix(c.Text(), "Output:") {
			return true
		}
	}
	return false
}

func callsIn(f *ast.FuncDecl, called map[string]bool) {
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			called[s.Sel.Name] = true
		}
		return true
	})
}

func receiver(f *ast.FuncDecl) string {
	e := f.Recv.List[0].Type
	if p, ok := e.(*ast.StarExpr); ok {
		e = p.X
	}
	if id, ok := e.(*ast.Ident); ok {
		return id.Name
	}
	return ""
}

package contract

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// imageRooms are the packages of images and of what is measured on them.
func imageRooms() []string {
	return []string{"raster", "register", "change", "region", "measure", "scene"}
}

// Every exported function of the image packages has an Example of its own, with output. Their types have many small
// methods: each of those is called in an Example, of its own or another's.
func TestEveryFunctionOfImagesHasAnExample(t *testing.T) {
	for _, room := range imageRooms() {
		functions, examples := readRoom(t, room)
		called := calledInExamples(t, room)
		if len(functions) == 0 {
			t.Errorf("%s: no function found", room)
		}
		for name := range functions {
			_, method, isMethod := strings.Cut(name, ".")
			if !examples[name] && !(isMethod && called[method]) {
				t.Errorf("%s.%s has no Example with an output", room, name)
			}
		}
	}
}

// calledInExamples returns the names of the methods that the Examples of a package with an output call.
func calledInExamples(t *testing.T, room string) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	paths, err := filepath.Glob("../../" + room + "/*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || !strings.HasPrefix(f.Name.Name, "Example") || !saysOutput(file, f) {
				continue
			}
			ast.Inspect(f.Body, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					if s, ok := call.Fun.(*ast.SelectorExpr); ok {
						out[s.Sel.Name] = true
					}
				}
				return true
			})
		}
	}
	return out
}

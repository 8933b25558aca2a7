package contract

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// strictRooms are the packages of statistics and figures, where methods have Examples of their own, too.
func strictRooms() []string {
	return []string{"censored", "changepoint", "chart", "corroborate", "effort", "figure", "inference", "length", "multiplicity",
		"power", "rate", "regression", "resample", "smooth"}
}

// otherRooms are the packages of tables, sightings and images, whose types have many small methods: each is called in an
// Example, of its own or another's.
func otherRooms() []string {
	return []string{"change", "geodesy", "measure", "raster", "region", "register", "scene", "sighting", "sighting/ais", "table"}
}

// Every exported function has an Example with output of its own, and every exported method of an exported type as well, or is
// called in one. Methods that only render (String, SimpleRender, Error) are seen in the Examples of what they render.
func TestEveryFunctionHasAnExample(t *testing.T) {
	for _, name := range strictRooms() {
		r := readRoom(t, name)
		for f := range r.exported {
			if !r.examples[f] {
				t.Errorf("%s.%s has no Example with an output", name, f)
			}
		}
	}
	for _, name := range otherRooms() {
		r := readRoom(t, name)
		for f := range r.exported {
			_, method, isMethod := strings.Cut(f, ".")
			if shown := r.examples[f]; !isMethod && !shown || isMethod && !r.called[method] {
				t.Errorf("%s.%s is in no Example with an output", name, f)
			}
		}
	}
}

// room is what the sources of a package say of its Examples: names are "F" or "T.M", of calls the last part alone.
type room struct {
	exported, examples, called map[string]bool
}

// readRoom reads a package of analysis, which must export something.
func readRoom(t *testing.T, name string) room {
	t.Helper()
	r := room{map[string]bool{}, map[string]bool{}, map[string]bool{}}
	paths, err := filepath.Glob("../../" + name + "/*.go")
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
			switch {
			case !ok:
			case !strings.HasSuffix(path, "_test.go"):
				if name := exported(f); name != "" {
					r.exported[name] = true
				}
			case strings.HasPrefix(f.Name.Name, "Example") && saysOutput(file, f):
				r.examples[exampleOf(f.Name.Name)] = true
				r.calls(f)
			}
		}
	}
	if len(r.exported) == 0 {
		t.Errorf("%s: no function found", name)
	}
	return r
}

func (r room) calls(f *ast.FuncDecl) {
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if s, ok := call.Fun.(*ast.SelectorExpr); ok {
				r.called[s.Sel.Name] = true
			}
		}
		return true
	})
}

func exported(f *ast.FuncDecl) string {
	if !f.Name.IsExported() {
		return ""
	}
	if f.Recv == nil {
		return f.Name.Name
	}
	switch f.Name.Name {
	case "String", "SimpleRender", "Error":
		return ""
	}
	receiver := f.Recv.List[0].Type
	if star, ok := receiver.(*ast.StarExpr); ok {
		receiver = star.X
	}
	if generic, ok := receiver.(*ast.IndexExpr); ok {
		receiver = generic.X
	}
	name, ok := receiver.(*ast.Ident)
	if !ok || !name.IsExported() {
		return ""
	}
	return name.Name + "." + f.Name.Name
}

// exampleOf is what an Example is about: ExampleT_M_suffix is about T.M, where a suffix begins with a small letter.
func exampleOf(name string) string {
	var parts []string
	for _, part := range strings.Split(strings.TrimPrefix(name, "Example"), "_") {
		if part == "" || unicode.IsLower([]rune(part)[0]) {
			break
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ".")
}

func saysOutput(file *ast.File, f *ast.FuncDecl) bool {
	for _, group := range file.Comments {
		if group.Pos() > f.Body.Lbrace && group.End() < f.Body.Rbrace {
			text := strings.ToLower(group.Text())
			if strings.HasPrefix(text, "output:") || strings.HasPrefix(text, "unordered output:") {
				return true
			}
		}
	}
	return false
}

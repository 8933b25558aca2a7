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

// rooms are the packages of statistics and figures.
func rooms() []string {
	return []string{"censored", "changepoint", "chart", "corroborate", "effort", "figure", "inference", "length", "multiplicity",
		"power", "rate", "regression", "resample", "smooth"}
}

// Every exported function, and every exported method of an exported type, has an Example with output of its own. Methods
// that only render (String, SimpleRender, Error) are seen in the Examples of what they render.
func TestEveryFunctionHasAnExample(t *testing.T) {
	for _, room := range rooms() {
		functions, examples := readRoom(t, room)
		for name := range functions {
			if !examples[name] {
				t.Errorf("%s.%s has no Example with an output", room, name)
			}
		}
		if len(functions) == 0 {
			t.Errorf("%s: no function found", room)
		}
	}
}

// readRoom returns the names of what must have an Example ("F" or "T.M"), and of what has one.
func readRoom(t *testing.T, room string) (functions, examples map[string]bool) {
	functions, examples = map[string]bool{}, map[string]bool{}
	paths, err := filepath.Glob("../../" + room + "/*.go")
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
					functions[name] = true
				}
			case strings.HasPrefix(f.Name.Name, "Example") && saysOutput(file, f):
				examples[exampleOf(f.Name.Name)] = true
			}
		}
	}
	return functions, examples
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

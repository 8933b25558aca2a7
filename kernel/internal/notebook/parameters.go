package notebook

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strings"
)

// Parameter is a value given to a run: -p name=value.
type Parameter struct{ Name, Value string }

// ParseParameter splits name=value.
func ParseParameter(text string) (Parameter, error) {
	name, value, ok := strings.Cut(text, "=")
	if name = strings.TrimSpace(name); !ok || !token.IsIdentifier(name) {
		return Parameter{}, fmt.Errorf("parameter %q is not of the form name=value", text)
	}
	return Parameter{name, value}, nil
}

// SetParameters replaces values in the cell that is tagged "parameters". Each name must be declared there (name := value,
// var or const); the given text is read as the declared type, or as the type of the value that stands there. All problems
// are reported together, and then nothing is changed.
func (n *Notebook) SetParameters(params []Parameter) error {
	if len(params) == 0 {
		return nil
	}
	i := slices.IndexFunc(n.Cells, func(c *Cell) bool { return c.IsCode() && c.HasTag("parameters") })
	if i < 0 {
		return fmt.Errorf("%s: no cell is tagged \"parameters\", so there is nothing to set %s in", n.Path, params[0].Name)
	}
	cell := n.Cells[i]
	declared, err := declarations(cell.Source())
	if err != nil {
		return fmt.Errorf("%s: cell %d (parameters): %w", n.Path, cell.Number, err)
	}
	var edits []edit
	var problems []string
	for _, p := range params {
		d, ok := declared[p.Name]
		if !ok {
			problems = append(problems, fmt.Sprintf("%s is not declared there; declared: %s", p.Name, names(declared)))
			continue
		}
		text, err := literal(d, p.Value)
		if err != nil {
			problems = append(problems, fmt.Sprintf("%s: %v", p.Name, err))
			continue
		}
		edits = slices.DeleteFunc(edits, func(e edit) bool { return e.from == d.from })
		edits = append(edits, edit{d.from, d.to, d.before + text})
	}
	if len(problems) > 0 {
		return fmt.Errorf("%s: cell %d (parameters): %s", n.Path, cell.Number, strings.Join(problems, "; "))
	}
	slices.SortFunc(edits, func(a, b edit) int { return b.from - a.from })
	source := cell.Source()
	for _, e := range edits {
		source = source[:e.from] + e.text + source[e.to:]
	}
	cell.SetSource(source)
	return nil
}

// edit replaces bytes of a cell.
type edit struct {
	from, to int
	text     string
}

// declaration is one name with the place of its value.
type declaration struct {
	kind     ast.Expr // declared type, or nil
	value    ast.Expr // nil for a var without value
	from, to int      // bytes of the value in the cell
	before   string   // what an inserted value needs before it
}

func names(m map[string]declaration) string {
	var out []string
	for name := range m {
		out = append(out, name)
	}
	slices.Sort(out)
	if len(out) == 0 {
		return "nothing"
	}
	return strings.Join(out, ", ")
}

// notGo matches lines that are no Go statements inside a function: imports and magics. They are blanked.
var notGo = regexp.MustCompile(`(?m)^[ \t]*(import[ \t]*\((?s:.*?)\)|import[ \t].*|[%!$].*)$`)

// declarations finds what a cell declares at its top level.
func declarations(source string) (map[string]declaration, error) {
	const head = "package p; func _() {"
	masked := string(notGo.ReplaceAllFunc([]byte(source), blankOut))
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", head+masked+"\n}", parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("the cell does not parse: %w", err)
	}
	at := func(p token.Pos) int { return fset.Position(p).Offset - len(head) }
	out := map[string]declaration{}
	for _, stmt := range file.Decls[0].(*ast.FuncDecl).Body.List {
		switch s := stmt.(type) {
		case *ast.AssignStmt:
			if s.Tok == token.DEFINE && len(s.Lhs) == len(s.Rhs) {
				for i, l := range s.Lhs {
					if id, ok := l.(*ast.Ident); ok {
						out[id.Name] = declaration{value: s.Rhs[i], from: at(s.Rhs[i].Pos()), to: at(s.Rhs[i].End())}
					}
				}
			}
		case *ast.DeclStmt:
			declared(out, s.Decl.(*ast.GenDecl), at)
		}
	}
	return out, nil
}

// blankOut keeps the number of bytes and of lines.
func blankOut(text []byte) []byte {
	out := bytes.Repeat([]byte{' '}, len(text))
	for i, b := range text {
		if b == '\n' {
			out[i] = b
		}
	}
	return out
}

func declared(out map[string]declaration, d *ast.GenDecl, at func(token.Pos) int) {
	for _, spec := range d.Specs {
		v, ok := spec.(*ast.ValueSpec)
		if !ok {
			continue
		}
		for i, id := range v.Names {
			switch {
			case i < len(v.Values) && len(v.Values) == len(v.Names):
				out[id.Name] = declaration{kind: v.Type, value: v.Values[i], from: at(v.Values[i].Pos()), to: at(v.Values[i].End())}
			case len(v.Values) == 0 && len(v.Names) == 1 && d.Tok == token.VAR:
				out[id.Name] = declaration{kind: v.Type, from: at(v.Type.End()), to: at(v.Type.End()), before: " = "}
			}
		}
	}
}

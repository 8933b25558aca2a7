package engine

import (
	"context"
	"go/types"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/front"
)

// Inspect describes what stands at the cursor or, within the parentheses of a call, what is called.
func (e *Engine) Inspect(_ context.Context, code string, cursor, detail int) (in interp.Inspection, ok bool) {
	cursor = min(max(cursor, 0), len(code))
	defer func() {
		if r := recover(); r != nil { // the checker on broken code
			in, ok = interp.Inspection{}, false
		}
	}()
	var about *subject
	e.machine.Locked(func() {
		for _, at := range candidates(code, cursor) {
			if about = e.subject(code, at, detail); about != nil {
				return
			}
		}
	})
	if about == nil {
		return interp.Inspection{}, false
	}
	if about.variable != "" {
		if v := e.global(about.variable); v.IsValid() {
			about.value = brief(v)
		}
	}
	return about.inspection(), true
}

// candidates are the offsets whose identifiers the user may mean: the one at the cursor, then those before the open
// parentheses around it.
func candidates(code string, cursor int) []int {
	var out []int
	letter := func(i int) bool {
		r, _ := utf8.DecodeRuneInString(code[i:])
		return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || r == utf8.RuneError
	}
	if cursor < len(code) && letter(cursor) || cursor > 0 && letter(cursor-1) {
		out = append(out, cursor)
	}
	depth := 0
	for i := cursor - 1; i >= 0 && len(out) < 4; i-- {
		switch code[i] {
		case ')':
			depth++
		case '(':
			if depth == 0 && i > 0 && (letter(i-1) || code[i-1] == ']') {
				out = append(out, i)
			}
			depth = max(depth-1, 0)
		case '\n', '{', '}':
			if depth == 0 && code[i] != '\n' {
				return out
			}
		}
	}
	return out
}

// subject is what an inspection is about.
type subject struct {
	head     string // declaration
	doc      string
	source   string
	members  []string
	variable string // name of a session variable, to show its value
	value    string
	path     string // import path of its package
}

func (e *Engine) subject(code string, at, detail int) *subject {
	v := e.front.Reading(code, at)
	if v == nil || len(v.Path) == 0 {
		return nil
	}
	o := v.Object()
	var owner types.Type
	if sel := v.Selector(); sel != nil {
		if tv, ok := v.Info.Types[sel.X]; ok {
			owner = tv.Type
		}
	}
	if o == nil {
		return e.byName(v, detail)
	}
	return e.describe(v.Front, o, owner, detail)
}

func (e *Engine) describe(f *front.Front, o types.Object, owner types.Type, detail int) *subject {
	s := &subject{head: declaration(o), doc: f.Doc(o, owner)}
	if o.Pkg() != nil && o.Pkg().Path() != "main" && o.Pkg().Path() != "prelude" {
		s.path = o.Pkg().Path()
	}
	switch o := o.(type) {
	case *types.PkgName:
		s.head, s.path = "package "+o.Imported().Name(), o.Imported().Path()
	case *types.Var:
		if g := f.Global(o.Name()); g != nil && g.Object() == o {
			s.variable = o.Name()
		}
	case *types.TypeName:
		s.members = methods(o)
	case *types.Builtin:
		s.head, s.doc = "func "+o.Name(), builtins[o.Name()]
	}
	if detail > 0 {
		s.source = f.Source(o)
	}
	return s
}

// declaration is an object as its declaration says it.
func declaration(o types.Object) string {
	head := types.ObjectString(o, qualifier)
	switch o := o.(type) {
	case *types.Const:
		return head + " = " + o.Val().String()
	case *types.TypeName:
		if st, ok := o.Type().Underlying().(*types.Struct); ok && hasHidden(st) {
			name, _, _ := strings.Cut(head, " struct{")
			return name + " " + types.TypeString(exported(st), qualifier) + " // and unexported fields"
		}
	}
	return head
}

// hasHidden says whether a struct of a package has fields that cells cannot name.
func hasHidden(st *types.Struct) bool {
	return slices.ContainsFunc(slices.Collect(st.Fields()), func(f *types.Var) bool { return !visible(f) })
}

// exported is a struct with the fields alone that cells can name.
func exported(st *types.Struct) *types.Struct {
	fields := slices.DeleteFunc(slices.Collect(st.Fields()), func(f *types.Var) bool { return !visible(f) })
	return types.NewStruct(fields, nil)
}

// visible says whether cells can name a field or method.
func visible(o types.Object) bool {
	return o.Exported() || o.Pkg() != nil && o.Pkg().Path() == "main"
}

// methods are the signatures of a type's exported methods, or of all if a cell declared it.
func methods(o *types.TypeName) []string {
	var out []string
	t := o.Type()
	if _, ok := t.Underlying().(*types.Interface); !ok {
		t = types.NewPointer(t)
	}
	set := types.NewMethodSet(t)
	for i := range set.Len() {
		m := set.At(i).Obj()
		if visible(m) {
			sig := types.TypeString(m.Type(), qualifier)
			out = append(out, m.Name()+strings.TrimPrefix(sig, "func"))
		}
	}
	sort.Strings(out)
	return out
}

// byName describes what a name means that no declaration in sight explains: a registered package or one of its members.
func (e *Engine) byName(v *front.View, detail int) *subject {
	name, member := v.Words()
	path := v.Imported(name)
	if path == "" {
		path = e.front.PathOf(name)
	}
	if path == "" {
		return nil
	}
	pkg, err := e.front.Import(path)
	if err != nil {
		return nil
	}
	if member == "" {
		return e.describe(e.front, types.NewPkgName(0, nil, pkg.Name(), pkg), nil, detail)
	}
	o := pkg.Scope().Lookup(member)
	if o == nil || !o.Exported() {
		return nil
	}
	return e.describe(e.front, o, nil, detail)
}

// inspection writes a subject down.
func (s *subject) inspection() interp.Inspection {
	var p, m strings.Builder
	p.WriteString(s.head + "\n")
	m.WriteString("```go\n" + s.head + "\n```\n")
	part := func(text string, code bool) {
		if text == "" {
			return
		}
		p.WriteString("\n" + text + "\n")
		if code {
			text = "```go\n" + text + "\n```"
		}
		m.WriteString("\n" + text + "\n")
	}
	if s.path != "" {
		part(`import "`+s.path+`"`, true)
	}
	if s.variable != "" {
		part(s.variable+" = "+s.value, true)
	}
	part(s.doc, false)
	part(strings.Join(s.members, "\n"), true)
	part(s.source, true)
	return interp.Inspection{Plain: strings.TrimRight(p.String(), "\n"), Markdown: strings.TrimRight(m.String(), "\n")}
}

// builtins says what the functions of the language do.
var builtins = map[string]string{
	"append":  "append adds values to the end of a slice and returns the slice; it may have moved.",
	"cap":     "cap is how many elements a slice, array or channel has room for.",
	"clear":   "clear removes all entries of a map, or sets all elements of a slice to zero.",
	"close":   "close ends a channel: receivers get what is left in it, then zero values.",
	"complex": "complex makes a complex number of its two parts.",
	"copy":    "copy copies elements from the second slice to the first and returns how many.",
	"delete":  "delete removes the entry with the key from a map.",
	"imag":    "imag is the imaginary part of a complex number.",
	"len":     "len is the number of elements of a slice, array, map or channel, or of bytes of a string.",
	"make":    "make makes a slice, map or channel.",
	"max":     "max is the largest of its arguments.",
	"min":     "min is the smallest of its arguments.",
	"new":     "new makes a variable of a type, or with a value, and returns a pointer to it.",
	"panic":   "panic stops the function, runs what was deferred, and goes on in the caller.",
	"print":   "print writes its arguments to the error output.",
	"println": "println writes its arguments to the error output, with blanks between them and a new line.",
	"real":    "real is the real part of a complex number.",
	"recover": "recover, in a deferred function, ends a panic and returns its value.",
}

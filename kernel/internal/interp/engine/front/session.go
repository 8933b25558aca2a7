package front

import (
	"go/types"
	"strings"

	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
)

// Imports visits the imports of the session.
func (f *Front) Imports(visit func(name, path string)) {
	for n, p := range f.imports {
		visit(n, p)
	}
}

// Registered visits the tables of all packages that cells can import.
func (f *Front) Registered(visit func(registry.Entry)) {
	for _, im := range f.registered {
		visit(im.entry)
	}
}

// PathOf is the path of the registered package that a name most likely means; empty if there is none.
func (f *Front) PathOf(name string) string { return f.pathOf(name) }

// Prelude visits the functions that need no import.
func (f *Front) Prelude(visit func(types.Object)) {
	for _, n := range preludeNames() {
		if o := f.preluded(n); o != nil {
			visit(o)
		}
	}
}

// Doc is the documentation of an object: that of its package's table, or the comment above it in its cell. owner is the type
// that a field or method was selected from, or nil.
func (f *Front) Doc(o types.Object, owner types.Type) string {
	name := o.Name()
	if fn, ok := o.(*types.Func); ok && fn.Signature().Recv() != nil {
		owner = fn.Signature().Recv().Type()
	}
	if owner != nil {
		if p, ok := types.Unalias(owner).(*types.Pointer); ok {
			owner = p.Elem()
		}
		if n, ok := types.Unalias(owner).(*types.Named); ok {
			name = n.Obj().Name() + "." + name
		}
	}
	if pn, ok := o.(*types.PkgName); ok {
		if t := f.Package(pn.Imported().Path()); t != nil && t.Doc != nil {
			return t.Doc("")
		}
		return ""
	}
	if o.Pkg() == nil {
		return ""
	}
	if t := f.Package(o.Pkg().Path()); t != nil && t.Doc != nil {
		return t.Doc(name)
	}
	if o.Pkg() == f.prelude {
		return commentAbove(preludeSource, f.Fset.Position(o.Pos()).Line)
	}
	p := f.Fset.Position(o.Pos())
	text, _ := f.sources.of(p.Filename)
	return commentAbove(text, p.Line)
}

// Source is the declaration of an object of a cell.
func (f *Front) Source(o types.Object) string {
	p := f.Fset.Position(o.Pos())
	text, ok := f.sources.of(p.Filename)
	if o.Pkg() == f.prelude && f.prelude != nil {
		text, ok = preludeSource, true
	}
	if !ok {
		return ""
	}
	starts := lineStarts(text)
	if p.Line < 1 || p.Line > len(starts) {
		return ""
	}
	at := starts[p.Line-1] + p.Column - 1
	parts, _, _, _ := split(text)
	for _, part := range parts {
		if part.begin <= at && at < part.end {
			return text[part.begin:part.end]
		}
	}
	return ""
}

// commentAbove is the comment that ends on the line before line.
func commentAbove(text string, line int) string {
	lines := strings.Split(text, "\n")
	var out []string
	for i := min(line-2, len(lines)-1); i >= 0; i-- {
		l := strings.TrimSpace(lines[i])
		if !strings.HasPrefix(l, "//") {
			break
		}
		out = append([]string{strings.TrimPrefix(strings.TrimPrefix(l, "//"), " ")}, out...)
	}
	return strings.Join(out, "\n")
}

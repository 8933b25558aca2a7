package front

import (
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// The messages of the type checker that a hint can follow.
var patterns = sync.OnceValue(func() [7]*regexp.Regexp {
	return [7]*regexp.Regexp{
		regexp.MustCompile(`^undefined: ([\pL_][\pL_\pN]*)$`),
		regexp.MustCompile(`^undefined: ([\pL_][\pL_\pN]*)\.([\pL_][\pL_\pN]*)$`),
		regexp.MustCompile(`\.([\pL_][\pL_\pN]*) undefined \(type (.+) has no field or method ([\pL_][\pL_\pN]*)`),
		regexp.MustCompile(`: (\S+) does not implement .+ \(missing method ([\pL_][\pL_\pN]*)\)$`),
		regexp.MustCompile(`^unknown field ([\pL_][\pL_\pN]*) in struct literal of type (.+)$`),
		regexp.MustCompile(` type (\S+)\) as (\S+) value in `),
		regexp.MustCompile(`\(mismatched types (\S+) and (\S+)\)$`),
	}
})

// hint proposes what the author of a cell may have meant.
func (p *problems) hint(x Problem) string {
	message := x.Message
	pat := patterns()
	if m := pat[0].FindStringSubmatch(message); m != nil {
		if path := p.front.pathOf(m[1]); path != "" {
			return `import "` + path + `"`
		}
		if cell := p.front.failed[m[1]]; cell != "" && cell != p.cell.unit.Name {
			return cell + ", which was to declare " + m[1] + ", failed"
		}
		return p.misspelt(m[1], selected(p.cell.src, x, m[1]))
	}
	if m := pat[1].FindStringSubmatch(message); m != nil {
		path := p.cell.importedAs(m[1])
		if path == "" {
			return ""
		}
		pkg, err := p.front.Import(path)
		if err != nil {
			return ""
		}
		var names []string
		for _, n := range pkg.Scope().Names() {
			if token.IsExported(n) {
				names = append(names, n)
			}
		}
		hint := didYouMean(m[2], names)
		return strings.Replace(hint, `"`, `"`+m[1]+".", 1)
	}
	if m := pat[2].FindStringSubmatch(message); m != nil && !strings.Contains(message, ", but does have") {
		members := p.members(m[2])
		if slices.Contains(members, m[1]) { // the type that the name stands for now has it
			return p.again(m[2])
		}
		before, _, _ := strings.Cut(message, ".")
		if pkg, path := p.packageWith(before, m[1]); pkg != "" && types.Universe.Lookup(before) != nil { // string.ToUpper
			return quoted(pkg+"."+m[1]) + ` import "` + path + `"`
		}
		return quoted(nearest(m[1], members, 1))
	}
	if m := pat[3].FindStringSubmatch(message); m != nil && slices.Contains(p.members(m[1]), m[2]) {
		return p.again(m[1])
	}
	if m := pat[4].FindStringSubmatch(message); m != nil {
		return quoted(nearest(m[1], p.members(m[2]), 1))
	}
	for _, same := range pat[5:] { // types of two cells
		if m := same.FindStringSubmatch(message); m != nil && m[1] == m[2] {
			return p.again(m[1])
		}
	}
	if have, ok := strings.CutPrefix(message, "not enough arguments in call to must\n\thave ("); ok && p.front.objects["must"] == nil && !strings.Contains(strings.SplitN(have, "\n", 2)[0], ",") {
		return "must takes a value and an error; what it is given here returns no error: leave must out"
	}
	if path, ok := strings.CutSuffix(message, " is not part of this kernel"); ok {
		path = strings.TrimPrefix(path, "package ")
		if full := p.front.pathOf(path[strings.LastIndexByte(path, '/')+1:]); full != "" {
			return quoted(full)
		}
		if near := didYouMean(path, p.front.paths()); near != "" {
			return near
		}
		return "%packages add " + path + "@latest builds a kernel with it, where Go is installed"
	}
	return ""
}

// again says why there are two types with the name that a message has for both.
func (p *problems) again(typ string) string {
	for name := range strings.FieldsFuncSeq(typ, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		tn, ok := p.front.objects[name].(*types.TypeName)
		if !ok || tn.IsAlias() {
			continue
		}
		where := p.front.Fset.Position(tn.Pos()).Filename
		return name + " was declared anew in " + where + "; what was made before has the old type: run those cells again"
	}
	return ""
}

// pathOf is the path of the registered package with a name; the shortest, if there are several.
func (f *Front) pathOf(name string) string {
	best := ""
	for path, im := range f.registered {
		if im.entry.Name == name && (best == "" || len(path) < len(best) || len(path) == len(best) && path < best) {
			best = path
		}
	}
	return best
}

func (f *Front) paths() []string {
	out := make([]string, 0, len(f.registered))
	for p := range f.registered {
		out = append(out, p)
	}
	return out
}

// misspelt proposes what a name that nothing has may mean; member is what the cell selects from it, if anything.
func (p *problems) misspelt(name, member string) string {
	if pkg, path := p.packageWith(name, member); pkg != "" {
		hint := quoted(pkg + "." + member)
		if p.cell.importedAs(pkg) == "" {
			hint += ` import "` + path + `"`
		}
		return hint
	}
	if near := nearest(name, p.names(), 1); near != "" {
		return quoted(near)
	}
	var packages []string
	for _, im := range p.front.registered {
		packages = append(packages, im.entry.Name)
	}
	return didYouMean(name, packages)
}

// packageWith is the registered package, with its path, that is spelt most like name and exports member.
func (p *problems) packageWith(name, member string) (pkg, path string) {
	if member == "" {
		return "", ""
	}
	least := max(1, len(name)/4) + 1
	for _, im := range p.front.registered {
		n := im.entry.Name
		d := distance(n, name)
		if d > least || len(n) < 2 || d == least && (pkg == "" || n > pkg || n == pkg && len(im.entry.Path) >= len(path)) {
			continue
		}
		if imp, err := p.front.Import(im.entry.Path); err == nil && imp.Scope().Lookup(member) != nil {
			pkg, path, least = n, im.entry.Path, d
		}
	}
	return pkg, path
}

// selected is the name that a cell selects from name, where a problem is: Println in fmt.Println.
func selected(src string, x Problem, name string) string {
	lines := strings.Split(src, "\n")
	if x.Line > len(lines) || x.Column+len(name)-1 > len(lines[x.Line-1]) {
		return ""
	}
	rest, ok := strings.CutPrefix(lines[x.Line-1][x.Column+len(name)-1:], ".")
	if !ok {
		return ""
	}
	if i := strings.IndexFunc(rest, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }); i >= 0 {
		rest = rest[:i]
	}
	if !token.IsExported(rest) {
		return ""
	}
	return rest
}

// names is everything that the cell could have meant by a bare name, packages that are not imported apart.
func (p *problems) names() []string {
	var out []string
	for n := range p.front.objects {
		out = append(out, n)
	}
	for n := range p.front.imports {
		out = append(out, n)
	}
	for n := range p.cell.declared {
		out = append(out, n)
	}
	for n := range p.cell.byName {
		out = append(out, n)
	}
	out = append(out, types.Universe.Names()...)
	out = append(out, preludeNames()...)
	if p.info != nil { // local variables
		for id := range p.info.Defs {
			out = append(out, id.Name)
		}
	}
	return out
}

// members is the fields and methods of a type that a message names.
func (p *problems) members(typ string) []string {
	typ = strings.TrimPrefix(typ, "*")
	var t types.Type
	if pkg, name, ok := strings.Cut(typ, "."); ok {
		if imp, err := p.front.Import(p.cell.importedAs(pkg)); err == nil {
			if o := imp.Scope().Lookup(name); o != nil {
				t = o.Type()
			}
		}
	} else if p.scope != nil {
		if o := p.scope.Scope().Lookup(typ); o != nil {
			t = o.Type()
		} else if o := p.front.objects[typ]; o != nil { // the cell does not mention the type itself
			t = o.Type()
		}
	}
	if t == nil {
		return nil
	}
	var out []string
	if st, ok := t.Underlying().(*types.Struct); ok {
		for f := range st.Fields() {
			out = append(out, f.Name())
		}
	}
	set := types.NewMethodSet(types.NewPointer(t))
	for i := range set.Len() {
		out = append(out, set.At(i).Obj().Name())
	}
	return out
}

package front

import (
	"go/token"
	"go/types"
	"regexp"
	"sort"
	"strings"
	"sync"
)

// The messages of the type checker that a hint can follow.
var patterns = sync.OnceValue(func() [3]*regexp.Regexp {
	return [3]*regexp.Regexp{
		regexp.MustCompile(`^undefined: ([\pL_][\pL_\pN]*)$`),
		regexp.MustCompile(`^undefined: ([\pL_][\pL_\pN]*)\.([\pL_][\pL_\pN]*)$`),
		regexp.MustCompile(`\.([\pL_][\pL_\pN]*) undefined \(type (.+) has no field or method ([\pL_][\pL_\pN]*)`),
	}
})

// hint proposes what the author of a cell may have meant.
func (p *problems) hint(message string) string {
	pat := patterns()
	if m := pat[0].FindStringSubmatch(message); m != nil {
		if path := p.front.pathOf(m[1]); path != "" {
			return `import "` + path + `"`
		}
		return didYouMean(m[1], p.names())
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
		return didYouMean(m[1], p.members(m[2]))
	}
	if path, ok := strings.CutSuffix(message, " is not part of this kernel"); ok {
		path = strings.TrimPrefix(path, "package ")
		if near := didYouMean(path, p.front.paths()); near != "" {
			return near
		}
		return "%packages add " + path + "@latest builds a kernel with it, where Go is installed"
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

// names is everything that the cell could have meant by a bare name.
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
	for _, im := range p.front.registered {
		out = append(out, im.entry.Name)
	}
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

// didYouMean names what is spelt most like name, if anything is spelt alike.
func didYouMean(name string, among []string) string {
	sort.Strings(among)
	best, least := "", min(len(name)/4, 3)
	if len(name) == 1 {
		return ""
	}
	for _, n := range among {
		if n == name || hidden(n) || abs(len(n)-len(name)) > least || len(n) < 2 {
			continue
		}
		d := distance(strings.ToLower(n), strings.ToLower(name))
		if d < least || d == least && best == "" {
			best, least = n, d
		}
	}
	if best == "" {
		return ""
	}
	return `did you mean "` + best + `"?`
}

func abs(x int) int { return max(x, -x) }

// distance counts the letters to insert, delete, change or swap with their neighbour.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	prev2, prev, cur := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(s); i++ {
		cur[0] = i
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return prev[len(t)]
}

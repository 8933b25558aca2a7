package front

import (
	"fmt"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"sort"
	"strings"
	"sync"
)

// problems collects the compile errors of a cell.
type problems struct {
	front *Front
	cell  *cell
	found []Problem
	scope *types.Package // of the first check, for hints
	info  *types.Info
}

func (p *problems) any() bool { return len(p.found) > 0 }

// add notes an error of the type checker.
func (p *problems) add(e types.Error) { p.at(e.Pos, e.Msg) }

func (p *problems) at(pos token.Pos, message string) {
	where := p.front.Fset.Position(pos)
	if !pos.IsValid() {
		where = p.front.Fset.Position(p.cell.syn.body.Pos())
		where.Line, where.Column = 1, 1
	}
	name := p.cell.unit.Name
	lines := strings.Count(p.cell.src, "\n") + 1
	if where.Line > lines {
		where.Line, where.Column = lines, 1
	}
	if n := len(p.found); n > 0 && strings.HasPrefix(message, "\t") && strings.Contains(message, " refers to ") { // a step of a cycle
		last := &p.found[n-1]
		if last.Hint != "" {
			last.Hint += ", "
		}
		last.Hint += fmt.Sprintf("%s (line %d)", p.plain(strings.TrimSpace(message)), where.Line)
		return
	}
	p.found = append(p.found, Problem{Cell: name, Line: where.Line, Column: max(where.Column, 1), Message: p.plain(short(message))})
}

// short cuts what a message quotes of a very long cell.
func short(message string) string {
	const most = 2000
	if len(message) <= most {
		return message
	}
	return strings.ToValidUTF8(message[:most/2]+" … "+message[len(message)-most/2:], "")
}

// list is every problem once, in order of the source. An error that only continues another ("\t…") goes with it.
func (p *problems) list() []Problem {
	sort.SliceStable(p.found, func(i, j int) bool {
		a, b := p.found[i], p.found[j]
		return a.Line < b.Line || a.Line == b.Line && a.Column < b.Column
	})
	var out []Problem
	for _, x := range p.found {
		if strings.HasPrefix(x.Message, "\t") {
			continue
		}
		if n := len(out); n > 0 && out[n-1].Line == x.Line && (out[n-1].Column == x.Column || out[n-1].Message == x.Message) {
			continue
		}
		if x.Hint == "" {
			x.Hint = p.hint(x)
		}
		out = append(out, x)
	}
	return causes(out)
}

// causes leaves out what only follows from other problems: complaints about values whose types are not known.
func causes(all []Problem) []Problem {
	out := slices.DeleteFunc(slices.Clone(all), func(x Problem) bool {
		return strings.Contains(x.Message, "(invalid operand)") || strings.Contains(x.Message, "invalid type") || strings.Contains(x.Message, "unknown type")
	})
	if len(out) == 0 {
		return all
	}
	return out
}

// words are the patterns of plain, made at the first error.
var words = sync.OnceValue(func() [3]*regexp.Regexp {
	return [3]*regexp.Regexp{
		regexp.MustCompile(`\bmain\.[\pL_][\pL_\pN]*`),
		regexp.MustCompile(`([\pL_][\pL_\pN]*)·(old|[0-9]+)`),
		regexp.MustCompile(`([\pL_][\pL_\pN]*)·([\pL_][\pL_\pN]*)`),
	}
})

// plain says a message in the words of the cell.
func (p *problems) plain(m string) string {
	if _, cause, ok := strings.Cut(m, " ("); ok && strings.HasPrefix(m, "could not import ") {
		return strings.TrimSuffix(cause, ")")
	}
	w := words()
	m = w[0].ReplaceAllStringFunc(m, func(name string) string {
		bare := strings.TrimPrefix(name, "main.")
		if p.cell.declared[bare] { // the cell has a type of that name, too
			return bare + " of an earlier cell"
		}
		return bare
	})
	m = w[1].ReplaceAllString(m, "$1")
	m = w[2].ReplaceAllString(m, "$1.$2")
	return strings.ReplaceAll(m, "cell·", "the cell")
}

package complete

import (
	"regexp"
	"strings"
	"sync"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/magic"
)

// flags matches the flags before the code that a command runs.
var flags = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:-[a-z] +[0-9]+ +)+`) })

// goOnly is code with everything blanked, byte by byte, that does not run as Go: offsets stay.
func goOnly(code string, table magic.Table, known func(string) bool) string {
	steps := magic.Split(code, known)
	if len(steps) == 0 || len(steps) == 1 && steps[0].Kind == magic.Go {
		return code
	}
	text := []byte(code)
	for _, step := range steps {
		if step.Kind == magic.Go {
			continue
		}
		from, to := line(code, step.Line)
		c, _ := table.Lookup(step.Name)
		switch {
		case c.Code && step.Args != "":
			args := from + strings.LastIndex(code[from:to], step.Args)
			to = args + len(flags().FindString(code[args:to]))
		case step.Kind == magic.CellMagic && !c.Code:
			to = len(code)
		}
		for i := from; i < to; i++ {
			if text[i] != '\n' && text[i] != '\r' {
				text[i] = ' '
			}
		}
	}
	return string(text)
}

// line is where the line with a number, from 1, begins and ends.
func line(code string, number int) (from, to int) {
	for range number - 1 {
		from += strings.IndexByte(code[from:], '\n') + 1
	}
	if n := strings.IndexByte(code[from:], '\n'); n >= 0 {
		return from, from + n
	}
	return from, len(code)
}

// commandArguments completes what stands behind a command's name, in a shell line, or in a cell that is no Go.
func commandArguments(code string, cursor int, table magic.Table, known func(string) bool) (interp.Completion, bool) {
	written := code[:cursor]
	steps := magic.Split(written, known)
	if len(steps) == 0 {
		return interp.Completion{}, false
	}
	step := steps[len(steps)-1]
	c, _ := table.Lookup(step.Name)
	here := step.Line == 1+strings.Count(written, "\n")
	typed := written[strings.LastIndexAny(written, " \t\n")+1:]
	switch {
	case c.Code, step.Kind != magic.CellMagic && !here, step.Kind == magic.Go, step.Kind == magic.Question:
		return interp.Completion{}, false
	case step.Kind == magic.Shell, !here:
		typed = strings.TrimLeft(typed, "!$<>'\"")
		return paths(typed, atHome(typed), cursor, false), true
	}
	out := interp.Completion{Start: cursor - len(typed), End: cursor}
	if c.Complete != nil {
		for _, text := range c.Complete(table) {
			if strings.HasPrefix(text, typed) {
				out.Matches = append(out.Matches, interp.Match{Text: text, Type: "argument"})
			}
		}
	}
	if c.Folders {
		out.Matches = append(out.Matches, paths(typed, atHome(typed), cursor, true).Matches...)
	}
	return out, true
}

// variables says which names are variables of the session; it asks for them at the first name.
func variables(in interp.Interpreter) func(string) bool {
	var names map[string]bool
	return func(name string) bool {
		if names == nil {
			names = map[string]bool{}
			for _, v := range in.Variables() {
				names[v.Name] = true
			}
		}
		return names[name]
	}
}

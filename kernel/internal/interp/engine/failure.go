package engine

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/front"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/machine"
)

// compileError says all that stands against a cell.
func (e *Engine) compileError(problems []front.Problem) *interp.Error {
	failure := &interp.Error{Name: "CompileError", Message: problems[0].Message, Problems: problems}
	if n := len(problems); n > 1 {
		failure.Message += fmt.Sprintf(" (and %d more)", n-1)
	}
	for _, p := range problems {
		failure.Traceback = append(failure.Traceback, fmt.Sprintf("%s:%d:%d: %s", p.Cell, p.Line, p.Column, p.Message))
		failure.Traceback = append(failure.Traceback, e.excerpt(p.Cell, p.Line, p.Column)...)
		if p.Hint != "" {
			failure.Traceback = append(failure.Traceback, "    "+p.Hint)
		}
	}
	return failure
}

// excerpt is a line of a cell with a caret under a column.
func (e *Engine) excerpt(cell string, line, column int) []string {
	text, ok := e.front.Sources().Line(cell, line)
	if !ok {
		return nil
	}
	column = min(max(column, 1), len(text)+1)
	text, column = window(text, column)
	trimmed := strings.TrimLeft(text, " \t")
	cut := len(text) - len(trimmed)
	if column <= cut {
		cut = column - 1
	}
	return []string{"    " + text[cut:], "    " + blank(text[cut:column-1]) + "^"}
}

// blank is space as wide as a text where each character takes one cell or, as Korean and Chinese ones, two.
func blank(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch kind := width.LookupRune(r).Kind(); {
		case r == '\t':
			b.WriteByte('\t')
		case unicode.In(r, unicode.Mn, unicode.Cf): // marks on the character before
		case kind == width.EastAsianWide || kind == width.EastAsianFullwidth:
			b.WriteString("  ")
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// window is the part of a long line around a column, and where the column is then.
func window(line string, column int) (string, int) {
	const before, after = 160, 240
	if len(line) <= before+after {
		return line, column
	}
	from, to := max(0, column-1-before), min(len(line), column-1+after)
	for from > 0 && !utf8.RuneStart(line[from]) {
		from--
	}
	for to < len(line) && !utf8.RuneStart(line[to]) {
		to++
	}
	head, tail := "", ""
	if from > 0 {
		head = "…"
	}
	if to < len(line) {
		tail = "…"
	}
	return head + line[from:to] + tail, column - from + len(head)
}

// failure says why a cell ended; nil if it ended well.
func (e *Engine) failure(ctx context.Context, err error) *interp.Error {
	var p *machine.Panic
	var exit *machine.Exit
	var full *machine.Exhausted
	var missing *machine.Missing
	switch {
	case err == nil, errors.Is(err, machine.ErrGoexit):
		return nil
	case errors.As(err, &exit):
		if exit.Code == 0 {
			return nil
		}
		text := fmt.Sprintf("exit status %d", exit.Code)
		return &interp.Error{Name: "Exit", Message: text, Traceback: []string{"Exit: " + text}}
	case errors.Is(err, machine.ErrInterrupted), errors.Is(err, errAbandoned):
		text := err.Error()
		if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
			text = cause.Error()
		}
		return &interp.Error{Name: "Interrupt", Message: text, Traceback: []string{"Interrupt: " + text}}
	case errors.As(err, &full):
		return interp.OutOfMemory(full.Used, full.Limit)
	case errors.As(err, &missing):
		text := missing.Error()
		return &interp.Error{Name: "CompileError", Message: text, Traceback: []string{"CompileError: " + text}}
	case errors.As(err, &p):
		return e.panicked(p)
	}
	return fault(err)
}

// panicked says what a panic was and where.
func (e *Engine) panicked(p *machine.Panic) *interp.Error {
	text := e.panicText(p.Value)
	failure := &interp.Error{Name: panicName(p.Value), Message: oneLine(text)}
	failure.Traceback = []string{failure.Name + ": " + text}
	if strings.HasSuffix(text, "(types from different scopes)") {
		failure.Traceback = append(failure.Traceback, "    the type was declared anew since the value was made: run the cell that makes it again")
	}
	var places []string
	excerpts := map[string][]string{}
	for _, f := range p.Frames {
		pos, ok := e.position(f.Pos)
		if !ok {
			continue
		}
		head := fmt.Sprintf("%s:%d:%d", pos.Filename, pos.Line, pos.Column)
		if name := funcName(f.Func); name != "" {
			head += " in " + name
		}
		places = append(places, head)
		if excerpts[head] == nil {
			excerpts[head] = e.excerpt(pos.Filename, pos.Line, pos.Column)
		}
	}
	for i := 0; i < len(places); {
		if len(failure.Traceback) > maxTraceback {
			failure.Traceback = append(failure.Traceback, "…")
			break
		}
		size, times := cycle(places[i:])
		for _, head := range places[i : i+size] {
			failure.Traceback = append(append(failure.Traceback, head), excerpts[head]...)
		}
		failure.Traceback = append(failure.Traceback, again(size, times-1)...)
		i += size * times
	}
	return failure
}

// cycle is how many of the first places repeat, and how many times they stand there; recursion makes such cycles.
func cycle(places []string) (size, times int) {
	for size = 1; size <= 8 && 2*size <= len(places); size++ {
		times = 1
		for end := (times + 1) * size; end <= len(places) && slices.Equal(places[end-size:end], places[:size]); end += size {
			times++
		}
		if times > 1 {
			return size, times
		}
	}
	return 1, 1
}

const maxTraceback = 60 // lines

// again says that the last places stand there n more times.
func again(places, n int) []string {
	switch {
	case n == 0:
		return nil
	case places == 1:
		return []string{fmt.Sprintf("    … and %d more times", n)}
	}
	return []string{fmt.Sprintf("    … and these %d places %d more times", places, n)}
}

// funcName is a function's name as its author wrote it; none for a cell's own statements.
func funcName(name string) string {
	if name == "main.cell·" {
		return ""
	}
	name = strings.NewReplacer("(*main.", "(*", "(main.", "(").Replace(name)
	name = strings.TrimPrefix(name, "main.")
	if typ, method, ok := strings.Cut(name, ")."); ok && strings.Contains(method, "·") { // of a later cell
		_, method, _ = strings.Cut(method, "·")
		method, lit, inner := strings.Cut(method, "$")
		method, _, _ = strings.Cut(method, "[")
		if name = typ + ")." + method; inner {
			name += "$" + lit
		}
	}
	if base, _, ok := strings.Cut(name, "$"); ok {
		if base == "cell·" {
			return "a function literal"
		}
		return "a function literal of " + strings.ReplaceAll(base, "·", ".")
	}
	return strings.ReplaceAll(name, "·", ".")
}

// panicName is the kind of a panic: "runtime.Error", the type of an error, or "panic".
func panicName(v any) string {
	switch v := v.(type) {
	case runtime.Error:
		return "runtime.Error"
	case error:
		return fmt.Sprintf("%T", v)
	}
	return "panic"
}

// panicText is a panic's value as Go prints it. Methods of the value that panic themselves or do not end have no say.
func (e *Engine) panicText(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	said := make(chan string, 1)
	if err := e.supervise(ctx, newOutput(nowhere{}, e.files), func(run *machine.Run) error { return e.machine.Do(run, func() { said <- textOf(v) }) }); err != nil {
		return fmt.Sprintf("%T", v)
	}
	return <-said
}

// patience is how long an Error or String method of a panic's value may take.
const patience = 2 * time.Second

func textOf(v any) string {
	switch v := v.(type) {
	case error:
		return v.Error()
	case fmt.Stringer:
		return v.String()
	}
	return fmt.Sprintf("%v", v)
}

func oneLine(s string) string {
	line, rest, more := strings.Cut(s, "\n")
	if more && strings.TrimSpace(rest) != "" {
		line += " …"
	}
	return line
}

// lost says which names a cell that failed does not leave behind, if there are any: it is not what other notebooks do.
func lost(u *front.Unit) []string {
	missing, older := u.Lost()
	var says []string
	if n := len(missing); n > 0 {
		says = append(says, among(missing)+plural(n, " is not defined", " are not defined"))
	}
	if n := len(older); n > 0 {
		says = append(says, among(older)+plural(n, " is what it was before", " are what they were before"))
	}
	if len(says) == 0 {
		return nil
	}
	return []string{"the cell failed and leaves no names behind: " + strings.Join(says, ", ")}
}

func plural(n int, one, several string) string {
	if n == 1 {
		return one
	}
	return several
}

// among lists names, the first few of many.
func among(names []string) string {
	if n := len(names); n > 8 {
		return strings.Join(names[:6], ", ") + fmt.Sprintf(" and %d more", n-6)
	}
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}

// full says that no more methods can be declared.
func full(left int) *interp.Error {
	text := fmt.Sprintf("a kernel has room for %d methods of types that cells declare, and %d are left: restart it to declare more types with methods", machine.MaxMethods, left)
	return &interp.Error{Name: "CompileError", Message: text, Traceback: []string{"CompileError: " + text, "    what the session holds goes on working"}}
}

// fault is an error of the engine itself.
func fault(err error) *interp.Error {
	text := err.Error()
	return &interp.Error{
		Name:      "EngineError",
		Message:   oneLine(text),
		Traceback: append([]string{"EngineError: this is a fault of Sightline, not of the cell"}, strings.Split(text, "\n")...),
	}
}

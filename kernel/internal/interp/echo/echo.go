// Package echo is an interpreter that understands fifteen words and no Go. It proves that the kernel needs of its
// interpreter only what the Interpreter interface says, and gives protocol tests cells whose behaviour is certain.
//
// A cell is run line by line. The first word of a line says what it does; the rest is its argument, in which \n stands
// for a new line:
//
//	say TEXT         writes TEXT to the standard output
//	warn TEXT        writes TEXT to the standard error
//	show MIME TEXT   displays TEXT as MIME type MIME
//	put ID TEXT      displays TEXT under the display id ID
//	update ID TEXT   replaces it
//	clear            empties the output; "clear wait" when the next output comes
//	ask PROMPT       asks for a line and writes it to the standard output
//	secret PROMPT    idem, without echo
//	set NAME TEXT    keeps TEXT in a variable
//	get NAME         is the value of a variable
//	fail NAME TEXT   ends the cell with an error
//	broken           ends the cell with an error of the interpreter itself
//	wait             waits to be interrupted
//	until NAME       waits until another cell's goroutine sets a variable
//	later NAME TEXT  writes TEXT from a goroutine as soon as the variable NAME is set
//
// Any other line that is not empty is its own value; the last one is the result of the cell.
package echo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/sightline-osint/sightline/kernel/display"
	"github.com/sightline-osint/sightline/kernel/internal/interp"
)

// Interpreter is an echo session.
type Interpreter struct {
	mu        sync.Mutex
	variables map[string]string
	changed   chan struct{} // closed when a variable is set
	closed    chan struct{}
	work      sync.WaitGroup
}

var _ interp.Interpreter = (*Interpreter)(nil)

// New starts an empty session.
func New() *Interpreter {
	return &Interpreter{variables: map[string]string{}, changed: make(chan struct{}), closed: make(chan struct{})}
}

// Execute runs a cell's lines in order and stops at the first that fails.
func (e *Interpreter) Execute(ctx context.Context, cell interp.Cell) (interp.Result, error) {
	var result interp.Result
	for n, line := range strings.Split(cell.Code, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		value, ok, err := e.line(ctx, cell, line)
		var failure *interp.Error
		if errors.As(err, &failure) {
			failure.Traceback = []string{fmt.Sprintf("%s:%d:1: %s", cell.Name, n+1, line), "^"}
			return interp.Result{}, failure
		}
		if err != nil {
			return interp.Result{}, err
		}
		if ok {
			result = interp.Result{Values: []any{value}, Types: []string{"string"}}
		}
	}
	return result, nil
}

// line runs one line; ok says that it has a value.
func (e *Interpreter) line(ctx context.Context, cell interp.Cell, line string) (value string, ok bool, err error) {
	word, rest, _ := strings.Cut(line, " ")
	rest = strings.ReplaceAll(rest, `\n`, "\n")
	first, second, _ := strings.Cut(rest, " ")
	switch word {
	case "say":
		_, err = fmt.Fprint(cell.Output.Stdout(), rest)
	case "warn":
		_, err = fmt.Fprint(cell.Output.Stderr(), rest)
	case "show":
		err = cell.Output.Display(display.MakeData(first, second), false)
	case "put", "update":
		err = cell.Output.Display(display.WithID(first, display.MakeData(display.MIMETypeText, second)), word == "update")
	case "clear":
		err = cell.Output.ClearOutput(rest == "wait")
	case "ask", "secret":
		var answer string
		if answer, err = cell.Output.Input(ctx, rest, word == "secret"); err != nil {
			err = &interp.Error{Name: "InputError", Message: err.Error()}
		} else {
			_, err = fmt.Fprint(cell.Output.Stdout(), answer)
		}
	case "set":
		e.set(first, second)
	case "get":
		if value, ok = e.get(rest); !ok {
			err = &interp.Error{Name: "NameError", Message: rest + " is not set"}
		}
	case "fail":
		err = &interp.Error{Name: first, Message: second}
	case "broken":
		err = errors.New("echo: broken on request")
	case "wait":
		<-ctx.Done()
		err = interrupted()
	case "until":
		err = e.until(ctx, rest)
	case "later":
		e.later(cell, first, second)
	default:
		return line, true, nil
	}
	return value, ok, err
}

func interrupted() *interp.Error {
	return &interp.Error{Name: "Interrupt", Message: "the cell was interrupted"}
}

func (e *Interpreter) set(name, value string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.variables[name] = value
	close(e.changed)
	e.changed = make(chan struct{})
}

func (e *Interpreter) get(name string) (string, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	v, ok := e.variables[name]
	return v, ok
}

// until returns when the variable is set.
func (e *Interpreter) until(ctx context.Context, name string) error {
	for {
		e.mu.Lock()
		_, ok := e.variables[name]
		changed := e.changed
		e.mu.Unlock()
		if ok {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return interrupted()
		case <-e.closed:
			if _, ok := e.get(name); ok {
				return nil
			}
			return interrupted()
		}
	}
}

func (e *Interpreter) later(cell interp.Cell, name, text string) {
	e.work.Go(func() {
		if e.until(context.Background(), name) == nil {
			fmt.Fprint(cell.Output.Stdout(), text)
		}
	})
}

// Complete offers the words and variables that begin like the word before the cursor.
func (e *Interpreter) Complete(_ context.Context, code string, cursor int) interp.Completion {
	start := strings.LastIndexAny(code[:cursor], " \n") + 1
	c := interp.Completion{Start: start, End: cursor}
	for _, w := range words {
		if strings.HasPrefix(w, code[start:cursor]) {
			c.Matches = append(c.Matches, interp.Match{Text: w, Type: "keyword", Signature: w})
		}
	}
	for _, v := range e.Variables() {
		if strings.HasPrefix(v.Name, code[start:cursor]) {
			c.Matches = append(c.Matches, interp.Match{Text: v.Name, Type: "variable", Signature: "string"})
		}
	}
	return c
}

var words = []string{"ask", "broken", "clear", "fail", "get", "later", "put", "say", "secret", "set", "show", "until", "update", "wait", "warn"}

// Inspect describes the word under the cursor.
func (e *Interpreter) Inspect(_ context.Context, code string, cursor, detail int) (interp.Inspection, bool) {
	start := strings.LastIndexAny(code[:cursor], " \n") + 1
	word, _, _ := strings.Cut(code[start:], " ")
	word, _, _ = strings.Cut(word, "\n")
	if v, ok := e.get(word); ok {
		return interp.Inspection{Plain: word + " = " + v, Markdown: "`" + word + "` = `" + v + "`"}, true
	}
	if slices.Contains(words, word) {
		text := word + " is a word of echo"
		if detail > 0 {
			text += "; see the package documentation"
		}
		return interp.Inspection{Plain: text, Markdown: text}, true
	}
	return interp.Inspection{}, false
}

// IsComplete says incomplete after a trailing backslash, invalid for a line that begins with "!".
func (e *Interpreter) IsComplete(code string) interp.Completeness {
	switch {
	case strings.HasSuffix(code, `\`):
		return interp.Completeness{Status: "incomplete", Indent: "    "}
	case strings.HasPrefix(code, "!"):
		return interp.Completeness{Status: "invalid"}
	}
	return interp.Completeness{Status: "complete"}
}

// Variables lists what set has kept.
func (e *Interpreter) Variables() []interp.Variable {
	e.mu.Lock()
	defer e.mu.Unlock()
	var out []interp.Variable
	for name, value := range e.variables {
		out = append(out, interp.Variable{Name: name, Type: "string", Value: value})
	}
	slices.SortFunc(out, func(a, b interp.Variable) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// Eval is the value of a variable.
func (e *Interpreter) Eval(_ context.Context, expr string) (interp.Result, error) {
	v, ok := e.get(expr)
	if !ok {
		return interp.Result{}, &interp.Error{Name: "NameError", Message: expr + " is not set"}
	}
	return interp.Result{Values: []any{v}, Types: []string{"string"}}, nil
}

// Reset forgets all variables.
func (e *Interpreter) Reset() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	clear(e.variables)
	return nil
}

// Close ends the goroutines of later.
func (e *Interpreter) Close() error {
	e.mu.Lock()
	select {
	case <-e.closed:
	default:
		close(e.closed)
	}
	e.mu.Unlock()
	e.work.Wait()
	return nil
}

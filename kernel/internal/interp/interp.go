// Package interp is the seam between the kernel and whatever runs its cells.
//
// The kernel knows only the Interpreter interface; the engine package behind it runs Go, the echo package is a fake that
// proves the seam. Each method names the Jupyter message that triggers it. Positions in code are byte offsets: the
// conversion from Jupyter's code points happens once, in package complete.
package interp

import (
	"context"
	"fmt"
	"io"

	"github.com/sightline-osint/sightline/kernel/display"
)

// Interpreter runs the cells of one session. Execute is never called twice at the same time; the other methods may be
// called while a cell runs and must answer without waiting for it.
type Interpreter interface {
	// Execute runs one cell (execute_request). Cancelling ctx interrupts the cell (interrupt_request): Execute then
	// returns an *Error with Name "Interrupt", and what the session held before stays. Any failure of the cell is an
	// *Error; other errors mean that the interpreter itself is broken.
	Execute(ctx context.Context, cell Cell) (Result, error)

	// Complete lists what can stand at the byte offset cursor of code (complete_request).
	Complete(ctx context.Context, code string, cursor int) Completion

	// Inspect describes what stands at the byte offset cursor of code (inspect_request). Detail 1 adds source or the
	// whole documentation. ok is false if nothing is known.
	Inspect(ctx context.Context, code string, cursor, detail int) (in Inspection, ok bool)

	// IsComplete says whether a front end should run code or ask for another line (is_complete_request).
	IsComplete(code string) Completeness

	// Variables lists the session's variables by name (%who, variable panels).
	Variables() []Variable

	// Eval evaluates one expression without side effects on the execution count (user_expressions).
	Eval(ctx context.Context, expr string) (Result, error)

	// Reset forgets all that the session holds (%reset).
	Reset() error

	// Close stops every goroutine of the session that can be stopped (shutdown_request).
	Close() error
}

// Preluder is an interpreter whose cells can use words without an import (%help).
type Preluder interface {
	Prelude() []Word
}

// Caller is an interpreter whose values have methods that cells declared, which compiled code may call.
type Caller interface {
	// Do calls f the way a cell is called: what f calls of cells' code ends when ctx does, writes to out, and panics as the
	// *Error that Do returns, with the user's frames.
	Do(ctx context.Context, out Output, f func()) error
}

// Word is what a cell can use without an import.
type Word struct {
	Name string // as it is written, with parameters
	Help string // one sentence, without full stop
}

// Cell is one piece of code to run.
type Cell struct {
	Number int    // execution count, from 1
	Name   string // how errors name it, for example "In[3]"
	Code   string // UTF-8, without magics
	Output Output // where the cell, and goroutines that outlive it, write
}

// Output takes what a cell shows. Its methods may be called from many goroutines, also after the cell has ended.
type Output interface {
	Stdout() io.Writer
	Stderr() io.Writer
	// Display sends one bundle; update replaces the displays that share its transient display_id.
	Display(d display.Data, update bool) error
	// ClearOutput empties the cell's output, at once or, with wait, when the next output comes.
	ClearOutput(wait bool) error
	// Input asks the user for one line; password hides it. It fails if the front end allows no input.
	Input(ctx context.Context, prompt string, password bool) (string, error)
}

// Result is what the last expression of a cell evaluated to.
type Result struct {
	Values []any    // empty if the cell ends in no expression, or in one without value
	Types  []string // the static Go type of each value, as a compiled program prints it
	Exited bool     // the cell ended itself before its last statement, by os.Exit(0)
}

// Error is a cell that failed.
type Error struct {
	Name      string       // panic or error type: "runtime.Error", "*fs.PathError", "CompileError", "Interrupt", "Exit"
	Message   string       // one line
	Traceback []string     // lines to show, plain text: cell name, line, source, caret; the user's frames only
	Problems  []Diagnostic // compile errors, all of them
}

func (e *Error) Error() string { return e.Name + ": " + e.Message }

// Diagnostic is one compile error.
type Diagnostic struct {
	Cell         string
	Line, Column int // from 1, bytes
	Message      string
	Hint         string // "did you mean …", or empty
}

// Completion is the answer to complete_request.
type Completion struct {
	Start, End int // bytes of code that a match replaces
	Matches    []Match
}

// Match is one completion, best first.
type Match struct {
	Text      string // what replaces code[Start:End]
	Type      string // "function", "method", "field", "variable", "type", "package", "keyword", "magic", "path", "constant"
	Signature string // Go signature or type
	Import    string // import path that choosing it adds, or empty
}

// Inspection is the answer to inspect_request.
type Inspection struct {
	Plain, Markdown string
}

// Completeness is the answer to is_complete_request.
type Completeness struct {
	Status string // "complete", "incomplete", "invalid" or "unknown"
	Indent string // for "incomplete": white space for the next line
}

// Variable is one variable of the session.
type Variable struct {
	Name, Type, Value string // Value is cut to one short line
}

// OutOfMemory is the error of a cell that was ended because the session uses used bytes of memory and may use limit.
func OutOfMemory(used, limit uint64) *Error {
	const mib = 1 << 20
	text := fmt.Sprintf("the session uses %d MiB of memory and may use %d (SIGHTLINE_MEMORY): the cell was ended", used/mib, limit/mib)
	return &Error{Name: "OutOfMemory", Message: text, Traceback: []string{"OutOfMemory: " + text}}
}

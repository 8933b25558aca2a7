// Package magic runs the lines of a cell that are not Go: %commands, !shell lines and ?questions.
//
// Split cuts a cell into steps, each of them Go code or one magic; a Table says what the commands do. Steps run in the order
// they are written. A line is magic only where a Go statement could begin, so raw strings, comments and operands that happen
// to start a line stay Go.
package magic

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/journal"
)

// Command is one % command.
type Command struct {
	Name  string // without the %
	Usage string // arguments as %help shows them, for example "DIR"
	Help  string // one sentence, without full stop
	Cell  bool   // it also heads a cell, as %%Name, and gets the rest of it as body
	Body  bool   // it heads a cell only

	// What completion offers behind the name.
	Code     bool                   // arguments and body are Go
	Folders  bool                   // names of folders
	Complete func(t Table) []string // words; nil: none

	// Run does the work. What it returns is shown like the value of a Go cell. A failure that is the user's is an *interp.Error
	// or a plain error, which becomes one.
	Run func(ctx context.Context, env *Env, args, body string) (interp.Result, error)
}

// Env is what a command may use.
type Env struct {
	Table  Table
	Interp interp.Interpreter
	Output interp.Output

	// Go runs Go code as a part of the current cell.
	Go func(ctx context.Context, code string) (interp.Result, error)
	// Page shows a MIME bundle in the front end's pager.
	Page func(bundle map[string]any)
	// Earlier is what the session before a restart or a crash left; nil if there is nothing.
	Earlier *journal.Earlier
	// Again runs a cell of that session as a part of the current cell. Its value is not shown.
	Again func(ctx context.Context, c journal.Cell) error
	// NextInput puts text into the next cell.
	NextInput func(text string)
}

// Table is a set of commands.
type Table []Command

// Builtin returns the commands of this package.
func Builtin() Table {
	return Table{cd(), env(), help(), load(), replay(), reset(), timeOnce(), timeit(), who(), bash()}
}

// Lookup finds a command by name.
func (t Table) Lookup(name string) (Command, bool) {
	i := slices.IndexFunc(t, func(c Command) bool { return c.Name == name })
	if i < 0 {
		return Command{}, false
	}
	return t[i], true
}

// Run runs one magic step.
func (t Table) Run(ctx context.Context, env *Env, s Step) (interp.Result, error) {
	switch s.Kind {
	case Shell:
		return interp.Result{}, shell(ctx, env, s.Args)
	case Question:
		return interp.Result{}, question(ctx, env, s)
	}
	c, ok := t.Lookup(s.Name)
	mark := "%"
	if s.Kind == CellMagic {
		mark = "%%"
	}
	switch {
	case !ok:
		return interp.Result{}, usage("unknown command %s%s%s (%%help lists them)", mark, s.Name, t.suggest(s.Name))
	case s.Kind == CellMagic && !c.Cell && !c.Body:
		return interp.Result{}, usage("%%%s takes one line: write %%%s instead of %%%%%s", s.Name, s.Name, s.Name)
	case s.Kind == LineMagic && c.Body:
		return interp.Result{}, usage("%%%%%s heads a whole cell: write it with two %% signs on the cell's first line", s.Name)
	}
	return c.Run(ctx, env, s.Args, s.Body)
}

// usage is the error of a command that was called wrongly.
func usage(format string, args ...any) *interp.Error {
	return &interp.Error{Name: "UsageError", Message: strings.TrimSpace(fmt.Sprintf(format, args...))}
}

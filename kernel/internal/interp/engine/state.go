package engine

import (
	"context"
	"errors"
	"go/parser"
	"go/types"
	"io"
	"sort"
	"strings"

	"github.com/sightline-osint/sightline/kernel/display"
	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/front"
)

// Variables lists the session's variables by name.
func (e *Engine) Variables() []interp.Variable {
	var out []interp.Variable
	e.machine.Locked(func() {
		e.front.Objects(func(name string, o types.Object) {
			if v, ok := o.(*types.Var); ok {
				out = append(out, interp.Variable{Name: name, Type: types.TypeString(v.Type(), qualifier)})
			}
		})
	})
	for i := range out {
		if v := e.global(out[i].Name); v.IsValid() {
			out[i].Value = brief(v)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out
}

// qualifier writes package names, and none for what cells declare.
func qualifier(p *types.Package) string {
	if p.Path() == "main" || p.Path() == "prelude" {
		return ""
	}
	return p.Name()
}

// Eval evaluates an expression; what it prints is lost.
func (e *Engine) Eval(ctx context.Context, expr string) (interp.Result, error) {
	if _, err := parser.ParseExpr(expr); err != nil {
		return interp.Result{}, &interp.Error{Name: "CompileError", Message: "not an expression: " + err.Error(), Traceback: []string{err.Error()}}
	}
	u, failure := e.compile("expression", expr)
	if failure != nil {
		return interp.Result{}, failure
	}
	defer e.machine.Discard(u.Body.Pkg)
	defer e.machine.Locked(u.Discard)
	if failure := e.failure(ctx, e.run(ctx, u, newOutput(nowhere{}, e.files))); failure != nil {
		return interp.Result{}, failure
	}
	return e.values(u), nil
}

// nowhere is an Output that shows nothing.
type nowhere struct{}

func (nowhere) Stdout() io.Writer                { return io.Discard }
func (nowhere) Stderr() io.Writer                { return io.Discard }
func (nowhere) Display(display.Data, bool) error { return nil }
func (nowhere) ClearOutput(bool) error           { return nil }

func (nowhere) Input(context.Context, string, bool) (string, error) {
	return "", errors.New("no input here")
}

// Prelude lists the functions that cells can use without an import, for %help.
func (e *Engine) Prelude() []interp.Word {
	var out []interp.Word
	for _, w := range front.Prelude() {
		out = append(out, interp.Word{Name: w[0], Help: w[1]})
	}
	e.machine.Locked(func() {
		if pkg := e.front.Display(); pkg != nil {
			out = append(out, interp.Word{Name: "Display(v)", Help: "shows a value in mid-cell; it is display.Display"},
				interp.Word{Name: "display." + strings.Join(functions(pkg), ", "), Help: "package display, which needs no import: ?display.HTML explains one of its functions"})
		}
	})
	return out
}

// functions are the names of a package's functions.
func functions(pkg *types.Package) (out []string) {
	for _, name := range pkg.Scope().Names() {
		if f, ok := pkg.Scope().Lookup(name).(*types.Func); ok && f.Exported() {
			out = append(out, name)
		}
	}
	return out
}

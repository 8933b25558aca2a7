package echo_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/sightline-osint/sightline/kernel/display"
	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/interp/echo"
)

// output keeps what a cell writes.
type output struct {
	mu       sync.Mutex
	out, err bytes.Buffer
	shown    []string
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.out.Write(p)
}
func (o *output) Stdout() io.Writer      { return o }
func (o *output) Stderr() io.Writer      { return &o.err }
func (o *output) ClearOutput(bool) error { o.shown = append(o.shown, "cleared"); return nil }
func (o *output) Display(d display.Data, update bool) error {
	o.shown = append(o.shown, d.Data["text/plain"].(string))
	return nil
}
func (o *output) Input(_ context.Context, prompt string, _ bool) (string, error) {
	if prompt == "none" {
		return "", errors.New("no input allowed")
	}
	return "answer to " + prompt, nil
}

func run(t *testing.T, e *echo.Interpreter, o *output, code string) (string, error) {
	t.Helper()
	r, err := e.Execute(t.Context(), interp.Cell{Number: 1, Name: "In[1]", Code: code, Output: o})
	if len(r.Values) == 0 {
		return "", err
	}
	return r.Values[0].(string), err
}

func TestWordsDoWhatTheySay(t *testing.T) {
	e, o := echo.New(), &output{}
	defer e.Close()
	v, err := run(t, e, o, "say a\\nb\nwarn w\nshow text/html <b>\nput id x\nupdate id y\nclear\nask name\nset k v\nget k")
	if err != nil || v != "v" {
		t.Fatal(v, err)
	}
	if o.out.String() != "a\nbanswer to name" || o.err.String() != "w" || strings.Join(o.shown, " ") != "<b> x y cleared" {
		t.Errorf("%q %q %v", o.out.String(), o.err.String(), o.shown)
	}
	if v, _ := run(t, e, o, "1 + 1"); v != "1 + 1" {
		t.Errorf("echo gave %q", v)
	}
}

func TestAFailureStopsTheCellAndKeepsTheSession(t *testing.T) {
	e, o := echo.New(), &output{}
	defer e.Close()
	_, err := run(t, e, o, "set k v\nfail Boom it broke\nset k w")
	var failure *interp.Error
	if !errors.As(err, &failure) || failure.Name != "Boom" || failure.Message != "it broke" || failure.Traceback[0] != "In[1]:2:1: fail Boom it broke" {
		t.Fatalf("%#v", err)
	}
	if v, _ := run(t, e, o, "get k"); v != "v" {
		t.Errorf("k is %q", v)
	}
	if _, err := run(t, e, o, "ask none"); err == nil {
		t.Error("input without a front end succeeded")
	}
	if _, err := run(t, e, o, "broken"); err == nil || errors.As(err, &failure) {
		t.Errorf("broken gave %v", err)
	}
}

func TestAnInterruptEndsAWait(t *testing.T) {
	e := echo.New()
	defer e.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := e.Execute(ctx, interp.Cell{Code: "wait", Output: &output{}})
	var failure *interp.Error
	if !errors.As(err, &failure) || failure.Name != "Interrupt" {
		t.Errorf("%v", err)
	}
}

func TestLateOutputOutlivesItsCell(t *testing.T) {
	e, o := echo.New(), &output{}
	if _, err := run(t, e, o, "later go late\nsay early,"); err != nil {
		t.Fatal(err)
	}
	if _, err := run(t, e, o, "set go 1"); err != nil {
		t.Fatal(err)
	}
	e.Close()
	if got := o.out.String(); got != "early,late" {
		t.Errorf("wrote %q", got)
	}
}

func TestCompletionInspectionAndVariables(t *testing.T) {
	e, o := echo.New(), &output{}
	defer e.Close()
	if _, err := run(t, e, o, "set sayings many"); err != nil {
		t.Fatal(err)
	}
	c := e.Complete(t.Context(), "get say", 7)
	if c.Start != 4 || len(c.Matches) != 2 || c.Matches[1].Text != "sayings" {
		t.Errorf("%+v", c)
	}
	if in, ok := e.Inspect(t.Context(), "get sayings", 4, 0); !ok || in.Plain != "sayings = many" {
		t.Errorf("%+v %v", in, ok)
	}
	if _, ok := e.Inspect(t.Context(), "nothing", 0, 0); ok {
		t.Error("nothing is known")
	}
	if r, err := e.Eval(t.Context(), "sayings"); err != nil || r.Values[0] != "many" {
		t.Errorf("%v %v", r, err)
	}
	for code, want := range map[string]string{"x": "complete", `x\`: "incomplete", "!": "invalid"} {
		if got := e.IsComplete(code).Status; got != want {
			t.Errorf("IsComplete(%q) = %s", code, got)
		}
	}
	if err := e.Reset(); err != nil || len(e.Variables()) != 0 {
		t.Error("reset keeps variables")
	}
}

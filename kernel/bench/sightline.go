package main

import (
	"context"
	"io"

	"github.com/sightline-osint/sightline/kernel/bench/runner"
	"github.com/sightline-osint/sightline/kernel/display"
	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine"
	"github.com/sightline-osint/sightline/kernel/internal/symbols"
)

// serveSightline runs the tasks as cells of one session.
func serveSightline() {
	runner.Main(func() runner.Eval {
		in, err := engine.New(engine.Config{Tables: symbols.Entries()})
		if err != nil {
			panic(err)
		}
		n := 0
		return func(src string) (any, error) {
			n++
			r, err := in.Execute(context.Background(), interp.Cell{Number: n, Name: "In[1]", Code: src, Output: silent{}})
			if err != nil || len(r.Values) == 0 {
				return nil, err
			}
			return r.Values[0], nil
		}
	})
}

// silent drops what cells write.
type silent struct{}

func (silent) Stdout() io.Writer                { return io.Discard }
func (silent) Stderr() io.Writer                { return io.Discard }
func (silent) Display(display.Data, bool) error { return nil }
func (silent) ClearOutput(bool) error           { return nil }
func (silent) Input(context.Context, string, bool) (string, error) {
	return "", io.EOF
}

package main

import (
	"math"

	"github.com/spf13/cobra"

	"github.com/sightline-osint/sightline/kernel"
	"github.com/sightline-osint/sightline/kernel/display"
	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/interp/echo"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine"
	"github.com/sightline-osint/sightline/kernel/internal/symbols"
)

// engineFlag chooses what runs cells. Users never need it: the fake exists for tests of everything around it.
type engineFlag struct{ name string }

func (e *engineFlag) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&e.name, "engine", "go", "what runs the cells: go or echo")
	_ = cmd.Flags().MarkHidden("engine")
}

// open starts an interpreter.
func (e *engineFlag) open() (interp.Interpreter, error) {
	switch e.name {
	case "go":
		limit, err := kernel.MemoryLimit()
		if err != nil {
			return nil, &exit{unusable, err}
		}
		return engine.New(engine.Config{Tables: symbols.Entries(), MaxMemory: int64(min(limit, math.MaxInt64))})
	case "echo":
		return echo.New(), nil
	}
	return nil, misuse("there is no engine %q", e.name)
}

// render makes the bundle of a cell's value, for the registered foreign types too.
func render(r interp.Result) (display.Data, bool) {
	return display.RenderResult(r.Values, symbols.Foreign()...)
}

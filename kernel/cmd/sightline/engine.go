package main

import (
	"github.com/spf13/cobra"

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

// open starts an interpreter with the rendering of its values.
func (e *engineFlag) open() (interp.Interpreter, func(interp.Result) (display.Data, bool), error) {
	switch e.name {
	case "echo":
		return echo.New(), func(r interp.Result) (display.Data, bool) { return display.RenderResult(r.Values) }, nil
	case "go":
		foreign := symbols.Foreign()
		i, err := engine.New(engine.Config{Tables: symbols.Entries()})
		return i, func(r interp.Result) (display.Data, bool) { return display.RenderResult(r.Values, foreign...) }, err
	}
	return nil, nil, misuse("there is no engine %q", e.name)
}

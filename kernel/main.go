package kernel

import (
	"context"
	"fmt"
	"math"
	"os"
	"slices"

	"github.com/sightline-osint/sightline/kernel/display"
	"github.com/sightline-osint/sightline/kernel/internal/extend"
	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine"
	"github.com/sightline-osint/sightline/kernel/internal/symbols"
)

// Table describes a compiled package to cells. Tables are generated: "%packages add" writes programs that call Main with
// them.
type Table = symbols.Table

// Main is the main function of a kernel with more packages than the sightline command has. Its arguments are those of
// "sightline kernel": the word kernel and the connection file. It does not return.
func Main(tables ...*Table) {
	args := os.Args[1:]
	os.Args = os.Args[:1] // what cells see
	if err := serve(args, tables); err != nil {
		fmt.Fprintln(os.Stderr, "sightline: "+err.Error())
		os.Exit(1)
	}
	os.Exit(0)
}

func serve(args []string, tables []*Table) error {
	if len(args) > 0 && args[0] == "kernel" {
		args = args[1:]
	}
	if len(args) != 1 {
		return fmt.Errorf("usage: %s kernel CONNECTION_FILE", os.Args[0])
	}
	limit, err := MemoryLimit()
	if err != nil {
		return err
	}
	entries := slices.Clone(symbols.Entries())
	for _, t := range tables {
		entries = append(entries, t.Entry())
	}
	in, err := engine.New(engine.Config{Tables: entries, MaxMemory: int64(min(limit, math.MaxInt64))})
	if err != nil {
		return err
	}
	render := func(r interp.Result) (display.Data, bool) {
		return display.RenderResult(r.Values, symbols.Foreign()...)
	}
	return Serve(context.Background(), Config{ConnectionFile: args[0], Interp: in, Render: render, Version: "extended", MemoryLimit: limit})
}

// Extended is the path of the kernel that "%packages add" has built, which takes the same arguments as the sightline
// command; empty if there is none, or if this program is newer.
func Extended() string { return extend.Current() }

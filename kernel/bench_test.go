package kernel_test

import (
	"context"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/kernel/display"
	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/interp/echo"
	"github.com/sightline-osint/sightline/kernel/internal/kerneltest"
)

// BenchmarkTrivialCell is one cell from request to reply and idle, through real sockets.
func BenchmarkTrivialCell(b *testing.B) {
	c := kerneltest.Start(b, echo.New()).Client(b)
	for b.Loop() {
		c.Execute("x")
	}
}

// BenchmarkFiveMiB is a cell that displays 5 MiB of HTML; the client reads all of it.
func BenchmarkFiveMiB(b *testing.B) {
	page := strings.Repeat("<b>x</b>", 655360)
	in := kerneltest.NewCells(map[string]func(context.Context, interp.Cell) (interp.Result, error){
		"page": func(_ context.Context, cell interp.Cell) (interp.Result, error) {
			return interp.Result{}, cell.Output.Display(display.HTML(page), false)
		}})
	c := kerneltest.Start(b, in).Client(b)
	b.SetBytes(5 << 20)
	for b.Loop() {
		c.Execute("page")
	}
}

// BenchmarkComplete is a complete_request from request to reply.
func BenchmarkComplete(b *testing.B) {
	c := kerneltest.Start(b, echo.New()).Client(b)
	for b.Loop() {
		c.Ask("shell", "complete_request", map[string]any{"code": "sho", "cursor_pos": 3})
	}
}

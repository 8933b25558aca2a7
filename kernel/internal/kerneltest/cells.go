package kerneltest

import (
	"context"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/interp/echo"
)

// Cells is the echo interpreter with further cells that are Go functions: a cell whose whole code is a name in Does runs that
// function.
type Cells struct {
	*echo.Interpreter
	Does map[string]func(ctx context.Context, cell interp.Cell) (interp.Result, error)
}

// NewCells returns an interpreter of the given cells.
func NewCells(does map[string]func(context.Context, interp.Cell) (interp.Result, error)) Cells {
	return Cells{echo.New(), does}
}

// Execute runs the function of the cell, or lets echo run it.
func (c Cells) Execute(ctx context.Context, cell interp.Cell) (interp.Result, error) {
	if f, ok := c.Does[cell.Code]; ok {
		return f(ctx, cell)
	}
	return c.Interpreter.Execute(ctx, cell)
}

package display

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"iter"
	"os"
)

// Surface is where a running cell shows things. The kernel's cell output is one.
type Surface interface {
	Stdout() io.Writer
	// Display sends a bundle; update replaces the displays that share its transient display_id.
	Display(d Data, update bool) error
	// ClearOutput empties the cell's output, at once or, with wait, when the next output comes.
	ClearOutput(wait bool) error
}

// Cell is the running cell as display functions see it. Each of its methods has a package function of the same name and
// signature; an interpreter that runs a cell calls the method in place of the function, so that what a cell shows goes
// to the front end. The zero Cell prints to the standard output: that is what the package functions use in a compiled
// program.
type Cell struct {
	Ctx     context.Context
	Output  Surface
	Foreign []Foreign
}

// Display shows a value in mid-cell, as it would be shown at the end of the cell. A Data is shown as it is.
func Display(v any) error { return Cell{}.Display(v) }

// DisplayID shows a value that Update can replace later. The id is any text that is unique in the notebook.
func DisplayID(id string, v any) error { return Cell{}.DisplayID(id, v) }

// Update replaces what was shown with DisplayID under the same id.
func Update(id string, v any) error { return Cell{}.Update(id, v) }

// ClearOutput empties the output of the running cell, at once or, with wait, when the next output comes.
func ClearOutput(wait bool) error { return Cell{}.ClearOutput(wait) }

// Context is the context of the running cell: it is cancelled when the cell is interrupted and carries progress. In a
// compiled program it is the background context.
func Context() context.Context { return Cell{}.Context() }

// NewProgress shows a progress bar for total steps; total <= 0 if it is not known. Call Add or Set as the work goes on
// and Done at its end.
func NewProgress(total int64, label string) *Progress { return Cell{}.NewProgress(total, label) }

// Steps counts from 0 to n-1 and shows a progress bar:
//
//	for i := range display.Steps(len(images), "registering") { … }
func Steps(n int, label string) iter.Seq[int] { return Cell{}.Steps(n, label) }

// Display is the cell's twin of the package function.
func (c Cell) Display(v any) error { return c.send(Render(v, c.Foreign...), false) }

// DisplayID is the cell's twin of the package function.
func (c Cell) DisplayID(id string, v any) error {
	return c.send(WithID(id, Render(v, c.Foreign...)), false)
}

// Update is the cell's twin of the package function.
func (c Cell) Update(id string, v any) error {
	return c.send(WithID(id, Render(v, c.Foreign...)), true)
}

// ClearOutput is the cell's twin of the package function.
func (c Cell) ClearOutput(wait bool) error {
	if c.Output == nil {
		return nil
	}
	return c.Output.ClearOutput(wait)
}

// Context is the cell's twin of the package function.
func (c Cell) Context() context.Context {
	if c.Ctx == nil {
		return context.Background()
	}
	return c.Ctx
}

// Any is the cell's twin of the package function; it also knows the foreign renderers.
func (c Cell) Any(mimeType string, data any) Data {
	if d, ok := rich(data, c.Foreign); ok {
		return complete(d, data)
	}
	return Any(mimeType, data)
}

// Auto is the cell's twin of the package function; it also knows the foreign renderers.
func (c Cell) Auto(data any) Data { return c.Any("", data) }

func (c Cell) send(d Data, update bool) error {
	if c.Output == nil {
		if update {
			return nil // what was printed cannot be replaced
		}
		_, err := fmt.Fprintln(os.Stdout, d.Data[MIMETypeText])
		return err
	}
	return c.Output.Display(d, update)
}

// WithID is d under a display id, by which Update finds it.
func WithID(id string, d Data) Data {
	d.Transient = join(join(MIMEMap{}, d.Transient), MIMEMap{"display_id": id})
	return d
}

// newID is a display id that no other display has. Ids are transient: a saved notebook does not hold them.
func newID() string { return rand.Text() }

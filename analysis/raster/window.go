package raster

import "fmt"

// Window is a rectangle of pixels: Width columns from Col and Height rows from Row.
type Window struct{ Col, Row, Width, Height int }

// String returns the window as "columns 0-511, rows 512-1023".
func (w Window) String() string {
	return fmt.Sprintf("columns %d-%d, rows %d-%d", w.Col, w.Col+w.Width-1, w.Row, w.Row+w.Height-1)
}

// Empty reports whether the window holds no pixel.
func (w Window) Empty() bool { return w.Width <= 0 || w.Height <= 0 }

// Intersect returns the pixels that both windows hold; the result may be empty.
func (w Window) Intersect(o Window) Window {
	c0, r0 := max(w.Col, o.Col), max(w.Row, o.Row)
	c1, r1 := min(w.Col+w.Width, o.Col+o.Width), min(w.Row+w.Height, o.Row+o.Height)
	if c1 <= c0 || r1 <= r0 {
		return Window{Col: c0, Row: r0}
	}
	return Window{Col: c0, Row: r0, Width: c1 - c0, Height: r1 - r0}
}

// within reports whether the window is not empty and lies inside a grid of the given size.
func (w Window) within(width, height int) bool {
	return w.Col >= 0 && w.Row >= 0 && w.Width > 0 && w.Height > 0 && w.Width <= width-w.Col && w.Height <= height-w.Row
}

// Pixels returns the number of pixels.
func (w Window) Pixels() int {
	if w.Empty() {
		return 0
	}
	return w.Width * w.Height
}

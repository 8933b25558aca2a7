package register

import (
	"fmt"
	"math"
)

// Shift is how far the moving image lies off the reference, in pixels: right and down are positive.
type Shift struct {
	DX, DY   float64
	Spread   float64 // standard error of DX and DY from the tiles' disagreement, in pixels; NaN from fewer than three tiles
	Quality  float64 // 0 to 1: the share of the tiles that agree on the shift, or the peak's clearness when there is one tile
	Known    bool    // false: the images do not tell, and DX and DY are zero
	Reason   string  // why it is not known, else empty
	Tiles    int     // tiles with something to go by
	Agreeing int     // tiles within half a pixel of the shift
}

// String returns "shift 0.42, -1.13 px ± 0.02 (quality 0.92, 23 of 25 tiles)", or why there is none.
func (s Shift) String() string {
	if !s.Known {
		return "shift not known: " + s.Reason
	}
	spread := ""
	if !math.IsNaN(s.Spread) {
		spread = fmt.Sprintf(" ± %.2f", s.Spread)
	}
	return fmt.Sprintf("shift %.2f, %.2f px%s (quality %.2f, %d of %d tiles)", s.DX, s.DY, spread, s.Quality, s.Agreeing, s.Tiles)
}

// SimpleRender returns the line of String, for a notebook.
func (s Shift) SimpleRender() map[string]any { return map[string]any{"text/plain": s.String()} }

func unknown(format string, args ...any) Shift {
	return Shift{Spread: math.NaN(), Reason: fmt.Sprintf(format, args...)}
}

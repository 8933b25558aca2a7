package change

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"sync"

	"github.com/sightline-osint/sightline/analysis/internal/progress"
	"github.com/sightline-osint/sightline/analysis/raster"
	"github.com/sightline-osint/sightline/analysis/register"
)

// stream reads a pair strip by strip, as often as a method needs, with shift, smoothing and normalisation undone as the
// whole images have it.
type stream struct {
	*pair
	ctx  context.Context
	maps [2][]mapping // by date and band, nil for numbers as they are
}

// strip is some rows, or a tile, of both dates, with rows of surroundings above and below it.
type strip struct {
	win     raster.Window // the pixels in question
	above   int           // rows of surroundings that a and b begin with
	a, b    []raster.Plane
	ignored int // pixels in question under Options.Ignore that have values
}

// inner returns the samples of the pixels in question.
func (st *strip) inner(p raster.Plane) []float32 {
	return p.Pix[st.above*p.Width : (st.above+st.win.Height)*p.Width]
}

// step returns how many rows a strip has: rows of the file's blocks that take about 32 MiB for both dates.
func (s *stream) step(multiple int) int {
	_, h := s.before.Block()
	most := max(1, (32<<20)/(8*s.before.Width*len(s.o.Bands)))
	if most >= h {
		most -= most % h
	}
	if s.o.rows > 0 {
		most = s.o.rows
	}
	return max(multiple, most-most%multiple)
}

// each reads strip after strip with some rows of surroundings, whose heights but the last are multiples of a number.
func (s *stream) each(label string, halo, multiple int, do func(*strip) error) error {
	step := s.step(multiple)
	for row := 0; row < s.before.Height; row += step {
		if err := progress.Report(s.ctx, int64(row), int64(s.before.Height), label); err != nil {
			return err
		}
		st, err := s.load(raster.Window{Row: row, Width: s.before.Width, Height: min(step, s.before.Height-row)}, halo)
		if err != nil {
			return err
		}
		if err := do(st); err != nil {
			return err
		}
	}
	return progress.Report(s.ctx, int64(s.before.Height), int64(s.before.Height), label)
}

// load reads a window with some rows of surroundings, as far as there are any.
func (s *stream) load(w raster.Window, halo int) (*strip, error) {
	smooth := 0
	if s.o.Smooth > 1 {
		smooth = s.o.Smooth / 2
	}
	v := s.rowsAround(w, halo+smooth)
	a, b, err := s.planes(v)
	if err != nil {
		return nil, fmt.Errorf("change: %w", err)
	}
	st := &strip{win: w, a: a, b: b}
	st.ignored = s.blank(v, w, a, b)
	u := s.rowsAround(w, halo)
	st.above = w.Row - u.Row
	for k := range a {
		if smooth > 0 {
			in := raster.Window{Row: u.Row - v.Row, Width: u.Width, Height: u.Height}
			a[k], b[k] = boxMean(a[k], s.o.Smooth).Crop(in), boxMean(b[k], s.o.Smooth).Crop(in)
		}
		for d, p := range [2]raster.Plane{a[k], b[k]} {
			if s.maps[d] != nil {
				s.maps[d][k](p.Pix)
			}
		}
	}
	return st, nil
}

func (s *stream) rowsAround(w raster.Window, n int) raster.Window {
	return raster.Window{Col: w.Col, Row: w.Row - n, Width: w.Width, Height: w.Height + 2*n}.Intersect(s.before.All())
}

// planes reads a window of both dates, the later one where the shift says that it lies.
func (s *stream) planes(w raster.Window) (a, b []raster.Plane, err error) {
	if a, err = s.before.Read(w, s.o.Bands...); err != nil {
		return nil, nil, err
	}
	if s.shift.DX == 0 && s.shift.DY == 0 {
		b, err = s.after.Read(w, s.o.Bands...)
		return a, b, err
	}
	reach := int(math.Ceil(math.Abs(s.shift.DY))) + 3
	v := s.rowsAround(w, reach)
	wide, err := s.after.Read(v, s.o.Bands...)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range wide {
		q, err := register.Resample(p, s.shift.DX, s.shift.DY, s.o.Resampling)
		if err != nil {
			return nil, nil, err
		}
		b = append(b, q.Crop(raster.Window{Row: w.Row - v.Row, Width: w.Width, Height: w.Height}))
	}
	return a, b, nil
}

// blank makes the pixels of window v missing everywhere that are missing or infinite in one band of one date, or
// ignored, and returns how many of the latter lie in w.
func (s *stream) blank(v, w raster.Window, a, b []raster.Plane) (ignored int) {
	for r := range v.Height {
		for c := range v.Width {
			i := r*v.Width + c
			gone := false
			for k := range a {
				x, y := a[k].Pix[i], b[k].Pix[i]
				gone = gone || x-x != 0 || y-y != 0
			}
			if !gone && len(s.o.Ignore.Bits) > 0 && s.o.Ignore.Bits[(v.Row+r)*s.before.Width+v.Col+c] != 0 {
				gone = true
				if row := v.Row + r; row >= w.Row && row < w.Row+w.Height {
					ignored++
				}
			}
			if gone {
				for k := range a {
					a[k].Pix[i], b[k].Pix[i] = nan32, nan32
				}
			}
		}
	}
	return ignored
}

// pixels calls do with the samples of every pixel in question that is there; both slices are used again.
func (st *strip) pixels(do func(i int, a, b []float32)) {
	n := len(st.a)
	a, b := make([]float32, n), make([]float32, n)
	pa, pb := make([][]float32, n), make([][]float32, n)
	for k := range st.a {
		pa[k], pb[k] = st.inner(st.a[k]), st.inner(st.b[k])
	}
	for i, v := range pa[0] {
		if v != v {
			continue
		}
		for k := range n {
			a[k], b[k] = pa[k][i], pb[k][i]
		}
		do(i, a, b)
	}
}

// parts calls do with pieces of n rows, on all processors.
func parts(n int, do func(from, to int)) {
	workers := max(1, min(runtime.GOMAXPROCS(0), n/8))
	var group sync.WaitGroup
	for k := range workers {
		group.Go(func() { do(n*k/workers, n*(k+1)/workers) })
	}
	group.Wait()
}

// sub returns the rows from..to of the pixels in question, without surroundings.
func (st *strip) sub(from, to int) *strip {
	out := &strip{win: st.win}
	out.win.Row, out.win.Height = st.win.Row+from, to-from
	for k := range st.a {
		in := func(p raster.Plane) raster.Plane {
			return raster.Plane{Width: p.Width, Height: to - from, Pix: p.Pix[(st.above+from)*p.Width : (st.above+to)*p.Width]}
		}
		out.a, out.b = append(out.a, in(st.a[k])), append(out.b, in(st.b[k]))
	}
	return out
}

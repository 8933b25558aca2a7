package change

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// Streamed returns the names of the methods that ToFile has, in alphabetical order: all of them.
func Streamed() []string { return Methods() }

// ToFile scores two images of any size and writes the scores as a float32 GeoTIFF, with what was done in its tags. The
// scores, counts and thresholds are those that By gives; only what must be learned of the whole first (z-scores, value
// counts, canonical correlations, clusters) is learned in passes over the files, one or two for most methods, up to a
// hundred for IRMAD, PseudoInvariant and PCAKMeans. Matching histograms by strips needs bands of at most a million
// different values.
//
// The result's Plane is a picture of the scores at most 1024 pixels a side, the largest score of each cell; its counts,
// threshold and share are those of the whole. It holds some rows or tiles in memory, works on all processors, reports
// progress and stops with the context; a file that is not finished does not appear.
func ToFile(ctx context.Context, before, after *raster.Image, path string, m Method, o Options, w raster.WriteOptions) (*Score, error) {
	o.Context = ctx
	o = o.filled()
	if _, ok := functions()[m]; !ok {
		return nil, fmt.Errorf("change: method %q: %s are known", m, strings.Join(Streamed(), ", "))
	}
	if n, ok := m.index(); ok {
		var err error
		if o.Bands, err = n.bands(before, after); err != nil {
			return nil, err
		}
		o.Normalise = AsIs
	}
	if err := check(before, after, o); err != nil {
		return nil, err
	}
	if len(o.Bands) == 0 {
		o.Bands = before.DataBands()
	}
	p := &pair{before: before, after: after, o: o}
	if err := p.register(); err != nil {
		return nil, err
	}
	s := &stream{pair: p, ctx: ctx}
	if err := s.normalise(); err != nil {
		return nil, err
	}
	how, err := s.plan(m)
	if err != nil {
		return nil, err
	}
	if m == MethodMagnitude && o.Normalise == ZScore {
		how.unit = deviations
	}
	s.warnings = appendOf(appendOf(s.warnings, before), after)
	return newScoring(s, how, m).run(path, w)
}

// scoring writes the scores of a stream and keeps what the result tells of them.
type scoring struct {
	*stream
	*plan
	fast    bool // in the files' own numbers
	picture []desk
	shown   [2]picture // of the dates, filled on the way
	bands   []int      // which of Options.Bands are shown
}

func newScoring(s *stream, p *plan, m Method) *scoring {
	c := &scoring{stream: s, plan: p}
	c.fast = m == MethodMagnitude && s.native()
	c.preparePictures()
	return c
}

// native reports whether the pair can be compared in the files' own numbers, as uint16 and with nothing to undo.
func (s *stream) native() bool {
	same := s.before.NoData == s.after.NoData || (math.IsNaN(s.before.NoData) && math.IsNaN(s.after.NoData))
	whole := s.before.Measured.Empty() && s.after.Measured.Empty()
	n := s.before.NoData
	return s.before.Kind == raster.Uint16 && s.after.Kind == raster.Uint16 && !s.before.Masked() && !s.after.Masked() && s.o.Normalise == AsIs && s.o.Smooth <= 1 &&
		s.shift.DX == 0 && s.shift.DY == 0 && same && whole && len(s.o.Ignore.Bits) == 0 &&
		(math.IsNaN(n) || (n >= 0 && n <= 65535 && n == math.Trunc(n)))
}

// tiled reports whether the scores can be had tile by tile at no more reading than row by row.
func (c *scoring) tiled() bool {
	for _, m := range []*raster.Image{c.before, c.after} {
		if w, _ := m.Block(); w >= m.Width {
			return false
		}
	}
	return c.o.rows == 0 && c.halo == 0 && c.o.Smooth <= 1 && c.shift.DX == 0 && c.shift.DY == 0
}

func (c *scoring) run(path string, w raster.WriteOptions) (*Score, error) {
	score := &Score{Method: c.title, Unit: c.unit, Normalise: c.o.Normalise, Shift: c.shift, Signed: c.signed,
		Before: c.before.Header, After: c.after.Header, ThresholdBy: c.o.Threshold, reduced: true}
	if c.split {
		score.ThresholdBy = ByKMeans
	}
	score.name(c.pair)
	h := c.before.Header
	h.Name, h.Kind, h.NoData, h.Taken, h.Bands = "change", raster.Float32, math.NaN(), c.after.Taken, []raster.Band{{Name: c.title}}
	h.Tags, h.Sensor = score.Tags(), ""
	h.Tags["CHANGE_THRESHOLD"] = thresholdTag(math.NaN(), score.ThresholdBy)
	if w.Compression == "" {
		w.Compression = raster.ZSTD
	}
	out, err := raster.Create(path, h, w)
	if err != nil {
		return nil, err
	}
	defer out.Abort()
	if err := c.write(out); err != nil {
		return nil, err
	}
	if err := c.judge(score); err != nil {
		return nil, err
	}
	h.Tags["CHANGE_THRESHOLD"] = thresholdTag(score.Threshold, score.ThresholdBy)
	if err := out.Close(); err != nil {
		return nil, err
	}
	score.beforePicture, score.afterPicture = c.shown[0], c.shown[1]
	return score, nil
}

// thresholdTag has one length whatever the threshold, since the room for it is set aside before it is known.
func thresholdTag(v float64, by Threshold) string {
	number := fmt.Sprintf("%.6g", v)
	if math.IsInf(v, 1) {
		number = "none"
	}
	return fmt.Sprintf("%-14s", number) + " (" + string(by) + ")"
}

// judge puts counts, threshold and picture into the result.
func (c *scoring) judge(score *Score) error {
	all := &c.picture[0]
	for i := range c.picture[1:] {
		all.merge(&c.picture[i+1])
	}
	score.Valid, score.Ignored = all.sizes.total(), all.ignored
	if score.Valid < 2 {
		if err := c.enough(); err != nil {
			return err
		}
	}
	score.Missing = c.before.Width*c.before.Height - score.Valid - score.Ignored
	score.Plane = all.small
	above := all.positive
	if !c.split {
		cut, n, err := all.sizes.threshold(c.o.Threshold, c.recount)
		if err != nil {
			if c.ctx.Err() != nil {
				return err
			}
			if !errors.Is(err, errNoThreshold) {
				c.warnings = append(c.warnings, err.Error())
			}
			cut = math.Inf(1)
		}
		score.Threshold, above = cut, n
	}
	score.share = float64(above) / math.Max(1, float64(score.Valid))
	score.Warnings = c.warnings
	return nil
}

// enough returns an error when the dates have fewer than two pixels in common. Those that they have may all be without a
// score, as in an image that is smaller than a window.
func (c *scoring) enough() error {
	n := 0
	err := c.each("counting pixels in common", 0, 1, func(st *strip) error {
		st.pixels(func(int, []float32, []float32) { n++ })
		return nil
	})
	if err == nil && n < 2 {
		err = c.tooFew(n)
	}
	return err
}

// recount scores once more and enters the scores into equal steps.
func (c *scoring) recount(t *steps) error {
	var out []float32
	return c.each("finding a threshold", c.halo, 1, func(st *strip) error {
		out = grow(out, st.win.Pixels())
		c.scores(st, out)
		t.add(out)
		return nil
	})
}

func grow(v []float32, n int) []float32 {
	if cap(v) < n {
		return make([]float32, n)
	}
	return v[:n]
}

// write scores the pair and writes the scores, by tiles or by rows.
func (c *scoring) write(out *raster.Writer) error {
	if c.tiled() {
		c.picture = make([]desk, out.Workers())
		return out.Fill(c.ctx, "scoring", func(worker int, win raster.Window, bands []any) error {
			return c.score(&c.picture[worker], win, bands[0].([]float32))
		})
	}
	c.picture = make([]desk, 1)
	if c.fast {
		return c.eachNative(out)
	}
	var scores []float32
	return c.each("scoring", c.halo, 1, func(st *strip) error {
		scores = grow(scores, st.win.Pixels())
		c.enter(st, scores)
		c.note(&c.picture[0], st, scores)
		return out.WriteRows(scores)
	})
}

// enter fills scores of a strip on all processors.
func (c *scoring) enter(st *strip, scores []float32) {
	if c.strip != nil {
		c.scores(st, scores)
		return
	}
	parts(st.win.Height, func(from, to int) {
		c.scores(st.sub(from, to), scores[from*st.win.Width:to*st.win.Width])
	})
}

// score fills the scores of one tile.
func (c *scoring) score(d *desk, win raster.Window, scores []float32) error {
	if c.fast {
		return c.scoreNative(d, win, scores)
	}
	st, err := c.load(win, 0)
	if err != nil {
		return err
	}
	c.scores(st, scores)
	c.note(d, st, scores)
	return nil
}

// note keeps what the result tells of the scores of a strip.
func (c *scoring) note(d *desk, st *strip, scores []float32) {
	for date, planes := range [2][]raster.Plane{st.a, st.b} {
		c.sample(date, st.win, func(band, i int) float32 { return st.inner(planes[band])[i] })
	}
	d.ignored += st.ignored
	d.sizes.add(scores)
	if c.split {
		for _, v := range scores {
			if v > 0 {
				d.positive++
			}
		}
	}
	c.shrink(d, st.win, scores)
}

package change

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/sightline-osint/sightline/analysis/internal/progress"
	"github.com/sightline-osint/sightline/analysis/raster"
	"github.com/sightline-osint/sightline/analysis/register"
)

// Streamed returns the names of the methods that ToFile has: those that need one pixel at a time.
func Streamed() []string {
	var out []string
	for _, m := range Methods() {
		if _, ok := Method(m).points(); ok {
			out = append(out, m)
		}
	}
	return out
}

// ToFile scores two images of any size strip by strip and writes the scores as a float32 GeoTIFF, with what was done in
// its tags. Of the options, Normalise may be AsIs or ZScore (which reads both images once more), Threshold Otsu, and
// Smooth is not done; anything else is an error. The threshold is exact to about one part in 128.
//
// The result's Plane is a picture of the scores at most 1024 pixels a side, the largest score of each cell; its counts,
// threshold and share are those of the whole. It holds a few rows of tiles in memory, reports progress and stops with
// the context; a file that is not finished does not appear.
func ToFile(ctx context.Context, before, after *raster.Image, path string, m Method, o Options, w raster.WriteOptions) (*Score, error) {
	o.Context = ctx
	o = o.filled()
	how, ok := m.points()
	if !ok {
		return nil, fmt.Errorf("change: method %q by strips: %s are known", m, strings.Join(Streamed(), ", "))
	}
	if err := check(before, after, o); err != nil {
		return nil, err
	}
	if o.Smooth > 1 || o.Threshold != ByOtsu || (o.Normalise != AsIs && o.Normalise != ZScore) {
		return nil, fmt.Errorf("change: by strips there is no smoothing, only the normalisations none and z-score, and Otsu's threshold")
	}
	p := &pair{before: before, after: after, o: o}
	if err := p.register(); err != nil {
		return nil, err
	}
	s := &stream{pair: p, how: how, method: m, ctx: ctx}
	if len(s.o.Bands) == 0 {
		for i := range before.Bands {
			s.o.Bands = append(s.o.Bands, i)
		}
	}
	if o.Normalise == ZScore {
		if err := s.measureBands(); err != nil {
			return nil, err
		}
	}
	return s.run(path, w)
}

// stream scores a pair strip by strip.
type stream struct {
	*pair
	how    pointwise
	method Method
	ctx    context.Context
	scale  [2][]float64 // of each date, by band: mean and standard deviation in turn; nil without z-score
	counts tally
	square bool // counts are of squares
	small  raster.Plane
	scores []float32
	native [2][][]uint16

	shown      [2]picture // of the dates, filled on the way
	shownBands []int      // places in Options.Bands
}

// rows returns how many rows a strip has: a row of the file's blocks, but no more than 48 MiB of samples.
func (s *stream) rows() int {
	_, h := s.before.Block()
	most := max(1, (48<<20)/(2*s.before.Width*len(s.o.Bands)*max(2, s.before.Kind.Size())))
	return max(1, min(h, most, s.before.Height))
}

// fast reports whether the strips can be scored in the files' own numbers.
func (s *stream) fast() bool {
	same := s.before.NoData == s.after.NoData || (math.IsNaN(s.before.NoData) && math.IsNaN(s.after.NoData))
	whole := s.before.Measured.Empty() && s.after.Measured.Empty()
	n := s.before.NoData
	return s.method == MethodMagnitude && s.before.Kind == raster.Uint16 && s.after.Kind == raster.Uint16 && s.o.Normalise == AsIs &&
		s.shift.DX == 0 && s.shift.DY == 0 && same && whole && len(s.o.Ignore.Bits) == 0 && (math.IsNaN(n) || (n >= 0 && n <= 65535 && n == math.Trunc(n)))
}

func (s *stream) run(path string, w raster.WriteOptions) (*Score, error) {
	score := &Score{Method: s.how.title, Unit: s.how.unit, Normalise: s.o.Normalise, Shift: s.shift, Signed: s.how.signed,
		Before: s.before.Header, After: s.after.Header, ThresholdBy: ByOtsu, Warnings: s.warnings, reduced: true}
	score.name(s.pair)
	if s.o.Normalise == ZScore && s.method == MethodMagnitude {
		score.Unit = "standard deviations"
	}
	h := s.before.Header
	h.Name, h.Kind, h.NoData, h.Taken, h.Bands = "change", raster.Float32, math.NaN(), s.after.Taken, []raster.Band{{Name: s.how.title}}
	h.Tags, h.Sensor = score.Tags(), ""
	h.Tags["CHANGE_THRESHOLD"] = thresholdTag(math.NaN())
	if w.Compression == "" {
		w.Compression = raster.ZSTD
	}
	out, err := raster.Create(path, h, w)
	if err != nil {
		return nil, err
	}
	defer out.Abort()
	if err := s.strips(out); err != nil {
		return nil, err
	}
	cut, total, above, err := s.counts.otsu(s.square)
	if err != nil {
		score.Warnings = append(score.Warnings, err.Error())
		cut = math.Inf(1)
	}
	score.Threshold, score.Valid, score.share = cut, total, float64(above)/math.Max(1, float64(total))
	score.Missing, score.Ignored = s.before.Width*s.before.Height-total-s.ignored, s.ignored
	score.Plane = s.small
	h.Tags["CHANGE_THRESHOLD"] = thresholdTag(cut)
	if err := out.Close(); err != nil {
		return nil, err
	}
	score.beforePicture, score.afterPicture = s.shown[0], s.shown[1]
	return score, nil
}

// thresholdTag has one length whatever the threshold, since the room for it is set aside before it is known.
func thresholdTag(v float64) string { return fmt.Sprintf("%-14s (otsu)", fmt.Sprintf("%.6g", v)) }

func (s *stream) strips(out *raster.Writer) error {
	f := math.Max(1, math.Max(float64(s.before.Width), float64(s.before.Height))/1024)
	s.small = raster.NewPlane(max(1, int(float64(s.before.Width)/f)), max(1, int(float64(s.before.Height)/f)))
	for i := range s.small.Pix {
		s.small.Pix[i] = nan32
	}
	s.preparePictures()
	step := s.rows()
	s.square = s.fast()
	for row := 0; row < s.before.Height; row += step {
		if err := progress.Report(s.ctx, int64(row), int64(s.before.Height), "scoring rows"); err != nil {
			return err
		}
		w := raster.Window{Row: row, Width: s.before.Width, Height: min(step, s.before.Height-row)}
		if cap(s.scores) < w.Pixels() {
			s.scores = make([]float32, w.Pixels())
		}
		s.scores = s.scores[:w.Pixels()]
		var err error
		if s.square {
			err = s.quick(w)
		} else {
			err = s.general(w)
		}
		if err != nil {
			return fmt.Errorf("change: %w", err)
		}
		s.shrink(w)
		if err := out.WriteRows(s.scores); err != nil {
			return err
		}
	}
	return progress.Report(s.ctx, int64(s.before.Height), int64(s.before.Height), "scoring rows")
}

// quick scores a strip of uint16 images.
func (s *stream) quick(w raster.Window) error {
	for d, m := range []*raster.Image{s.before, s.after} {
		if s.native[d] == nil {
			for range s.o.Bands {
				s.native[d] = append(s.native[d], make([]uint16, w.Pixels()))
			}
		}
		dst := make([]any, len(s.o.Bands))
		for k := range dst {
			s.native[d][k] = s.native[d][k][:w.Pixels()]
			dst[k] = s.native[d][k]
		}
		if err := m.ReadInto(w, s.o.Bands, dst); err != nil {
			return err
		}
	}
	missing := -1
	if n := s.before.NoData; n == n {
		missing = int(n)
	}
	for d := range s.native {
		s.sample(d, w, func(band, i int) float32 {
			if v := int(s.native[d][band][i]); v != missing {
				return float32(v)
			}
			return nan32
		})
	}
	return magnitude(s.scores, s.native[0], s.native[1], missing, &s.counts)
}

// planes reads a strip of both dates, the later one where the shift says that it lies.
func (s *stream) planes(w raster.Window) (a, b []raster.Plane, err error) {
	if a, err = s.before.Read(w, s.o.Bands...); err != nil {
		return nil, nil, err
	}
	if s.shift.DX == 0 && s.shift.DY == 0 {
		b, err = s.after.Read(w, s.o.Bands...)
		return a, b, err
	}
	reach := int(math.Ceil(math.Abs(s.shift.DY))) + 3
	v := raster.Window{Row: w.Row - reach, Width: w.Width, Height: w.Height + 2*reach}.Intersect(s.after.All())
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

// general scores a strip of any images.
func (s *stream) general(w raster.Window) error {
	a, b, err := s.planes(w)
	if err != nil {
		return err
	}
	for d, planes := range [2][]raster.Plane{a, b} {
		s.sample(d, w, func(band, i int) float32 { return planes[band].Pix[i] })
	}
	va, vb := make([]float32, len(a)), make([]float32, len(a))
	sizes := make([]float32, 0, len(s.scores))
	for i := range s.scores {
		ok := true
		for k := range a {
			va[k], vb[k] = a[k].Pix[i], b[k].Pix[i]
			x := va[k] + vb[k]
			ok = ok && x-x == 0
			if s.scale[0] != nil {
				va[k] = float32((float64(va[k]) - s.scale[0][2*k]) / s.scale[0][2*k+1])
				vb[k] = float32((float64(vb[k]) - s.scale[1][2*k]) / s.scale[1][2*k+1])
			}
		}
		s.scores[i] = nan32
		if !ok {
			continue
		}
		if n := w.Row*s.before.Width + i; len(s.o.Ignore.Bits) > 0 && s.o.Ignore.Bits[n] != 0 {
			s.ignored++
			continue
		}
		v := s.how.score(va, vb)
		s.scores[i] = v
		sizes = append(sizes, max(v, -v))
	}
	s.counts.add(sizes)
	return nil
}

// shrink enters a strip into the small picture: of each cell the score largest in size.
func (s *stream) shrink(w raster.Window) {
	edge := make([]int, s.small.Width+1) // where the pixels of each cell begin
	for c := range edge {
		edge[c] = (c*w.Width + s.small.Width - 1) / s.small.Width
	}
	for r := range w.Height {
		to := s.small.Row((w.Row + r) * s.small.Height / s.before.Height)
		row := s.scores[r*w.Width : (r+1)*w.Width]
		for k := range to {
			best, size := to[k], float32(-1)
			if best == best {
				size = max(best, -best)
			}
			for _, v := range row[edge[k]:edge[k+1]] {
				if v > size || -v > size {
					best, size = v, max(v, -v)
				}
			}
			to[k] = best
		}
	}
}

// sample enters every so many pixels of a strip into the picture of a date, so that it need not be read twice.
func (s *stream) sample(date int, w raster.Window, value func(band, i int) float32) {
	for k, p := range s.shown[date].planes {
		for r := range p.Height {
			row := r * s.before.Height / p.Height
			if row < w.Row || row >= w.Row+w.Height {
				continue
			}
			for c := range p.Width {
				p.Pix[r*p.Width+c] = value(s.shownBands[k], (row-w.Row)*w.Width+c*w.Width/p.Width)
			}
		}
	}
}

// preparePictures finds which of the bands read are shown.
func (s *stream) preparePictures() {
	at := func(band int) int {
		for k, b := range s.o.Bands {
			if b == band {
				return k
			}
		}
		return -1
	}
	s.shownBands = []int{at(s.before.Band("red")), at(s.before.Band("green")), at(s.before.Band("blue"))}
	if min(s.shownBands[0], s.shownBands[1], s.shownBands[2]) < 0 {
		s.shownBands = []int{0}
	}
	f := math.Max(1, math.Max(float64(s.before.Width), float64(s.before.Height))/panel)
	for d := range s.shown {
		for range s.shownBands {
			s.shown[d].planes = append(s.shown[d].planes, raster.NewPlane(max(1, int(float64(s.before.Width)/f)), max(1, int(float64(s.before.Height)/f))))
		}
	}
}

// measureBands finds mean and standard deviation of every band at both dates over the pixels that are there at both.
func (s *stream) measureBands() error {
	n := len(s.o.Bands)
	var count float64
	sum, squares := [2][]float64{make([]float64, n), make([]float64, n)}, [2][]float64{make([]float64, n), make([]float64, n)}
	step := s.rows()
	for row := 0; row < s.before.Height; row += step {
		if err := progress.Report(s.ctx, int64(row), int64(s.before.Height), "measuring light and haze"); err != nil {
			return err
		}
		w := raster.Window{Row: row, Width: s.before.Width, Height: min(step, s.before.Height-row)}
		a, b, err := s.planes(w)
		if err != nil {
			return fmt.Errorf("change: %w", err)
		}
		for i := range a[0].Pix {
			ok := !(len(s.o.Ignore.Bits) > 0 && s.o.Ignore.Bits[row*w.Width+i] != 0)
			for k := range a {
				x := a[k].Pix[i] + b[k].Pix[i]
				ok = ok && x-x == 0
			}
			if !ok {
				continue
			}
			count++
			for k := range a {
				x, y := float64(a[k].Pix[i]), float64(b[k].Pix[i])
				sum[0][k], squares[0][k] = sum[0][k]+x, squares[0][k]+x*x
				sum[1][k], squares[1][k] = sum[1][k]+y, squares[1][k]+y*y
			}
		}
	}
	if count < 2 {
		return fmt.Errorf("change: %s and %s have %.0f pixels in common that are neither missing nor ignored", s.before.Name, s.after.Name, count)
	}
	for d := range 2 {
		for k := range n {
			m := sum[d][k] / count
			sd := math.Sqrt(math.Max(0, squares[d][k]/count-m*m))
			if sd == 0 {
				s.warnings = append(s.warnings, fmt.Sprintf("band %d has one value only at one date: it does not count", s.o.Bands[k]+1))
				sd = math.Inf(1)
			}
			s.scale[d] = append(s.scale[d], m, sd)
		}
	}
	return nil
}

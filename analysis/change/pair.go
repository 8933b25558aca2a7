package change

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/sightline-osint/sightline/analysis/internal/progress"
	"github.com/sightline-osint/sightline/analysis/raster"
	"github.com/sightline-osint/sightline/analysis/register"
)

// pair is two dates, ready to be compared: registered, smoothed, with missing pixels NaN in every band of both.
type pair struct {
	before, after *raster.Image
	a, b          []raster.Plane
	o             Options
	shift         register.Shift
	valid         []int32 // indices of the pixels that count
	missing       int     // pixels that lack a value at one date
	ignored       int     // pixels under Options.Ignore that have values
	warnings      []string
}

// check returns an error when two images cannot be compared, naming both.
func check(before, after *raster.Image, o Options) error {
	if before == nil || after == nil {
		return errors.New("change: an image is missing")
	}
	if err := register.Fits(before, after); err != nil {
		return fmt.Errorf("change: %w", err)
	}
	if len(before.Bands) != len(after.Bands) {
		return fmt.Errorf("change: %s has %d bands, %s %d", before.Name, len(before.Bands), after.Name, len(after.Bands))
	}
	if !before.Taken.IsZero() && !after.Taken.IsZero() && after.Taken.Before(before.Taken) {
		return fmt.Errorf("change: the dates are in the wrong order: %s was taken on %s, %s on %s", before.Name,
			before.Taken.Format("2006-01-02"), after.Name, after.Taken.Format("2006-01-02"))
	}
	for _, b := range o.Bands {
		if b < 0 || b >= len(before.Bands) {
			return fmt.Errorf("change: %s: there is no band %d, only 0 to %d", before.Name, b, len(before.Bands)-1)
		}
	}
	for i, b := range before.Bands {
		if a := after.Bands[i]; a.Role != b.Role && a.Role != "" && b.Role != "" && (len(o.Bands) == 0 || slices.Contains(o.Bands, i)) {
			return fmt.Errorf("change: band %d is %s (%s) in %s and %s (%s) in %s: bring them into one order, or Rename them if the names are wrong",
				i+1, b.Name, b.Role, before.Name, a.Name, a.Role, after.Name)
		}
	}
	if n := len(o.Ignore.Bits); n != 0 && (o.Ignore.Width != before.Width || o.Ignore.Height != before.Height) {
		return fmt.Errorf("change: the mask to ignore has %d x %d pixels, the images %d x %d", o.Ignore.Width, o.Ignore.Height, before.Width, before.Height)
	}
	if o.Smooth < 0 || o.Smooth > 999 || o.Window < 0 || o.Window > 999 {
		return fmt.Errorf("change: a window of %d or %d pixels", o.Smooth, o.Window)
	}
	switch o.Normalise {
	case AsIs, ZScore, HistogramMatch, PseudoInvariant:
	default:
		return fmt.Errorf("change: normalisation %q: none, z-score, histogram match and pseudo-invariant are known", o.Normalise)
	}
	switch o.Threshold {
	case ByOtsu, ByKittler, ByRosin, ByKMeans:
	default:
		return fmt.Errorf("change: threshold %q: otsu, kittler-illingworth, rosin and k-means are known", o.Threshold)
	}
	return nil
}

// prepare reads and registers two dates and finds the pixels that count. It does not normalise.
func prepare(before, after *raster.Image, o Options) (*pair, error) {
	o = o.filled()
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
	if err := progress.Report(o.context(), 1, 4, "reading two dates"); err != nil {
		return nil, err
	}
	var err error
	if p.a, err = before.Read(before.All(), o.Bands...); err != nil {
		return nil, fmt.Errorf("change: %w", err)
	}
	if p.b, err = after.Read(after.All(), o.Bands...); err != nil {
		return nil, fmt.Errorf("change: %w", err)
	}
	if p.shift.DX != 0 || p.shift.DY != 0 {
		for i := range p.b {
			if p.b[i], err = register.Resample(p.b[i], p.shift.DX, p.shift.DY, o.Resampling); err != nil {
				return nil, err
			}
		}
	}
	if err := progress.Report(o.context(), 2, 4, "comparing two dates"); err != nil {
		return nil, err
	}
	p.join()
	if o.Smooth > 1 {
		for i := range p.a {
			p.a[i], p.b[i] = boxMean(p.a[i], o.Smooth), boxMean(p.b[i], o.Smooth)
		}
	}
	if len(p.valid) < 2 {
		return nil, fmt.Errorf("change: %s and %s have %d pixels in common that are neither missing nor ignored", before.Name, after.Name, len(p.valid))
	}
	p.warnings = appendOf(appendOf(p.warnings, before), after)
	return p, nil
}

// appendOf adds the warnings of an image, with its name.
func appendOf(warnings []string, m *raster.Image) []string {
	for _, w := range m.Warnings {
		warnings = append(warnings, m.Name+": "+w)
	}
	return warnings
}

// register finds the shift or takes the given one. Shifts below a twentieth of a pixel are left alone: undoing them
// would only blur.
func (p *pair) register() error {
	switch p.o.Registration {
	case IgnoreShift:
		p.shift = register.Shift{Known: false, Reason: "not looked for", Spread: math.NaN()}
	case GivenShift:
		p.shift = p.o.Shift
	case FindShift:
		s, err := register.Find(p.o.context(), p.before, p.after, register.Options{Bands: p.o.Bands, Ignore: p.o.Ignore})
		if err != nil {
			return fmt.Errorf("change: %w", err)
		}
		if !s.Known {
			p.warnings = append(p.warnings, s.String()+"; compared as they lie")
		}
		if math.Hypot(s.DX, s.DY) < 0.05 {
			s.DX, s.DY = 0, 0
		}
		p.shift = s
	default:
		return fmt.Errorf("change: registration %q: find, as is and given are known", p.o.Registration)
	}
	return nil
}

// join makes a pixel missing everywhere that is missing or infinite in one band of one date, or ignored.
func (p *pair) join() {
	nan := float32(math.NaN())
	n := len(p.a[0].Pix)
	gone := make([]uint8, n)
	for _, planes := range [][]raster.Plane{p.a, p.b} {
		for _, q := range planes {
			for i, v := range q.Pix {
				if v-v != 0 {
					gone[i] = 1
				}
			}
		}
	}
	for i := range gone {
		switch {
		case gone[i] != 0:
			p.missing++
		case len(p.o.Ignore.Bits) > 0 && p.o.Ignore.Bits[i] != 0:
			p.ignored++
			gone[i] = 1
		default:
			p.valid = append(p.valid, int32(i))
			continue
		}
		for k := range p.a {
			p.a[k].Pix[i], p.b[k].Pix[i] = nan, nan
		}
	}
}

package measure

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/paulmach/orb"

	"github.com/sightline-osint/sightline/analysis/internal/progress"
	"github.com/sightline-osint/sightline/analysis/raster"
)

// Train is a run of vehicles along a rail line.
type Train struct {
	Row
	From, To float64   // metres along the rail
	Gaps     []float64 // metres along the rail of the gaps that show inside the train
	Contrast float64   // of the train against the ballast, in standard deviations of the ballast
}

// Rail says how to look along a rail line. The zero value suits a yard.
type Rail struct {
	Name      string  // of the track, kept in the rows
	Width     float64 // metres across the line that are averaged; 0 means 2, and one and a half pixels in coarse images
	MaxGap    float64 // metres: what lies farther apart is two trains; 0 means 5, and a pixel and a half in coarse images
	MinLength float64 // metres: shorter runs are dropped; 0 means 20, and two pixels in coarse images
	Contrast  float64 // standard deviations of the ballast from which something stands on it; 0 means 3.5
}

// Reading is what stands on a rail line.
type Reading struct {
	Trains   []Train
	Image    string
	Track    string
	Rail     float64 // metres of rail that the image shows
	Empty    float64 // share of the rail that looks empty
	Warnings []string
	profile  *Profile
	bg       background
}

// Trains returns the trains on a rail line, given as longitudes and latitudes of points along its middle; see
// TrainsAlong.
func Trains(m *raster.Image, rail orb.LineString) (*Reading, error) {
	return TrainsAlong(context.Background(), m, rail, Rail{})
}

// TrainsAlong returns the trains on a rail line, in order along it.
//
// The image is read along the line. What differs from the ballast, the most uniform quarter of the line, by more than
// the contrast asked for is a vehicle; vehicles nearer than MaxGap are one train. Each end is where the profile crosses
// half of the local contrast, which blur does not move. The standard error adds what noise and texture move a crossing
// by and 0.065 of a pixel an end, 0.13 where pixels are wider than a wagon; at the ends of the line lengths are lower bounds.
//
// It cannot tell a train from anything else that stands on the line, nor a train from ballast of its colour, and needs a
// quarter of the line to be empty. It looks where the line lies: beside its rail by half a pixel, or by more than a metre, it
// misses trains or finds those of the next track; what looks like trains a few metres beside it gives a warning. An empty rail
// beside the line gives none: all that shows it is its bed, a stripe that a road or the next track makes as well, and brighter ones may
// lie beside the right rail. Maps and images are often some metres apart, so look at the line over the
// image first (chart.Overlay) and draw it on the image where they are. A line outside of the image, an image without a coordinate system and one that cannot
// be read give an error.
func TrainsAlong(ctx context.Context, m *raster.Image, rail orb.LineString, o Rail) (*Reading, error) {
	if o.Contrast == 0 {
		o.Contrast = 3.5
	}
	if !(o.Width >= 0 && o.MaxGap >= 0 && o.MinLength >= 0 && o.Contrast > 0) {
		return nil, fmt.Errorf("measure: a rail of %+v", o)
	}
	if err := progress.Report(ctx, 0, 2, "reading along the rail"); err != nil {
		return nil, err
	}
	p, err := Along(m, rail, o.across(m, rail))
	if err != nil {
		return nil, err
	}
	if err := progress.Report(ctx, 1, 2, "finding trains"); err != nil {
		return nil, err
	}
	if o.MaxGap == 0 {
		o.MaxGap = math.Max(5, 1.5*p.Ground)
	}
	if o.MinLength == 0 {
		o.MinLength = math.Max(20, 2*p.Ground)
	}
	out := &Reading{Image: m.Name, Track: o.Name, Rail: p.Along[len(p.Along)-1], profile: p}
	out.Warnings = append(out.Warnings, m.Warnings...)
	if off := out.Rail * (1 - p.shown()); off > math.Max(p.Ground, 5) {
		out.Rail -= off
		out.Warnings = append(out.Warnings, fmt.Sprintf("%.0f m of the line lie outside of the image or on missing pixels", off))
	}
	bg, ok := p.background()
	if !ok {
		out.Warnings = append(out.Warnings, "fewer than 12 samples along the rail are not missing: nothing can be said")
		return out, nil
	}
	out.bg, out.Empty = bg, bg.share
	if bg.share < 0.3 {
		out.Warnings = append(out.Warnings, fmt.Sprintf("only %.0f %% of the rail looks like ballast: a full track would be taken for an empty one", 100*bg.share))
	}
	out.Trains = p.trains(m, bg, p.cores(bg, o), o)
	out.parallels(m, rail, o)
	return out, nil
}

// shown returns the share of the samples that no band misses.
func (p *Profile) shown() float64 {
	n := 0
	for i := range p.Along {
		if p.whole(i) {
			n++
		}
	}
	return float64(n) / float64(len(p.Along))
}

// trains measures the cores. Two whose ends, once found, lie within MaxGap of each other are one train, measured anew.
func (p *Profile) trains(m *raster.Image, bg background, cores []core, o Rail) []Train {
	var out []Train
	var from []core
	for _, c := range cores {
		t, ok := p.train(m, bg, c, o)
		if !ok {
			continue
		}
		if n := len(out); n > 0 && t.From-out[n-1].To <= o.MaxGap {
			a := from[n-1]
			whole := core{first: a.first, last: c.last, gaps: append(append(append([][2]int(nil), a.gaps...), [2]int{a.last, c.first}), c.gaps...)}
			if u, ok := p.train(m, bg, whole, o); ok {
				u.Number = n
				out[n-1], from[n-1] = u, whole
				continue
			}
		}
		t.Number = len(out) + 1
		out, from = append(out, t), append(from, c)
	}
	return out
}

// across returns the metres across the line to average. Where pixels are wider than a wagon, its light falls on one row
// of pixels here and on two there: one and a half, sampled in between, see all of it everywhere.
func (o Rail) across(m *raster.Image, rail orb.LineString) float64 {
	if o.Width > 0 {
		return o.Width
	}
	if len(rail) > 0 {
		if c, r, err := m.Geo.Pixel(rail[0]); err == nil {
			if dx, dy, err := m.Geo.GroundDistance(c, r); err == nil && math.Max(dx, dy) > 1.2 {
				return 1.5 * math.Max(dx, dy)
			}
		}
	}
	return 2
}

// core is a stretch of samples from first to last that stand out, and the gaps in it.
type core struct {
	first, last int
	gaps        [][2]int
}

// cores links samples that stand out by at least 0.6 of the contrast asked for, nearer than MaxGap, and keeps those links
// in which one sample in six reaches all of it. A core begins and ends at such a sample: less than that links what stands out
// on both sides of it, but chance puts a chain of it beside a train now and then.
func (p *Profile) cores(bg background, o Rail) []core {
	var out []core
	var strong, all []int
	for i := range p.Along {
		d := p.distance(bg, i)
		if !(d > 0.6*o.Contrast) {
			continue
		}
		n := len(out)
		if n == 0 || p.Along[i]-p.Along[out[n-1].last] > o.MaxGap {
			out, strong, all = append(out, core{first: i, last: i}), append(strong, 0), append(all, 0)
			n++
		} else if i > out[n-1].last+1 {
			out[n-1].gaps = append(out[n-1].gaps, [2]int{out[n-1].last, i})
		}
		out[n-1].last = i
		all[n-1]++
		if d > o.Contrast {
			strong[n-1]++
		}
	}
	kept := out[:0]
	for k, c := range out {
		if strong[k] > 0 && 6*strong[k] >= all[k] {
			kept = append(kept, p.trimmed(bg, c, o.Contrast))
		}
	}
	return kept
}

// trimmed returns a core from its first to its last sample that stands out by the contrast asked for; it has one. A train
// that barely does so, half of whose own contrast is less, is kept whole: ballast is not what reaches that far.
func (p *Profile) trimmed(bg background, c core, contrast float64) core {
	var own []float64
	for i := c.first; i <= c.last; i++ {
		if d := p.distance(bg, i); d == d {
			own = append(own, d)
		}
	}
	contrast = math.Min(contrast, math.Max(0.75*contrast, medianOf(own)/2))
	for !(p.distance(bg, c.first) > contrast) {
		c.first++
	}
	for !(p.distance(bg, c.last) > contrast) {
		c.last--
	}
	var gaps [][2]int
	for _, g := range c.gaps {
		if g[0] >= c.first && g[1] <= c.last {
			gaps = append(gaps, g)
		}
	}
	c.gaps = gaps
	return c
}

func (p *Profile) train(m *raster.Image, bg background, c core, o Rail) (Train, bool) {
	if p.Along[c.last]-p.Along[c.first] < o.MinLength/2 {
		return Train{}, false
	}
	a, b := p.end(bg, c.first, c.last, -1), p.end(bg, c.last, c.first, +1)
	t := Train{Row: newRow(m, "train", 0, "rail profile, half contrast"), From: a.at, To: b.at}
	t.Heading, t.Track = math.NaN(), o.Name
	length := b.at - a.at
	if !(length >= o.MinLength) {
		return Train{}, false
	}
	t.Contrast = math.Min(a.contrast, b.contrast)
	t.Length = Estimate{Value: length, Unit: "m", SE: math.Sqrt(square(a.se) + square(b.se) + square(0.0005*length)), AtLeast: a.open || b.open}
	for _, g := range c.gaps {
		t.Gaps = append(t.Gaps, (p.Along[g[0]]+p.Along[g[1]])/2)
	}
	if len(t.Gaps) > 0 {
		t.Note = fmt.Sprintf("%d %s", len(t.Gaps), map[bool]string{true: "gap shows", false: "gaps show"}[len(t.Gaps) == 1])
	}
	if t.Length.AtLeast {
		t.Note = strings.TrimPrefix(t.Note+"; reaches the end of the line", "; ")
	}
	mid := (c.first + c.last) / 2
	if q, err := m.Geo.Place(p.Pixel[mid][0], p.Pixel[mid][1]); err == nil {
		t.Place = q
	}
	return t, true
}

// Rows returns the trains as rows.
func (r *Reading) Rows() []Row {
	out := make([]Row, len(r.Trains))
	for i, t := range r.Trains {
		out[i] = t.Row
	}
	return out
}

// String returns a table of the trains, or that there are none on how much rail, and the warnings.
func (r *Reading) String() string {
	var b strings.Builder
	name, what := r.Image, "trains"
	if r.Track != "" {
		name += ", track " + r.Track
	}
	if len(r.Trains) == 1 {
		what = "train"
	}
	fmt.Fprintf(&b, "%s: %d %s on %.0f m of rail, %.0f %% of it empty\n", name, len(r.Trains), what, r.Rail, 100*r.Empty)
	if len(r.Trains) > 0 {
		b.WriteString(listing(r.Rows()).String())
		if r.Trains[0].Simulated {
			b.WriteString("SIMULATED image\n")
		}
	}
	for _, w := range r.Warnings {
		b.WriteString("warning: " + w + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

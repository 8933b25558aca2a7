package measure

import (
	"context"
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/sightline-osint/sightline/analysis/change"
	"github.com/sightline-osint/sightline/analysis/internal/progress"
	"github.com/sightline-osint/sightline/analysis/raster"
	"github.com/sightline-osint/sightline/analysis/region"
)

// Cover says what to look for. The zero value looks for blue tarpaulins in the whole image.
type Cover struct {
	Colour    string      // "blue" (tarpaulins) or "white"; "" means blue
	Within    orb.Polygon // longitudes and latitudes; empty means the whole image
	Threshold float64     // of the index; 0 means it is chosen from the image and reported
	White     float64     // the image's number that counts as white; 0 means the 99.9th percentile of the brightest band, at least 2.5 times its median
	MinArea   float64     // square metres; 0 means 10, and two pixels in coarse images
}

// Stack is a patch of the colour looked for.
type Stack struct {
	Row
	Region region.Region
}

// Yardful is the cargo of an image by colour.
type Yardful struct {
	Stacks    []Stack
	Image     string
	Colour    string
	Index     string   // what the threshold is of
	Threshold float64  // what was used
	White     float64  // what counted as white
	Total     Estimate // square metres
	Searched  float64  // square metres
	Warnings  []string
	view      view
}

// Cargo returns the patches of a colour; see CargoIn.
func Cargo(m *raster.Image, c Cover) (*Yardful, error) { return CargoIn(context.Background(), m, c) }

// CargoIn returns the patches of a colour and their area.
//
// Colours are judged in CIE Lab: blue by -b* less half of |a*|, white by L* less twice the chroma. The threshold is
// Otsu's between the ground and what is more so, at least 12 for blue and 80 for white, unless one is given; it is
// reported; around what is above it, pixels half as far from the ground belong to the patch. A patch's area is the light that it adds to the ground around it over the light that a pixel full of it would
// add, so that pixels at its edge count by their share. What a full pixel adds is seen inside large patches; for small
// ones it follows from how concentrated their light is, with a blur of half a pixel. Whatever has the colour counts:
// roofs, pools and vehicles, too.
//
// An image without red, green and blue bands or without a coordinate system gives an error.
func CargoIn(ctx context.Context, m *raster.Image, c Cover) (*Yardful, error) {
	at := [3]int{m.Band("red"), m.Band("green"), m.Band("blue")}
	if min(at[0], at[1], at[2]) < 0 {
		return nil, fmt.Errorf("measure: %s has no red, green and blue bands: name its bands with Rename, on the command line with --bands", m.Name)
	}
	if !(c.Threshold-c.Threshold == 0 && c.White >= 0 && c.MinArea >= 0) || math.IsInf(c.White+c.MinArea, 0) {
		return nil, fmt.Errorf("measure: a cover of threshold %v, white %v and least area %v", c.Threshold, c.White, c.MinArea)
	}
	dx, dy, err := groundOf(m)
	if err != nil {
		return nil, err
	}
	out := &Yardful{Image: m.Name, Colour: c.Colour, Warnings: append([]string(nil), m.Warnings...)}
	var f index
	least := 12.0
	switch c.Colour {
	case "", "blue":
		out.Colour, out.Index, f = "blue", "-b* - |a*|/2", blueIndex
	case "white":
		out.Index, f, least = "L* - 2C*", whiteIndex, 80
	default:
		return nil, fmt.Errorf("measure: cargo of colour %q: blue and white are known", c.Colour)
	}
	if err := progress.Report(ctx, 0, 2, "reading the image"); err != nil {
		return nil, err
	}
	planes, err := m.Read(m.All(), at[0], at[1], at[2])
	if err != nil {
		return nil, err
	}
	if out.view, err = viewOf(ctx, m, at[0]); err != nil {
		return nil, err
	}
	if err := progress.Report(ctx, 1, 2, "judging colours"); err != nil {
		return nil, err
	}
	inside, n, err := within(m, c.Within)
	if err != nil {
		return nil, err
	}
	out.Searched = float64(n) * dx * dy
	if planes[0].Valid().Count() == 0 {
		out.Warnings = append(out.Warnings, "no pixel holds data: nothing can be said")
	}
	if out.White = c.White; out.White == 0 {
		out.White = white(planes)
	}
	scores := indexOf(planes, inside, out.White, f)
	if out.Threshold = c.Threshold; out.Threshold == 0 {
		cut, err := change.Otsu(scores.Pix)
		if err != nil {
			cut = least
		}
		out.Threshold = math.Max(least, cut)
	}
	out.find(m, planes, scores, c, dx, dy)
	return out, nil
}

// white returns the 99.9th percentile of the brightest band's values, at least 2.5 times their median, so that where
// nothing white is to be seen the ground is not taken for it.
func white(planes []raster.Plane) float64 {
	var v []float64
	for i := 0; i < len(planes[0].Pix); i += max(1, len(planes[0].Pix)/200000) {
		x := max(planes[0].Pix[i], planes[1].Pix[i], planes[2].Pix[i])
		if x-x == 0 {
			v = append(v, float64(x))
		}
	}
	if len(v) == 0 {
		return 1
	}
	sort.Float64s(v)
	return math.Max(math.Max(v[int(0.999*float64(len(v)-1))], 2.5*v[len(v)/2]), 1e-12)
}

// within returns which pixels to search and how many they are.
func within(m *raster.Image, p orb.Polygon) (raster.Mask, int, error) {
	out := raster.NewMask(m.Width, m.Height)
	if len(p) == 0 {
		for i := range out.Bits {
			out.Bits[i] = 1
		}
		return out, len(out.Bits), nil
	}
	var q orb.Polygon
	for _, ring := range p {
		var r orb.Ring
		for _, c := range ring {
			x, y, err := m.Geo.Pixel(c)
			if err != nil {
				return out, 0, fmt.Errorf("measure: %w", err)
			}
			r = append(r, orb.Point{x, y})
		}
		q = append(q, r)
	}
	b := q.Bound()
	n := 0
	for row := max(0, int(b.Min[1])); row < min(m.Height, int(b.Max[1])+1); row++ {
		for col := max(0, int(b.Min[0])); col < min(m.Width, int(b.Max[0])+1); col++ {
			if planar.PolygonContains(q, orb.Point{float64(col) + 0.5, float64(row) + 0.5}) {
				out.Set(col, row, true)
				n++
			}
		}
	}
	if n == 0 {
		return out, 0, fmt.Errorf("measure: %s: the polygon lies outside of the image", m.Name)
	}
	return out, n, nil
}

func indexOf(planes []raster.Plane, inside raster.Mask, white float64, f index) raster.Plane {
	out := raster.NewPlane(planes[0].Width, planes[0].Height)
	nan := float32(math.NaN())
	for i := range out.Pix {
		r, g, b := float64(planes[0].Pix[i]), float64(planes[1].Pix[i]), float64(planes[2].Pix[i])
		if s := r + g + b; inside.Bits[i] == 0 || s-s != 0 {
			out.Pix[i] = nan
			continue
		}
		out.Pix[i] = float32(f(lab(math.Max(r, 0)/white, math.Max(g, 0)/white, math.Max(b, 0)/white)))
	}
	return out
}

// find turns scores into patches with areas.
func (y *Yardful) find(m *raster.Image, planes []raster.Plane, scores raster.Plane, c Cover, dx, dy float64) {
	hot, seeds := y.grown(scores)
	least := c.MinArea
	if least == 0 {
		least = math.Max(10, 2*dx*dy)
	}
	var variance, sum float64
	y.Total.Unit = "m2"
	for _, g := range region.Find(hot, region.Options{MinArea: max(1, int(least/(dx*dy)))}) {
		if !meets(g, seeds) {
			continue
		}
		s := Stack{Row: newRow(m, "cargo", len(y.Stacks)+1, "Lab "+y.Index+" > "+fmt.Sprintf("%.1f", y.Threshold)), Region: g}
		s.Heading, s.Class = math.NaN(), y.Colour
		pixels, se := cover(planes, hot, seeds, g)
		s.Area = Estimate{Value: pixels * dx * dy, SE: se * dx * dy, Unit: "m2", AtLeast: g.Border}
		if p, err := m.Geo.Place(g.Col, g.Row); err == nil {
			s.Place = p
		}
		y.Stacks = append(y.Stacks, s)
		y.Total.Value += s.Area.Value
		variance, sum = variance+square(s.Area.SE), sum+s.Area.SE
		y.Total.AtLeast = y.Total.AtLeast || g.Border
	}
	// All patches are seen through one blur, so that half of their errors' variance goes together.
	y.Total.SE = math.Sqrt((variance + sum*sum) / 2)
}

// grown returns what is above the threshold, and that with what lies within three pixels of it and is more than half as
// far from the ground: pixels that the colour fills in part, without which a row of wagons a pixel wide falls apart.
func (y *Yardful) grown(scores raster.Plane) (hot, seeds raster.Mask) {
	seeds = raster.NewMask(scores.Width, scores.Height)
	var ground []float64
	for i, v := range scores.Pix {
		if float64(v) > y.Threshold {
			seeds.Bits[i] = 1
		} else if v == v && i%7 == 0 {
			ground = append(ground, float64(v))
		}
	}
	low := (y.Threshold + medianOf(ground)) / 2
	hot = region.Dilate(seeds, 3)
	for i, v := range scores.Pix {
		if seeds.Bits[i] == 0 && !(float64(v) > low) {
			hot.Bits[i] = 0
		}
	}
	return hot, seeds
}

// meets reports whether a region has a pixel of a mask.
func meets(g region.Region, m raster.Mask) bool {
	for _, r := range g.Runs {
		for c := r.Start; c < r.End; c++ {
			if m.At(int(c), int(r.Row)) {
				return true
			}
		}
	}
	return false
}

// Rows returns the patches as rows.
func (y *Yardful) Rows() []Row {
	out := make([]Row, len(y.Stacks))
	for i, s := range y.Stacks {
		out[i] = s.Row
	}
	return out
}

// String returns total, threshold and a table of the patches.
func (y *Yardful) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %v of %s cover in %d %s on %.0f m2; %s > %.1f, white %.4g\n", y.Image, y.Total, y.Colour, len(y.Stacks), plural(len(y.Stacks), "patch"), y.Searched, y.Index, y.Threshold, y.White)
	if len(y.Stacks) > 0 {
		b.WriteString(listing(y.Rows()).String())
		if y.Stacks[0].Simulated {
			b.WriteString("SIMULATED image\n")
		}
	}
	for _, w := range y.Warnings {
		b.WriteString("warning: " + w + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

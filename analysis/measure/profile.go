package measure

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"github.com/sightline-osint/sightline/analysis/geodesy"
	"github.com/sightline-osint/sightline/analysis/raster"
)

// Profile is what an image shows along a line: samples a quarter of a pixel apart.
type Profile struct {
	Along  []float64    // metres on the ground from the line's beginning
	Pixel  [][2]float64 // column and row of each sample
	Bands  [][]float64  // by band: the values, NaN where one is missing
	Ground float64      // metres on the ground of a pixel along the line, on average

	names     []string // of the bands
	simulated bool
}

// Along returns the profile of an image along a line of longitudes and latitudes. Across the line, samples half a pixel
// apart within width metres are averaged. A line of fewer than two points, outside of the image or longer than a million
// samples gives an error.
func Along(m *raster.Image, line orb.LineString, width float64) (*Profile, error) {
	return beside(m, line, width, 0)
}

// beside returns the profile of a parallel of the line, so many metres to its right in the image.
func beside(m *raster.Image, line orb.LineString, width, right float64) (*Profile, error) {
	if m == nil || len(line) < 2 {
		return nil, fmt.Errorf("measure: a profile needs an image and at least two points, not %d", len(line))
	}
	if !(width >= 0 && width < 1000) {
		return nil, fmt.Errorf("measure: a profile of %v m width", width)
	}
	p := &Profile{simulated: m.Simulated()}
	for _, b := range m.Bands {
		name := b.Role
		if name == "" {
			name = b.Name
		}
		p.names = append(p.names, name)
	}
	var at [][2]float64
	for _, q := range line {
		c, r, err := m.Geo.Pixel(q)
		if err != nil {
			return nil, fmt.Errorf("measure: %s: %w", m.Name, err)
		}
		at = append(at, [2]float64{c, r})
	}
	total, err := geodesy.PathLength(line)
	if err != nil {
		return nil, err
	}
	var pixels float64
	for i := 1; i < len(at); i++ {
		pixels += math.Hypot(at[i][0]-at[i-1][0], at[i][1]-at[i-1][1])
	}
	if !(pixels >= 2) || pixels > 250000 {
		return nil, fmt.Errorf("measure: %s: a line of %.1f pixels", m.Name, pixels)
	}
	p.Ground = total / pixels
	var done float64
	var normals [][2]float64
	for i := 1; i < len(at); i++ {
		a, b := at[i-1], at[i]
		d := math.Hypot(b[0]-a[0], b[1]-a[1])
		if d == 0 {
			continue
		}
		metres, err := geodesy.Distance(line[i-1], line[i])
		if err != nil {
			return nil, err
		}
		n := max(1, int(math.Round(4*d)))
		for k := range n {
			t := float64(k) / float64(n)
			p.Along = append(p.Along, done+t*metres)
			p.Pixel = append(p.Pixel, [2]float64{a[0] + t*(b[0]-a[0]), a[1] + t*(b[1]-a[1])})
			normals = append(normals, [2]float64{-(b[1] - a[1]) / d, (b[0] - a[0]) / d})
		}
		done += metres
	}
	for i, n := range normals {
		p.Pixel[i][0] += right / p.Ground * n[0]
		p.Pixel[i][1] += right / p.Ground * n[1]
	}
	return p, p.sample(m, normals, width/2/p.Ground)
}

// sample fills the bands. Offsets across the line reach to half pixels to either side.
func (p *Profile) sample(m *raster.Image, normals [][2]float64, half float64) error {
	c0, c1, r0, r1 := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, q := range p.Pixel {
		c0, c1, r0, r1 = math.Min(c0, q[0]), math.Max(c1, q[0]), math.Min(r0, q[1]), math.Max(r1, q[1])
	}
	pad := half + 2
	w := raster.Window{Col: int(math.Floor(c0 - pad)), Row: int(math.Floor(r0 - pad))}
	w.Width, w.Height = int(math.Ceil(c1+pad))-w.Col, int(math.Ceil(r1+pad))-w.Row
	w = w.Intersect(m.All())
	if w.Empty() {
		return fmt.Errorf("measure: %s: the line lies outside of the image", m.Name)
	}
	planes, err := m.Read(w)
	if err != nil {
		return err
	}
	steps := int(2 * half)
	for _, plane := range planes {
		v := make([]float64, len(p.Along))
		for i, q := range p.Pixel {
			var sum float64
			for k := -steps; k <= steps; k++ {
				o := float64(k) / 2
				sum += between(plane, q[0]+o*normals[i][0]-float64(w.Col), q[1]+o*normals[i][1]-float64(w.Row))
			}
			v[i] = sum / float64(2*steps+1)
		}
		p.Bands = append(p.Bands, v)
	}
	return nil
}

// between returns the value at a place, linear between the four pixel centres around it; NaN where one is missing.
func between(p raster.Plane, col, row float64) float64 {
	x, y := col-0.5, row-0.5
	fx, fy := math.Floor(x), math.Floor(y)
	u, v := x-fx, y-fy
	c, r := int(fx), int(fy)
	top := float64(p.At(c, r))*(1-u) + float64(p.At(c+1, r))*u
	bottom := float64(p.At(c, r+1))*(1-u) + float64(p.At(c+1, r+1))*u
	return top*(1-v) + bottom*v
}

package measure

import (
	"math"

	"github.com/sightline-osint/sightline/analysis/raster"
	"github.com/sightline-osint/sightline/analysis/region"
)

// shape is the rectangle with the second moments of an object's brightness.
type shape struct {
	col, row      float64 // pixels
	length, width float64 // metres
	angle         float64 // degrees from the row direction, clockwise as seen
	peak          float64 // brightness above the water
	core          float64 // metres: of the length, what is at least half as bright across as the brightest stretch
}

// taper is the length of a hull whose last eighth runs to a point over that of the rectangle with its second moment.
const taper = 1.06

// moments weighs the pixels in and around a candidate by their brightness above the water. The variance of blur, of the
// pixel and of what bilinear edges add is taken off; a rectangle of side L has the variance L*L/12.
func (s *sea) moments(nir raster.Plane, c region.Region, o Vessels, dx, dy float64) shape {
	const grow = 2
	near := raster.NewMask(c.Bounds.Width+2*grow, c.Bounds.Height+2*grow)
	for _, r := range c.Runs {
		for col := int(r.Start) - grow; col < int(r.End)+grow; col++ {
			for row := int(r.Row) - grow; row <= int(r.Row)+grow; row++ {
				near.Set(col-c.Bounds.Col+grow, row-c.Bounds.Row+grow, true)
			}
		}
	}
	base := s.ring(nir, c, grow)
	var out shape
	var w, x, y, xx, yy, xy float64
	for i, on := range near.Bits {
		if on == 0 {
			continue
		}
		col, row := c.Bounds.Col-grow+i%near.Width, c.Bounds.Row-grow+i/near.Width
		v := float64(nir.At(col, row)) - base
		if v != v {
			continue
		}
		out.peak = math.Max(out.peak, v)
		px, py := (float64(col)+0.5)*dx, (float64(row)+0.5)*dy
		w, x, y = w+v, x+v*px, y+v*py
		xx, yy, xy = xx+v*px*px, yy+v*py*py, xy+v*px*py
	}
	if !(w > 0) {
		return shape{}
	}
	x, y = x/w, y/w
	spread := square(o.Blur) + 1.0/12
	xx, yy, xy = xx/w-x*x-spread*dx*dx, yy/w-y*y-spread*dy*dy, xy/w-x*y
	mid, diff := (xx+yy)/2, math.Hypot((xx-yy)/2, xy)
	out.length = taper * math.Sqrt(12*math.Max(0, mid+diff))
	out.width = math.Sqrt(12 * math.Max(0, mid-diff))
	out.angle = math.Mod(math.Atan2(2*xy, xx-yy)/2*180/math.Pi+180, 180)
	out.col, out.row = x/dx, y/dy
	out.core = coreOf(near, func(col, row int) (along, v float64) {
		col, row = c.Bounds.Col-grow+col, c.Bounds.Row-grow+row
		sin, cos := math.Sincos(out.angle * math.Pi / 180)
		return ((float64(col)+0.5)*dx-x)*cos + ((float64(row)+0.5)*dy-y)*sin, float64(nir.At(col, row)) - base
	}, math.Sqrt(dx*dy))
	return out
}

// coreOf returns how long the stretch around the brightest place of a profile is on which the sum across is at least half
// of it. A wake is longer, narrower and fainter than its ship. Samples are a pixel apart and smoothed over three.
func coreOf(near raster.Mask, at func(col, row int) (along, v float64), px float64) float64 {
	sum := map[int]float64{}
	least, most := 0, 0
	for i, on := range near.Bits {
		if on == 0 {
			continue
		}
		u, v := at(i%near.Width, i/near.Width)
		if v != v {
			continue
		}
		u /= px
		k := int(math.Floor(u))
		f := u - float64(k)
		sum[k] += v * (1 - f)
		sum[k+1] += v * f
		least, most = min(least, k), max(most, k+1)
	}
	value := func(k int) float64 { return (sum[k-1] + 2*sum[k] + sum[k+1]) / 4 }
	top := least
	for k := least; k <= most; k++ {
		if value(k) > value(top) {
			top = k
		}
	}
	half := value(top) / 2
	end := func(step int) float64 {
		k := top
		for k >= least && k <= most && value(k+step) >= half {
			k += step
		}
		a, b := value(k), value(k+step)
		return math.Abs(float64(k-top)) + math.Max(0, math.Min(1, (a-half)/(a-b)))
	}
	return (end(1) + end(-1)) * px
}

// ring returns the water's level around a candidate.
func (s *sea) ring(nir raster.Plane, c region.Region, grow int) float64 {
	var v []float64
	b := c.Bounds
	for row := b.Row - grow - 4; row < b.Row+b.Height+grow+4; row++ {
		for col := b.Col - grow - 4; col < b.Col+b.Width+grow+4; col++ {
			inside := row >= b.Row-grow && row < b.Row+b.Height+grow && col >= b.Col-grow && col < b.Col+b.Width+grow
			if !inside && s.water.At(col, row) {
				v = append(v, float64(nir.At(col, row)))
			}
		}
	}
	if len(v) < 8 {
		return s.median
	}
	return medianOf(v)
}

// class is what is known of a class of ships: length and length over width, each with its spread.
type class struct {
	name                  string
	length, dl, ratio, dr float64
}

// classes are rough figures of the world's fleet, not fitted to any image.
var classes = []class{
	{"tug or small craft", 28, 8, 3.2, 0.7}, {"fishing vessel", 45, 15, 4.2, 0.8}, {"coaster", 90, 20, 6.0, 0.9},
	{"bulk or general cargo", 170, 40, 6.3, 0.8}, {"large container ship or tanker", 300, 60, 6.6, 0.9},
}

// classify returns the likelihood of each class by length and width, and the likeliest where it has half of all. The
// rest is "other", whose length and shape can be anything.
//
// se is the length's standard error, loose the relative one of length over width.
func classify(length, width, se, loose float64) (map[string]float64, string) {
	ratio := length / math.Max(width, 1)
	normal := func(x, m, d float64) float64 { return math.Exp(-square((x-m)/d)/2) / (d * math.Sqrt(2*math.Pi)) }
	like := map[string]float64{"other": 1.0 / 450 * 1.0 / 12}
	sum := like["other"]
	for _, c := range classes {
		like[c.name] = normal(length, c.length, math.Hypot(c.dl, se)) * normal(ratio, c.ratio, math.Hypot(c.dr, loose*ratio))
		sum += like[c.name]
	}
	best := "other"
	for _, c := range classes {
		if like[c.name] > like[best] {
			best = c.name
		}
	}
	for k := range like {
		like[k] /= sum
	}
	if like[best] < 0.5 {
		return like, "other"
	}
	return like, best
}

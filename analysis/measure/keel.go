package measure

import (
	"math"
	"sort"

	"github.com/sightline-osint/sightline/analysis/raster"
	"github.com/sightline-osint/sightline/analysis/region"
)

// keel is the axis of something that the nets take for a ship, with what lies around it.
type keel struct {
	hull
	whole region.Region // what belongs to it
	mean  float64       // what the nets say along the axis, as a mean, and at its most
	most  float64
}

const (
	onAxis = 0.2  // of what the nets say, both answers taken together, from which a pixel belongs to a ridge,
	fading = 0.4  // if it is no less than this share of the ridge's best pixel
	valley = 0.2  // how much deeper it is between two ridges than on the fainter of them
	onShip = 0.35 // chance from which a pixel beside a ridge belongs to the ship
)

// keels returns what the nets take for ships, likeliest first.
func (v *sight) keels() []keel {
	owner, axes := v.ridges()
	v.widen(owner)
	pixels := make([][]int, len(axes))
	for i, k := range owner {
		if k > 0 {
			pixels[k-1] = append(pixels[k-1], i)
		}
	}
	var out []keel
	for k, axis := range axes {
		if len(pixels[k]) > 1 {
			out = append(out, v.keel(axis, pixels[k]))
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].mean > out[j].mean })
	return out
}

// ridges returns the ridges of what the nets say: by pixel the number of its ridge from 1, and the pixels of each. From the best
// pixel down each joins the best ridge beside it; ridges that meet there become one, unless the fainter rises above
// that place by valley.
func (v *sight) ridges() (owner []int32, axes [][]int) {
	var order []int
	for i, p := range v.ridge {
		if p >= onAxis {
			order = append(order, i)
		}
	}
	sort.Slice(order, func(i, j int) bool {
		a, b := v.ridge[order[i]], v.ridge[order[j]]
		return a > b || a == b && order[i] < order[j]
	})
	owner = make([]int32, len(v.ridge))
	var peak []float32 // by ridge
	for _, i := range order {
		p := v.ridge[i]
		best := int32(0)
		var beside [8]int32
		for n, j := range v.around(i) {
			if j >= 0 {
				beside[n] = owner[j]
			}
			if k := beside[n]; k > 0 && (best == 0 || peak[k-1] > peak[best-1]) {
				best = k
			}
		}
		if best == 0 {
			peak, axes = append(peak, p), append(axes, []int{i})
			owner[i] = int32(len(axes))
			continue
		}
		if p < fading*peak[best-1] {
			continue
		}
		owner[i], axes[best-1] = best, append(axes[best-1], i)
		for _, k := range beside {
			if k > 0 && k != best && owner[axes[k-1][0]] == k && peak[k-1]-p < valley {
				for _, j := range axes[k-1] {
					owner[j] = best
				}
				axes[best-1] = append(axes[best-1], axes[k-1]...)
				axes[k-1] = axes[k-1][:1] // it is nobody's now
			}
		}
	}
	return owner, axes
}

// around returns the eight pixels around one, -1 outside the image.
func (v *sight) around(i int) (out [8]int) {
	c, r := i%v.width, i/v.width
	for n, d := range [8][2]int{{0, -1}, {-1, 0}, {1, 0}, {0, 1}, {-1, -1}, {1, -1}, {-1, 1}, {1, 1}} {
		if out[n] = i + d[1]*v.width + d[0]; c+d[0] < 0 || c+d[0] >= v.width || r+d[1] < 0 || r+d[1] >= v.height {
			out[n] = -1
		}
	}
	return out
}

// widen gives pixels beside axes to the nearest of them: as far as a broad ship is wide.
func (v *sight) widen(owner []int32) {
	var edge []int
	for i, k := range owner {
		if k > 0 {
			edge = append(edge, i)
		}
	}
	for range 4 {
		var next []int
		for _, i := range edge {
			for _, j := range v.around(i) {
				if j >= 0 && owner[j] == 0 && v.ship[j] >= onShip {
					owner[j] = owner[i]
					next = append(next, j)
				}
			}
		}
		edge = next
	}
}

// keel measures one: the rectangle with the second moments of its pixels, which are weighed by their chance.
func (v *sight) keel(axis, pixels []int) keel {
	out := keel{}
	for _, i := range axis {
		p := float64(v.ridge[i])
		out.mean, out.most = out.mean+p/float64(len(axis)), math.Max(out.most, p)
	}
	var w, x, y, xx, yy, xy float64
	for _, i := range pixels {
		p := float64(v.ship[i])
		c, r := float64(i%v.width)+0.5, float64(i/v.width)+0.5
		w, x, y, xx, yy, xy = w+p, x+p*c, y+p*r, xx+p*c*c, yy+p*r*r, xy+p*c*r
	}
	x, y = x/w, y/w
	xx, yy, xy = xx/w-x*x, yy/w-y*y, xy/w-x*y
	mid, diff := (xx+yy)/2, math.Hypot((xx-yy)/2, xy)
	out.col, out.row = x, y
	out.length, out.width = math.Sqrt(12*(mid+diff)+0.5), math.Sqrt(12*math.Max(0, mid-diff)+0.5)
	out.angle = math.Mod(math.Atan2(2*xy, xx-yy)/2*180/math.Pi+180, 180)
	out.whole = v.region(pixels)
	return out
}

// region returns pixels, of which there is one at least, as a region.
func (v *sight) region(pixels []int) region.Region {
	left, top, right, bottom := v.width, v.height, 0, 0
	for _, i := range pixels {
		c, r := i%v.width, i/v.width
		left, top, right, bottom = min(left, c), min(top, r), max(right, c+1), max(bottom, r+1)
	}
	m := raster.NewMask(right-left, bottom-top)
	for _, i := range pixels {
		m.Set(i%v.width-left, i/v.width-top, true)
	}
	return region.One(m, left, top, v.width, v.height)
}

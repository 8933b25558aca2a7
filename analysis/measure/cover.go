package measure

import (
	"math"

	"github.com/sightline-osint/sightline/analysis/raster"
	"github.com/sightline-osint/sightline/analysis/region"
)

// reach is how many pixels around a patch its light is gathered from; the ground is judged in the two beyond.
const reach = 2

// patch is a patch cut out with its surroundings.
type patch struct {
	at          raster.Window
	mine        raster.Mask // its light may fall here: pixels near it, and not nearer to others
	ground      raster.Mask // the ground around it
	base, light []float64   // by band: the ground's level, and how the patch differs from it
	share       []float64   // by pixel: 1 as far off the ground as the patch's pure colour was first taken for
	noise       float64     // standard deviation of share on the ground
}

// cover returns how many pixels a patch covers, and the standard error of it. hot is what has the colour in all
// patches, seeds what has it without doubt.
//
// Colours mix in proportion in the bands, not in an index: every pixel is projected on the line from the ground's colour
// to the patch's. The sum of the shares is the area, once it is known what a pure pixel has.
func cover(planes []raster.Plane, hot, seeds raster.Mask, g region.Region) (pixels, se float64) {
	p := cut(planes, hot, g)
	if !p.project(planes, seeds, g) {
		return float64(g.Area), math.Sqrt(float64(g.Area))
	}
	var sum, squares, n float64
	inner := raster.NewMask(p.at.Width, p.at.Height)
	for i, on := range p.mine.Bits {
		if t := p.share[i]; on != 0 && t == t {
			sum, squares, n = sum+t, squares+t*t, n+1
			if t > 0.5 {
				inner.Bits[i] = 1
			}
		}
	}
	squares -= n * square(p.noise)
	if !(sum > 0) || !(squares > 0) {
		return float64(g.Area), math.Sqrt(float64(g.Area))
	}
	pure, spread := p.pure(inner, sum, squares, g)
	pixels = sum / pure
	ground := float64(max(1, p.ground.Count()))
	// By how much the ground's level, noise and texture in the patch's own pixels, and the pure colour are uncertain.
	level := p.noise * math.Sqrt(1/ground) * n
	own := p.noise * math.Sqrt(n)
	return pixels, math.Sqrt(square(level/pure) + square(own/pure) + square(spread*pixels))
}

// cut marks what belongs to a patch and what is ground.
func cut(planes []raster.Plane, hot raster.Mask, g region.Region) *patch {
	const grow = reach + 2
	p := &patch{at: raster.Window{Col: g.Bounds.Col - grow, Row: g.Bounds.Row - grow, Width: g.Bounds.Width + 2*grow, Height: g.Bounds.Height + 2*grow}}
	own, others := raster.NewMask(p.at.Width, p.at.Height), raster.NewMask(p.at.Width, p.at.Height)
	for i := range others.Bits {
		others.Set(i%p.at.Width, i/p.at.Width, hot.At(p.at.Col+i%p.at.Width, p.at.Row+i/p.at.Width))
	}
	for _, r := range g.Runs {
		for col := r.Start; col < r.End; col++ {
			own.Set(int(col)-p.at.Col, int(r.Row)-p.at.Row, true)
			others.Set(int(col)-p.at.Col, int(r.Row)-p.at.Row, false)
		}
	}
	near, beyond, far := region.Dilate(own, reach), region.Dilate(own, grow), distances(own.Not())
	theirs, off := region.Dilate(others, 2), distances(others.Not())
	none := others.Count() == 0
	p.mine, p.ground = near, raster.NewMask(p.at.Width, p.at.Height)
	for i := range near.Bits {
		if near.Bits[i] != 0 && !none && off[i] < far[i] {
			near.Bits[i] = 0
		}
		if beyond.Bits[i] != 0 && near.Bits[i] == 0 && theirs.Bits[i] == 0 && far[i] > square32(reach) {
			p.ground.Bits[i] = 1
		}
	}
	return p
}

func square32(x float32) float32 { return x * x }

// project finds the colours of ground and patch and fills the shares. False where they do not differ.
func (p *patch) project(planes []raster.Plane, seeds raster.Mask, g region.Region) bool {
	value := func(plane raster.Plane, i int) float64 {
		return float64(plane.At(p.at.Col+i%p.at.Width, p.at.Row+i/p.at.Width))
	}
	own := raster.NewMask(p.at.Width, p.at.Height)
	for _, r := range g.Runs {
		for col := r.Start; col < r.End; col++ {
			own.Set(int(col)-p.at.Col, int(r.Row)-p.at.Row, seeds.At(int(col), int(r.Row)))
		}
	}
	if core := region.Erode(own, 1); core.Count() >= 4 {
		own = core
	}
	var size float64
	for _, plane := range planes {
		var high, low []float64
		for i := range own.Bits {
			switch v := value(plane, i); {
			case v != v:
			case own.Bits[i] != 0:
				high = append(high, v)
			case p.ground.Bits[i] != 0:
				low = append(low, v)
			}
		}
		base := medianOf(low)
		p.base, p.light = append(p.base, base), append(p.light, medianOf(high)-base)
		size += square(medianOf(high) - base)
	}
	if !(size > 0) {
		return false
	}
	p.share = make([]float64, len(own.Bits))
	var ground []float64
	for i := range p.share {
		for k, plane := range planes {
			p.share[i] += (value(plane, i) - p.base[k]) * p.light[k] / size
		}
		if p.ground.Bits[i] != 0 && p.share[i] == p.share[i] {
			ground = append(ground, math.Abs(p.share[i]))
		}
	}
	p.noise = 1.4826 * medianOf(ground)
	return p.noise == p.noise
}

// seen is the standard deviation in pixels of what spreads an edge: a blur of half a pixel, and the pixel itself.
var seen = math.Sqrt(0.25 + 1.0/12) // constant

// pure returns the share that a pixel full of the patch has, and its relative standard error. Where three pixels and more
// lie inside, their median says so. Of a small patch with sides l and w, blurred, the sum of squares over the sum of
// shares is pure times a factor of l and w.
func (p *patch) pure(inner raster.Mask, sum, squares float64, g region.Region) (pure, spread float64) {
	length, width := p.sides()
	if core := region.Erode(inner, 2); core.Count() >= 3 {
		var v []float64
		for i, on := range core.Bits {
			if on != 0 {
				v = append(v, p.share[i])
			}
		}
		m := medianOf(v)
		for i := range v {
			v[i] = math.Abs(v[i] - m)
		}
		n := float64(core.Count())
		return m, math.Hypot(1.4826*medianOf(v)/m/math.Sqrt(n)*1.5, 0.4/square(math.Max(width, 1)))
	}
	ratio := squares / sum
	pure = ratio
	for range 8 {
		area := sum / pure
		w := math.Min(width, area/math.Max(length, 1e-9))
		pure = ratio / (kept(math.Max(length, 0.3)) * kept(math.Max(w, 0.3)))
		pure = math.Min(math.Max(pure, ratio), 4*ratio)
	}
	return pure, math.Min(0.5, 0.95/square(math.Max(width, 1)))
}

// kept is how much of the sum of squares of a strip of a width in pixels blur leaves.
func kept(w float64) float64 {
	return math.Erf(w/(2*seen)) - 2*seen/math.SqrtPi/w*(1-math.Exp(-square(w/(2*seen))))
}

// sides returns length and width in pixels of the rectangle with the second moments of the shares, blur taken off.
func (p *patch) sides() (length, width float64) {
	var w, x, y, xx, yy, xy float64
	for i, on := range p.mine.Bits {
		t := p.share[i]
		if on == 0 || !(t > 2*p.noise) {
			continue
		}
		c, r := float64(i%p.at.Width), float64(i/p.at.Width)
		w, x, y, xx, yy, xy = w+t, x+t*c, y+t*r, xx+t*c*c, yy+t*r*r, xy+t*c*r
	}
	if !(w > 0) {
		return 1, 1
	}
	x, y = x/w, y/w
	xx, yy, xy = xx/w-x*x-square(seen), yy/w-y*y-square(seen), xy/w-x*y
	mid, diff := (xx+yy)/2, math.Hypot((xx-yy)/2, xy)
	return math.Sqrt(12 * math.Max(mid+diff, 0)), math.Sqrt(12 * math.Max(mid-diff, 0))
}

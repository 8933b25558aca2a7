package measure

import (
	"math"
	"runtime"
	"sort"
	"sync"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// hull is a rectangle that may be a ship: solid inside, and with water on at least three of its sides.
type hull struct {
	col, row, length, width float64 // pixels
	angle                   float64 // degrees from the row direction, clockwise as seen, 0 to 180
	evidence                Evidence
	chance                  float64
}

// aside is how far in pixels the strips beside a hull lie off it, so that blur does not count, and deep is their width.
const aside, deep = 0.75, 1.5

// turns is the number of directions in which hulls are looked for.
const turns = 24

// searched is the side in pixels of the squares that are searched at a time.
const searched = 96

// hulls returns what has the shape of a ship on water or at its shore, lengths and widths in pixels between the given
// ones. Squares are searched on all processors; the result does not depend on how many there are.
func (s *sea) hulls(look shore, least, most float64) []hull {
	sizes := hullSizes(least, most)
	var tiles []raster.Window
	for r := 0; r < look.solid.Height; r += searched {
		for c := 0; c < look.solid.Width; c += searched {
			tiles = append(tiles, raster.Window{Col: c, Row: r, Width: min(searched, look.solid.Width-c), Height: min(searched, look.solid.Height-r)})
		}
	}
	found := make([][]hull, len(tiles))
	var group sync.WaitGroup
	var mu sync.Mutex
	next := 0
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for {
				mu.Lock()
				k := next
				next++
				mu.Unlock()
				if k >= len(tiles) {
					return
				}
				found[k] = look.search(tiles[k], sizes)
			}
		})
	}
	group.Wait()
	var all []hull
	for _, f := range found {
		all = append(all, f...)
	}
	return all
}

// size of a hull in pixels.
type size struct{ length, width float64 }

// hullSizes returns lengths in steps of a quarter and for each the widths that ships have, none under one pixel.
func hullSizes(least, most float64) []size {
	var out []size
	for l := least; l <= most*1.05; l *= 1.25 {
		last := 0.0
		for _, ratio := range []float64{8, 6, 4.5, 3.2} {
			w := math.Max(1, l/ratio)
			if w > last*1.05 {
				out = append(out, size{l, w})
				last = w
			}
		}
	}
	return out
}

// centre is a pixel that may be the middle of a hull.
type centre struct {
	col, row float64
	off      float64 // pixels to the nearest water
}

// search looks for hulls whose centres lie in a window.
func (k shore) search(w raster.Window, sizes []size) []hull {
	var at []centre
	widest := 0.0
	reach := 0.0
	for _, z := range sizes {
		widest = math.Max(widest, z.width)
		reach = math.Max(reach, math.Hypot(z.length, z.width)/2)
	}
	for r := w.Row; r < w.Row+w.Height; r++ {
		for c := w.Col; c < w.Col+w.Width; c++ {
			i := r*k.solid.Width + c
			if d := math.Sqrt(float64(k.depth[i])); float64(k.solid.Pix[i]) > k.faint && d <= widest/2+2 && !k.lonely(c, r) {
				at = append(at, centre{float64(c) + 0.5, float64(r) + 0.5, d})
			}
		}
	}
	if len(at) == 0 {
		return nil
	}
	var out []hull
	pad := int(reach+aside+deep) + 3
	for t := range turns {
		angle := 180 * float64(t) / turns
		g := k.turned(w, pad, angle)
		for _, c := range at {
			if h, ok := g.best(c, sizes, k.faint); ok {
				h.angle = angle
				out = append(out, h)
			}
		}
	}
	return out
}

// lonely reports whether a pixel misses data around it.
func (k shore) lonely(c, r int) bool {
	v := k.solid.At(c, r)
	return v != v
}

// grid is the sum of solidity over the upper left of every place in a turned frame.
type grid struct {
	sum        []float64
	w, h       int
	sin, cos   float64
	cx, cy     float64 // centre of the window, in pixels
	halfW, hlf float64
}

// turned samples a window and its surroundings along and across a direction.
func (k shore) turned(w raster.Window, pad int, angle float64) *grid {
	g := &grid{}
	g.sin, g.cos = math.Sincos(angle * math.Pi / 180)
	g.cx, g.cy = float64(w.Col)+float64(w.Width)/2, float64(w.Row)+float64(w.Height)/2
	half := math.Hypot(float64(w.Width), float64(w.Height))/2 + float64(pad)
	n := 2*int(math.Ceil(half)) + 1
	g.w, g.h, g.halfW, g.hlf = n, n, float64(n)/2, float64(n)/2
	g.sum = make([]float64, (n+1)*(n+1))
	for r := range n {
		v := float64(r) + 0.5 - g.hlf
		var line float64
		for c := range n {
			u := float64(c) + 0.5 - g.halfW
			x := between(k.solid, g.cx+u*g.cos-v*g.sin, g.cy+u*g.sin+v*g.cos)
			if x != x {
				x = 1 // what is missing is no water
			}
			line += x
			g.sum[(r+1)*(n+1)+c+1] = g.sum[r*(n+1)+c+1] + line
		}
	}
	return g
}

// at is the sum up to a place between the samples, which must lie in the grid: the padding sees to it.
func (g *grid) at(u, v float64) float64 {
	c, r := int(u), int(v)
	fu, fv := u-float64(c), v-float64(r)
	i := r*(g.w+1) + c
	j := i + g.w + 1
	return (g.sum[i]*(1-fu)+g.sum[i+1]*fu)*(1-fv) + (g.sum[j]*(1-fu)+g.sum[j+1]*fu)*fv
}

// mean returns the solidity of a rectangle in the turned frame.
func (g *grid) mean(u0, v0, u1, v1 float64) float64 {
	return (g.at(u1, v1) - g.at(u0, v1) - g.at(u1, v0) + g.at(u0, v0)) / ((u1 - u0) * (v1 - v0))
}

// best returns the hull of best shape around a centre. A hull has at most one side that is not water; of hulls with like
// shape the largest is taken.
func (g *grid) best(c centre, sizes []size, faint float64) (hull, bool) {
	x, y := c.col-g.cx, c.row-g.cy
	u, v := x*g.cos+y*g.sin+g.halfW, y*g.cos-x*g.sin+g.hlf
	top := hull{}
	value := 0.0
	for _, z := range sizes {
		if math.Abs(c.off-z.width/2-0.5) > 1.2 { // water lies half a width away, at one side at least
			continue
		}
		l, w := z.length/2, z.width/2
		in := g.mean(u-l, v-w, u+l, v+w)
		if in < 1.2*faint {
			continue
		}
		var water [4]float64
		land := 0
	sides:
		for i := range water {
			switch i {
			case 0:
				water[i] = 1 - math.Min(1, g.mean(u-l, v-w-aside-deep, u+l, v-w-aside)/in)
			case 1:
				water[i] = 1 - math.Min(1, g.mean(u-l, v+w+aside, u+l, v+w+aside+deep)/in)
			case 2:
				water[i] = 1 - math.Min(1, g.mean(u-l-aside-deep, v-w, u-l-aside, v+w)/in)
			case 3:
				water[i] = 1 - math.Min(1, g.mean(u+l+aside, v-w, u+l+aside+deep, v+w)/in)
			}
			if water[i] < 0.4 {
				if land++; land > 1 {
					break sides
				}
			}
		}
		if land > 1 {
			continue
		}
		k := 0
		for i := range water {
			if water[i] < water[k] {
				k = i
			}
		}
		sorted := water
		sort.Float64s(sorted[:])
		full := math.Min(1, math.Min(g.mean(u-l, v-w, u-l/2, v+w), g.mean(u+l/2, v-w, u+l, v+w))/in)
		fit := math.Min(full, sorted[1])
		if score := fit * math.Pow(z.length*z.width, 0.35); score > value {
			value = score
			top = hull{col: c.col, row: c.row, length: z.length, width: z.width}
			top.evidence.Inside, top.evidence.Sides, top.evidence.Berth = full, sorted, k
		}
	}
	return top, value > 0
}

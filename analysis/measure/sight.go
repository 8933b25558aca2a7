package measure

import (
	"cmp"
	"context"
	"math"
	"runtime"
	"slices"
	"sync"

	"github.com/sightline-osint/sightline/analysis/internal/progress"
	"github.com/sightline-osint/sightline/analysis/raster"
)

// The nets were trained on ports of 7.5 to 12.5 m a pixel.
const netFinest, netCoarsest = 7.0, 13.0

// sight is what the nets say of an image: how likely each pixel lies on a ship and is the middle of one, and the ships whose
// middles they see there, which may overlap, from the top down.
type sight struct {
	width, height int
	ship, middle  []float32
	hulls         []hull
}

// inland is how far in pixels from water the nets were asked nothing; ashore how far what is judged there may lie from water: half
// the diagonal of the largest rectangle, and what is around it.
const inland, ashore = 6, 6 + 51 + 11

// tile is the side in pixels of the squares that the nets look at; what they say does not depend on it.
const tile = 512

// sightOf looks at an image with the nets. Squares far from water are left out. Bands that the image does not have are
// given to the nets as level.
func (s *sea) sightOf(ctx context.Context, m *raster.Image, nir raster.Plane, band int) (*sight, error) {
	return s.sightIn(ctx, m, nir, band, tile)
}

func (s *sea) sightIn(ctx context.Context, m *raster.Image, nir raster.Plane, band, side int) (*sight, error) {
	both, err := nets()
	if err != nil {
		return nil, err
	}
	var seen [netBands][]float32
	for k, name := range []string{"blue", "green", "red", "nir"} {
		p := nir
		if b := m.Band(name); k < 3 && (b < 0 || b == band) {
			continue
		} else if k < 3 {
			if p, err = m.Plane(m.All(), b); err != nil {
				return nil, err
			}
		}
		seen[k] = s.seen(p)
	}
	out := &sight{nir.Width, nir.Height, make([]float32, len(nir.Pix)), make([]float32, len(nir.Pix)), nil}
	var squares []raster.Window
	for r := 0; r < nir.Height; r += side {
		for c := 0; c < nir.Width; c += side {
			if w := (raster.Window{Col: c, Row: r, Width: min(side, nir.Width-c), Height: min(side, nir.Height-r)}); s.wet(w) {
				squares = append(squares, w)
			}
		}
	}
	if err := out.look(ctx, both, seen, squares); err != nil {
		return nil, err
	}
	depth := distances(s.water.Not())
	out.hulls = slices.DeleteFunc(out.hulls, func(h hull) bool { return depth[int(h.row)*nir.Width+int(h.col)] > inland*inland })
	slices.SortFunc(out.hulls, func(a, b hull) int { return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.col, b.col)) })
	return out, nil
}

// look fills in squares, on all processors.
func (v *sight) look(ctx context.Context, both [2]net, seen [netBands][]float32, squares []raster.Window) error {
	var group sync.WaitGroup
	var mu sync.Mutex
	var failed error
	next := 0
	for range min(runtime.GOMAXPROCS(0), len(squares)) {
		group.Go(func() {
			for {
				mu.Lock()
				k := next
				next++
				if failed == nil {
					failed = progress.Report(ctx, int64(k), int64(len(squares)), "looking for ships")
				}
				stop := failed != nil || k >= len(squares)
				mu.Unlock()
				if stop {
					return
				}
				found := v.square(both, seen, squares[k])
				mu.Lock()
				v.hulls = append(v.hulls, found...)
				mu.Unlock()
			}
		})
	}
	group.Wait()
	return failed
}

// square fills in one square, which the nets see with what they depend on around it, and returns the ships whose middles lie in it.
func (v *sight) square(both [2]net, seen [netBands][]float32, w raster.Window) []hull {
	left, top := max(0, w.Col-margin)/coarsest*coarsest, max(0, w.Row-margin)/coarsest*coarsest
	right, bottom := min(v.width, w.Col+w.Width+margin+coarsest-1), min(v.height, w.Row+w.Height+margin+coarsest-1)
	whole := func(n int) int { return (n + coarsest - 1) / coarsest * coarsest }
	x := newStack(netBands, whole(right-left), whole(bottom-top))
	for k, from := range seen {
		if from == nil {
			continue
		}
		to := x.plane(k)
		for r := top; r < bottom; r++ {
			copy(to[(r-top)*x.w:(r-top+1)*x.w], from[r*v.width+left:r*v.width+right])
		}
	}
	mean := newStack(said, x.w, x.h)
	for _, way := range ways {
		y := both[way.net].see(x.turned(way.turn)).turned(way.turn)
		for k := range said {
			to := mean.plane(k)
			for i, a := range y.plane(k) {
				switch {
				case k <= saidMiddle:
					a = chanceOf(a)
				case k == saidCos && way.turn&transpose != 0:
					a = -a
				}
				to[i] += a / float32(len(ways))
			}
		}
	}
	for r := w.Row; r < w.Row+w.Height; r++ {
		for k, to := range [][]float32{saidShip: v.ship, saidMiddle: v.middle} {
			copy(to[r*v.width+w.Col:][:w.Width], mean.plane(k)[(r-top)*x.w+w.Col-left:])
		}
	}
	return mean.middles(w, left, top)
}

// unlikely is the chance of a middle below which nothing is made of it, longest the pixels that no ship is longer than at 7 m a pixel.
const unlikely, longest = 0.06, 72

// middles returns the ships whose middles are seen in a window: where no pixel around is likelier to be one. The stack
// begins at a place of the image.
func (s stack) middles(w raster.Window, left, top int) (out []hull) {
	p := s.plane(saidMiddle)
	for r := w.Row - top; r < w.Row-top+w.Height; r++ {
		for c := w.Col - left; c < w.Col-left+w.Width; c++ {
			i := r*s.w + c
			if p[i] < unlikely {
				continue
			}
			best := true
			for y := max(0, r-1); y <= min(s.h-1, r+1); y++ {
				for x := max(0, c-1); x <= min(s.w-1, c+1); x++ {
					j := y*s.w + x
					best = best && (p[j] < p[i] || p[j] == p[i] && j >= i)
				}
			}
			if !best {
				continue
			}
			say := func(k int) float64 { return float64(s.plane(k)[i]) }
			h := hull{col: float64(c+left) + 0.5, row: float64(r+top) + 0.5, chance: say(saidMiddle)}
			h.evidence = Evidence{Middle: say(saidMiddle), Direction: math.Hypot(say(saidCos), say(saidSin))}
			h.length, h.width = math.Min(longest, 8*math.Exp(say(saidLong))), math.Min(longest, 2.5*math.Exp(say(saidWide)))
			h.angle = math.Mod(math.Atan2(say(saidSin), say(saidCos))/2*180/math.Pi+180, 180)
			out = append(out, h)
		}
	}
	return out
}

// ways are the ways in which the nets look at the image, whose answers are averaged: as it is, turned by half, and both
// mirrored at a diagonal. Each turn undoes itself.
var ways = [...]struct{ net, turn int }{{0, 0}, {0, transpose}, {1, mirrorRows | mirrorColumns}, {1, transpose | mirrorRows | mirrorColumns}} // constant

func chanceOf(odds float32) float32 { return float32(1 / (1 + math.Exp(-float64(odds)))) }

// wet reports whether there is water in a window, or so near that what is judged may reach into it.
func (s *sea) wet(w raster.Window) bool {
	w = raster.Window{Col: w.Col - ashore, Row: w.Row - ashore, Width: w.Width + 2*ashore, Height: w.Height + 2*ashore}
	w = w.Intersect(raster.Window{Width: s.water.Width, Height: s.water.Height})
	for r := w.Row; r < w.Row+w.Height; r++ {
		for _, on := range s.water.Bits[r*s.water.Width+w.Col : r*s.water.Width+w.Col+w.Width] {
			if on != 0 {
				return true
			}
		}
	}
	return false
}

// seen returns a band as the nets see it: above the water's median, over the median distance from it of what is no water,
// squashed. What is missing is as the water is. train.py does the same.
func (s *sea) seen(p raster.Plane) []float32 {
	var water, rest []float64
	step := max(1, len(p.Pix)/400000)
	for i := 0; i < len(p.Pix); i += step {
		switch v := float64(p.Pix[i]); {
		case v-v != 0:
		case s.water.Bits[i] != 0:
			water = append(water, v)
		default:
			rest = append(rest, v)
		}
	}
	level := medianOf(water)
	for i, v := range water {
		water[i] = math.Abs(v - level)
	}
	for i, v := range rest {
		rest[i] = math.Abs(v - level)
	}
	scale := 8 * math.Max(1.4826*medianOf(water), 1e-6)
	if len(rest) > 30 {
		scale = math.Max(scale, medianOf(rest))
	}
	out := make([]float32, len(p.Pix))
	for i, v := range p.Pix {
		if x := math.Asinh(3*(float64(v)-level)/scale) / 1.8; x == x {
			out[i] = float32(math.Max(-1.5, math.Min(2.5, x)))
		}
	}
	return out
}

package scene_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"sort"
	"sync"
	"testing"

	"github.com/sightline-osint/sightline/analysis/raster"
	"github.com/sightline-osint/sightline/analysis/register"
	"github.com/sightline-osint/sightline/analysis/scene"
)

// looks draws two dates of a small place and how far the second lies off the first. Kinds take turns: yards whose trains
// came, went or moved all alike, ports whose ships moved, harbours, and two different places, which have no shift.
func looks(seed uint64) (kind string, a, b *raster.Image, dx, dy float64, err error) {
	r := rand.New(rand.NewPCG(seed, 0x5417))
	between := func(low, high float64) float64 { return low + (high-low)*r.Float64() }
	kind = []string{"yard", "yard", "moved alike", "yard", "moved alike", "port", "harbour", "other place"}[seed%8]
	gsd := []float64{1, 3, 3, 5, 10}[r.IntN(5)]
	w, h := gsd*math.Round(between(60, 320)), gsd*math.Round(between(28, 130))
	one := scene.Sensor{GSD: gsd, Blur: between(0.4, 0.7), Noise: between(0.001, 0.01), Haze: between(0, 0.1), Light: between(0.8, 1.2), Seed: 2 * seed}
	two := scene.Sensor{GSD: gsd, Blur: between(0.4, 0.7), Noise: between(0.001, 0.01), Haze: between(0, 0.1), Light: between(0.8, 1.2), Seed: 2*seed + 1}
	if r.IntN(3) == 0 {
		one.Clouds, two.Clouds = between(0, 0.3), between(0, 0.3)
	}
	switch r.IntN(3) {
	case 0:
	case 1:
		dx, dy = between(-2, 2), between(-2, 2)
	default:
		dx, dy = between(-0.15, 0.15)*w/gsd, between(-0.15, 0.15)*h/gsd
	}
	two.Shift = [2]float64{dx, dy}
	switch kind {
	case "port":
		p := scene.Port{Seed: seed, Width: 2 * w, Height: 2 * h, Land: between(0, 0.6)}
		fleet := func() (out []scene.Ship) {
			for range 2 + r.IntN(8) {
				out = append(out, scene.Ship{X: 2 * w * r.Float64(), Y: 2 * h * between(p.Land, 1), Length: between(30, 250), Heading: between(0, 360), Colour: scene.Grey})
			}
			return out
		}
		p.Ships = fleet()
		if a, _, err = p.Render(one, day); err != nil {
			return kind, nil, nil, 0, 0, err
		}
		p.Ships = fleet()
		b, _, err = p.Render(two, day)
	case "harbour":
		one.GSD, two.GSD = 10, 10
		h := scene.Harbour{Seed: seed, Width: between(1000, 2000), Height: between(1000, 1500)}
		if a, _, err = h.Render(one, day); err != nil {
			return kind, nil, nil, 0, 0, err
		}
		b, _, err = h.Render(two, day)
	default:
		y := scene.Yard{Seed: seed, Width: w, Height: h, Spacing: math.Max(5, gsd*between(2, 6)), Angle: between(-10, 10)}
		y.Tracks = 1 + r.IntN(max(1, min(12, int(0.6*h/y.Spacing))))
		trains := func() (out []scene.Train) {
			for k := range y.Tracks {
				if r.IntN(3) == 0 {
					continue
				}
				out = append(out, scene.Train{Track: k, Start: between(-0.5, 0.3) * w, Length: between(30, 250), Wagon: between(10, 18),
					Cargo: []scene.Colour{[]scene.Colour{scene.Grey, scene.White, scene.Blue, scene.Brown}[r.IntN(4)]}})
			}
			return out
		}
		y.Trains = trains()
		if a, _, err = y.Render(one, day); err != nil {
			return kind, nil, nil, 0, 0, err
		}
		move := between(-200, 200)
		was := y.Trains
		y.Trains = trains()
		if kind == "moved alike" {
			y.Trains = nil
			for _, t := range was {
				t.Start += move
				y.Trains = append(y.Trains, t)
			}
		}
		if kind == "other place" {
			y.Seed, y.Angle, y.Tracks = seed+1000000, between(-10, 10), max(1, y.Tracks-r.IntN(3))
			y.Trains = nil
		}
		b, _, err = y.Render(two, day)
	}
	return kind, a, b, dx, dy, err
}

// outcomes counts what was said of one kind.
type outcomes struct {
	pairs, known, false int
	off                 []float64 // pixels, of the known
	beyond              int       // of the known: off by more than a twentieth and three spreads
}

// A shift that is called known is the ground's, in small yards and ports whose trains and ships moved, under clouds and noise;
// with SIGHTLINE_LONG=1 in 1,600 of them.
func TestShiftsCalledKnownAreTrue(t *testing.T) {
	t.Parallel()
	pairs, first := 32, uint64(9000)
	if os.Getenv("SIGHTLINE_LONG") == "1" {
		pairs, first = 1600, 20000
	}
	sums := map[string]*outcomes{}
	var mu sync.Mutex
	var group sync.WaitGroup
	slots := make(chan struct{}, 2)
	for k := range pairs {
		slots <- struct{}{}
		group.Go(func() {
			defer func() { <-slots }()
			kind, a, b, dx, dy, err := looks(first + uint64(k))
			if err != nil {
				t.Error(err)
				return
			}
			s := register.Translation(a, b)
			mu.Lock()
			defer mu.Unlock()
			if sums[kind] == nil {
				sums[kind] = &outcomes{}
			}
			o := sums[kind]
			o.pairs++
			if !s.Known {
				return
			}
			o.known++
			off := math.Hypot(s.DX-dx, s.DY-dy)
			o.off = append(o.off, off)
			if off > math.Max(0.07, 3*math.Sqrt2*s.Spread) {
				o.beyond++
				t.Logf("%s %d, %d x %d pixels: %v, truth %.2f %.2f", kind, first+uint64(k), a.Width, a.Height-18, s, dx, dy)
			}
			if off > 0.5 || kind == "other place" {
				o.false++
				t.Logf("%s %d, %d x %d pixels: %v, truth %.2f %.2f", kind, first+uint64(k), a.Width, a.Height-18, s, dx, dy)
			}
		})
	}
	group.Wait()
	for kind, o := range sums {
		sort.Float64s(o.off)
		line := fmt.Sprintf("%s: %d pairs, %d known, %d of them false", kind, o.pairs, o.known, o.false)
		if n := len(o.off); n > 0 {
			line += fmt.Sprintf("; %d beyond three spreads; off by %.3f (median), %.3f (nine in ten)", o.beyond, o.off[n/2], o.off[n*9/10])
		}
		t.Log(line)
		if o.false > 0 {
			t.Error(line)
		}
	}
}

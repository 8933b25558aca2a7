package measure_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"github.com/sightline-osint/sightline/analysis/measure"
	"github.com/sightline-osint/sightline/analysis/raster"
)

// bend is a track on an arc about a point north of the image, with a train from one angle to another and, where shadow is
// not 0, a shadow that falls so many metres to the right of it and down.
type bend struct {
	gsd, radius, from, to, shadow float64
	seed                          uint64
}

const bendWidth, bendHeight = 420.0, 150.0 // metres

// at is where the track lies at an angle in radians off the vertical, in metres right and down.
func (b bend) at(angle float64) (x, y float64) {
	s, c := math.Sincos(angle)
	return bendWidth/2 + b.radius*s, bendHeight - 40 - b.radius + b.radius*c
}

// light is the reflectance of a point, times 10000.
func (b bend) light(x, y float64) float64 {
	off := func(x, y float64) (angle, across float64) {
		dx, dy := x-bendWidth/2, y-(bendHeight-40-b.radius)
		return math.Atan2(dx, dy), math.Hypot(dx, dy) - b.radius
	}
	angle, across := off(x, y)
	if angle >= b.from && angle <= b.to && math.Abs(across) <= 1.5 {
		return 3400
	}
	ground := 1200.0
	if math.Abs(across) <= 2.5 {
		ground = 1400
	}
	if angle, across := off(x-b.shadow, y-b.shadow); b.shadow != 0 && angle >= b.from && angle <= b.to && math.Abs(across) <= 1.5 {
		return 0.4 * ground
	}
	return ground
}

func (b bend) image(t *testing.T) (*raster.Image, orb.LineString) {
	t.Helper()
	r := rand.New(rand.NewPCG(b.seed, 5))
	p := raster.NewPlane(int(bendWidth/b.gsd), int(bendHeight/b.gsd))
	const sub = 6
	for i := range p.Pix {
		var sum float64
		for k := range sub * sub {
			x, y := float64(i%p.Width)+(float64(k%sub)+0.5)/sub, float64(i/p.Width)+(float64(k/sub)+0.5)/sub
			sum += b.light(x*b.gsd, y*b.gsd)
		}
		p.Pix[i] = float32(sum/(sub*sub) + 50*r.NormFloat64())
	}
	m, err := raster.FromPlanes(p)
	if err != nil {
		t.Fatal(err)
	}
	m.Geo = raster.Geo{Transform: raster.NorthUp(500000, 4696000, b.gsd, b.gsd), CRS: raster.UTM(52, false)}
	var rail orb.LineString
	for a := -200 / b.radius; a <= 200/b.radius; a += 8 / b.radius {
		x, y := b.at(a)
		q, err := m.Geo.Place(x/b.gsd, y/b.gsd)
		if err != nil {
			t.Fatal(err)
		}
		rail = append(rail, q)
	}
	return m, rail
}

// A train on a curve is as long as the arc that it stands on, with and without a shadow beside it.
func TestTrainsOnACurve(t *testing.T) {
	for _, gsd := range []float64{0.5, 1, 3} {
		for _, shadow := range []float64{0, 3} {
			held, n := 0, 0
			for seed := range uint64(4) {
				b := bend{gsd: gsd, radius: 300 + 40*float64(seed), shadow: shadow, seed: seed}
				length := 90 + 7*float64(seed)
				b.from = -(60 + float64(seed)) / b.radius
				b.to = b.from + length/b.radius
				m, rail := b.image(t)
				got, err := measure.Trains(m, rail)
				if err != nil {
					t.Fatal(err)
				}
				line := fmt.Sprintf("%g m a pixel, radius %.0f m, shadow %.0f m, a train of %.1f m: %v", gsd, b.radius, shadow, length, got)
				if len(got.Trains) != 1 {
					t.Error(line)
					continue
				}
				// UTM's metres on its central meridian are 0.04 % longer than the ground's.
				e := got.Trains[0].Length
				truth := length / 0.9996
				t.Logf("%g %g: %.3f se %.3f", gsd, shadow, e.Value-truth, e.SE)
				if math.Abs(e.Value-truth) > math.Max(0.4*gsd, 0.5) {
					t.Error(line)
				}
				n++
				if e.Low() <= truth && truth <= e.High() {
					held++
				}
			}
			if held < n-1 {
				t.Errorf("%g m a pixel, shadow %.0f m: %d of %d intervals hold the truth", gsd, shadow, held, n)
			}
		}
	}
}

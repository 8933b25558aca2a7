package measure_test

import (
	"context"
	"fmt"
	"log"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/sightline-osint/sightline/analysis/measure"
	"github.com/sightline-osint/sightline/analysis/raster"
)

// odd returns an image of four equal bands somewhere.
func odd(width, height int, v float32, g raster.Geo) *raster.Image {
	p := make([]raster.Plane, 4)
	for b := range p {
		p[b] = raster.NewPlane(width, height)
		for i := range p[b].Pix {
			p[b].Pix[i] = v
		}
	}
	m, err := raster.FromPlanes(p...)
	if err != nil {
		panic(err)
	}
	m.Geo = g
	m.Rename("blue", "green", "red", "nir")
	return m
}

func TestNothingThatCanBeReadMakesMeasuringPanic(t *testing.T) {
	nan := math.NaN()
	utm, wgs := raster.CRS{EPSG: 32652}, raster.CRS{EPSG: 4326}
	places := map[string]raster.Geo{
		"here": {Transform: raster.NorthUp(500000, 4500000, 10, 10), CRS: utm}, "NaN": {Transform: raster.NorthUp(nan, nan, 10, 10), CRS: utm},
		"no size": {Transform: raster.NorthUp(500000, 4500000, 0, 0), CRS: utm}, "pole": {Transform: raster.NorthUp(10, 90, 0.001, 0.001), CRS: wgs},
		"past the pole": {Transform: raster.NorthUp(10, 91, 0.001, 0.001), CRS: wgs}, "antimeridian": {Transform: raster.NorthUp(179.99, 10, 0.001, 0.001), CRS: wgs}, "none": {},
	}
	lines := map[string]orb.LineString{
		"empty": nil, "one point": {{129, 40.6}}, "same point": {{129, 40.6}, {129, 40.6}}, "far": {{1, 1}, {1.1, 1}}, "NaN": {{nan, nan}, {129, 40}},
		"across": {{128.99, 40.64}, {129.1, 40.63}}, "crosses itself": {{129.0001, 40.649}, {129.004, 40.646}, {129.004, 40.649}, {129.0001, 40.646}}, "poles": {{0, 90}, {0, 89.99}},
		"antimeridian": {{179.995, 9.99}, {-179.995, 9.99}},
	}
	for place, g := range places {
		for _, size := range [][2]int{{1, 1}, {2, 60}, {60, 40}} {
			for _, v := range []float32{float32(nan), 7, float32(math.Inf(1))} {
				m := odd(size[0], size[1], v, g)
				wrong := place == "none" || place == "NaN" || place == "no size" || place == "past the pole"
				for name, l := range lines {
					if r, err := measure.Trains(m, l); err == nil && (wrong || len(r.Trains) > 0) {
						t.Errorf("%s, %v of %v, line %s: %v", place, size, v, name, r)
					}
					if e, err := measure.Length(m, l, measure.Marks{}); err == nil && (wrong || !(e.Value >= 0 && e.SE >= 0)) {
						t.Errorf("%s, %v, line %s: a length of %v", place, size, name, e)
					}
				}
				if f, err := measure.Ships(m); err == nil && (wrong || len(f.Ships) > 0) {
					t.Errorf("%s, %v of %v: %v", place, size, v, f)
				}
				if y, err := measure.Cargo(m, measure.Cover{Colour: "white"}); err == nil && (wrong || !(y.Total.Value >= 0)) {
					t.Errorf("%s, %v of %v: %v", place, size, v, y)
				}
			}
		}
	}
}

func TestOptionsThatCannotBeGiveErrors(t *testing.T) {
	m := yardImage("2023-09-24")
	nan := math.NaN()
	for _, o := range []measure.Vessels{{Contrast: -1}, {Contrast: nan}, {MinLength: -5}, {MinLength: 500, MaxLength: 100}, {Blur: nan}, {Chance: -1}, {Band: "mauve"}} {
		if _, err := measure.ShipsIn(t.Context(), m, o); err == nil {
			t.Errorf("%+v: no error", o)
		}
	}
	for _, c := range []measure.Cover{{Threshold: nan}, {White: -1}, {White: nan}, {MinArea: -1}, {Within: orb.Polygon{{}}}, {Within: orb.Polygon{{{nan, 1}, {2, 1}, {2, 2}, {nan, 1}}}}} {
		if _, err := measure.Cargo(m, c); err == nil {
			t.Errorf("%+v: no error", c)
		}
	}
	for _, o := range []measure.Rail{{Width: -1}, {MaxGap: nan}, {MinLength: -1}, {Contrast: nan}, {Width: math.Inf(1)}} {
		if _, err := measure.TrainsAlong(t.Context(), m, track(1), o); err == nil {
			t.Errorf("%+v: no error", o)
		}
	}
	for _, o := range []measure.Marks{{End: nan}, {OffNadir: 90}, {OffNadir: nan}, {Height: -1}, {Ground: nan}} {
		if _, err := measure.Length(m, track(1), o); err == nil {
			t.Errorf("%+v: no error", o)
		}
	}
}

func ExampleShapes() {
	fleet, err := measure.Shapes(context.Background(), yardImage("2023-09-24"), measure.Vessels{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(fleet.Ships) > 0, fleet.Warnings[0] != "")
	if fleet, err = measure.Shapes(context.Background(), oneShip(), measure.Vessels{Open: true, MinLength: 50}); err != nil {
		log.Fatal(err)
	}
	look("", fleet)
	// Output: true true
}

func ExampleEvidence_Chance() {
	ship := measure.Evidence{Inside: 0.95, Sides: [4]float64{0.1, 0.9, 0.95, 0.95}, Length: 150, Width: 25, Brighter: 0.3, Unlike: 0.3, Open: 0.9}
	stub := ship
	stub.Length, stub.Width = 40, 30
	fmt.Println(ship.Chance() > stub.Chance(), len(ship.Numbers()) == measure.Terms)
	// Output: true true
}

// A line that leaves the image is read as far as the image goes, and the result says how much of it was not seen.
func TestARailThatLeavesTheImageSaysSo(t *testing.T) {
	m := yardImage("2023-09-24")
	line := track(1)
	whole, err := measure.Trains(m, line)
	if err != nil {
		t.Fatal(err)
	}
	last := line[len(line)-1]
	far, err := measure.Trains(m, append(append(orb.LineString{}, line...), orb.Point{last[0] + 0.02, last[1]}))
	if err != nil {
		t.Fatal(err)
	}
	said := false
	for _, w := range far.Warnings {
		said = said || strings.Contains(w, "outside of the image")
	}
	if !said || far.Rail > whole.Rail+80 || len(far.Trains) != len(whole.Trains) || len(whole.Warnings) > 0 {
		t.Errorf("%v\n%v", whole, far)
	}
}

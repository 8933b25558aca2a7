package region_test

import (
	"encoding/json"
	"fmt"
	"log"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/planar"

	"github.com/sightline-osint/sightline/analysis/raster"
	"github.com/sightline-osint/sightline/analysis/region"
)

// simple reports what is wrong with a ring: it is open, short, meets a corner twice or crosses itself.
func simple(r orb.Ring) error {
	if len(r) < 4 || !r.Closed() {
		return fmt.Errorf("%d points, closed %t", len(r), r.Closed())
	}
	seen := map[orb.Point]bool{}
	for _, p := range r[1:] {
		if seen[p] {
			return fmt.Errorf("%v is met twice", p)
		}
		seen[p] = true
	}
	return nil
}

func TestOutlinesHoldWhatTheRegionHolds(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for k := range 400 {
		m := raster.NewMask(3+r.IntN(22), 3+r.IntN(22))
		share := 0.2 + 0.7*r.Float64()
		for i := range m.Bits {
			if r.Float64() < share {
				m.Bits[i] = 1
			}
		}
		for _, g := range region.Find(m, region.Options{Four: k%2 == 0}) {
			var area float64
			out := g.Outline()
			own := region.Mask(m.Width, m.Height, g)
			for _, p := range out {
				for i, ring := range p {
					if err := simple(ring); err != nil {
						t.Fatalf("%v\n%s", err, text(own))
					}
					if (ring.Orientation() == orb.CCW) != (i == 0) { // rows run down: counter-clockwise here is clockwise as seen
						t.Fatalf("ring %d turns %v\n%s", i, ring.Orientation(), text(own))
					}
				}
				area += math.Abs(planar.Area(p))
			}
			if int(area+0.5) != g.Area {
				t.Fatalf("%v square pixels of %d\n%s", area, g.Area, text(own))
			}
			for i := range m.Bits {
				c := orb.Point{float64(i%m.Width) + 0.5, float64(i/m.Width) + 0.5}
				if planar.MultiPolygonContains(out, c) != own.At(i%m.Width, i/m.Width) {
					t.Fatalf("%v\n%s", c, text(own))
				}
			}
		}
	}
}

// valid checks what RFC 7946 asks of a feature's polygons and returns their area in square degrees.
func valid(t *testing.T, g orb.Geometry) float64 {
	t.Helper()
	var all orb.MultiPolygon
	switch s := g.(type) {
	case orb.Polygon:
		all = orb.MultiPolygon{s}
	case orb.MultiPolygon:
		all = s
	default:
		t.Fatalf("%T", g)
	}
	for _, p := range all {
		for i, ring := range p {
			if err := simple(ring); err != nil {
				t.Errorf("%v: %v", err, ring)
			}
			if (ring.Orientation() == orb.CCW) != (i == 0) {
				t.Errorf("ring %d of %v turns the wrong way", i, p)
			}
			for _, q := range ring {
				if math.Abs(q[0]) > 180 || math.Abs(q[1]) > 90 {
					t.Errorf("%v is no place", q)
				}
			}
		}
	}
	return planar.Area(all)
}

func TestGeoJSONIsValidAndCutAtTheAntimeridian(t *testing.T) {
	m := mask("########", "#..#...#", "#.##..##", "########", "........", ".#......", "#.......")
	for name, g := range map[string]raster.Geo{
		"UTM":           {Transform: raster.NorthUp(630000, 4696000, 10, 10), CRS: raster.UTM(52, false)},
		"south":         {Transform: raster.NorthUp(630000, 4696000, 10, 10), CRS: raster.UTM(52, true)},
		"row up":        {Transform: raster.Affine{A: 10, C: 630000, E: 10, F: 4696000}, CRS: raster.UTM(52, false)},
		"antimeridian":  {Transform: raster.NorthUp(179.9995, 10, 0.0001, 0.0001), CRS: raster.CRS{EPSG: 4326}},
		"zone 60":       {Transform: raster.NorthUp(833945, 1000, 10, 10), CRS: raster.UTM(60, false)},
		"west of zone1": {Transform: raster.NorthUp(-179.9998-0.0005, 10, 0.0001, 0.0001), CRS: raster.CRS{EPSG: 4326}},
	} {
		for kind, f := range map[string]func([]region.Region, raster.Geo) (*geojson.FeatureCollection, error){"outline": region.GeoJSON, "box": region.BoxGeoJSON} {
			c, err := f(region.Find(m, region.Options{}), g)
			if err != nil || len(c.Features) != 2 {
				t.Fatalf("%s: %v %v", name, c, err)
			}
			b, err := c.MarshalJSON()
			if err != nil {
				t.Fatal(err)
			}
			back, err := geojson.UnmarshalFeatureCollection(b)
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range back.Features {
				if a := valid(t, x.Geometry); !(a > 0) {
					t.Errorf("%s, %s: %v square degrees", name, kind, a)
				}
			}
			_, parts := back.Features[0].Geometry.(orb.MultiPolygon)
			if cut := name == "antimeridian" || name == "zone 60" || name == "west of zone1"; parts != cut {
				t.Errorf("%s, %s: cut %t", name, kind, parts)
			}
		}
	}
}

func TestGeoJSONOfWhatIsNowhereIsAnError(t *testing.T) {
	r := region.Find(mask("....", ".##."), region.Options{})
	for name, g := range map[string]raster.Geo{
		"no place": {}, "NaN": {Transform: raster.NorthUp(math.NaN(), 0, 10, 10), CRS: raster.UTM(52, false)},
		"over the pole": {Transform: raster.NorthUp(10, 95, 0.1, 0.1), CRS: raster.CRS{EPSG: 4326}}, "no size": {Transform: raster.NorthUp(10, 5, 0, 0), CRS: raster.CRS{EPSG: 4326}},
	} {
		if _, err := region.GeoJSON(r, g); err == nil {
			t.Errorf("%s: no error", name)
		}
		if _, err := region.BoxGeoJSON(r, g); err == nil {
			t.Errorf("%s: no error of the box", name)
		}
	}
	if _, err := region.GeoJSON([]region.Region{{}}, raster.Geo{}); err == nil {
		t.Error("an empty region")
	}
}

func ExampleRegion_Outline() {
	for _, r := range region.Find(mask(".....", ".###.", ".#.#.", ".###."), region.Options{}) {
		fmt.Println(r.Outline())
	}
	// Output: [[[[1 1] [4 1] [4 4] [1 4] [1 1]] [[2 2] [2 3] [3 3] [3 2] [2 2]]]]
}

func ExampleBoxGeoJSON() {
	g := raster.Geo{Transform: raster.NorthUp(630000, 4696000, 10, 10), CRS: raster.UTM(52, false)}
	c, err := region.BoxGeoJSON(region.Find(mask("#....", ".#...", "..#..", "...#."), region.Options{}), g)
	if err != nil {
		log.Fatal(err)
	}
	b, err := json.Marshal(c.Features[0].Properties)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(c.Features[0].Geometry.GeoJSONType(), string(b))
	// Output: Polygon {"area_m2":400.15,"area_px":4,"bearing_deg":136.1,"border":true,"holes":0,"length_m":56.58,"width_m":14.14}
}

func ExampleRegion_SquareMetres() {
	g := raster.Geo{Transform: raster.NorthUp(630000, 4696000, 10, 10), CRS: raster.UTM(52, false)}
	r := region.Find(mask("......", ".####.", ".####.", "......"), region.Options{})[0]
	area, err := r.SquareMetres(g)
	if err != nil {
		fmt.Println(err)
	}
	length, width, err := r.Box().Metres(g)
	if err != nil {
		fmt.Println(err)
	}
	fmt.Printf("%.0f m2, %.1f x %.1f m\n", area, length, width)
	// Output: 800 m2, 40.0 x 20.0 m
}

// What cannot be drawn is cut or gives no picture; a thousand regions are drawn without numbers.
func TestPicturesOfOddRegions(t *testing.T) {
	if region.Picture(0, 5) != nil {
		t.Error("a picture of nothing")
	}
	m := raster.NewMask(2000, 3)
	for c := 0; c < 2000; c += 2 {
		m.Set(c, 1, true)
	}
	regions := region.Find(m, region.Options{})
	if p := region.Picture(2000, 3, regions...); p.Bounds().Dx() < 900 {
		t.Error(p.Bounds())
	}
	far := region.One(mask("##"), -1, 7, 100, 100)
	for _, g := range []region.Region{far, {}, {Runs: []region.Run{{Row: -4, Start: -9, End: 1 << 30}}}, {Runs: []region.Run{{Row: 1 << 30, Start: 5, End: 2}}}} {
		if region.Picture(5, 5, g) == nil {
			t.Errorf("%+v: no picture", g)
		}
	}
}

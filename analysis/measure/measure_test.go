package measure_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"github.com/sightline-osint/sightline/analysis/measure"
	"github.com/sightline-osint/sightline/analysis/raster"
)

const yard = "../../datasets/simulated-yard/"

// yardImage opens one date of the simulated yard.
func yardImage(day string) *raster.Image {
	m, err := raster.Open(yard + "simulated-yard-" + day + ".tif")
	if err != nil {
		log.Fatal(err)
	}
	return m
}

// track returns one of its tracks.
func track(k int) orb.LineString {
	b, err := os.ReadFile(yard + "tracks.geojson")
	if err != nil {
		log.Fatal(err)
	}
	var c geojson.FeatureCollection
	if err := json.Unmarshal(b, &c); err != nil {
		log.Fatal(err)
	}
	return c.Features[k].Geometry.(orb.LineString)
}

func TestMeasuringWhatCannotBeGivesErrors(t *testing.T) {
	m := yardImage("2023-09-24")
	nowhere, _ := raster.New(40, 40, make([]uint8, 1600))
	line := track(1)
	for name, f := range map[string]func() error{
		"no place":     func() error { _, err := measure.Trains(nowhere, line); return err },
		"one point":    func() error { _, err := measure.Trains(m, line[:1]); return err },
		"elsewhere":    func() error { _, err := measure.Trains(m, orb.LineString{{130, 42}, {130.1, 42}}); return err },
		"NaN":          func() error { _, err := measure.Trains(m, orb.LineString{{math.NaN(), 42}, {130.1, 42}}); return err },
		"width":        func() error { _, err := measure.Along(m, line, -1); return err },
		"short length": func() error { _, err := measure.Length(m, line[:1], measure.Marks{}); return err },
		"length off": func() error {
			_, err := measure.Length(m, orb.LineString{{2.1, 0.9}, {2.1, 0.8}}, measure.Marks{})
			return err
		},
		"errors":        func() error { _, err := measure.Length(m, line, measure.Marks{End: -1}); return err },
		"ships, place":  func() error { _, err := measure.Ships(nowhere); return err },
		"cargo, bands":  func() error { _, err := measure.Cargo(nowhere, measure.Cover{}); return err },
		"cargo, colour": func() error { _, err := measure.Cargo(m, measure.Cover{Colour: "mauve"}); return err },
		"cargo, far": func() error {
			_, err := measure.Cargo(m, measure.Cover{Within: orb.Polygon{{{0, 0}, {0, 1}, {1, 1}, {0, 0}}}})
			return err
		},
	} {
		if err := f(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := measure.TrainsAlong(ctx, m, line, measure.Rail{}); err == nil {
		t.Error("cancelled work went on")
	}
}

func TestOddImagesGiveNoTrains(t *testing.T) {
	model := yardImage("2023-09-24")
	for name, v := range map[string]float32{"missing": float32(math.NaN()), "flat": 7} {
		p := raster.NewPlane(300, 98)
		for i := range p.Pix {
			p.Pix[i] = v
		}
		m, _ := raster.FromPlanes(p)
		m.Geo = model.Geo
		r, err := measure.Trains(m, track(1))
		if err != nil || len(r.Trains) != 0 {
			t.Errorf("%s: %v %v", name, r, err)
		}
		if name == "missing" && len(r.Warnings) == 0 {
			t.Error("nothing was said about missing pixels")
		}
		m.Rename("nir")
		if _, err := measure.Ships(m); err == nil {
			t.Errorf("%s: water was found", name)
		}
	}
}

func TestATrainAtTheEndOfTheLineIsALowerBound(t *testing.T) {
	line := track(1)
	at := func(f float64) orb.Point {
		return orb.Point{line[0][0] + f*(line[1][0]-line[0][0]), line[0][1] + f*(line[1][1]-line[0][1])}
	}
	r, err := measure.Trains(yardImage("2023-09-24"), orb.LineString{at(0), at(0.35)})
	if err != nil || len(r.Trains) != 1 || !r.Trains[0].Length.AtLeast || r.Trains[0].Length.Value > 225 {
		t.Errorf("%v %v", r, err)
	}
}

func TestRowsNameImageMethodAndVersion(t *testing.T) {
	r, err := measure.Trains(yardImage("2023-09-24"), track(1))
	if err != nil {
		t.Fatal(err)
	}
	cells := map[string]string{}
	for i, c := range measure.Columns() {
		cells[c] = r.Rows()[0].Cells()[i]
	}
	if cells["image"] != "simulated-yard-2023-09-24.tif" || cells["taken"] != "2023-09-24T02:00:00Z" || cells["method"] == "" || cells["version"] != measure.Version ||
		cells["status"] != "SIMULATED" || cells["length_qualifier"] != "about" {
		t.Errorf("%v", cells)
	}
	b := r.SimpleRender()
	if pic, ok := b["image/png"].([]byte); !ok || len(pic) < 500 || !strings.Contains(b["text/html"].(string), "<table") {
		t.Error("no picture or no table")
	} else if dir := os.Getenv("SIGHTLINE_LOOK"); dir != "" {
		if err := os.WriteFile(dir+"/trains.png", pic, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func ExampleTrains() {
	trains, err := measure.Trains(yardImage("2023-09-24"), track(1))
	if err != nil {
		log.Fatal(err)
	}
	show(trains)
	// Output:
	// simulated-yard-2023-09-24.tif: 1 train on 898 m of rail, 75 % of it empty
	// object  number  length_m  length_low_m  length_high_m
	//  train       1    225.62        224.89         226.36
	// SIMULATED image
}

func ExampleTrainsAlong() {
	trains, err := measure.TrainsAlong(context.Background(), yardImage("2023-10-06"), track(4), measure.Rail{MinLength: 50})
	if err != nil {
		log.Fatal(err)
	}
	for _, t := range trains.Trains {
		fmt.Println(t.Length)
	}
	look("", trains)
	// Output: 199.8 m (95 %: 199.1 to 200.5)
}

func ExampleAlong() {
	p, err := measure.Along(yardImage("2023-09-24"), track(1), 3)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%d samples, %.2f m apart, %d bands\n", len(p.Along), p.Along[1], len(p.Bands))
	look("", p)
	// Output: 1199 samples, 0.75 m apart, 4 bands
}

func ExampleProfile_Picture() {
	p, err := measure.Along(yardImage("2023-09-24"), track(1), 3)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(p, p.Picture().Bounds())
	look("", p.Picture())
	// Output:
	// profile of 898 m: 1199 samples, 4 bands, 3 m a pixel
	// SIMULATED image (0,0)-(1720,480)
}

func ExampleLength() {
	m := yardImage("2023-09-24")
	line := orb.LineString{{2.103057, 0.903816}, {2.105076, 0.903745}}
	length, err := measure.Length(m, line, measure.Marks{OffNadir: 20, Height: 4})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(length)
	_, picture, err := measure.LengthOn(m, line, measure.Marks{OffNadir: 20, Height: 4})
	if err != nil {
		log.Fatal(err)
	}
	look("", picture)
	// Output: 224.9 m (95 %: 219.8 to 229.9)
}

// A line along the wagons of one train, and where it stands.
func ExampleLengthOn() {
	length, picture, err := measure.LengthOn(yardImage("2023-09-24"), orb.LineString{{2.105651, 0.903454}, {2.106145, 0.903436}, {2.106638, 0.903419}}, measure.Marks{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(length)
	look("", picture)
	// Output: 109.9 m (95 %: 105.8 to 114.1)
}

func ExampleCargo() {
	cargo, err := measure.Cargo(yardImage("2023-09-28"), measure.Cover{Colour: "blue"})
	if err != nil {
		log.Fatal(err)
	}
	show(cargo)
	// Output:
	// simulated-yard-2023-09-28.tif: 736 m2 (95 %: 686 to 787) of blue cover in 2 patches on 264601 m2; -b* - |a*|/2 > 12.0, white 3398
	// object  number  area_m2  area_low_m2  area_high_m2  class
	//  cargo       1   371.31       330.55        412.07   blue
	//  cargo       2   365.08       348.93        381.22   blue
	// SIMULATED image
}

// There is no water in a rail yard, and the result says so.
func ExampleShips() {
	ships, err := measure.Ships(yardImage("2023-09-24"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(ships.Warnings[0])
	look("no water here, and what it was taken for", ships)
	// Output: what was taken for water is brighter in the near infrared than in green, which water is not: there may be no water here, and no ships
}

func ExampleRow_Sighting() {
	trains, err := measure.Trains(yardImage("2023-09-24"), track(1))
	if err != nil {
		log.Fatal(err)
	}
	s := trains.Rows()[0].Sighting("M-1", "L-2023-09-24")
	fmt.Println(s.ObjectType, s.Qty.Best, s.Len.Qualifier, s.Time.Start, s.Attributes)
	// Output: train 1 about 2023-09-24T02:00Z [SIMULATED]
}

func ExampleRow_Cells() {
	trains, err := measure.Trains(yardImage("2023-09-24"), track(1))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(trains.Rows()[0].Cells()[:11])
	// Output: [simulated-yard-2023-09-24.tif 2023-09-24T02:00:00Z train 1  2.104059 0.903781 225.62 224.89 226.36 about]
}

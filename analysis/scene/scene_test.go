package scene_test

import (
	"context"
	"encoding/json"
	"fmt"
	"image/png"
	"log"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/sightline-osint/sightline/analysis/change"
	"github.com/sightline-osint/sightline/analysis/geodesy"
	"github.com/sightline-osint/sightline/analysis/measure"
	"github.com/sightline-osint/sightline/analysis/raster"
	"github.com/sightline-osint/sightline/analysis/register"
	"github.com/sightline-osint/sightline/analysis/scene"
)

var day = time.Date(2023, 9, 24, 0, 0, 0, 0, time.UTC)

func TestEverythingIsMarkedSimulated(t *testing.T) {
	views, err := scene.BorderYard()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, v := range views {
		tif, truth, err := scene.Write(dir, v.Image, v.Truth)
		if err != nil {
			t.Fatal(err)
		}
		m, err := raster.Open(tif)
		if err != nil {
			t.Fatal(err)
		}
		if m.Tags["STATUS"] != "SIMULATED" || m.Taken != v.Image.Taken || m.Width != 300 || m.Height != 98 {
			t.Errorf("%v %v", m, m.Tags)
		}
		w := raster.Window{Row: 80, Width: 300, Height: 18}
		raw, err := m.ReadUint16(w, 0)
		if err != nil {
			t.Fatal(err)
		}
		ink := 0
		for _, v := range raw[0] {
			if v != 0 {
				ink++
			}
		}
		if p, err := m.Plane(w, 0); err != nil || p.Valid().Count() != 0 || ink < 150 || ink > 2000 {
			t.Errorf("%d pixels of the margin are written on, %d can be measured (%v)", ink, p.Valid().Count(), err)
		}
		m.Close()
		b, err := os.ReadFile(truth)
		if err != nil {
			t.Fatal(err)
		}
		var c struct {
			Status   string
			Features []struct{ Properties map[string]any }
		}
		if err := json.Unmarshal(b, &c); err != nil || c.Status != "SIMULATED" || c.Features[0].Properties["status"] != "SIMULATED" {
			t.Errorf("%v %s", err, b)
		}
	}
}

func TestTruthIsTrueOnTheGround(t *testing.T) {
	y := scene.Yard{Width: 600, Height: 100, Tracks: 1, Angle: 10, Trains: []scene.Train{{Start: -100, Length: 225}}}
	_, truth, err := y.Render(scene.Sensor{GSD: 2}, day)
	if err != nil {
		t.Fatal(err)
	}
	ring := truth.Objects[0].Outline[0]
	long := 0.0
	for i := 1; i < len(ring); i++ {
		d, err := geodesy.Distance(ring[i-1], ring[i])
		if err != nil {
			t.Fatal(err)
		}
		long = math.Max(long, d)
	}
	if math.Abs(long-225) > 0.01 {
		t.Errorf("the outline of a train of 225 m is %.4f m long", long)
	}
}

func TestASceneFollowsFromItsSeed(t *testing.T) {
	a, err := scene.BorderYard()
	if err != nil {
		t.Fatal(err)
	}
	b, err := scene.BorderYard()
	if err != nil {
		t.Fatal(err)
	}
	pa, _ := a[2].Image.Plane(a[2].Image.All(), 3)
	pb, _ := b[2].Image.Plane(b[2].Image.All(), 3)
	for i := range pa.Pix {
		if pa.Pix[i] != pb.Pix[i] && pa.Pix[i] == pa.Pix[i] {
			t.Fatal("two renderings differ")
		}
	}
}

func TestTheBorderYardIsMeasured(t *testing.T) {
	t.Parallel()
	views, err := scene.BorderYard()
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range views {
		shift := register.Translation(views[0].Image, v.Image)
		want := v.Shift
		if shift.Known && math.Hypot(shift.DX-want[0], shift.DY-want[1]) > 0.1 { // 100 m of yard that changes is little to go by
			t.Errorf("%v, truth %v", shift, want)
		}
		for k, tr := range v.Yard.Trains {
			rail, err := v.Yard.Rail(tr.Track)
			if err != nil {
				t.Fatal(err)
			}
			got, err := measure.Trains(v.Image, rail)
			if err != nil {
				t.Fatal(err)
			}
			if len(got.Trains) != 1 || math.Abs(got.Trains[0].Length.Value-tr.Length) > 1.5 || got.Trains[0].Length.Low() > tr.Length || got.Trains[0].Length.High() < tr.Length || !got.Trains[0].Simulated {
				t.Errorf("%s train %d of %v m: %v", v.Image.Name, k, tr.Length, got)
			}
		}
		for _, colour := range []scene.Colour{scene.Blue, scene.White} {
			stacks, wagons := 0.0, 0.0 // wagons are a pixel wide: what of them is seen depends on where the pixels fall
			for _, p := range v.Yard.Tarpaulins {
				if p.Colour == colour {
					stacks += p.Length * p.Width
				}
			}
			for _, tr := range v.Yard.Trains {
				if tr.Cargo[0] == colour {
					n := math.Round((tr.Length + 1) / 15)
					wagons += (tr.Length - n + 1) * 3
				}
			}
			got, err := measure.Cargo(v.Image, measure.Cover{Colour: string(colour), White: 7000})
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%s %s: stacks of %.0f and wagons of %.0f m2, %v", v.Image.Name, colour, stacks, wagons, got.Total)
			if got.Total.High() < stacks || got.Total.Low() > stacks+wagons {
				t.Errorf("%s %s: %.0f and %.0f m2 are there\n%v", v.Image.Name, colour, stacks, wagons, got)
			}
		}
	}
	s, err := change.Magnitude(views[0].Image, views[2].Image, change.Options{Normalise: change.ZScore})
	if err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("SIGHTLINE_LOOK"); dir != "" {
		f, _ := os.Create(filepath.Join(dir, "yard.png"))
		defer f.Close()
		if err := png.Encode(f, s.Picture()); err != nil {
			t.Fatal(err)
		}
	}
}

// port returns a stretch of open water with ships well apart.
func port(seed uint64, gsd float64) (scene.Port, scene.Sensor) {
	r := rand.New(rand.NewPCG(seed, 8))
	p := scene.Port{Seed: seed, Width: 3000, Height: 2400, Land: 0.25}
	for i := range 9 {
		length := 30 + 250*r.Float64()
		p.Ships = append(p.Ships, scene.Ship{X: 400 + float64(i%3)*1000 + 100*r.Float64(), Y: 1050 + float64(i/3)*480 + 40*r.Float64(), Length: length,
			Width: length / (5.5 + 1.5*r.Float64()), Heading: 360 * r.Float64(), Colour: []scene.Colour{scene.Grey, scene.White, scene.Brown}[r.IntN(3)]})
	}
	return p, scene.Sensor{GSD: gsd, Blur: 0.5, Noise: 0.004, Light: 0.8 + 0.4*r.Float64(), Haze: 0.1 * r.Float64(), Seed: seed}
}

func TestShipsOnOpenWater(t *testing.T) {
	t.Parallel()
	for _, gsd := range []float64{3, 10} {
		var found, truth, wrong, held int
		var bias, turn float64
		for seed := range uint64(12) {
			p, s := port(seed, gsd)
			m, tr, err := p.Render(s, day)
			if err != nil {
				t.Fatal(err)
			}
			fleet, err := measure.ShipsIn(context.Background(), m, measure.Vessels{Open: true})
			if err != nil {
				t.Fatal(err)
			}
			truth += len(tr.Objects)
			for _, ship := range fleet.Ships {
				col, row, err := m.Geo.Pixel(ship.Place)
				if err != nil {
					t.Fatal(err)
				}
				hit := -1
				for k, o := range tr.Objects {
					if math.Hypot(col*gsd-o.X, row*gsd-o.Y) < o.Length/2 {
						hit = k
					}
				}
				if hit < 0 {
					wrong++
					continue
				}
				found++
				o := tr.Objects[hit]
				bias += ship.Length.Value - o.Length
				if ship.Length.Low() <= o.Length && o.Length <= ship.Length.High() {
					held++
				}
				if o.Length > 100 {
					d := math.Abs(math.Mod(ship.Heading-p.Ships[hit].Heading+900, 180))
					turn = math.Max(turn, math.Min(d, 180-d))
				}
			}
		}
		recall, precision := float64(found)/float64(truth), float64(found)/float64(found+wrong)
		t.Logf("%v m: recall %.3f, precision %.3f, bias %.2f m, 95 %% holds %.3f, heading within %.1f degrees", gsd, recall, precision,
			bias/float64(found), float64(held)/float64(found), turn)
		if recall < 0.95 || precision < 0.9 || math.Abs(bias/float64(found)) > 0.5*gsd+3 || float64(held)/float64(found) < 0.85 || turn > 6 {
			t.Errorf("%v m a pixel", gsd)
		}
	}
}

func TestScenesThatCannotBeGiveErrors(t *testing.T) {
	ok := scene.Yard{Width: 100, Height: 100, Tracks: 1}
	for _, s := range []scene.Sensor{{}, {GSD: math.NaN()}, {GSD: 1, Blur: -1}, {GSD: 1, Clouds: 2}, {GSD: 50}} {
		if _, _, err := ok.Render(s, day); err == nil {
			t.Errorf("%+v was rendered", s)
		}
	}
	for _, y := range []scene.Yard{{}, {Width: 100, Height: 100}, {Width: 1e9, Height: 1e9, Tracks: 1}, {Width: 100, Height: 100, Tracks: 1, Trains: []scene.Train{{Track: 3, Length: 10}}},
		{Width: 100, Height: 100, Tracks: 1, Trains: []scene.Train{{Length: math.NaN()}}}} {
		if _, _, err := y.Render(scene.Sensor{GSD: 1}, day); err == nil {
			t.Errorf("%+v was rendered", y)
		}
	}
	if _, err := ok.Rail(1); err == nil {
		t.Error("a second track of one")
	}
}

func ExampleYard_Render() {
	yard := scene.Yard{Seed: 1, Width: 600, Height: 90, Tracks: 1, Trains: []scene.Train{{Start: -100, Length: 225}}}
	image, truth, err := yard.Render(scene.Sensor{GSD: 3, Blur: 0.5, Noise: 0.005}, time.Date(2023, 9, 24, 0, 0, 0, 0, time.UTC))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(image, image.Tags["STATUS"])
	look("", image)
	fmt.Println(truth.Objects[0].Kind, truth.Objects[0].Length)
	// Output:
	// simulated-yard-2023-09-24.tif: 200 x 48, 4 × uint16, EPSG:32631, 3.00 x 3.00 m, 2023-09-24 SIMULATED
	// train 225
}

func ExampleYard_Rail() {
	yard := scene.Yard{Seed: 1, Width: 600, Height: 90, Tracks: 1, Trains: []scene.Train{{Start: -100, Length: 225}}}
	image, _, err := yard.Render(scene.Sensor{GSD: 3, Blur: 0.5, Noise: 0.005}, time.Date(2023, 9, 24, 0, 0, 0, 0, time.UTC))
	if err != nil {
		log.Fatal(err)
	}
	rail, err := yard.Rail(0)
	if err != nil {
		log.Fatal(err)
	}
	trains, err := measure.Trains(image, rail)
	if err != nil {
		log.Fatal(err)
	}
	show(trains)
	// Output:
	// simulated-yard-2023-09-24.tif: 1 train on 599 m of rail, 61 % of it empty
	// object  number  length_m  length_low_m  length_high_m
	//  train       1    224.92        224.25         225.59
	// SIMULATED image
}

func ExamplePort_Render() {
	port := scene.Port{Seed: 1, Width: 2000, Height: 1500, Ships: []scene.Ship{{X: 1000, Y: 800, Length: 180, Heading: 30}}}
	image, _, err := port.Render(scene.Sensor{GSD: 10, Blur: 0.5, Noise: 0.004}, time.Date(2023, 9, 24, 0, 0, 0, 0, time.UTC))
	if err != nil {
		log.Fatal(err)
	}
	ships, err := measure.Ships(image)
	if err != nil {
		log.Fatal(err)
	}
	look("image", image)
	look("ships", ships)
	fmt.Println(ships)
	// Output:
	// simulated-port-2023-09-24.tif: 1 ship on 2.99 km2 of water
	// object  number  length_m  length_low_m  length_high_m  width_m  width_low_m  width_high_m  heading_deg  heading_within_deg                  class
	//   ship       1    182.66        157.23         201.83    26.48         7.72         37.79           30                   5  bulk or general cargo
	// SIMULATED image
}

func ExampleBorderYard() {
	views, err := scene.BorderYard()
	if err != nil {
		log.Fatal(err)
	}
	for _, v := range views {
		day := v.Image.Taken.Format("2006-01-02")
		fmt.Println(day, len(v.Yard.Trains), "trains")
		look(day, v.Image)
	}
	// Output:
	// 2023-09-24 3 trains
	// 2023-09-28 1 trains
	// 2023-10-06 5 trains
}

func ExamplePower() {
	power, err := scene.Power(context.Background(), scene.PowerOptions{Length: 60, GSD: []float64{3, 10, 30}, Scenes: 8})
	if err != nil {
		log.Fatal(err)
	}
	show(power)
	// Output:
	// SIMULATED: a train of 60 m, measured along its track
	//   m/px  scenes  detected          bias m  RMSE m  95 % holds
	//      3       8  1.00 (0.68-1.00)    0.19    0.24       1.000
	//     10       8  1.00 (0.68-1.00)    1.11    1.85       1.000
	//     30       8  0.25 (0.07-0.59)   11.35   11.66       1.000
}

func ExampleWrite() {
	views, err := scene.BorderYard()
	if err != nil {
		log.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "scene")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	tif, truth, err := scene.Write(dir, views[0].Image, views[0].Truth)
	fmt.Println(filepath.Base(tif), filepath.Base(truth), err)
	// Output: simulated-yard-2023-09-24.tif simulated-yard-2023-09-24.truth.geojson <nil>
}

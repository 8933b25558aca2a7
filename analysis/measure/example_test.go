package measure_test

import (
	"context"
	"fmt"
	"log"

	"github.com/paulmach/orb"

	"github.com/sightline-osint/sightline/analysis/internal/golden"
	"github.com/sightline-osint/sightline/analysis/measure"
	"github.com/sightline-osint/sightline/analysis/raster"
)

// seen is what the last example showed, for the gallery.
var seen []golden.View

// look shows a value as a cell does that ends with it.
func look(caption string, value any) {
	seen = append(seen, golden.Look(caption, value))
}

func show(result fmt.Stringer) {
	look("", result)
	fmt.Println(result)
}

func ExampleColumns() {
	fmt.Println(measure.Columns()[:6])
	// Output: [image taken object number track lon]
}

// Bounds of the interval that holds the truth in 95 of 100 cases.
func ExampleEstimate_Low() {
	trains, err := measure.Trains(yardImage("2023-09-24"), track(1))
	if err != nil {
		log.Fatal(err)
	}
	length := trains.Trains[0].Length
	fmt.Printf("%.1f to %.1f m\n", length.Low(), length.High())
	// Output: 224.9 to 226.4 m
}

// White stacks, and white wagons, in a part of the yard.
func ExampleCargoIn() {
	part := orb.Polygon{{{2.1000, 0.9030}, {2.1040, 0.9030}, {2.1040, 0.9045}, {2.1000, 0.9045}, {2.1000, 0.9030}}}
	cargo, err := measure.CargoIn(context.Background(), yardImage("2023-09-24"), measure.Cover{Colour: "white", Within: part})
	if err != nil {
		log.Fatal(err)
	}
	show(cargo)
	// Output:
	// simulated-yard-2023-09-24.tif: 718 m2 (95 %: 636 to 800) of white cover in 2 patches on 51408 m2; L* - 2C* > 80.0, white 6071
	// object  number  area_m2  area_low_m2  area_high_m2  class
	//  cargo       1   451.55       392.84        510.26  white
	//  cargo       2   266.39       230.94        301.85  white
	// SIMULATED image
}

// A picture is a profile of the rail, or the image with what was found outlined.
func ExampleReading_Picture() {
	trains, err := measure.Trains(yardImage("2023-09-24"), track(1))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(trains.Picture().Bounds())
	look("", trains.Picture())
	// Output: (0,0)-(1720,380)
}

// oneShip is a bright rectangle of 120 by 18 m on dark water.
func oneShip() *raster.Image {
	water := raster.NewPlane(200, 150)
	for i := range water.Pix {
		col, row := i%water.Width, i/water.Width
		water.Pix[i] = 300 + float32(uint32(i)*2654435761>>24)/20
		if col >= 80 && col < 120 && row >= 70 && row < 76 {
			water.Pix[i] = 1500
		}
	}
	m, err := raster.FromPlanes(water)
	if err != nil {
		log.Fatal(err)
	}
	m.Rename("nir")
	m.Geo = raster.Geo{Transform: raster.NorthUp(630000, 4696000, 3, 3), CRS: raster.UTM(52, false)}
	return m
}

// A bright rectangle of 120 by 18 m on dark water.
func ExampleShipsIn() {
	ships, err := measure.ShipsIn(context.Background(), oneShip(), measure.Vessels{Open: true, MinLength: 50})
	if err != nil {
		log.Fatal(err)
	}
	show(ships)
	// Output:
	// memory: 1 ship on 0.27 km2 of water
	// object  number  length_m  length_low_m  length_high_m  width_m  width_low_m  width_high_m  heading_deg  heading_within_deg                  class
	//   ship       1    127.02        112.58         139.63    16.71        10.35         21.20           91                   2  bulk or general cargo
}

// The image with the outlines and the numbers of its ships, to be saved or drawn on.
func ExampleFleet_Picture() {
	ships, err := measure.ShipsIn(context.Background(), oneShip(), measure.Vessels{Open: true, MinLength: 50})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(ships.Picture().Bounds())
	look("", ships.Picture())
	// Output: (0,0)-(1648,1352)
}

// The image with the outlines and the numbers of the patches.
func ExampleYardful_Picture() {
	cargo, err := measure.Cargo(yardImage("2023-09-28"), measure.Cover{Colour: "blue"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(cargo.Picture().Bounds())
	look("", cargo.Picture())
	// Output: (0,0)-(1248,544)
}

package scene_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"github.com/sightline-osint/sightline/analysis/internal/golden"
	"github.com/sightline-osint/sightline/analysis/measure"
	"github.com/sightline-osint/sightline/analysis/scene"
)

// lately is what the last example showed, for the gallery.
var lately []golden.View

// look shows a value as a cell does that ends with it.
func look(caption string, value any) {
	lately = append(lately, golden.Look(caption, value))
}

func show(result fmt.Stringer) {
	look("", result)
	fmt.Println(result)
}

// The truth of a scene, as a layer for a map.
func ExampleTruth_GeoJSON() {
	yard := scene.Yard{Seed: 1, Width: 600, Height: 90, Tracks: 1, Trains: []scene.Train{{Start: -100, Length: 225}}}
	_, truth, err := yard.Render(scene.Sensor{GSD: 3}, time.Date(2023, 9, 24, 0, 0, 0, 0, time.UTC))
	if err != nil {
		log.Fatal(err)
	}
	train := truth.GeoJSON().Features[0]
	fmt.Println(train.Properties["kind"], train.Properties["length_m"], train.Properties["status"])
	// Output: train 225 SIMULATED
}

// Ships that are seen on open water only, where a port's quays are of no interest.
func ExamplePort() {
	port := scene.Port{Seed: 3, Width: 2000, Height: 1500, Ships: []scene.Ship{
		{X: 600, Y: 800, Length: 180, Heading: 30}, {X: 1300, Y: 1000, Length: 90, Heading: 100}}}
	image, _, err := port.Render(scene.Sensor{GSD: 8, Blur: 0.5, Noise: 0.004}, time.Date(2023, 9, 24, 0, 0, 0, 0, time.UTC))
	if err != nil {
		log.Fatal(err)
	}
	ships, err := measure.ShipsIn(context.Background(), image, measure.Vessels{Open: true})
	if err != nil {
		log.Fatal(err)
	}
	show(ships)
	// Output:
	// simulated-port-2023-09-24.tif: 2 ships on 3.00 km2 of water
	// object  number  length_m  length_low_m  length_high_m  width_m  width_low_m  width_high_m  heading_deg  heading_within_deg                  class
	//   ship       1    180.28        157.00         198.78    27.38        11.97         37.07           30                   4  bulk or general cargo
	//   ship       2     90.09         76.36         100.49    14.70         0.01         23.23          100                   7                coaster
	// SIMULATED image
}

func ExamplePowerTable_Picture() {
	power := scene.PowerTable{Length: 60, Rows: []scene.PowerRow{
		{GSD: 3, Scenes: 100, Detected: 1, Low: 0.96, High: 1, Bias: 0.2, RMSE: 0.3, Covered: 0.97},
		{GSD: 30, Scenes: 100, Detected: 0.25, Low: 0.17, High: 0.35, Bias: 9.8, RMSE: 10.6, Covered: 0.96}}}
	fmt.Println(power.Picture().Bounds())
	look("", power.Picture())
	// Output: (0,0)-(1280,500)
}

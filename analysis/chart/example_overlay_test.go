package chart_test

import (
	"image"
	"image/color"
	"math"

	"github.com/sightline-osint/sightline/analysis/chart"
)

// Two measured outlines over a picture, with scale and north. The picture is made up.
func ExampleOverlay() {
	picture := image.NewGray(image.Rect(0, 0, 300, 150))
	for y := range 150 {
		for x := range 300 {
			picture.SetGray(x, y, color.Gray{Y: uint8(120 + 30*math.Sin(float64(x)/9)*math.Cos(float64(y)/7))})
		}
	}
	shapes := []chart.Shape{
		{Label: "225 m", Kind: "train", Corners: [][2]float64{{40, 60}, {190, 52}, {190.3, 57}, {40.3, 65}}},
		{Label: "40 m²", Kind: "cargo", Corners: [][2]float64{{220, 100}, {232, 100}, {232, 108}, {220, 108}}},
	}
	show(chart.Overlay(picture, 1.5, shapes, chart.North(12), chart.Title("A train and a stack of cargo (made-up picture)")))
	// Output:
	// A train and a stack of cargo (made-up picture)
	// label  kind   column  row
	// 225 m  train  115.2   58.5
	// 40 m²  cargo  226     104
}

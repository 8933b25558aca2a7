package raster_test

import (
	"bytes"
	"image/color"
	"image/png"
	"math"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// TestAnImageShowsItself: the picture has the colours of the bands by name, missing pixels pale, and simulated ones their word.
func TestAnImageShowsItself(t *testing.T) {
	nan := float32(math.NaN())
	m, err := raster.New(2, 2, []float32{0, 0, 9, nan}, []float32{5, 5, 5, 5}, []float32{0, 8, 8, 0})
	if err != nil {
		t.Fatal(err)
	}
	m.Name, m.Warnings = "a&b.tif", []string{"odd"}
	m.Rename("blue", "green", "red")
	bundle := m.SimpleRender()
	pic, err := png.Decode(bytes.NewReader(bundle["image/png"].([]byte)))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []color.NRGBA{{0, 128, 0, 255}, {255, 128, 0, 255}, {255, 128, 255, 255}, {0, 128, 225, 255}} {
		if got := color.NRGBAModel.Convert(pic.At(24*(i%2)+5, 24*(i/2)+19)); got != want { // 24 times as large
			t.Errorf("pixel %d is %v, not %v", i, got, want)
		}
	}
	if text := bundle["text/plain"].(string); !strings.Contains(text, "bands: blue, green, red; date not known") || !strings.Contains(text, "warning: odd") {
		t.Error(text)
	}
	if page := bundle["text/html"].(string); !strings.Contains(page, "a&amp;b.tif") || !strings.Contains(page, `width="48"`) {
		t.Error(page)
	}

	m.Tags = map[string]string{"STATUS": "SIMULATED"}
	bundle = m.SimpleRender()
	if bundle["image/png"] != nil || !strings.Contains(bundle["text/html"].(string), "SIMULATED image") {
		t.Error("a simulated image without a legend is shown without its word")
	}
	m.Measured = raster.Window{Width: 2, Height: 1}
	if pic, err = png.Decode(bytes.NewReader(m.SimpleRender()["image/png"].([]byte))); err != nil {
		t.Fatal(err)
	}
	if got := color.NRGBAModel.Convert(pic.At(5, 30)); got != (color.NRGBA{40, 44, 50, 255}) {
		t.Errorf("the legend of a simulated image is shown as %v", got)
	}

	flat, err := raster.New(3, 1, []uint8{7, 7, 7})
	if err != nil {
		t.Fatal(err)
	}
	if flat.SimpleRender()["image/png"] == nil {
		t.Error("an image of one value has no picture")
	}
	large, err := raster.New(1<<14, 1<<13, make([]uint8, 1<<27))
	if err != nil {
		t.Fatal(err)
	}
	if text := large.SimpleRender()["text/plain"].(string); !strings.Contains(text, "no picture: 16384 x 8192 pixels without overviews") {
		t.Error(text)
	}
}

// Planes and masks show themselves: missing samples are pale, marks blue, and those of a thinned mask stay visible.
func TestPlanesAndMasksShowThemselves(t *testing.T) {
	at := func(bundle map[string]any, x, y int) color.Color {
		t.Helper()
		pic, err := png.Decode(bytes.NewReader(bundle["image/png"].([]byte)))
		if err != nil {
			t.Fatal(err)
		}
		return color.NRGBAModel.Convert(pic.At(x, y))
	}
	nan := float32(math.NaN())
	p := raster.Plane{Width: 3, Height: 1, Pix: []float32{1, nan, 3}}
	b := p.SimpleRender()
	if at(b, 0, 0) != (color.NRGBA{0, 0, 0, 255}) || at(b, 30, 0) != (color.NRGBA{225, 225, 225, 255}) || at(b, 71, 23) != (color.NRGBA{255, 255, 255, 255}) {
		t.Error(at(b, 0, 0), at(b, 30, 0), at(b, 71, 23))
	}
	if b["text/plain"] != "3 x 1, 1 to 3, 1 missing" {
		t.Error(b["text/plain"])
	}
	m := raster.NewMask(9600, 20)
	m.Set(15, 3, true)
	b = m.SimpleRender()
	if at(b, 1, 0) == at(b, 2, 0) || b["text/plain"] != "1 of 9600 x 20 pixels marked" {
		t.Error("a marked pixel is not seen", at(b, 1, 0), b["text/plain"])
	}
	if wide := raster.NewPlane(100000, 2).SimpleRender(); wide["image/png"] == nil {
		t.Error("a long plane has no picture")
	}
	for _, odd := range []map[string]any{
		raster.Plane{}.SimpleRender(), raster.Plane{Width: 1 << 40, Height: 1 << 40}.SimpleRender(), raster.Plane{Width: -1, Height: 5, Pix: []float32{1}}.SimpleRender(),
		raster.Mask{}.SimpleRender(), raster.Mask{Width: 9, Height: 9, Bits: []uint8{1}}.SimpleRender(),
	} {
		if odd["image/png"] != nil || odd["text/plain"] == "" {
			t.Errorf("%v", odd)
		}
	}
	if all := (raster.Plane{Width: 2, Height: 1, Pix: []float32{nan, nan}}).SimpleRender(); all["text/plain"] != "2 x 1, all missing" || all["image/png"] == nil {
		t.Error(all["text/plain"])
	}
}

// Planes and masks made by hand may have fewer samples than pixels: nothing is reserved for what they claim, and they give
// empty ones.
func TestPlanesAndMasksThatLackSamplesAreEmpty(t *testing.T) {
	for _, size := range [][2]int{{5, 5}, {math.MaxInt, 100}, {1 << 33, 1 << 33}, {-1, 5}, {5, -1}, {0, 0}} {
		p := raster.Plane{Width: size[0], Height: size[1], Pix: []float32{1, 2}}
		m := raster.Mask{Width: size[0], Height: size[1], Bits: []uint8{1, 1}}
		if c := p.Crop(raster.Window{Width: 3, Height: 3}); len(c.Pix) != 0 {
			t.Errorf("%v: a part of %v", size, c)
		}
		if v := p.At(3, 3); v == v {
			t.Errorf("%v: sample %v", size, v)
		}
		m.Set(3, 3, true)
		if m.At(3, 3) || len(p.Valid().Bits) != 0 || len(m.Not().Bits) != 0 || len(m.And(m).Bits) != 0 || len(m.Or(raster.NewMask(2, 2)).Bits) != 0 {
			t.Errorf("%v: marks where there is none", size)
		}
	}
}

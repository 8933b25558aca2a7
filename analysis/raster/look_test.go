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
		if got := color.NRGBAModel.Convert(pic.At(i%2, i/2)); got != want {
			t.Errorf("pixel %d is %v, not %v", i, got, want)
		}
	}
	if text := bundle["text/plain"].(string); !strings.Contains(text, "bands: blue, green, red; date not known") || !strings.Contains(text, "warning: odd") {
		t.Error(text)
	}
	if page := bundle["text/html"].(string); !strings.Contains(page, "a&amp;b.tif") || !strings.Contains(page, `width="8"`) {
		t.Error(page)
	}

	m.Tags = map[string]string{"STATUS": "SIMULATED"}
	bundle = m.SimpleRender()
	if bundle["image/png"] != nil || !strings.Contains(bundle["text/html"].(string), "SIMULATED image") {
		t.Error("a simulated image is shown without its word")
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

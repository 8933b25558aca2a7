package raster_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/raster"
)

func TestPixelsUnderAMaskAreMissing(t *testing.T) {
	for _, name := range []string{"inside", "beside", "alpha"} {
		m, err := raster.Open("testdata/masked/" + name + ".tif")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { m.Close() })
		if !m.Masked() {
			t.Errorf("%s: not masked", name)
		}
		for _, w := range []raster.Window{m.All(), {Col: 9, Row: 5, Width: 20, Height: 11}} {
			planes, err := m.Read(w, m.DataBands()...)
			if err != nil {
				t.Fatal(err)
			}
			for b, p := range planes {
				for i, v := range p.Pix {
					if hidden := (w.Col+i%w.Width+w.Row+i/w.Width)%3 == 0; hidden != (v != v) {
						t.Fatalf("%s: band %d, sample %d of %v: %v", name, b, i, w, v)
					}
				}
			}
		}
		if name == "inside" && len(m.Overviews()) != 1 {
			t.Errorf("%d overviews", len(m.Overviews()))
		}
		for _, o := range m.Overviews() {
			p, err := o.Plane(o.All(), 0)
			if err != nil || !o.Masked() || p.Valid().Count() == 0 || p.Valid().Count() == len(p.Pix) {
				t.Errorf("%s: overview of %d x %d: %d pixels %v", name, o.Width, o.Height, p.Valid().Count(), err)
			}
		}
	}
	// four bands of 8 bits, made a COG by GDAL 3.6: ExtraSamples says alpha, GDAL_METADATA that it is none
	four, err := raster.Open("testdata/masked/cog-no-alpha.tif")
	if err != nil {
		t.Fatal(err)
	}
	defer four.Close()
	if four.Masked() || len(four.DataBands()) != 4 || four.Band("red") != -1 || len(four.Warnings) != 0 {
		t.Errorf("%v %v", four.Bands, four.Warnings)
	}
	rgba, err := raster.Open("testdata/masked/alpha.tif")
	if err != nil {
		t.Fatal(err)
	}
	defer rgba.Close()
	if rgba.Band("red") != 0 || rgba.Band("blue") != 2 || rgba.Band("alpha") != 3 || len(rgba.DataBands()) != 3 || len(rgba.Warnings) != 1 {
		t.Errorf("%v %v", rgba.Bands, rgba.Warnings)
	}
	rgba.Rename("red", "green", "blue", "nir") // it shows something after all
	p, err := rgba.Plane(rgba.All(), 0)
	if err != nil || rgba.Masked() || p.Valid().Count() != len(p.Pix) {
		t.Errorf("%d of %d pixels, %v", p.Valid().Count(), len(p.Pix), err)
	}
}

func TestMasksSurviveWriting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "copy.tif")
	m, err := raster.Open("testdata/masked/inside.tif")
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	if err := raster.Write(path, m, raster.WriteOptions{}); err == nil || !strings.Contains(err.Error(), "NoData") {
		t.Errorf("a mask was lost: %v", err)
	}
	m.NoData = 65535
	if err := raster.Write(path, m, raster.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	back, err := raster.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer back.Close()
	want, _ := m.Plane(m.All(), 1)
	got, err := back.Plane(back.All(), 1)
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range want.Pix {
		if v != got.Pix[i] && (v == v || got.Pix[i] == got.Pix[i]) {
			t.Fatalf("%d: %v, not %v", i, got.Pix[i], v)
		}
	}
	if fine, _ := back.Plane(back.All(), 0); math.IsNaN(float64(fine.At(1, 0))) || !math.IsNaN(float64(fine.At(0, 0))) {
		t.Error("the mask lies elsewhere")
	}
}

func TestTransparentPixelsOfAPictureAreMissing(t *testing.T) {
	pic := image.NewNRGBA(image.Rect(0, 0, 3, 1))
	pic.Set(0, 0, color.NRGBA{200, 100, 50, 255})
	pic.Set(1, 0, color.NRGBA{200, 100, 50, 0})
	var b bytes.Buffer
	if err := png.Encode(&b, pic); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.png")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	m, err := raster.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	p, err := m.Plane(m.All(), m.Band("red"))
	if err != nil || p.Pix[0] != 200 || p.Pix[1] == p.Pix[1] || p.Pix[2] == p.Pix[2] {
		t.Errorf("%v %v", p.Pix, err)
	}
}

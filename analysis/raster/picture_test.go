package raster_test

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/sightline-osint/sightline/analysis/raster"
)

func TestColoursAreNotMultipliedByAlpha(t *testing.T) {
	dir := t.TempDir()
	p8, p16 := image.NewNRGBA(image.Rect(0, 0, 256, 3)), image.NewNRGBA64(image.Rect(0, 0, 256, 3))
	for i := range 256 * 3 {
		v := uint8(i)
		p8.SetNRGBA(i%256, i/256, color.NRGBA{v, 255 - v, 7, v/3 + 1})
		p16.SetNRGBA64(i%256, i/256, color.NRGBA64{uint16(i) * 77, 3, uint16(i), uint16(i) + 1})
	}
	for name, pic := range map[string]image.Image{"p8.png": p8, "p16.png": p16, "part.png": p8.SubImage(image.Rect(5, 1, 250, 3))} {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := png.Encode(f, pic); err != nil {
			t.Fatal(err)
		}
		f.Close()
		m, err := raster.Open(f.Name())
		if err != nil {
			t.Fatal(err)
		}
		n := m.Width * m.Height
		dst := []any{make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)}
		if err := m.ReadInto(m.All(), []int{0, 1, 2, 3}, dst); err != nil {
			t.Fatal(err)
		}
		for i := range n {
			x, y := pic.Bounds().Min.X+i%m.Width, pic.Bounds().Min.Y+i/m.Width
			var want [4]float64
			switch p := pic.(type) {
			case *image.NRGBA:
				c := p.NRGBAAt(x, y)
				want = [4]float64{float64(c.R), float64(c.G), float64(c.B), float64(c.A)}
			case *image.NRGBA64:
				c := p.NRGBA64At(x, y)
				want = [4]float64{float64(c.R), float64(c.G), float64(c.B), float64(c.A)}
			}
			for k := range dst {
				if got := dst[k].([]float64)[i]; got != want[k] {
					t.Fatalf("%s, pixel %d, band %d: %v, not %v", name, i, k+1, got, want[k])
				}
			}
		}
	}
}

func TestWorldFilesPlacePicturesAndTIFFs(t *testing.T) {
	dir := t.TempDir()
	m, err := raster.New(4, 3, make([]uint8, 12))
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string) string {
		file := filepath.Join(dir, name)
		if filepath.Ext(name) == ".tif" {
			err = raster.Write(file, m, raster.WriteOptions{})
		} else {
			var f *os.File
			if f, err = os.Create(file); err == nil {
				err = png.Encode(f, image.NewGray(image.Rect(0, 0, 4, 3)))
				f.Close()
			}
		}
		if err != nil {
			t.Fatal(err)
		}
		return file
	}
	for file, world := range map[string]string{"a.tif": "a.tfw", "b.tif": "b.tifw", "c.tif": "c.wld", "d.png": "d.pgw", "e.PNG": "e.PGW", "f.png": "f.WLD", "g.tif": "g.TFW"} {
		if err := os.WriteFile(filepath.Join(dir, world), []byte("10\r\n0\r\n0\r\n-10\r\n500005\r\n3999995\r\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		m, err := raster.Open(write(file))
		if err != nil {
			t.Fatal(err)
		}
		if x, y := m.Geo.Transform.Map(0, 0); x != 500000 || y != 4000000 || len(m.Warnings) != 1 {
			t.Errorf("%s lies at %v %v: %v", file, x, y, m.Warnings)
		}
		m.Close()
	}
	m.Geo.Transform = raster.NorthUp(7, 8, 1, 1)
	m.Geo.CRS = raster.UTM(52, false)
	placed, err := raster.Open(write("a.tif")) // the file's own tags go before the world file
	if err != nil {
		t.Fatal(err)
	}
	defer placed.Close()
	if x, y := placed.Geo.Transform.Map(0, 0); x != 7 || y != 8 {
		t.Errorf("at %v %v", x, y)
	}
}

package raster_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"log"
	"os"
	"path/filepath"

	"github.com/sightline-osint/sightline/analysis/internal/golden"
	"github.com/sightline-osint/sightline/analysis/raster"
)

// yard returns a small image in memory: two bands of 4 x 3 pixels of ten metres near the mouth of the Tumen.
func yard() *raster.Image {
	m, err := raster.New(4, 3,
		[]uint16{10, 20, 30, 40, 11, 21, 31, 41, 12, 22, 32, 0},
		[]uint16{50, 60, 70, 80, 51, 61, 71, 81, 52, 62, 72, 0})
	if err != nil {
		log.Fatal(err)
	}
	m.Name, m.NoData = "yard", 0
	m.Geo = raster.Geo{Transform: raster.NorthUp(630000, 4696000, 10, 10), CRS: raster.UTM(52, false)}
	m.Rename("red", "nir")
	return m
}

// seen is what the last example showed, for the gallery.
var seen []golden.View

// look shows a value as a cell does that ends with it.
func look(caption string, value any) {
	seen = append(seen, golden.Look(caption, value))
}

// simulated is the SIMULATED yard of 300 x 80 pixels in datasets.
func simulated() *raster.Image {
	m, err := raster.Open("../../datasets/simulated-yard/simulated-yard-2023-09-28.tif")
	if err != nil {
		log.Fatal(err)
	}
	return m
}

// trains is a part of it.
var trains = raster.Window{Col: 110, Row: 10, Width: 80, Height: 44}

func ExampleNew() {
	m, err := raster.New(2, 2, []uint8{1, 2, 3, 4})
	fmt.Println(m, err)
	look("", m)
	_, err = raster.New(2, 2, []uint8{1, 2, 3})
	fmt.Println(err)
	// Output:
	// memory: 2 x 2, 1 × uint8, none <nil>
	// raster: band 1 is []uint8 with 3 samples: 4 of type uint8 were expected
}

func ExampleFromPlanes() {
	p := raster.NewPlane(2, 1)
	p.Pix[1] = 7.5
	m, err := raster.FromPlanes(p)
	fmt.Println(m, err)
	look("", m)
	// Output: memory: 2 x 1, 1 × float32, none <nil>
}

func ExampleFromPicture() {
	pic := image.NewGray(image.Rect(0, 0, 2, 1))
	pic.SetGray(1, 0, color.Gray{200})
	m, err := raster.FromPicture(pic)
	if err != nil {
		log.Fatal(err)
	}
	look("", m)
	p, err := m.Plane(m.All(), m.Band("grey"))
	fmt.Println(p.Pix, err)
	// Output: [0 200] <nil>
}

func ExampleDecode() {
	b, err := os.ReadFile("testdata/uint8-none-strips.tif")
	if err != nil {
		log.Fatal(err)
	}
	m, err := raster.Decode("from memory", bytes.NewReader(b), int64(len(b)))
	fmt.Println(m, err)
	look("", m)
	_, err = raster.Decode("half.tif", bytes.NewReader(b[:20]), 20)
	fmt.Println(err)
	// Output:
	// from memory: 37 x 29, 1 × uint8, EPSG:32652, 3.00 x 3.00 m <nil>
	// raster: half.tif: bytes 10 to 194 lie outside of the file, which has 20
}

func ExampleStack() {
	dir, err := os.MkdirTemp("", "raster")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	var files []string
	for i, band := range []string{"B04", "B08"} {
		m, err := raster.New(1, 2, []uint16{uint16(100 * i), 7})
		if err != nil {
			log.Fatal(err)
		}
		files = append(files, filepath.Join(dir, "T52TCL_20231006T020659_"+band+".tif"))
		if err := raster.Write(files[i], m, raster.WriteOptions{}); err != nil {
			log.Fatal(err)
		}
	}
	m, err := raster.Stack(files...)
	if err != nil {
		log.Fatal(err)
	}
	defer m.Close()
	look("", m)
	fmt.Println(m.Sensor, m.Taken.Format("2006-01-02"), m.Band("red"), m.Band("nir"))
	// Output: Sentinel-2 2023-10-06 0 1
}

func ExampleCreate() {
	dir, err := os.MkdirTemp("", "raster")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "rows.tif")
	w, err := raster.Create(path, raster.Header{Width: 3, Height: 2, Kind: raster.Int16, Bands: make([]raster.Band, 1)}, raster.WriteOptions{})
	if err != nil {
		log.Fatal(err)
	}
	defer w.Abort() // does nothing after Close
	for row := range int16(2) {
		if err := w.WriteRows([]int16{row, row + 1, row + 2}); err != nil {
			log.Fatal(err)
		}
	}
	fmt.Println(w.Close())
	_, err = os.Stat(path)
	fmt.Println(err)
	// Output:
	// <nil>
	// <nil>
}

func ExampleImage_Read() {
	m := yard()
	planes, err := m.Read(raster.Window{Col: 2, Row: 1, Width: 2, Height: 2})
	fmt.Println(planes[0].Pix, planes[1].Pix, err)
	look("red", planes[0])
	look("nir", planes[1])
	_, err = m.Read(raster.Window{Col: 3, Width: 2, Height: 1})
	fmt.Println(err)
	// Output:
	// [31 41 32 NaN] [71 81 72 NaN] <nil>
	// raster: yard: columns 3-4, rows 0-0: the image has 4 columns and 3 rows
}

func ExampleImage_ReadUint16() {
	m := yard()
	bands, err := m.ReadUint16(m.All(), m.Band("nir"))
	fmt.Println(bands[0], err)
	// Output: [50 60 70 80 51 61 71 81 52 62 72 0] <nil>
}

func ExampleImage_ReadInto() {
	m := yard()
	red := make([]float64, 12)
	err := m.ReadInto(m.All(), []int{0}, []any{red})
	fmt.Println(red[10], red[11], err)
	// Output: 32 NaN <nil>
}

func ExampleImage_Plane() {
	m := yard()
	p, err := m.Plane(m.All(), 0)
	fmt.Println(p.At(0, 2), p.At(3, 2), p.At(9, 9), err)
	look("a plane of 4 x 3 pixels, one missing", p)
	if p, err = simulated().Plane(trains, 3); err != nil {
		log.Fatal(err)
	}
	look("near infrared of a part of a yard, SIMULATED", p)
	// Output: 12 NaN NaN <nil>
}

func ExampleImage_Reduce() {
	m := yard()
	p, err := m.Reduce(context.Background(), 2, 2, 0)
	fmt.Println(p[0].Width, p[0].Height, p[0].Pix, err)
	if p, err = simulated().Reduce(context.Background(), 75, 75, 2); err != nil {
		log.Fatal(err)
	}
	look("a yard at a quarter of its size, SIMULATED", p[0])
	// Output:
	// 2 1 [16 34.8] <nil>
}

func ExampleImage_Fit() {
	m, err := raster.Open("testdata/uint16-overviews.tif")
	if err != nil {
		log.Fatal(err)
	}
	defer m.Close()
	for _, o := range m.Overviews() {
		fmt.Print(o.Width, " ")
	}
	fmt.Println(m.Fit(40).Width)
	look("the image", m)
	look("its overview for 40 columns", m.Fit(40))
	// Output: 50 25 50
}

func ExampleImage_Block() {
	m, err := raster.Open("testdata/uint16-deflate-tiles.tif")
	if err != nil {
		log.Fatal(err)
	}
	defer m.Close()
	fmt.Println(m.Block())
	// Output: 16 16
}

func ExampleImage_Packed() {
	m, err := raster.Open("testdata/uint16-deflate-tiles.tif")
	if err != nil {
		log.Fatal(err)
	}
	defer m.Close()
	fmt.Println("deflated tiles:", m.Packed(), "in memory:", yard().Packed())
	// Output: deflated tiles: true in memory: false
}

func ExampleImage_Band() {
	m := yard()
	fmt.Println(m.Band("nir"), m.Band("swir2"))
	// Output: 1 -1
}

func ExampleImage_Masked() {
	m, err := raster.Open("testdata/masked/alpha.tif")
	if err != nil {
		log.Fatal(err)
	}
	defer m.Close()
	p, err := m.Plane(raster.Window{Width: 4, Height: 1}, 0)
	look("", m)
	fmt.Println(m.Masked(), m.DataBands(), p.Pix, m.Simulated(), err)
	// Output: true [0 1 2] [NaN 7 14 NaN] false <nil>
}

func ExamplePlane_Crop() {
	p := raster.Plane{Width: 3, Height: 2, Pix: []float32{1, 2, 3, 4, 5, 6}}
	part := p.Crop(raster.Window{Col: 1, Row: 1, Width: 9, Height: 1})
	fmt.Println(part.Pix, p.Row(0), part.Empty())
	look("plane", p)
	look("its part", part)
	// Output: [5 6] [1 2 3] false
}

func ExamplePlane_MaskOut() {
	p := raster.Plane{Width: 3, Height: 1, Pix: []float32{1, 2, 3}}
	clouds := raster.NewMask(3, 1)
	clouds.Set(1, 0, true)
	clear := p.MaskOut(clouds)
	low, high, n := clear.Range()
	fmt.Println(clear.Pix, low, high, n, clear.Valid().Bits, clouds.Empty())
	look("plane", p)
	look("what is masked", clouds)
	look("what is left", clear)
	look("its mask", clear.Valid())
	// Output: [1 NaN 3] 1 3 2 [1 0 1] false
}

func ExampleNewPlane() {
	p := raster.NewPlane(2, 2)
	fmt.Println(p.Width, p.Height, p.Pix)
	look("", p)
	// Output: 2 2 [0 0 0 0]
}

func ExampleNewMask() {
	a, b := raster.NewMask(3, 1), raster.NewMask(3, 1)
	a.Set(0, 0, true)
	a.Set(1, 0, true)
	b.Set(1, 0, true)
	look("a", a)
	look("b", b)
	look("a and b", a.And(b))
	look("a or b", a.Or(b))
	look("not b", b.Not())
	fmt.Println(a.And(b).Bits, a.Or(b).Bits, b.Not().Bits, a.Count(), a.At(2, 0))
	// Output: [0 1 0] [1 1 0] [1 0 1] 2 false
}

func ExampleWindow_Intersect() {
	a, b := raster.Window{Width: 10, Height: 10}, raster.Window{Col: 6, Row: 8, Width: 10, Height: 10}
	both := a.Intersect(b)
	fmt.Println(both, both.Pixels(), a.Intersect(raster.Window{Col: 50, Width: 1, Height: 1}).Empty())
	// Output: columns 6-9, rows 8-9 8 true
}

func ExampleNorthUp() {
	t := raster.NorthUp(630000, 4696000, 10, 10)
	x, y := t.Map(1, 2)
	c, r := t.Pixel(630010, 4695980)
	fmt.Println(x, y, c, r)
	x, y = t.Scale(2, 2).Map(1, 1)
	fmt.Println(x, y)
	x, y = t.Shift(1, 0).Map(0, 0)
	fmt.Println(x, y)
	// Output:
	// 630010 4.69598e+06 1 2
	// 630020 4.69598e+06
	// 630010 4.696e+06
}

func ExampleIdentity() {
	fmt.Println(raster.Identity().Map(3, 4))
	// Output: 3 4
}

func ExampleUTM() {
	north, south := raster.UTM(52, false), raster.UTM(52, true)
	fmt.Println(north, south, north.Known(), north.Geographic())
	// Output: EPSG:32652 EPSG:32752 true false
}

func ExampleGeo_Distance() {
	g := yard().Geo
	metres, err := g.Distance(0, 0, 3, 4)
	fmt.Printf("%.2f m %v\n", metres, err)
	place, err := g.Place(0, 0)
	fmt.Printf("%.4f %.4f %v\n", place.Lat(), place.Lon(), err)
	north, err := g.North(0, 0)
	fmt.Printf("%.2f %v\n", north, err)
	// Output:
	// 50.01 m <nil>
	// 42.4054 130.5798 <nil>
	// -1.07 <nil>
}

func ExampleGeo_Bounds() {
	box, err := yard().Geo.Bounds(4, 3)
	fmt.Printf("%.4f to %.4f east, %.4f to %.4f north %v\n", box.Min.Lon(), box.Max.Lon(), box.Min.Lat(), box.Max.Lat(), err)
	// Output: 130.5798 to 130.5802 east, 42.4051 to 42.4054 north <nil>
}

func ExampleKind() {
	fmt.Println(raster.Int16, raster.Int16.Size())
	// Output: int16 2
}

func ExampleImage_SimpleRender() {
	red := []uint16{10, 10, 200, 200}
	m, err := raster.New(2, 2, red, red, []uint16{200, 200, 10, 10})
	if err != nil {
		log.Fatal(err)
	}
	m.Name = "pier.tif"
	m.Rename("red", "green", "blue")
	bundle := m.SimpleRender() // what a cell shows that ends with m
	fmt.Println(bundle["text/plain"])
	_, picture := bundle["image/png"]
	fmt.Println(picture)
	look("", m)
	// Output:
	// pier.tif: 2 x 2, 3 × uint16, none
	// bands: red, green, blue; date not known: set Taken
	// true
}

package raster_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/sightline-osint/sightline/analysis/raster"
)

func ExampleOpen() {
	before, err := raster.Open("testdata/uint16-deflate-planar.tif")
	if err != nil {
		log.Fatal(err)
	}
	defer before.Close()
	fmt.Println(before)
	corner, err := before.Read(raster.Window{Width: 3, Height: 1})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(corner[0].Pix, corner[1].Pix)
	look("the file", before)
	look("a yard in datasets", simulated())
	// Output:
	// uint16-deflate-planar.tif: 37 x 29, 3 × uint16, EPSG:32652, 3.00 x 3.00 m
	// [0 3500 7000] [14500 18000 21500]
}

// A pixel of ten Web Mercator metres covers eight on the ground in Korea.
func ExampleImage_GroundDistance() {
	m, err := raster.Open("testdata/uint8-place-mercator.tif")
	if err != nil {
		log.Fatal(err)
	}
	defer m.Close()
	dx, dy, err := m.GroundDistance()
	fmt.Printf("%.2f m by %.2f m %v\n", dx, dy, err)
	// Output: 8.19 m by 8.15 m <nil>
}

func ExampleWrite() {
	m, err := raster.New(2, 2, []uint16{1, 2, 3, 4})
	if err != nil {
		log.Fatal(err)
	}
	m.Geo = raster.Geo{Transform: raster.NorthUp(630000, 4696000, 10, 10), CRS: raster.UTM(52, false)}
	dir, err := os.MkdirTemp("", "raster")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "small.tif")
	if err := raster.Write(path, m, raster.WriteOptions{Compression: raster.ZSTD, Overviews: true}); err != nil {
		log.Fatal(err)
	}
	back, err := raster.Open(path)
	if err != nil {
		log.Fatal(err)
	}
	defer back.Close()
	fmt.Println(back)
	// Output: small.tif: 2 x 2, 1 × uint16, EPSG:32652, 10.00 x 10.00 m
}

func ExampleWriter_Fill() {
	dir, err := os.MkdirTemp("", "raster")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "slope.tif")
	w, err := raster.Create(path, raster.Header{Width: 1000, Height: 800, Kind: raster.Float32, Bands: make([]raster.Band, 1)}, raster.WriteOptions{})
	if err != nil {
		log.Fatal(err)
	}
	defer w.Abort()                   // does nothing after Close
	tiles := make([]int, w.Workers()) // one for each, since workers run beside each other
	err = w.Fill(context.Background(), "computing", func(worker int, win raster.Window, bands []any) error {
		tiles[worker]++
		for i := range bands[0].([]float32) {
			bands[0].([]float32)[i] = float32(win.Col + i%win.Width)
		}
		return nil
	})
	if err != nil {
		log.Fatal(err)
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	m, err := raster.Open(path)
	if err != nil {
		log.Fatal(err)
	}
	defer m.Close()
	p, err := m.Plane(raster.Window{Col: 700, Row: 500, Width: 2, Height: 1}, 0)
	sum := 0
	for _, n := range tiles {
		sum += n
	}
	fmt.Println(sum, "tiles", p.Pix, err)
	// Output: 4 tiles [700 701] <nil>
}

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/sightline-osint/sightline/analysis/change"
	"github.com/sightline-osint/sightline/analysis/raster"
	"github.com/sightline-osint/sightline/analysis/region"
	"github.com/sightline-osint/sightline/analysis/register"
)

// task is one thing that is timed: make prepares it, what it returns is timed.
type task struct {
	name, title string
	make        func(ctx context.Context, dir string, size int) (func() error, error)
	peers       []peer
}

// peer is who else does it, and how many times as long it was asked to take.
type peer struct{ name, asked string }

func tasks() []task {
	return []task{
		{"cva", "CVA map in memory", cva, []peer{{"opencv", ">= 2"}, {"numpy", ">= 5"}, {"memory copy", ">= 0.77"}}},
		{"cvaotsu", "CVA and Otsu in one pass", cvaOtsu, []peer{{"numpy + skimage", ">= 4"}}},
		{"ssim", "SSIM, 2048 x 2048", ssim, []peer{{"opencv", ">= 2"}, {"skimage", ">= 15"}}},
		{"regions", "regions with boxes", regions, []peer{{"opencv with stats", ">= 5"}}},
		{"phase", "phase correlation, 2048 x 2048", phase, []peer{{"opencv float32", ">= 0.67"}}},
		{"raw", "read tiles, raw", reader("raw"), []peer{{"rasterio", ">= 0.83"}}},
		{"zstd", "read tiles, ZSTD", reader("zstd"), []peer{{"rasterio", ">= 0.83"}}},
		{"deflate", "read tiles, deflate", reader("deflate"), []peer{{"rasterio", ">= 0.5"}}},
		{"file", "CVA, file to file", toFile, []peer{{"gdal_calc", ">= 5"}, {"gdal_calc to tiles", ">= 5"}, {"rasterio + numpy by blocks", ""}}},
		{"floor", "memory floor of CVA", floor, nil},
	}
}

const bands = 4

// sample is the data: noise on a level, and a patch that changed; the same in peer.py through the files.
func sample(i, band, date int, h uint32) uint16 {
	v := 300 + 100*uint16(band) + uint16(i>>14&255) + uint16(h>>27)
	if date == 1 {
		v += uint16(h>>11) & 15
		if i>>20&15 == 3 {
			v += 1500
		}
	}
	return v
}

// load returns one date of the bands.
func load(size, date int) [][]uint16 {
	out := make([][]uint16, bands)
	for b := range out {
		out[b] = make([]uint16, size*size)
		h := uint32(b + 1)
		for i := range out[b] {
			h = h*1664525 + 1013904223
			out[b][i] = sample(i, b, date, h)
		}
	}
	return out
}

// prepare writes the two dates as plain numbers for the peers, and as GeoTIFFs.
func prepare(dir string, size int) error {
	for date, name := range []string{"before", "after"} {
		data := load(size, date)
		planes := make([]any, bands)
		for b := range data {
			planes[b] = data[b]
		}
		m, err := raster.New(size, size, planes...)
		if err != nil {
			return err
		}
		m.Geo = raster.Geo{Transform: raster.NorthUp(600000, 4700000, 10, 10), CRS: raster.UTM(52, false)}
		for _, c := range []raster.Compression{raster.None, raster.ZSTD, raster.Deflate} {
			if c != raster.None && date == 1 {
				continue
			}
			file := filepath.Join(dir, map[raster.Compression]string{raster.None: "raw", raster.ZSTD: "zstd", raster.Deflate: "deflate"}[c]+"-"+name+".tif")
			if err := raster.Write(file, m, raster.WriteOptions{Compression: c}); err != nil {
				return err
			}
		}
	}
	mask := raster.NewMask(size, size)
	h := uint32(7)
	next := func(n int) int { h = h*1664525 + 1013904223; return int(h>>8) % n }
	for range size * size / 6000 {
		x, y, w, k := next(size-70), next(size-20), 1+next(60), 1+next(12)
		for i := range w * k {
			mask.Set(x+i%w, y+i/w, true)
		}
	}
	return os.WriteFile(filepath.Join(dir, "mask.bin"), mask.Bits, 0o644)
}

func cva(_ context.Context, _ string, size int) (func() error, error) {
	a, b, dst := load(size, 0), load(size, 1), make([]float32, size*size)
	return func() error { return change.MagnitudeUint16(dst, a, b, -1) }, nil
}

func cvaOtsu(_ context.Context, _ string, size int) (func() error, error) {
	a, b, dst := load(size, 0), load(size, 1), make([]float32, size*size)
	return func() error { _, err := change.MagnitudeOtsuUint16(dst, a, b, -1); return err }, nil
}

// floor copies as many bytes as CVA reads and writes, on all processors.
func floor(_ context.Context, _ string, size int) (func() error, error) {
	n := size * size * 10
	src, dst := make([]byte, n), make([]byte, n)
	for i := range src {
		src[i] = byte(i)
	}
	return func() error {
		var group sync.WaitGroup
		for k := range 2 {
			group.Go(func() { copy(dst[n/2*k:n/2*(k+1)], src[n/2*k:]) })
		}
		group.Wait()
		return nil
	}, nil
}

// squares returns two dates of 2048 x 2048, from the first band.
func squares(dir string) (a, b raster.Plane, err error) {
	for i, name := range []string{"before", "after"} {
		m, err := raster.Open(filepath.Join(dir, "raw-"+name+".tif"))
		if err != nil {
			return a, b, err
		}
		side := min(2048, m.Width)
		p, err := m.Plane(raster.Window{Width: side, Height: side}, 0)
		if err != nil {
			return a, b, err
		}
		if i == 0 {
			a = p
		} else {
			b = p
		}
		m.Close()
	}
	return a, b, nil
}

func ssim(_ context.Context, dir string, _ int) (func() error, error) {
	a, b, err := squares(dir)
	return func() error { change.Similarity(a, b, 7, 4000); return nil }, err
}

func phase(_ context.Context, dir string, _ int) (func() error, error) {
	a, b, err := squares(dir)
	return func() error { register.Correlate(a, b); return nil }, err
}

func regions(_ context.Context, dir string, size int) (func() error, error) {
	bits, err := os.ReadFile(filepath.Join(dir, "mask.bin"))
	m := raster.Mask{Width: size, Height: size, Bits: bits}
	return func() error {
		for _, g := range region.Find(m, region.Options{}) {
			g.Box()
		}
		return nil
	}, err
}

func reader(coding string) func(context.Context, string, int) (func() error, error) {
	return func(_ context.Context, dir string, size int) (func() error, error) {
		dst, which := make([]any, bands), []int{0, 1, 2, 3}
		for b := range dst {
			dst[b] = make([]uint16, size*size)
		}
		return func() error {
			m, err := raster.Open(filepath.Join(dir, coding+"-before.tif"))
			if err != nil {
				return err
			}
			defer m.Close()
			return m.ReadInto(m.All(), which, dst)
		}, nil
	}
}

func toFile(ctx context.Context, dir string, _ int) (func() error, error) {
	return func() error {
		os.Remove(filepath.Join(dir, "score.tif")) // as gdal_calc does with the file that it writes anew
		before, err := raster.Open(filepath.Join(dir, "raw-before.tif"))
		if err != nil {
			return err
		}
		defer before.Close()
		after, err := raster.Open(filepath.Join(dir, "raw-after.tif"))
		if err != nil {
			return err
		}
		defer after.Close()
		s, err := change.ToFile(ctx, before, after, filepath.Join(dir, "score.tif"), change.MethodMagnitude,
			change.Options{Registration: change.IgnoreShift}, raster.WriteOptions{Compression: raster.None})
		if err == nil && s.Valid == 0 {
			err = fmt.Errorf("no scores")
		}
		return err
	}, nil
}

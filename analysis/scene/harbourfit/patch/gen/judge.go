package main

import (
	"context"
	"fmt"
	"math"
	"os"
	"runtime"
	"sync"

	"github.com/sightline-osint/sightline/analysis/measure"
	"github.com/sightline-osint/sightline/analysis/raster"
)

// found is one object, which ship it lies on (0 none, -1 one that says nothing), and how many pixels they share.
type found struct {
	measure.Ship
	on  int
	iou float64
}

// search looks for ships in a port, all that have any chance, and returns it.
func search(bands [4][]uint16, ships []int, pixels int, gsd float64) ([]found, error) {
	m, err := raster.New(pixels, pixels, bands[0], bands[1], bands[2], bands[3])
	if err != nil {
		return nil, err
	}
	m.Rename("blue", "green", "red", "nir")
	m.Geo = raster.Geo{Transform: raster.NorthUp(400000, 100000, gsd, gsd), CRS: raster.UTM(31, false)}
	m.Name = "port"
	f, err := measure.ShipsIn(context.Background(), m, measure.Vessels{Chance: 1e-6, ByShape: os.Getenv("SHAPE") != ""})
	if err != nil {
		return nil, err
	}
	var out []found
	for _, s := range f.Ships {
		count := map[int]int{}
		for _, r := range s.Region.Runs {
			for c := r.Start; c < r.End; c++ {
				if k := ships[int(r.Row)*pixels+int(c)]; k != 0 {
					count[k]++
				}
			}
		}
		on, most := 0, 0
		for k, c := range count {
			if c > most || c == most && k > on {
				on, most = k, c
			}
		}
		out = append(out, found{s, on, float64(most)})
	}
	return out, nil
}

// judge prints, for each object of n ports, a line of numbers, and for each port how many ships there are.
func judge(first uint64, n int, other bool) error {
	var group sync.WaitGroup
	var mu sync.Mutex
	lines := make([]string, n)
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for k := range n {
		slots <- struct{}{}
		group.Go(func() {
			defer func() { <-slots }()
			p, bands, err := one(first+uint64(k), other)
			var all []found
			ids, ships := p.numbers(pixels)
			if err == nil {
				all, err = search(bands, ids, pixels, p.px)
			}
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				fmt.Fprintln(os.Stderr, first+uint64(k), err)
				return
			}
			lines[k] = fmt.Sprintf("port %d %d\n", k, len(ships))
			for _, f := range all {
				var truth ship
				if f.on > 0 {
					truth = ships[f.on-1]
				}
				off := math.Mod(f.Heading-90-truth.angle+720, 180)
				lines[k] += fmt.Sprintf("%d %d %.5f %.5f %.5f %.1f %.1f %.1f %t %.3f %.1f %.1f %.1f %.5f %.5f\n", k, f.on, f.Chance, f.Evidence.Middle, f.Evidence.Inside, f.Evidence.Length, f.Evidence.Width, p.px, f.Berthed,
					f.iou/math.Max(1, float64(f.Region.Area)+truth.length*truth.width/p.px/p.px-f.iou), truth.length, truth.width, math.Min(off, 180-off), f.Evidence.Direction, f.Evidence.Around)
			}
		})
	}
	group.Wait()
	for _, l := range lines {
		fmt.Print(l)
	}
	return nil
}

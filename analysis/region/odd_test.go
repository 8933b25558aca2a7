package region_test

import (
	"math"
	"testing"

	"github.com/sightline-osint/sightline/analysis/raster"
	"github.com/sightline-osint/sightline/analysis/region"
)

// Masks made by hand may have fewer bytes than pixels: they count as empty, and nothing is reserved for what they claim.
func TestMasksThatLackBytesAreEmpty(t *testing.T) {
	for _, m := range []raster.Mask{{Width: 5, Height: 5, Bits: []uint8{1}}, {Width: math.MaxInt, Height: 100, Bits: []uint8{1, 1}}, {Width: 1 << 33, Height: 1 << 33, Bits: []uint8{1}},
		{Width: -1, Height: 5, Bits: []uint8{1}}, {Width: 5, Height: -1, Bits: []uint8{1}}, {Bits: []uint8{1}}, {Width: 3}} {
		if n := len(region.Find(m, region.Options{})); n != 0 {
			t.Errorf("%dx%d: %d regions", m.Width, m.Height, n)
		}
		if g := region.One(m, 0, 0, 9, 9); g.Area != 0 {
			t.Errorf("%dx%d: %+v", m.Width, m.Height, g)
		}
		for _, r := range []int{0, 1, 2} {
			for k, got := range []raster.Mask{region.Dilate(m, r), region.Erode(m, r), region.Open(m, r), region.Close(m, r), region.Fill(m, r)} {
				if len(got.Bits) != 0 {
					t.Errorf("%dx%d: operation %d by %d gives %v", m.Width, m.Height, k, r, got)
				}
			}
		}
	}
}

// A radius beyond the image does what one of its size does, and takes no more memory.
func TestRadiiBeyondTheImage(t *testing.T) {
	m := mask("......", ".#..#.", "......", "..#...")
	for _, r := range []int{100, 1 << 20, 1 << 31, math.MaxInt} {
		for name, f := range map[string]func(raster.Mask, int) raster.Mask{"dilate": region.Dilate, "erode": region.Erode, "open": region.Open, "close": region.Close} {
			if got, want := text(f(m, r)), text(f(m, 6)); got != want {
				t.Errorf("%s by %d:\n%s, not\n%s", name, r, got, want)
			}
		}
	}
	wide := raster.NewMask(66, 64) // so large that twenty is no radius beyond it
	for i, b := range m.Bits {
		wide.Set(30+i%6, 30+i/6, b != 0)
	}
	wide = region.Close(wide, 20)
	for i := range m.Bits {
		if got, want := region.Close(m, math.MaxInt).At(i%6, i/6), wide.At(30+i%6, 30+i/6); got != want {
			t.Errorf("pixel %d of the closed mask: %t", i, got)
		}
	}
}

// Regions made by hand may have no runs, or runs that are no region's: they have no box.
func TestRegionsMadeByHand(t *testing.T) {
	for _, runs := range [][]region.Run{nil, {{Row: 1, Start: 1000000, End: 0}}, {{Row: 5, Start: 0, End: 9}, {Row: -7, Start: 1, End: 2}}, {{Row: 5, Start: 0, End: 9}, {Row: 2, Start: 0, End: 1}},
		{{Row: -1, Start: 3, End: 4}}} {
		g := region.Region{Runs: runs}
		if b := g.Box(); b != (region.Box{}) || g.Hull() != nil {
			t.Errorf("%v: %+v", runs, b)
		}
		if region.Picture(9, 9, g) == nil {
			t.Errorf("%v: no picture", runs)
		}
		region.Mask(9, 9, g)
		g.Outline()
		if _, err := region.GeoJSON([]region.Region{g}, raster.Geo{Transform: raster.NorthUp(630000, 4696000, 10, 10), CRS: raster.UTM(52, false)}); err == nil {
			t.Errorf("%v: no error", runs)
		}
	}
}

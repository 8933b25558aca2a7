package region

import "github.com/sightline-osint/sightline/analysis/raster"

// Dilate returns the mask grown by r pixels: the union of squares of side 2r+1 around its pixels.
func Dilate(m raster.Mask, r int) raster.Mask {
	if r <= 0 || m.Empty() {
		return clone(m)
	}
	r = min(r, max(m.Width, m.Height)) // more reaches no further
	out := raster.NewMask(m.Width, m.Height)
	runs, _ := runsOf(m)
	open := make([]int32, m.Width+1) // by column: how far down the growth from above reaches, last row + 1
	// Rows are swept once: each run marks its columns as open for the next rows.
	for pass := range 2 {
		for i := range open {
			open[i] = -1
		}
		sweep(out, runs, open, int32(r), pass == 1)
	}
	return out
}

// sweep marks what runs reach downwards, or upwards when reversed.
func sweep(out raster.Mask, runs []Run, open []int32, r int32, reversed bool) {
	h := int32(out.Height)
	k := 0
	for y := range h {
		for k < len(runs) {
			run := runs[k]
			if reversed {
				run = runs[len(runs)-1-k]
				run.Row = h - 1 - run.Row
			}
			if run.Row != y {
				break
			}
			for c := max(0, run.Start-r); c < min(int32(out.Width), run.End+r); c++ {
				open[c] = y + r + 1
			}
			k++
		}
		at := y
		if reversed {
			at = h - 1 - y
		}
		row := out.Bits[int(at)*out.Width : int(at+1)*out.Width]
		for c := range row {
			if open[c] > y {
				row[c] = 1
			}
		}
	}
}

func clone(m raster.Mask) raster.Mask {
	if m.Empty() {
		return raster.Mask{}
	}
	return raster.Mask{Width: m.Width, Height: m.Height, Bits: append([]uint8(nil), m.Bits...)}
}

// Erode returns the mask shrunk by r pixels: those whose whole square of side 2r+1 is marked. What lies outside of the
// image counts as marked.
func Erode(m raster.Mask, r int) raster.Mask { return Dilate(m.Not(), r).Not() }

// Open returns the mask eroded and dilated again: specks and thin lines go.
func Open(m raster.Mask, r int) raster.Mask { return Dilate(Erode(m, r), r) }

// Close returns the mask dilated and eroded again: small gaps are filled.
func Close(m raster.Mask, r int) raster.Mask {
	if r <= 0 || m.Empty() {
		return clone(m)
	}
	r = min(r, max(m.Width, m.Height))                // more reaches no further
	wide := raster.NewMask(m.Width+2*r, m.Height+2*r) // room to grow, so that the edge of the image closes nothing
	for row := range m.Height {
		copy(wide.Bits[(row+r)*wide.Width+r:], m.Bits[row*m.Width:(row+1)*m.Width])
	}
	wide = Erode(Dilate(wide, r), r)
	out := raster.NewMask(m.Width, m.Height)
	for row := range m.Height {
		copy(out.Bits[row*m.Width:(row+1)*m.Width], wide.Bits[(row+r)*wide.Width+r:])
	}
	return out
}

// Fill returns the mask with its holes marked: the patches, connected by sides, that do not reach the edge of the image.
// Patches of more than most pixels stay; 0 means no limit.
func Fill(m raster.Mask, most int) raster.Mask {
	out := clone(m)
	for _, g := range Find(m.Not(), Options{Four: true, MaxArea: most}) {
		if !g.Border {
			draw(out, g.Runs)
		}
	}
	return out
}

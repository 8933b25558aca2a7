package region

import (
	"math/bits"

	"github.com/paulmach/orb"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// Outline returns the region's outline along the sides of its pixels, in columns and rows, holes as further rings. Pixels
// that share no side, only corners, lie in polygons of their own, so that each polygon is simple and its inside hangs
// together. First rings run clockwise as seen, holes the other way; every ring is closed.
func (g Region) Outline() orb.MultiPolygon {
	var out orb.MultiPolygon
	b := g.Bounds
	if len(g.Runs) == 0 || !inOrder(g.Runs) {
		return nil
	}
	for _, r := range g.Runs {
		if int(r.Row) < b.Row || int(r.Row) >= b.Row+b.Height || int(r.Start) < b.Col || int(r.End) > b.Col+b.Width {
			return nil // made by hand, without its bounds
		}
	}
	m := raster.NewMask(b.Width, b.Height)
	for _, r := range g.Runs {
		draw(m, []Run{{r.Row - int32(b.Row), r.Start - int32(b.Col), r.End - int32(b.Col)}})
	}
	parts := []Region{g}
	if four := Find(m, Options{Four: true}); len(four) > 1 {
		for i := range four {
			four[i].shift(int32(b.Col), int32(b.Row))
		}
		parts = four
	}
	for _, p := range parts {
		out = append(out, p.polygon())
	}
	return out
}

// shift moves a region by columns and rows.
func (g *Region) shift(cols, rows int32) {
	for i := range g.Runs {
		g.Runs[i].Row, g.Runs[i].Start, g.Runs[i].End = g.Runs[i].Row+rows, g.Runs[i].Start+cols, g.Runs[i].End+cols
	}
	g.Bounds.Col, g.Bounds.Row = g.Bounds.Col+int(cols), g.Bounds.Row+int(rows)
	g.Col, g.Row = g.Col+float64(cols), g.Row+float64(rows)
}

// steps are the directions of an outline: right, down, left, up.
var steps = [4][2]int{{1, 0}, {0, 1}, {-1, 0}, {0, -1}} // constant

// polygon traces pixels that hang together by their sides. Every corner of a pixel holds which sides lead away from it,
// with the region to their right. Where four sides meet, a turn to the left keeps the region together.
func (g Region) polygon() orb.Polygon {
	b := g.Bounds
	w := b.Width + 1
	leave := make([]uint8, w*(b.Height+1))
	m := raster.NewMask(b.Width, b.Height)
	for _, r := range g.Runs {
		draw(m, []Run{{r.Row - int32(b.Row), r.Start - int32(b.Col), r.End - int32(b.Col)}})
	}
	for _, r := range g.Runs {
		y := int(r.Row) - b.Row
		x0, x1 := int(r.Start)-b.Col, int(r.End)-b.Col
		leave[(y+1)*w+x0] |= 1 << 3
		leave[y*w+x1] |= 1 << 1
		for x := x0; x < x1; x++ {
			if !m.At(x, y-1) {
				leave[y*w+x] |= 1 << 0
			}
			if !m.At(x, y+1) {
				leave[(y+1)*w+x+1] |= 1 << 2
			}
		}
	}
	var outer orb.Ring
	var holes []orb.Ring
	for at := range leave {
		for leave[at] != 0 {
			if ring := trace(leave, w, at, b.Col, b.Row); signed(ring) > 0 {
				outer = ring
			} else {
				holes = append(holes, ring)
			}
		}
	}
	return append(orb.Polygon{outer}, holes...)
}

// longest is the number of pixels after which a straight side gets a point of its own, so that what is straight in the
// image stays so on the map to a hundredth of a metre or so.
const longest = 64

// trace follows and consumes the sides from a corner until the first comes up again, and returns the corners at which it
// turns.
func trace(leave []uint8, w, first, col, row int) orb.Ring {
	var ring orb.Ring
	start, last, run := bits.TrailingZeros8(leave[first]), -1, 0
	at, d := first, start
	for {
		if d != last || run >= longest {
			ring, run = append(ring, orb.Point{float64(col + at%w), float64(row + at/w)}), 0
		}
		if at != first || d != start {
			leave[at] &^= 1 << d
		}
		at += steps[d][0] + steps[d][1]*w
		last, run = d, run+1
		for _, turn := range [3]int{3, 0, 1} { // left, straight on, right
			if d = (last + turn) % 4; leave[at]&(1<<d) != 0 {
				break
			}
		}
		if at == first && d == start {
			leave[first] &^= 1 << start
			return append(ring, ring[0])
		}
	}
}

// signed returns twice the area of a ring in columns and rows: positive when it runs clockwise as seen.
func signed(r orb.Ring) float64 {
	var s float64
	for i := 1; i < len(r); i++ {
		s += r[i-1][0]*r[i][1] - r[i][0]*r[i-1][1]
	}
	return s
}

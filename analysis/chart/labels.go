package chart

import (
	"math"

	"gonum.org/v1/plot/vg/draw"
)

// clearance is the least room in points between a label and what it must not meet.
const clearance = 4

// meets reports whether two extents overlap.
func (e extent) meets(o extent) bool { return e.from < o.to && o.from < e.to }

// holds reports whether a vertical line at x runs through the extent, or closer than clearance.
func (e extent) holds(x float64) bool { return x > e.from-clearance && x < e.to+clearance }

// title is the label of a vertical line at x that ends in the label's row over the panel; rows count from below.
type title struct {
	x, width float64
	row      int
	align    draw.XAlignment
}

func (t title) box() extent { return t.boxOf(t.align) }

func (t title) boxOf(align draw.XAlignment) extent {
	from := t.x + float64(align)*t.width
	return extent{from, from + t.width}
}

// arrange gives every title, in order of x, a row and a side, so that none meets another one or the line of another one:
// the first ones stand right of their lines and the last ones left of them, as far as the panel asks for it, and one
// whose label reaches over other lines stands above their titles. A title that has the lowest row to itself is centred.
func arrange(titles []title, panel float64) (rows int) {
	least, best := math.Inf(1), []title(nil)
	for first := len(titles); first >= 0; first-- { // the first one left of its line
		tried := append([]title(nil), titles...)
		for i := range tried {
			if tried[i].align = draw.XLeft; i >= first {
				tried[i].align = draw.XRight
			}
		}
		rows, knots := stack(tried)
		cost := float64(rows) + 1000*float64(knots)
		for _, t := range tried {
			b := t.box()
			cost += 100 * (math.Max(0, -20-b.from) + math.Max(0, b.to-panel-8))
		}
		if cost < least {
			least, best = cost, tried
		}
	}
	copy(titles, best)
	for i := range titles {
		centre(titles, i, panel)
	}
	for _, t := range titles {
		rows = max(rows, t.row+1)
	}
	return rows
}

// stack gives rows by what must stand above what, and counts the pairs that each would have to stand above the other.
func stack(titles []title) (rows, knots int) {
	over := func(i, j int) bool { // the line of j runs through title i
		b := titles[i].box()
		return titles[j].x > b.from && titles[j].x < b.to
	}
	above := func(i, j int) bool {
		if over(i, j) || over(j, i) {
			return over(i, j) && (!over(j, i) || i < j)
		}
		box, other := titles[i].box(), titles[j].box()
		outer := i < j // which of two close ones stands higher: the one that the next line is further from
		if titles[i].align == draw.XRight && titles[j].align == draw.XRight {
			outer = i > j
		}
		return outer && (box.holds(titles[j].x) || other.holds(titles[i].x) || box.meets(extent{other.from - 2*clearance, other.to + 2*clearance}))
	}
	for range titles { // at most so many rounds of pushing up
		moved := false
		for i := range titles {
			for j := range titles {
				if i != j && titles[i].row <= titles[j].row && above(i, j) {
					titles[i].row, moved = titles[j].row+1, true
				}
			}
		}
		if !moved {
			break
		}
	}
	for i := range titles {
		rows = max(rows, titles[i].row+1)
		for j := range i {
			if over(i, j) && over(j, i) {
				knots++
			}
		}
	}
	return rows, knots
}

// centre puts one title over its line, where nothing is in the way.
func centre(titles []title, i int, panel float64) {
	box := titles[i].boxOf(draw.XCenter)
	if titles[i].row > 0 || box.from < -20 || box.to > panel+8 {
		return
	}
	for j, t := range titles {
		if i != j && (box.holds(t.x) || t.row == 0 && t.box().meets(extent{box.from - 2*clearance, box.to + 2*clearance})) {
			return
		}
	}
	titles[i].align = draw.XCenter
}

// furthest is how far in points a label may stand from its event to be clear of a line.
const furthest = 90

// spot is where the label of an event stands.
type spot struct {
	left  bool
	shift float64 // points away from where it usually stands
}

// spotFor chooses the side of an event that lies between two places on the panel, and the distance, for a label of a
// width, so that none of the lines runs through it: right of the event if that will do, else left of it, else right or
// left beyond the lines. It returns false where none of these is clear and inside of the panel.
func spotFor(event extent, width, panel float64, lines []float64) (spot, bool) {
	right := func(shift float64) extent { return extent{event.to + 4 + shift, event.to + 4 + shift + width} }
	left := func(shift float64) extent { return extent{event.from - 4 - shift - width, event.from - 4 - shift} }
	inside := func(e extent) bool { return e.from >= 0 && e.to <= panel }
	crossed := func(e extent) (lowest, highest float64, any bool) {
		lowest, highest = math.Inf(1), math.Inf(-1)
		for _, x := range lines {
			if x > e.from-2 && x < e.to+2 {
				lowest, highest, any = min(lowest, x), max(highest, x), true
			}
		}
		return lowest, highest, any
	}
	best, found := spot{}, false
	for _, s := range []spot{{left: false}, {left: true}} {
		side := right
		if s.left {
			side = left
		}
		for s.shift <= furthest && inside(side(s.shift)) {
			low, high, any := crossed(side(s.shift))
			if !any {
				if !found || s.shift < best.shift {
					best, found = s, true
				}
				break
			}
			if s.left {
				s.shift = max(s.shift, event.from-4-low+3)
			} else {
				s.shift = max(s.shift, high+3-event.to-4)
			}
		}
	}
	return best, found
}

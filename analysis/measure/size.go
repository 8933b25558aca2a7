package measure

import "math"

// The intervals of ships were chosen on simulated harbours so that they hold what they state; SHIPS.md says on which, and how
// it was checked on others.

// size returns length and width in metres and what the heading is known to, of an object that lies alone in the water; px is
// the size of a pixel in metres.
//
// Second moments take a wake for ship, and the core does not; the core leaves out decks that are much darker than the
// rest, and second moments do not. The length's interval reaches over both. The length itself is the core's where that is
// between 0.3 and 0.75 of the other: longer ones are whole ships, and shorter ones mostly ships with a bright house.
func (s shape) size(px float64) (length, width Estimate, within float64) {
	whole, core := z95*math.Hypot(0.35*px, 0.05*s.length), z95*math.Hypot(0.4*px, 0.03*s.core)
	l := s.length
	if s.core >= 0.3*l && s.core < 0.75*l {
		l = s.core
	}
	length = metres(l, math.Min(s.length-whole, s.core-core), math.Max(s.length+whole, s.core+core))
	width = metres(s.width, s.width-math.Hypot(1.8*px, 0.2*s.width), math.Max(2.2*px, s.width+math.Hypot(px, 0.2*s.width)))
	return length, width, math.Min(90, math.Hypot(1, 1.2*px/math.Max(s.core, px)*180/math.Pi))
}

// size returns the same of a hull at the shore. What it touches hides where it ends, a row of ships looks like one, and the
// rectangles of the search are mostly wider than the ships that they are on.
func (h *hull) size(px float64) (length, width Estimate, within float64) {
	l, w := h.length*px, h.width*px
	length = metres(l, 0.45*l, 1.3*l+8*px)
	width = metres(0.65*w, 0.22*w, 1.3*w)
	return length, width, math.Min(90, math.Hypot(12, 4.5/h.length*180/math.Pi))
}

// sizeSeen returns the same of what the nets see at the shore or beside another: ships in a row may count as one, and one of two parts
// as two.
func (h *hull) sizeSeen(px float64) (length, width Estimate, within float64) {
	l, w := h.length*px, h.width*px
	length = metres(l, 0.6*l, 1.3*l+5*px)
	width = metres(w, math.Max(0.3*w, 0.6*w-0.3*px), 1.3*w+px)
	return length, width, math.Min(90, math.Hypot(8, 4/h.length*180/math.Pi))
}

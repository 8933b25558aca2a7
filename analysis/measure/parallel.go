package measure

import (
	"fmt"
	"math"
	"strings"

	"github.com/paulmach/orb"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// parallels warns of what looks like trains a few metres beside the line where nothing stands on it: the line may lie off its
// rail. It names no place to move the line to, for the next track may hold them.
func (r *Reading) parallels(m *raster.Image, rail orb.LineString, o Rail) {
	for _, off := range o.offsets(r.profile.Ground) {
		p, err := beside(m, rail, o.across(m, rail), off)
		if err != nil {
			continue // outside of the image
		}
		bg, ok := p.background()
		if !ok {
			continue
		}
		var longest float64
		n := 0
		for _, t := range p.trains(m, bg, p.cores(bg, o), o) {
			if t.Contrast >= 2*o.Contrast && !r.stands(t.From, t.To) {
				n++
				longest = math.Max(longest, t.Length.Value)
			}
		}
		if n > 0 {
			side := map[bool]string{true: "right", false: "left"}[off > 0]
			what := fmt.Sprintf("what looks like a train of %.0f m stands", longest)
			if n > 1 {
				what = fmt.Sprintf("what looks like %d trains, of up to %.0f m, stands", n, longest)
			}
			r.Warnings = append(r.Warnings, fmt.Sprintf("%s %s m to the %s of the line, where the line shows none: it may lie off its rail, or they are on the next track", what,
				strings.TrimSuffix(fmt.Sprintf("%.1f", math.Abs(off)), ".0"), side))
		}
	}
}

// offsets returns how far beside the line to look, in metres: a train, 3 m wide, that lies 2 to 6 m off is seen from one of
// them; where pixels are coarse three quarters of one.
func (o Rail) offsets(px float64) []float64 {
	if px < 1.5 {
		return []float64{-5, -2.5, 2.5, 5}
	}
	off := math.Max(4, 0.75*px)
	return []float64{-off, off}
}

// stands reports whether a train found on the line covers a third or more of a stretch.
func (r *Reading) stands(from, to float64) bool {
	var on float64
	for _, t := range r.Trains {
		on += math.Max(0, math.Min(to, t.To)-math.Max(from, t.From))
	}
	return on >= (to-from)/3
}

package changepoint

import "math"

// piece is a range of rates over which one last change is the best of all so far. Costs are halved: that of a stretch of
// x events in exposure w is w r - x log r at the rate r.
type piece struct {
	low, high        float64 // rates
	logLow, logHigh  float64
	events, exposure float64 // of the series up to the last change
	base             float64 // least cost up to it, one penalty included
	from             int     // the last change
}

// search holds the pieces: together they cover every rate that can matter. The cost of a last change, as a function of
// the rate after it, is convex, and the difference of two such costs does not change as counts are added; so a piece
// can only lose rates, to newer changes.
type search struct {
	pieces, spare []piece
	logs          logarithms
	distances     *distances
	_             [128]byte // two searches at once share no cache line
}

// newSearch starts with every rate from low to high after a change at 0, for so many counts.
func newSearch(counts int, low, high float64, whole bool) *search {
	return &search{pieces: []piece{{low: low, high: high, logLow: math.Log(low), logHigh: math.Log(high)}},
		logs: logarithms{whole: whole, most: 4 * counts}, distances: lookUp()}
}

// run takes a series, as running sums, into the search, and returns for every end the best last change before it. It
// calls step now and then, and stops at its error.
func (s *search) run(events, exposure []float64, penalty float64, step func(counts int) error) ([]int, error) {
	last := make([]int, len(events))
	for end := 1; end < len(events); end++ {
		cost, from := s.least(events[end], exposure[end])
		last[end] = from
		s.offer(end, events[end], exposure[end], cost+penalty/2)
		if end&4095 == 0 {
			if err := step(4096); err != nil {
				return nil, err
			}
		}
	}
	return last, nil
}

// meet joins what a search found up to a place with what another one, which ran backwards, found from there on. events
// and exposure are the sums that each of them has taken in. It returns the changes next to the place, counted in the
// direction of each search, of the whole with the least cost: between them lies one segment. Where the place is itself a
// change, one of the two is the place.
func (s *search) meet(back *search, events, exposure [2]float64) (from, to int) {
	cost := math.Inf(1)
	for i, j := 0, 0; i < len(s.pieces) && j < len(back.pieces); {
		p, q := &s.pieces[i], &back.pieces[j]
		x, w := events[0]-p.events+events[1]-q.events, exposure[0]-p.exposure+exposure[1]-q.exposure
		c := p.base + q.base + x
		if x > 0 {
			c -= x * s.logs.ratio(x, w)
		}
		if w > 0 && c < cost {
			cost, from, to = c, p.from, q.from
		}
		if p.high <= q.high {
			i++
		} else {
			j++
		}
	}
	return from, to
}

// least returns the least cost over all pieces, for the running sums of events and exposure, and its last change. The
// least of the lower envelope lies at the bottom of a piece that holds it, or at the ends of all rates; so only such pieces
// are asked.
func (s *search) least(events, exposure float64) (float64, int) {
	cost, from := math.Inf(1), 0
	for i := range s.pieces {
		p := &s.pieces[i]
		x, w := events-p.events, exposure-p.exposure
		if (x+1e-16-p.low*w)*(p.high*w-x) < 0 { // the least rate stands for 0, so no events are enough for it
			continue
		}
		if c := s.lowest(p, x, w); c < cost {
			cost, from = c, p.from
		}
	}
	if math.IsInf(cost, 1) { // a bottom that rounding put between two pieces
		for i := range s.pieces {
			p := &s.pieces[i]
			if c := s.lowest(p, events-p.events, exposure-p.exposure); c < cost {
				cost, from = c, p.from
			}
		}
	}
	return cost, from
}

// lowest returns the least cost of a piece over its rates.
func (s *search) lowest(p *piece, x, w float64) float64 {
	switch {
	case x <= p.low*w:
		return p.base + (w*p.low - x*p.logLow)
	case x >= p.high*w:
		return p.base + (w*p.high - x*p.logHigh)
	}
	return p.base + (x - x*s.logs.ratio(x, w))
}

// offer gives a change after end the rates at which every older one costs more than its ceiling.
func (s *search) offer(end int, events, exposure, ceiling float64) {
	same := s.untouched(events, exposure, ceiling)
	out := append(s.spare[:0], s.pieces[:same]...)
	fresh := piece{events: events, exposure: exposure, base: ceiling, from: end}
	for i := same; i < len(s.pieces); i++ {
		p := &s.pieces[i]
		x, w := events-p.events, exposure-p.exposure
		room := ceiling - p.base // the piece keeps the rates with w r - x log r <= room
		cutLow, cutHigh := w*p.low-x*p.logLow > room, w*p.high-x*p.logHigh > room
		if !cutLow && !cutHigh {
			out = append(out, *p)
			continue
		}
		bottom := s.logs.ratio(x, w)
		if cutLow && x <= p.low*w || cutHigh && x >= p.high*w || x-x*bottom > room {
			fresh.low, fresh.logLow, fresh.high, fresh.logHigh = p.low, p.logLow, p.high, p.logHigh
			out = join(out, &fresh)
			continue
		}
		kept := *p
		if cutLow {
			kept.logLow, kept.low = s.crossing(p, x, w, room, bottom, false)
			fresh.low, fresh.logLow, fresh.high, fresh.logHigh = p.low, p.logLow, kept.low, kept.logLow
			out = join(out, &fresh)
		}
		if cutHigh {
			kept.logHigh, kept.high = s.crossing(p, x, w, room, bottom, true)
		}
		out = append(out, kept)
		if cutHigh {
			fresh.low, fresh.logLow, fresh.high, fresh.logHigh = kept.high, kept.logHigh, p.high, p.logHigh
			out = append(out, fresh)
		}
	}
	s.pieces, s.spare = out, s.pieces
}

// untouched returns how many pieces, from the first one, lose no rate.
func (s *search) untouched(events, exposure, ceiling float64) int {
	for i := range s.pieces {
		p := &s.pieces[i]
		x, w := events-p.events, exposure-p.exposure
		if room := ceiling - p.base; w*p.low-x*p.logLow > room || w*p.high-x*p.logHigh > room {
			return i
		}
	}
	return len(s.pieces)
}

// join appends a piece, or lengthens the last one where both are of the same change.
func join(out []piece, p *piece) []piece {
	if k := len(out) - 1; k >= 0 && out[k].from == p.from {
		out[k].high, out[k].logHigh = p.high, p.logHigh
		return out
	}
	return append(out, *p)
}

// crossing returns the log rate, and the rate, at which w r - x log r reaches room, on the right or the left of its
// minimum at the logarithm bottom, inside the piece. With v the distance from the minimum in logarithms that is
// e^v - 1 - v = gap.
func (s *search) crossing(p *piece, x, w, room, bottom float64, right bool) (log, rate float64) {
	if x == 0 {
		rate = room / w
		log = math.Log(rate)
	} else {
		gap := max(room/x-1+bottom, 0)
		v := s.distances.at(gap, right)
		log, rate = bottom+v, x/w*(1+v+gap)
	}
	switch {
	case !(log > p.logLow):
		return p.logLow, p.low
	case !(log < p.logHigh):
		return p.logHigh, p.high
	}
	return log, rate
}

// logarithms of ratios; those of whole numbers are kept, as far as they were needed.
type logarithms struct {
	whole bool // every exposure is 1
	most  int  // so many are kept
	known []float64
}

// ratio is log(x/w).
func (l *logarithms) ratio(x, w float64) float64 {
	if !l.whole {
		return math.Log(x / w)
	}
	i, j := uint(x), uint(w)
	if i >= uint(len(l.known)) || j >= uint(len(l.known)) {
		if max(x, w) >= float64(l.most) {
			return math.Log(x / w)
		}
		l.grow(int(max(i, j)))
	}
	return l.known[i] - l.known[j]
}

// grow makes the logarithms known up to k at least; that of 0 is minus infinity.
func (l *logarithms) grow(k int) {
	for i := len(l.known); i < min(l.most, max(256, 2*k)); i++ {
		l.known = append(l.known, math.Log(float64(i)))
	}
}

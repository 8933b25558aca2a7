package changepoint

import (
	"context"
	"math"

	"github.com/sightline-osint/sightline/analysis/internal/progress"
)

// piece is a range of rates over which one last change is the best of all so far.
type piece struct {
	low, high       float64 // rates
	logLow, logHigh float64
	from            int // the last change
}

// search holds the pieces: together they cover every rate that can matter. The cost of a last change, as a function of
// the rate after it, is convex, and the difference of two such costs does not change as counts are added; so a piece
// can only lose rates, to newer changes.
type search struct {
	events, exposure []float64
	best             []float64 // least cost up to each count, one penalty taken off
	pieces, spare    []piece
	logs             []float64 // logarithms of whole numbers, when every exposure is 1
}

// partition returns for every end the best last change before it.
func partition(ctx context.Context, events, exposure []float64, penalty float64) ([]int, error) {
	n := len(events) - 1
	s := &search{events: events, exposure: exposure, best: make([]float64, n+1)}
	last := make([]int, n+1)
	s.best[0] = -penalty
	low, high := rates(events, exposure)
	s.pieces = []piece{{low, high, math.Log(low), math.Log(high), 0}}
	s.tabulate()
	for end := 1; end <= n; end++ {
		cost, from := s.least(end)
		s.best[end], last[end] = cost+penalty, from
		s.offer(end)
		if end&4095 == 0 {
			if err := progress.Report(ctx, int64(end), int64(n), "partition"); err != nil {
				return nil, err
			}
		}
	}
	return last, ctx.Err()
}

// rates returns the smallest and largest rate of single counts, a hair above 0 where a count is 0.
func rates(events, exposure []float64) (low, high float64) {
	n := len(events) - 1
	low, high = math.Inf(1), 0
	for i := 1; i <= n; i++ {
		r := (events[i] - events[i-1]) / (exposure[i] - exposure[i-1])
		low, high = math.Min(low, r), math.Max(high, r)
	}
	floor := 1e-16 / exposure[n]
	low = math.Max(low*(1-1e-9), floor)
	return low, math.Max(high*(1+1e-9), 2*low)
}

// tabulate fills the logarithms when all exposures are 1 and there are not too many events.
func (s *search) tabulate() {
	n := len(s.events) - 1
	for i := 1; i <= n; i++ {
		if s.exposure[i]-s.exposure[i-1] != 1 {
			return
		}
	}
	if s.events[n] > 1<<22 {
		return
	}
	s.logs = make([]float64, max(n, int(s.events[n]))+1)
	for i := 1; i < len(s.logs); i++ {
		s.logs[i] = math.Log(float64(i))
	}
}

// logRatio is log(x/w).
func (s *search) logRatio(x, w float64) float64 {
	if s.logs != nil {
		return s.logs[int(x)] - s.logs[int(w)]
	}
	return math.Log(x / w)
}

// lowest returns the least cost of a piece over its rates.
func (s *search) lowest(p *piece, end int) float64 {
	x, w := s.events[end]-s.events[p.from], s.exposure[end]-s.exposure[p.from]
	switch {
	case x <= p.low*w:
		return s.best[p.from] + 2*(w*p.low-x*p.logLow)
	case x >= p.high*w:
		return s.best[p.from] + 2*(w*p.high-x*p.logHigh)
	}
	return s.best[p.from] + 2*(x-x*s.logRatio(x, w))
}

// least returns the least cost over all pieces and its last change.
func (s *search) least(end int) (float64, int) {
	cost, from := math.Inf(1), 0
	for i := range s.pieces {
		if c := s.lowest(&s.pieces[i], end); c < cost {
			cost, from = c, s.pieces[i].from
		}
	}
	return cost, from
}

// offer gives a change after end the rates at which every older one costs more.
func (s *search) offer(end int) {
	ceiling := s.best[end]
	out := s.spare[:0]
	add := func(p piece) {
		if k := len(out) - 1; k >= 0 && out[k].from == p.from {
			out[k].high, out[k].logHigh = p.high, p.logHigh
			return
		}
		out = append(out, p)
	}
	for i := range s.pieces {
		p := &s.pieces[i]
		x, w := s.events[end]-s.events[p.from], s.exposure[end]-s.exposure[p.from]
		room := (ceiling - s.best[p.from]) / 2 // the piece keeps the rates with w r - x log r <= room
		cutLow, cutHigh := w*p.low-x*p.logLow > room, w*p.high-x*p.logHigh > room
		if !cutLow && !cutHigh {
			add(*p)
			continue
		}
		if s.lowest(p, end) > ceiling {
			add(piece{p.low, p.high, p.logLow, p.logHigh, end})
			continue
		}
		kept := *p
		if cutLow {
			kept.logLow, kept.low = s.crossing(p, w, x, room, false)
			add(piece{p.low, kept.low, p.logLow, kept.logLow, end})
		}
		if cutHigh {
			kept.logHigh, kept.high = s.crossing(p, w, x, room, true)
		}
		add(kept)
		if cutHigh {
			add(piece{kept.high, p.high, kept.logHigh, p.logHigh, end})
		}
	}
	s.pieces, s.spare = out, s.pieces
}

// crossing returns the log rate, and the rate, at which w r - x log r reaches room, on the right or the left of its
// minimum, inside the piece. With v the distance from the minimum in logarithms it solves e^v - 1 - v = gap by Halley's
// steps, from the series in the root of the gap where that is small.
func (s *search) crossing(p *piece, w, x, room float64, right bool) (log, rate float64) {
	if x == 0 {
		rate = room / w
		log = math.Log(rate)
	} else {
		bottom := s.logRatio(x, w)
		gap := math.Max(room/x-1+bottom, 0)
		v := distance(gap, right)
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

// distance is the v above or below 0 with e^v - 1 - v = gap.
func distance(gap float64, right bool) float64 {
	t := math.Sqrt(2 * gap)
	if !right {
		t = -t
	}
	v := 0.0
	switch {
	case gap < 0.5:
		v = t * (1 - t*(1.0/6-t*(1.0/36-t*(1.0/270-t/4320))))
	case right:
		v = math.Log1p(gap + math.Log1p(gap+t))
	default:
		v = math.Exp(-1-gap) - 1 - gap
	}
	for range 60 {
		e := math.Expm1(v)
		if e == 0 {
			break
		}
		f := e - v - gap
		step := f / (e - f*(e+1)/(2*e))
		v -= step
		if math.Abs(step) <= 1e-5*math.Abs(v) { // the next step would be below 1e-15
			break
		}
	}
	return v
}

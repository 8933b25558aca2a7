package change

import (
	"errors"
	"math"
	"sort"
)

// bins is how many steps a histogram of equal steps has.
const bins = 1024

// fine is how many steps a range is counted in whose scores may lie close together in a part of it.
const fine = 1 << 16

// histogram is groups of scores in ascending order: the least value that a group can hold, the greatest, and how many
// it holds.
type histogram struct {
	low, top, count []float64
	total           float64
}

func (h *histogram) enter(low, top, count float64) {
	h.low, h.top, h.count = append(h.low, low), append(h.top, top), append(h.count, count)
	h.total += count
}

// narrow reports whether the groups of a tally are too wide for the scores: where these lie close together far from
// zero, fewer than about 512 groups span them.
func (h *histogram) narrow() bool {
	n := len(h.low)
	return h.low[n-1]-h.low[0] < h.top[n-1]/4
}

var errNoThreshold = errors.New("change: no threshold: fewer than two different scores")

// steps counts scores in equal steps of a range.
type steps struct {
	low, high float64
	count     [fine]float64
}

func (s *steps) add(values []float32) {
	step := (s.high - s.low) / fine
	for _, v := range values {
		if v-v == 0 {
			x := float64(v)
			if x < s.low {
				x = -x // of signed scores the sizes count
			}
			s.count[max(0, min(fine-1, int(math.Ceil((x-s.low)/step))-1))]++ // the upper end belongs to a step
		}
	}
}

func (s *steps) histogram() *histogram {
	h := &histogram{}
	step := (s.high - s.low) / fine
	for i, n := range s.count {
		if n > 0 {
			h.enter(s.low+float64(i)*step, s.low+float64(i+1)*step, n)
		}
	}
	return h
}

// above returns how many scores lie in groups above a cut.
func (h *histogram) above(cut float64) float64 {
	var n float64
	for i, c := range h.count {
		if h.low[i] >= cut && h.top[i] > cut {
			n += c
		}
	}
	return n
}

// settle moves a cut that lies inside a group to its upper end, so that every score of the group is on one side.
func (h *histogram) settle(cut float64) float64 {
	if k := sort.SearchFloat64s(h.top, cut); k < len(h.top) && h.low[k] <= cut {
		return h.top[k]
	}
	return cut
}

// threshold returns the threshold of the scores that were counted and how many lie above it. Where the bins are too wide for them, recount is
// asked to enter all scores once more, into equal steps.
func (t *tally) threshold(by Threshold, recount func(*steps) error) (cut float64, above int, err error) {
	h := t.histogram()
	if len(h.low) == 0 {
		return math.NaN(), 0, errNoThreshold
	}
	if h.narrow() {
		s := &steps{low: h.low[0], high: h.top[len(h.top)-1]}
		if err := recount(s); err != nil {
			return math.NaN(), 0, err
		}
		h = s.histogram()
	}
	if len(h.low) < 2 {
		return math.NaN(), 0, errNoThreshold
	}
	if cut, err = h.threshold(by); err != nil {
		return cut, 0, err
	}
	return cut, int(h.above(cut)), nil
}

// histogramOf returns the histogram of any values.
func histogramOf(values []float32) (*histogram, error) {
	low, high := math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if v-v == 0 {
			low, high = math.Min(low, float64(v)), math.Max(high, float64(v))
		}
	}
	if !(high > low) {
		return nil, errNoThreshold
	}
	if low >= 0 {
		var t tally
		t.add(values)
		if h := t.histogram(); !h.narrow() && len(h.low) > 1 {
			return h, nil
		}
	}
	s := &steps{low: low, high: high}
	s.add(values)
	return s.histogram(), nil
}

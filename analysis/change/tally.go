package change

import "math"

// tally counts the sizes of scores in bins that each span less than one part in 2048 of the size: the bits of a float32
// less the lowest twelve. It needs no range beforehand and tallies add up exactly, so that the threshold of an image
// comes out the same whole or in pieces, on any number of processors.
type tally struct{ count [2][]uint64 } // two of each, so that neighbours with one value do not wait for each other

const (
	tallyShift = 12
	tallyBins  = 1 << (31 - tallyShift)
	tallyEnd   = 0x7f800000 >> tallyShift // the bins from here on hold what is missing and infinite
)

func (t *tally) ready() {
	if t.count[0] == nil {
		t.count = [2][]uint64{make([]uint64, tallyBins), make([]uint64, tallyBins)}
	}
}

// add counts scores by size; missing and infinite ones fall into bins that are left out.
func (t *tally) add(v []float32) {
	t.ready()
	a, b := t.count[0][:tallyBins], t.count[1][:tallyBins]
	i := 0
	for ; i+2 <= len(v); i += 2 {
		a[math.Float32bits(v[i])>>tallyShift&(tallyBins-1)]++
		b[math.Float32bits(v[i+1])>>tallyShift&(tallyBins-1)]++
	}
	for ; i < len(v); i++ {
		a[math.Float32bits(v[i])>>tallyShift&(tallyBins-1)]++
	}
}

func (t *tally) merge(o *tally) {
	t.ready()
	if o.count[0] == nil {
		return
	}
	for k := range tallyEnd {
		t.count[0][k] += o.count[0][k] + o.count[1][k]
	}
}

// total returns how many finite scores were counted.
func (t *tally) total() int {
	t.ready()
	var n uint64
	for k := range tallyEnd {
		n += t.count[0][k] + t.count[1][k]
	}
	return int(n)
}

// quantile returns the greatest number of the bin that holds a share of the scores, NaN without any.
func (t *tally) quantile(share float64) float64 {
	at := int(share * float64(t.total()))
	n := 0
	for k := range tallyEnd {
		if n += int(t.count[0][k] + t.count[1][k]); n > at {
			return float64(math.Float32frombits(uint32(k+1)<<tallyShift - 1))
		}
	}
	return math.NaN()
}

// histogram returns the bins that hold anything, in ascending order.
func (t *tally) histogram() *histogram {
	t.ready()
	h := &histogram{}
	for k := range tallyEnd {
		n := t.count[0][k] + t.count[1][k]
		if n == 0 {
			continue
		}
		low := float64(math.Float32frombits(uint32(k) << tallyShift))
		top := float64(math.Float32frombits(uint32(k+1)<<tallyShift - 1))
		if k == 0 {
			top = 0 // what else the bin can hold is less than any number that an image means
		}
		h.enter(low, top, float64(n))
	}
	return h
}

// MagnitudeOtsuUint16 is MagnitudeUint16 with the threshold that Otsu gives for the scores, in one pass.
func MagnitudeOtsuUint16(dst []float32, before, after [][]uint16, missing int) (threshold float64, err error) {
	var t tally
	if err := magnitude(dst, before, after, missing, &t); err != nil {
		return math.NaN(), err
	}
	threshold, _, err = t.threshold(ByOtsu, func(s *steps) error { s.add(dst); return nil })
	return threshold, err
}

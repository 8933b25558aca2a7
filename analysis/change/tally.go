package change

import (
	"errors"
	"math"
)

// tally counts positive numbers in bins that each span about one part in 128, whatever their size: the bits of a float32
// less the lowest sixteen. It needs no range beforehand, so that scores and their histogram take one pass.
type tally struct{ count [2][]uint32 }

const tallyBins = 1 << 15

func (t *tally) ready() {
	if t.count[0] == nil {
		t.count = [2][]uint32{make([]uint32, tallyBins), make([]uint32, tallyBins)}
	}
}

// add counts the sizes of scores; missing ones do not count.
func (t *tally) add(v []float32) {
	t.ready()
	for i, x := range v {
		if x-x == 0 {
			t.count[i&1][math.Float32bits(x)>>16&(tallyBins-1)]++
		}
	}
}

// addSquares counts the squares of scores, which lie in the first cache still; bins are turned to scores when asked for.
// NaN falls into bins that are left out.
func (t *tally) addSquares(v []float32) {
	t.ready()
	a, b := t.count[0][:tallyBins], t.count[1][:tallyBins]
	i := 0
	for ; i+2 <= len(v); i += 2 {
		a[math.Float32bits(v[i])>>16&(tallyBins-1)]++
		b[math.Float32bits(v[i+1])>>16&(tallyBins-1)]++
	}
	for ; i < len(v); i++ {
		a[math.Float32bits(v[i])>>16&(tallyBins-1)]++
	}
}

func (t *tally) merge(o *tally) {
	t.ready()
	if o.count[0] == nil {
		return
	}
	for k := range t.count[0] {
		t.count[0][k] += o.count[0][k] + o.count[1][k]
	}
}

// bins returns the finite bins that hold anything: middle, upper end and count, in order. Where squares were counted,
// their roots.
func (t *tally) bins(squares bool) (middle, top, count []float64) {
	t.ready()
	for k := range 0x7f80 {
		n := float64(t.count[0][k]) + float64(t.count[1][k])
		if n == 0 {
			continue
		}
		low, high := float64(math.Float32frombits(uint32(k)<<16)), float64(math.Float32frombits(uint32(k+1)<<16))
		if math.IsInf(high, 0) {
			high = low
		}
		if squares {
			low, high = math.Sqrt(low), math.Sqrt(high)
		}
		middle, top, count = append(middle, (low+high)/2), append(top, high), append(count, n)
	}
	return middle, top, count
}

// otsu returns Otsu's threshold, how many scores there are and how many lie above it.
func (t *tally) otsu(squares bool) (cut float64, total, above int, err error) {
	middle, top, count := t.bins(squares)
	var all, n float64
	for i, c := range count {
		all += c * middle[i]
		n += c
	}
	if len(middle) < 2 {
		return math.NaN(), int(n), 0, errors.New("change: no threshold: fewer than two different scores")
	}
	var below, sum, best float64
	at := 0
	for i, c := range count[:len(count)-1] {
		below += c
		sum += c * middle[i]
		d := sum/below - (all-sum)/(n-below)
		if v := below * (n - below) * d * d; v > best {
			best, at = v, i
		}
	}
	below = 0
	for _, c := range count[:at+1] {
		below += c
	}
	return top[at], int(n), int(n - below), nil
}

// MagnitudeOtsuUint16 is MagnitudeUint16 with Otsu's threshold of the scores, to about one part in 256, in one pass.
func MagnitudeOtsuUint16(dst []float32, before, after [][]uint16, missing int) (threshold float64, err error) {
	var t tally
	if err := magnitude(dst, before, after, missing, &t); err != nil {
		return math.NaN(), err
	}
	threshold, _, _, err = t.otsu(true)
	return threshold, err
}

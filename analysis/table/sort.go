package table

import (
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strings"
)

// SortBy orders the rows by one or more columns, the first one counting most. "-name" orders downwards. Rows with equal
// keys keep their order; missing values come last either way.
func (t *Table) SortBy(keys ...string) *Table {
	if t.err != nil {
		return t
	}
	cols := make([]*Column, len(keys))
	down := make([]bool, len(keys))
	for i, k := range keys {
		if !t.Has(k) && strings.HasPrefix(k, "-") {
			k, down[i] = k[1:], true
		}
		c, err := t.Column(k)
		if err != nil {
			return Failed(err)
		}
		if c.kind == Geometry {
			return Failed(fmt.Errorf("table: column %q holds geometry, which has no order", k))
		}
		cols[i] = c
	}
	return t.take(sortRows(t.n, cols, down))
}

// sortRows is the stable order of n rows by the columns.
func sortRows(n int, cols []*Column, down []bool) []int32 {
	rows := make([]int32, n)
	for i := range rows {
		rows[i] = int32(i)
	}
	if n < 512 {
		slices.SortStableFunc(rows, func(a, b int32) int {
			for i, c := range cols {
				if d := compareMissing(c, int(a), int(b), down[i]); d != 0 {
					return d
				}
			}
			return 0
		})
		return rows
	}
	// From the last key to the first, as many keys at a time as fit 64 bits; each pass is stable.
	var packed []uint64
	width := 0
	flush := func() {
		if packed != nil && width > 0 {
			rows = radix(rows, packed, width)
		}
		packed, width = nil, 0
	}
	for i := len(cols) - 1; i >= 0; i-- {
		k, w := sortKeys(cols[i], down[i])
		if width+w > 64 {
			flush()
		}
		if packed == nil {
			packed, width = k, w
			continue
		}
		inParts(n, func(_, lo, hi int) {
			for r := lo; r < hi; r++ {
				packed[r] |= k[r] << width
			}
		})
		width += w
	}
	flush()
	return rows
}

func compareMissing(c *Column, a, b int, down bool) int {
	ka, kb := c.valid.get(a), c.valid.get(b)
	switch {
	case ka && kb:
		d := c.compareRows(a, b)
		if down {
			d = -d
		}
		return d
	case ka:
		return -1
	case kb:
		return 1
	}
	return 0
}

// sortKeys maps a column to unsigned numbers in the same order and says how many bits they need.
func sortKeys(c *Column, down bool) ([]uint64, int) {
	keys := orderedBits(c)
	lo, hi := uint64(math.MaxUint64), uint64(0)
	for i, k := range keys {
		if c.valid.get(i) {
			lo, hi = min(lo, k), max(hi, k)
		}
	}
	if lo > hi { // nothing is known
		return make([]uint64, c.n), 0
	}
	step := uint64(1)
	if c.kind == Time {
		step = commonStep(keys, c.valid, lo)
	}
	top := (hi - lo) / step
	missing := top + 1 // stays 0 only for a range of all 64 bits, where MaxInt64 and missing tie
	if missing == 0 {
		missing = top
	}
	inParts(c.n, func(_, from, to int) {
		for i := from; i < to; i++ {
			switch {
			case !c.valid.get(i):
				keys[i] = missing
			case down:
				keys[i] = top - (keys[i]-lo)/step
			default:
				keys[i] = (keys[i] - lo) / step
			}
		}
	})
	if c.valid != nil {
		top = missing
	}
	return keys, bits.Len64(top)
}

// commonStep is a power-of-ten number of nanoseconds that divides all distances from lo.
func commonStep(keys []uint64, valid bitmap, lo uint64) uint64 {
	step := uint64(60e9)
	for i := 0; i < len(keys); i++ {
		if valid.get(i) {
			for (keys[i]-lo)%step != 0 {
				if step == 60e9 {
					step = 1e9
				} else {
					step /= 10
				}
			}
			if step == 1 {
				return 1
			}
		}
	}
	return step
}

func orderedBits(c *Column) []uint64 {
	keys := make([]uint64, c.n)
	switch c.kind {
	case Float:
		if decimalKeys(c, keys) {
			return keys
		}
		inParts(c.n, func(_, lo, hi int) {
			for i := lo; i < hi; i++ {
				b := floatKey(c.floats[i])
				if b>>63 == 1 {
					b = ^b
				} else {
					b |= 1 << 63
				}
				keys[i] = b
			}
		})
	case Int, Time:
		inParts(c.n, func(_, lo, hi int) {
			for i := lo; i < hi; i++ {
				keys[i] = uint64(c.ints[i]) ^ 1<<63
			}
		})
	case Bool:
		for i, b := range c.bools {
			if b {
				keys[i] = 1
			}
		}
	case Text:
		rank := ranks(c.dict.words)
		inParts(c.n, func(_, lo, hi int) {
			for i := lo; i < hi; i++ {
				keys[i] = uint64(rank[c.codes[i]])
			}
		})
	}
	return keys
}

// decimalKeys writes numbers with at most three decimals as whole thousandths, which need far fewer bits. It answers
// false, with keys unspecified, if a number has more decimals or is large.
func decimalKeys(c *Column, keys []uint64) bool {
	const scale, most = 1000, 1 << 42
	for i, v := range c.floats {
		if !c.valid.get(i) {
			continue
		}
		k := math.Round(v * scale)
		if !(math.Abs(k) < most) || k/scale != v {
			return false
		}
		keys[i] = uint64(int64(k)) ^ 1<<63
	}
	return true
}

func ranks(words []string) []uint32 {
	order := make([]uint32, len(words))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int { return strings.Compare(words[a], words[b]) })
	rank := make([]uint32, len(words))
	for r, code := range order {
		rank[code] = uint32(r)
	}
	return rank
}

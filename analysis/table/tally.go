package table

import (
	"math"
	"math/bits"
)

// inChunks calls f for ranges of rows at the same time and waits. The ranges follow from the numbers of rows and groups alone,
// never from the number of processors, so that what is added up by range and then in order is the same everywhere.
func (g *Grouped) inChunks(f func(chunk, lo, hi int)) {
	n, k := g.t.n, g.chunks()
	inTurn(k, func(i int) { f(i, n*i/k, n*(i+1)/k) })
}

// chunks are few enough that adding up their results costs little beside the rows.
func (g *Grouped) chunks() int {
	return min(max(g.t.n/max(2*grain, 8*g.Len()), 1), 16)
}

// counts are the numbers of rows of each group for which the bit is set; nil counts all rows.
func (g *Grouped) counts(which bitmap) []int64 {
	parts := make([][]int64, g.chunks())
	g.inChunks(func(p, lo, hi int) {
		out := make([]int64, g.Len())
		if which == nil {
			for _, k := range g.g.of[lo:hi] {
				out[k]++
			}
		} else {
			for i, k := range g.g.of[lo:hi] {
				out[k] += int64(which[(lo+i)>>6] >> ((lo + i) & 63) & 1)
			}
		}
		parts[p] = out
	})
	for _, more := range parts[1:] {
		for k, n := range more {
			parts[0][k] += n
		}
	}
	return parts[0]
}

// someKnown has a bit for each group with a value of the column, from the numbers of these; nil if all groups have.
func someKnown(counts []int64) bitmap {
	out := newBitmap(len(counts))
	for k, n := range counts {
		if n > 0 {
			out.set(k)
		}
	}
	return out.compact(len(counts))
}

// int128 is a whole number of 128 bits, in two's complement.
type int128 struct {
	hi int64
	lo uint64
}

func (w *int128) add(v int64) {
	var carry uint64
	w.lo, carry = bits.Add64(w.lo, uint64(v), 0)
	w.hi += v>>63 + int64(carry)
}

// small is the number if it fits into 64 bits.
func (w int128) small() (int64, bool) { return int64(w.lo), w.hi == int64(w.lo)>>63 }

func (w int128) float() float64 {
	if v, ok := w.small(); ok {
		return float64(v)
	}
	return float64(w.hi)*(1<<64) + float64(w.lo)
}

// intSums adds the known whole numbers of each group exactly.
func (g *Grouped) intSums(c *Column) []int128 {
	parts := make([][]int64, g.chunks())
	spilled := make([]map[uint32]int128, len(parts)) // what did not fit into 64 bits
	g.inChunks(func(p, lo, hi int) {
		out := make([]int64, g.Len())
		of := g.g.of[lo:hi]
		for i, v := range c.ints[lo:hi] {
			if !c.valid.get(lo + i) {
				continue
			}
			k := of[i]
			s := out[k] + v
			if (s^out[k])&(s^v) < 0 {
				if spilled[p] == nil {
					spilled[p] = map[uint32]int128{}
				}
				w := spilled[p][k]
				w.add(out[k])
				spilled[p][k] = w
				s = v
			}
			out[k] = s
		}
		parts[p] = out
	})
	sums := make([]int128, g.Len())
	for p, part := range parts {
		for k, v := range part {
			sums[k].add(v)
		}
		for k, w := range spilled[p] {
			lo, carry := bits.Add64(sums[k].lo, w.lo, 0)
			sums[k] = int128{sums[k].hi + w.hi + int64(carry), lo}
		}
	}
	return sums
}

// exact is a sum of floats and what was rounded off on the way (Neumaier, ZAMM 54, 1974; the error of each addition by Knuth's
// TwoSum, which needs no comparison).
type exact struct{ sum, low float64 }

func (e *exact) add(v float64) {
	s := e.sum + v
	t := s - e.sum
	e.low += (e.sum - (s - t)) + (v - t)
	e.sum = s
}

func (e exact) float() float64 {
	if math.IsInf(e.sum, 0) {
		return e.sum
	}
	return e.sum + e.low
}

// floatSums adds the known numbers of each group.
func (g *Grouped) floatSums(c *Column) []exact {
	parts := make([][]exact, g.chunks())
	g.inChunks(func(p, lo, hi int) {
		out := make([]exact, g.Len())
		of := g.g.of[lo:hi]
		if c.valid == nil {
			for i, v := range c.floats[lo:hi] {
				out[of[i]].add(v)
			}
		} else {
			for i, v := range c.floats[lo:hi] {
				if c.valid.get(lo + i) {
					out[of[i]].add(v)
				}
			}
		}
		parts[p] = out
	})
	for _, part := range parts[1:] {
		for k, e := range part {
			parts[0][k].add(e.sum)
			parts[0][k].low += e.low
		}
	}
	return parts[0]
}

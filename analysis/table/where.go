package table

import "math/bits"

// Cond is a condition on a row. It is true, false, or, where a value is missing, neither.
type Cond struct {
	bind func(t *Table) (test, error)
}

// answers are those for a number of rows, one bit a row in each: yes for true, no for false, neither bit for neither.
type answers struct{ yes, no []uint64 }

// test answers for rows lo to hi; lo is a multiple of 64, hi too or the end of the table. Bits of rows beyond hi are 0.
type test func(lo, hi int, out answers)

// testBlock is how many rows a test is asked about at a time: a few columns of them stay in the nearest cache.
const testBlock = 4096

// Where is the table with the rows for which every condition is true. The columns of a large result are copied when they
// are first asked for.
func (t *Table) Where(conds ...Cond) *Table {
	if t.err != nil {
		return t
	}
	run, err := And(conds...).bind(t)
	if err != nil {
		return Failed(err)
	}
	return t.choose(chosen(t.n, run))
}

// holding are the rows for which the test answers yes, as bits.
func holding(n int, run test) (mask bitmap, counts []int) {
	mask = newBitmap(n)
	counts = make([]int, len(parts(n))+1)
	inParts(n, func(p, lo, hi int) {
		scratch := make([]uint64, testBlock/64)
		found := 0
		for at := lo; at < hi; at += testBlock {
			end := min(at+testBlock, hi)
			words := mask[at>>6 : (end+63)>>6]
			run(at, end, answers{words, scratch[:len(words)]})
			for _, w := range words {
				found += bits.OnesCount64(w)
			}
		}
		counts[p+1] = found
	})
	return mask, counts
}

// chosen are the numbers of the rows for which the test answers yes.
func chosen(n int, run test) []int32 {
	mask, counts := holding(n, run)
	for p := range counts[1:] {
		counts[p+1] += counts[p]
	}
	rows := make([]int32, counts[len(counts)-1])
	inParts(n, func(p, lo, hi int) {
		out := rows[counts[p]:counts[p+1]]
		k := 0
		for w := lo >> 6; w < (hi+63)>>6; w++ {
			base := int32(w << 6)
			for m := mask[w]; m != 0 && k < len(out); m &= m - 1 {
				out[k] = base | int32(bits.TrailingZeros64(m))
				k++
			}
		}
	})
	return rows
}

// Filter is the table with the rows for which keep answers true. It is slower than Where and can ask anything.
func (t *Table) Filter(keep func(Row) bool) *Table {
	var rows []int32
	for i := range t.n {
		if keep(Row{t, i}) {
			rows = append(rows, int32(i))
		}
	}
	return t.choose(rows)
}

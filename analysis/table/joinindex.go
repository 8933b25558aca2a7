package table

import "math"

// index finds the rows with a key: head is the first one, next the one after each.
type index struct {
	dense bool
	lo    uint64
	head  []int32 // by key-lo if dense, else by number in set
	set   *hashed
	next  []int32 // nil if no key appears twice
}

func newIndex(r joinKeys) *index {
	ix := &index{}
	key := make([]uint64, r.n)
	lo, hi := int64(math.MaxInt64), int64(math.MinInt64)
	known := 0
	r.each(0, r.n, func(at int, keys []uint64) {
		copy(key[at:], keys)
		for i, k := range keys {
			if r.valid.get(at + i) {
				lo, hi = min(lo, int64(k)), max(hi, int64(k))
				known++
			}
		}
	})
	if known == 0 {
		return ix
	}
	if span := uint64(hi) - uint64(lo); span < uint64(8*known+1024) {
		ix.dense, ix.lo, ix.head = true, uint64(lo), make([]int32, span+1)
		for i := range ix.head {
			ix.head[i] = -1
		}
	} else {
		ix.set = newHashed(known)
	}
	for i := len(key) - 1; i >= 0; i-- { // backwards, so that chains run forwards
		if r.valid.get(i) {
			ix.put(key[i], int32(i), len(key))
		}
	}
	return ix
}

func (ix *index) put(key uint64, row int32, n int) {
	at := uint32(key - ix.lo)
	if !ix.dense {
		var fresh bool
		if at, fresh = ix.set.number(key); fresh {
			ix.head = append(ix.head, -1)
		}
	}
	if was := ix.head[at]; was >= 0 {
		if ix.next == nil {
			ix.next = make([]int32, n)
			for i := range ix.next {
				ix.next[i] = -1
			}
		}
		ix.next[row] = was
	}
	ix.head[at] = row
}

// look writes the first row with each of the keys, -1 where there is none.
func (ix *index) look(keys []uint64, out []int32) {
	out = out[:len(keys)]
	switch {
	case ix.dense:
		head, lo := ix.head, ix.lo
		for i, k := range keys {
			row := int32(-1)
			if d := k - lo; d < uint64(len(head)) {
				row = head[d]
			}
			out[i] = row
		}
	case ix.set == nil:
		for i := range out {
			out[i] = -1
		}
	default:
		for i, k := range keys {
			out[i] = -1
			if at, ok := ix.set.find(k); ok {
				out[i] = ix.head[at]
			}
		}
	}
}

func (ix *index) after(row int32) int32 {
	if ix.next == nil {
		return -1
	}
	return ix.next[row]
}

package table

import "math/bits"

// bitmap has one bit a row, 1 for a value that is known. A nil bitmap means that all are known.
type bitmap []uint64

func newBitmap(n int) bitmap { return make(bitmap, (n+63)/64) }

func fullBitmap(n int) bitmap {
	b := newBitmap(n)
	for i := range b {
		b[i] = ^uint64(0)
	}
	if r := n & 63; r != 0 {
		b[len(b)-1] = 1<<r - 1
	}
	return b
}

func (b bitmap) get(i int) bool { return b == nil || b[i>>6]>>(i&63)&1 == 1 }
func (b bitmap) set(i int)      { b[i>>6] |= 1 << (i & 63) }
func (b bitmap) clear(i int)    { b[i>>6] &^= 1 << (i & 63) }

// count is the number of known values among the first n rows.
func (b bitmap) count(n int) int {
	if b == nil {
		return n
	}
	c := 0
	for _, w := range b {
		c += bits.OnesCount64(w)
	}
	return c
}

// take has the bits of the given rows, none of them -1.
func (b bitmap) take(rows []int32) bitmap {
	if b == nil {
		return nil
	}
	out := newBitmap(len(rows))
	for i, r := range rows {
		if b.get(int(r)) {
			out.set(i)
		}
	}
	return out
}

// compact is nil if every one of n values is known.
func (b bitmap) compact(n int) bitmap {
	if b == nil || b.count(n) == n {
		return nil
	}
	return b
}

// appendBits appends m rows of src to a bitmap that holds n rows. Either may be nil.
func appendBits(dst bitmap, n int, src bitmap, m int) bitmap {
	if dst == nil && src == nil {
		return nil
	}
	if dst == nil {
		dst = fullBitmap(n)
	}
	for need := (n + m + 63) / 64; len(dst) < need; {
		dst = append(dst, 0)
	}
	shift := n & 63
	if src == nil {
		for i := 0; i < m; i++ {
			dst.set(n + i)
		}
		return dst
	}
	for w := 0; w*64 < m; w++ {
		v := src[w]
		if left := m - w*64; left < 64 {
			v &= 1<<left - 1
		}
		at := (n + w*64) >> 6
		dst[at] |= v << shift
		if shift != 0 && v>>(64-shift) != 0 {
			dst[at+1] |= v >> (64 - shift)
		}
	}
	return dst
}

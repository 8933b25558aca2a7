package table

import (
	"fmt"
	"math"
)

// Joined decides which rows a join keeps.
type Joined uint8

const (
	Inner Joined = iota // rows of both tables that match
	Left                // all rows of the left table; missing values where nothing matches
	Anti                // rows of the left table that match nothing
	Semi                // rows of the left table that match something, once each
)

// Join brings two tables together where the key columns are equal. Rows keep the order of the left table, matches the
// order of the right one. Missing keys match nothing, not even each other. Keys must be of the same kind and unit. A
// column of the right table whose name is taken gets "_right" appended.
func (t *Table) Join(right *Table, how Joined, keys ...string) *Table {
	if t.err != nil {
		return t
	}
	if right.err != nil {
		return right
	}
	if len(keys) == 0 {
		return t.fail("Join needs at least one key column")
	}
	lc, err := t.columnsNamed(keys)
	if err != nil {
		return Failed(fmt.Errorf("left table: %w", err))
	}
	rc, err := right.columnsNamed(keys)
	if err != nil {
		return Failed(fmt.Errorf("right table: %w", err))
	}
	for i := range lc {
		switch a, b := lc[i], rc[i]; {
		case a.kind != b.kind:
			return t.fail("Join: column %q holds %s on the left and %s on the right", a.name, a.kind, b.kind)
		case a.unit != b.unit:
			return t.fail("Join: column %q is in %q on the left and in %q on the right", a.name, a.unit, b.unit)
		case a.kind == Geometry:
			return t.fail("Join: column %q holds geometry, which cannot be a key", a.name)
		}
	}
	lk, rk := jointKeys(lc, rc)
	li, ri, all := match(lk, rk, how)
	if how == Anti || how == Semi {
		return t.take(li)
	}
	return t.sideBySide(right, li, ri, all, keys)
}

func (t *Table) sideBySide(right *Table, li, ri []int32, all bool, keys []string) *Table {
	var cols []*Column
	for _, c := range t.cols {
		if !all {
			c = c.take(li)
		}
		cols = append(cols, c)
	}
	isKey := map[string]bool{}
	for _, k := range keys {
		isKey[k] = true
	}
	for _, c := range right.cols {
		if isKey[c.name] {
			continue
		}
		out := c.take(ri)
		if t.Has(c.name) {
			out.name += "_right"
		}
		cols = append(cols, out)
	}
	var tr bothTrail
	if t.trail != nil {
		tr.a = t.trail
		if !all {
			tr.a = takeTrail{t.trail, li}
		}
	}
	if right.trail != nil {
		tr.b = takeTrail{right.trail, ri}
	}
	out := t.with(cols, tr)
	if out.err == nil {
		out.n = len(ri)
		out.warnings = append(append([]string(nil), t.warnings...), right.warnings...)
	}
	return out
}

// jkeys are keys of rows; rows that are not valid match nothing.
type jkeys struct {
	key   []uint64
	valid bitmap
}

func jointKeys(lc, rc []*Column) (l, r jkeys) {
	l, r = jointKey(lc[0], rc[0])
	for i := 1; i < len(lc); i++ {
		l2, r2 := jointKey(lc[i], rc[i])
		h1, h2 := newHashed(1024), newHashed(1024)
		pair := func(a, b jkeys) jkeys {
			out := jkeys{key: make([]uint64, len(a.key)), valid: fullBitmap(len(a.key))}
			for j := range out.key {
				if !a.valid.get(j) || !b.valid.get(j) {
					out.valid.clear(j)
					continue
				}
				x, _ := h1.number(a.key[j])
				y, _ := h2.number(b.key[j])
				out.key[j] = uint64(x)<<32 | uint64(y)
			}
			return out
		}
		l, r = pair(l, l2), pair(r, r2)
	}
	return l, r
}

// jointKey gives keys that are equal across both columns exactly if the values are.
func jointKey(a, b *Column) (l, r jkeys) {
	l, r = jkeys{make([]uint64, a.n), a.valid}, jkeys{make([]uint64, b.n), b.valid}
	inParts(b.n, func(_, lo, hi int) { b.keyBits(lo, hi, r.key[lo:hi]) })
	if a.kind != Text {
		inParts(a.n, func(_, lo, hi int) { a.keyBits(lo, hi, l.key[lo:hi]) })
		return l, r
	}
	code := make(map[string]uint64, len(b.dict.words))
	for i, w := range b.dict.words {
		code[w] = uint64(i)
	}
	translate := make([]uint64, len(a.dict.words))
	next := uint64(len(b.dict.words))
	for i, w := range a.dict.words {
		if c, ok := code[w]; ok {
			translate[i] = c
		} else {
			translate[i] = next
			next++
		}
	}
	inParts(a.n, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			l.key[i] = translate[a.codes[i]]
		}
	})
	return l, r
}

// index finds the rows with a key: head is the first one, next the one after each.
type index struct {
	dense bool
	lo    uint64
	head  []int32 // by key-lo if dense, else by number in set
	set   *hashed
	next  []int32 // nil if no key appears twice
}

func newIndex(r jkeys) *index {
	ix := &index{}
	lo, hi := int64(math.MaxInt64), int64(math.MinInt64)
	known := 0
	for i, k := range r.key {
		if r.valid.get(i) {
			lo, hi = min(lo, int64(k)), max(hi, int64(k))
			known++
		}
	}
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
	for i := len(r.key) - 1; i >= 0; i-- { // backwards, so that chains run forwards
		if r.valid.get(i) {
			ix.put(r.key[i], int32(i), len(r.key))
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

func (ix *index) first(key uint64) int32 {
	if ix.dense {
		if d := key - ix.lo; d < uint64(len(ix.head)) {
			return ix.head[d]
		}
		return -1
	}
	if ix.set == nil {
		return -1
	}
	if at, ok := ix.set.find(key); ok {
		return ix.head[at]
	}
	return -1
}

// match pairs rows of the left and right side. all says that every left row appears exactly once, in order.
func match(l, r jkeys, how Joined) (li, ri []int32, all bool) {
	ix := newIndex(r)
	n := len(l.key)
	type pairs struct{ l, r []int32 }
	found := make([]pairs, len(parts(n)))
	inParts(n, func(p, lo, hi int) {
		out := pairs{l: make([]int32, 0, hi-lo), r: make([]int32, 0, hi-lo)}
		for i := lo; i < hi; i++ {
			at := int32(-1)
			if l.valid.get(i) {
				at = ix.first(l.key[i])
			}
			switch {
			case how == Anti:
				if at < 0 {
					out.l = append(out.l, int32(i))
				}
			case how == Semi:
				if at >= 0 {
					out.l = append(out.l, int32(i))
				}
			case at < 0 && how == Left:
				out.l, out.r = append(out.l, int32(i)), append(out.r, -1)
			default:
				for ; at >= 0; at = ix.after(at) {
					out.l, out.r = append(out.l, int32(i)), append(out.r, at)
				}
			}
		}
		found[p] = out
	})
	li, ri = found[0].l, found[0].r
	for _, f := range found[1:] {
		li, ri = append(li, f.l...), append(ri, f.r...)
	}
	all = len(li) == n && (n == 0 || how == Left || ix.next == nil) && inOrder(li)
	return li, ri, all
}

func (ix *index) after(row int32) int32 {
	if ix.next == nil {
		return -1
	}
	return ix.next[row]
}

func inOrder(rows []int32) bool {
	for i, r := range rows {
		if int(r) != i {
			return false
		}
	}
	return true
}

package table

import "fmt"

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
		return t.choose(li)
	}
	return t.sideBySide(right, li, ri, all, keys)
}

func (t *Table) sideBySide(right *Table, li, ri []int32, all bool, keys []string) *Table {
	var cols []*Column
	for _, c := range t.cols {
		if !all {
			c = c.full().take(li)
		}
		cols = append(cols, c)
	}
	isKey := map[string]bool{}
	for _, k := range keys {
		isKey[k] = true
	}
	for _, c := range right.all() {
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

// match pairs rows of the left and right side. all says that every left row appears exactly once, in order; li is then
// not needed and nil.
func match(l, r joinKeys, how Joined) (li, ri []int32, all bool) {
	ix := newIndex(r)
	first := make([]int32, l.n) // the first right row of each left one, or -1
	pairs := make([]int, len(parts(l.n))+1)
	inParts(l.n, func(p, lo, hi int) {
		found := 0
		l.each(lo, hi, func(at int, keys []uint64) {
			out := first[at : at+len(keys)]
			ix.look(keys, out)
			if l.valid != nil {
				for i := range out {
					if !l.valid.get(at + i) {
						out[i] = -1
					}
				}
			}
			found += ix.allPairs(out, how)
		})
		pairs[p+1] = found
	})
	for p := range pairs[1:] {
		pairs[p+1] += pairs[p]
	}
	total := pairs[len(pairs)-1]
	if ix.next == nil && total == l.n && (how == Inner || how == Left) {
		return nil, first, true
	}
	li = make([]int32, total)
	if how == Inner || how == Left {
		ri = make([]int32, total)
	}
	inParts(l.n, func(p, lo, hi int) {
		at := pairs[p]
		for i := lo; i < hi; i++ {
			row := first[i]
			n := ix.pairs(row, how)
			for end := at + n; at < end; at++ {
				li[at] = int32(i)
				if ri != nil {
					ri[at] = row
					if row >= 0 {
						row = ix.after(row)
					}
				}
			}
		}
	})
	return li, ri, false
}

// allPairs is how many rows of the result the left rows give whose first right rows these are.
func (ix *index) allPairs(first []int32, how Joined) int {
	if ix.next != nil {
		n := 0
		for _, row := range first {
			n += ix.pairs(row, how)
		}
		return n
	}
	alone := 0
	for _, row := range first {
		alone += int(uint32(row) >> 31)
	}
	switch how {
	case Left:
		return len(first)
	case Anti:
		return alone
	}
	return len(first) - alone
}

// pairs is how often a left row appears in the result if row is the first right row it matches.
func (ix *index) pairs(row int32, how Joined) int {
	switch {
	case row < 0:
		if how == Left || how == Anti {
			return 1
		}
		return 0
	case how == Anti:
		return 0
	case how == Semi || ix.next == nil:
		return 1
	}
	n := 0
	for ; row >= 0; row = ix.next[row] {
		n++
	}
	return n
}

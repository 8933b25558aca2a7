package table

import (
	"fmt"
	"math"
)

// rowBits has a bit for each of the first n rows of a word.
func rowBits(n int) uint64 {
	if n >= 64 {
		return ^uint64(0)
	}
	return 1<<n - 1
}

// all answers the same for n rows.
func (a answers) all(yes bool, n int) {
	for i := range a.yes {
		a.yes[i], a.no[i] = 0, rowBits(n-i*64)
		if yes {
			a.yes[i], a.no[i] = a.no[i], 0
		}
	}
}

// set answers yes for the rows lo to hi that have a value in the column, and leaves no as it is.
func (a answers) set(c *Column, lo, hi int) {
	for i := range a.yes {
		a.yes[i] = rowBits(hi - lo - i*64)
		if c.valid != nil {
			a.yes[i] &= c.valid[lo>>6+i]
		}
	}
}

// pack writes the answer f gives for each of the values, 64 rows a word, into yes, and the opposite into no; rows whose
// value is missing get neither. f answers for eight values, lowest bit first, without a branch, which for values without
// order is ten times as fast; p is what it compares with. (f is a named function: within closures Go inlines nothing.)
func pack[T, P any](c *Column, lo int, values []T, out answers, f func(v *[8]T, p P) uint64, p P) {
	for i := range out.yes {
		part := values[i*64:]
		n := min(len(part), 64)
		var w uint64
		at := 0
		for ; at+8 <= n; at += 8 {
			w |= f((*[8]T)(part[at:]), p) << at
		}
		if at < n {
			var last [8]T
			copy(last[:], part[at:n])
			w |= f(&last, p) << at
		}
		known := rowBits(n)
		if c.valid != nil {
			known &= c.valid[lo>>6+i]
		}
		out.yes[i], out.no[i] = w&known, known&^w
	}
}

// one is 1 for true.
func one(b bool) uint64 {
	var t uint64
	if b {
		t = 1
	}
	return t
}

func eight(a, b, c, d, e, f, g, h uint64) uint64 {
	return a | b<<1 | c<<2 | d<<3 | e<<4 | f<<5 | g<<6 | h<<7
}

// inside is true where lo <= value <= hi; nowhere if lo is above hi.
func inside(c *Column, lo, hi bound) Cond {
	return Cond{func(*Table) (test, error) {
		switch {
		case c.kind == Float && math.IsInf(lo.f, -1):
			return floatTest(c, lo, hi, atMostBits), nil
		case c.kind == Float && math.IsInf(hi.f, 1):
			return floatTest(c, lo, hi, atLeastBits), nil
		case c.kind == Float:
			return floatTest(c, lo, hi, withinBits), nil
		case lo.i > hi.i:
			return never(c), nil
		}
		if c.kind == Time && (c.precisions != nil || c.precision > Day) {
			return c.coarse(instants(c, lo, hi), lo.i, hi.i), nil
		}
		return instants(c, lo, hi), nil
	}}
}

// instants is true where lo <= the stored whole number <= hi.
func instants(c *Column, lo, hi bound) test {
	from := uint64(lo.i)
	r := reach{from, uint64(hi.i) - from}
	return func(lo, hi int, out answers) { pack(c, lo, c.ints[lo:hi], out, reachBits, r) }
}

// coarse corrects the answers for times that are known to the month or the year only: true if all of it lies from lo to hi,
// false if nothing of it does, else neither.
func (c *Column) coarse(base test, lo, hi int64) test {
	return func(from, to int, out answers) {
		base(from, to, out)
		for i := from; i < to; i++ {
			if c.precisionAt(i) <= Day || !c.valid.get(i) {
				continue
			}
			first := c.ints[i]
			last := makeStamp(first, c.offsetAt(i), c.precisionAt(i)).End().UnixNano() - 1
			w, bit := (i-from)>>6, uint64(1)<<((i-from)&63)
			out.yes[w], out.no[w] = out.yes[w]&^bit, out.no[w]&^bit
			switch {
			case lo <= first && last <= hi:
				out.yes[w] |= bit
			case last < lo || hi < first:
				out.no[w] |= bit
			}
		}
	}
}

// never is false where there is a value.
func never(c *Column) test {
	return func(lo, hi int, out answers) {
		out.set(c, lo, hi)
		copy(out.no, out.yes)
		clear(out.yes)
	}
}

func floatTest(c *Column, lo, hi bound, f func(*[8]float64, ends) uint64) test {
	p := ends{lo.f, hi.f}
	return func(lo, hi int, out answers) { pack(c, lo, c.floats[lo:hi], out, f, p) }
}

type ends struct{ lo, hi float64 }

func atMostBits(v *[8]float64, p ends) uint64 {
	return eight(one(v[0] <= p.hi), one(v[1] <= p.hi), one(v[2] <= p.hi), one(v[3] <= p.hi),
		one(v[4] <= p.hi), one(v[5] <= p.hi), one(v[6] <= p.hi), one(v[7] <= p.hi))
}

func atLeastBits(v *[8]float64, p ends) uint64 {
	return eight(one(v[0] >= p.lo), one(v[1] >= p.lo), one(v[2] >= p.lo), one(v[3] >= p.lo),
		one(v[4] >= p.lo), one(v[5] >= p.lo), one(v[6] >= p.lo), one(v[7] >= p.lo))
}

func withinBits(v *[8]float64, p ends) uint64 { return atLeastBits(v, p) & atMostBits(v, p) }

// reach is a range of whole numbers, from its lower end as far as width.
type reach struct{ from, width uint64 }

// in is 1 if v is within; the subtraction wraps as it must.
func (r reach) in(v int64) uint64 { return one(uint64(v)-r.from <= r.width) }

func reachBits(v *[8]int64, r reach) uint64 {
	return eight(r.in(v[0]), r.in(v[1]), r.in(v[2]), r.in(v[3]), r.in(v[4]), r.in(v[5]), r.in(v[6]), r.in(v[7]))
}

// textIn looks every distinct text up once; a row asks only the answer for its code.
func textIn(c *Column, values []any) (test, error) {
	hit := make([]uint64, len(c.dict.words))
	for _, v := range values {
		s, ok := v.(string)
		if !ok {
			return nil, fmt.Errorf("table: column %q holds text and is compared with %v (%T)", c.name, v, v)
		}
		for code, w := range c.dict.words {
			if w == s {
				hit[code] = 1
			}
		}
	}
	if len(hit) == 0 {
		return never(&Column{n: c.n, valid: newBitmap(c.n)}), nil
	}
	return func(lo, hi int, out answers) { pack(c, lo, c.codes[lo:hi], out, codeBits, hit) }, nil
}

func codeBits(v *[8]uint32, hit []uint64) uint64 {
	return eight(hit[v[0]], hit[v[1]], hit[v[2]], hit[v[3]], hit[v[4]], hit[v[5]], hit[v[6]], hit[v[7]])
}

func boolIn(c *Column, values []any) (test, error) {
	var hit [2]uint64
	for _, v := range values {
		b, ok := v.(bool)
		if !ok {
			return nil, fmt.Errorf("table: column %q holds bool and is compared with %v (%T)", c.name, v, v)
		}
		hit[one(b)&1] = 1
	}
	return func(lo, hi int, out answers) { pack(c, lo, c.bools[lo:hi], out, boolBits, hit) }, nil
}

func boolBits(v *[8]bool, hit [2]uint64) uint64 {
	t := eight(one(v[0]), one(v[1]), one(v[2]), one(v[3]), one(v[4]), one(v[5]), one(v[6]), one(v[7]))
	return t*hit[1] | (t^0xff)*hit[0]
}

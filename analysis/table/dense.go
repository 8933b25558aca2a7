package table

import "math"

// groups says which group every row belongs to. Groups are numbered by first appearance.
type groups struct {
	of    []uint32
	first []int32 // the first row of each group
}

// hashed is a growing set of keys with the number each was given.
type hashed struct {
	keys  []uint64
	codes []uint32 // number+1; 0 is free
	n     int
	shift uint
}

func newHashed(room int) *hashed {
	bits := uint(10)
	for 1<<bits < 2*room {
		bits++
	}
	return &hashed{keys: make([]uint64, 1<<bits), codes: make([]uint32, 1<<bits), shift: 64 - bits}
}

// mix spreads a key over 64 bits (Fibonacci hashing after a fold; Knuth, TAOCP 6.4).
func mix(k uint64) uint64 {
	k ^= k >> 32
	return k * 0x9E3779B97F4A7C15
}

// number is the key's number; fresh if it was not there before.
func (h *hashed) number(k uint64) (code uint32, fresh bool) {
	mask := uint64(len(h.codes) - 1)
	for i := mix(k) >> h.shift; ; i = (i + 1) & mask {
		c := h.codes[i]
		if c == 0 {
			h.keys[i] = k
			h.n++
			h.codes[i] = uint32(h.n)
			code = uint32(h.n - 1)
			if h.n*2 > len(h.codes) {
				h.grow()
			}
			return code, true
		}
		if h.keys[i] == k {
			return c - 1, false
		}
	}
}

// find is the key's number, or false.
func (h *hashed) find(k uint64) (uint32, bool) {
	mask := uint64(len(h.codes) - 1)
	for i := mix(k) >> h.shift; ; i = (i + 1) & mask {
		c := h.codes[i]
		if c == 0 {
			return 0, false
		}
		if h.keys[i] == k {
			return c - 1, true
		}
	}
}

func (h *hashed) grow() {
	keys, codes := h.keys, h.codes
	h.shift--
	h.keys, h.codes = make([]uint64, 2*len(keys)), make([]uint32, 2*len(codes))
	mask := uint64(len(h.codes) - 1)
	for j, c := range codes {
		if c == 0 {
			continue
		}
		i := mix(keys[j]) >> h.shift
		for h.codes[i] != 0 {
			i = (i + 1) & mask
		}
		h.keys[i], h.codes[i] = keys[j], c
	}
}

// keyBlock is how many keys are made at a time: they stay in the nearest cache.
const keyBlock = 2048

// densify numbers n keys by first appearance; fill writes the keys of rows lo to hi into buf. span is an upper bound of
// the keys, 0 if there is none: small ones are looked up in an array.
func densify(n int, span uint64, fill func(lo, hi int, buf []uint64)) groups {
	g := groups{of: make([]uint32, n)}
	ps := parts(n)
	firsts := make([][]int32, len(ps))
	tables := make([][]uint64, len(ps)) // keys in local order
	inParts(n, func(p, lo, hi int) {
		firsts[p], tables[p] = densifyPart(g.of, lo, hi, span, fill)
	})
	if len(ps) == 1 {
		g.first = firsts[0]
		return g
	}
	all := newHashed(len(tables[0]))
	remap := make([][]uint32, len(ps))
	for p := range ps {
		remap[p] = make([]uint32, len(tables[p]))
		for local, k := range tables[p] {
			code, fresh := all.number(k)
			if fresh {
				g.first = append(g.first, firsts[p][local])
			}
			remap[p][local] = code
		}
	}
	inParts(n, func(p, lo, hi int) {
		if p == 0 { // the first part's numbers are the global ones
			return
		}
		m := remap[p]
		for i, c := range g.of[lo:hi] {
			g.of[lo+i] = m[c]
		}
	})
	return g
}

func densifyPart(of []uint32, lo, hi int, span uint64, fill func(lo, hi int, buf []uint64)) (first []int32, keys []uint64) {
	buf := make([]uint64, keyBlock)
	var direct []uint32
	var h *hashed
	if span > 0 && span <= max(1<<16, uint64(hi-lo)) {
		direct = make([]uint32, span)
	} else {
		h = newHashed(512)
	}
	for at := lo; at < hi; at += keyBlock {
		end := min(at+keyBlock, hi)
		fill(at, end, buf)
		for i, k := range buf[:end-at] {
			var code uint32
			var fresh bool
			if direct != nil {
				if code = direct[k]; code == 0 {
					code, fresh = uint32(len(keys)+1), true
					direct[k] = code
				}
				code--
			} else {
				code, fresh = h.number(k)
			}
			if fresh {
				first = append(first, int32(at+i))
				keys = append(keys, k)
			}
			of[at+i] = code
		}
	}
	return first, keys
}

// keyBits fills buf with keys that are equal exactly if the values are. Missing values are not told apart here.
func (c *Column) keyBits(lo, hi int, buf []uint64) {
	switch c.kind {
	case Float:
		for i, v := range c.floats[lo:hi] {
			buf[i] = floatKey(v)
		}
	case Int, Time:
		if c.kind == Time && (c.precisions != nil || c.precision >= Day) {
			c.stampKeys(lo, hi, buf)
			return
		}
		for i, v := range c.ints[lo:hi] {
			buf[i] = uint64(v)
		}
	case Bool:
		for i, v := range c.bools[lo:hi] {
			buf[i] = one(v)
		}
	case Text:
		for i, v := range c.codes[lo:hi] {
			buf[i] = uint64(v)
		}
	}
}

// stampKeys are those of times of which some are days, months or years: these equal no instant and one another only if they
// are as coarse. They are numbered from the smallest int64 on, where no time of the years 1678 to 2261 lies.
func (c *Column) stampKeys(lo, hi int, buf []uint64) {
	const daysBelow = 1 << 17 // more than there are days from 1677 to 1970
	for i, ns := range c.ints[lo:hi] {
		p := c.precisionAt(lo + i)
		if p < Day {
			buf[i] = uint64(ns)
			continue
		}
		if off := c.offsetAt(lo + i); off != noOffset {
			ns += int64(off) * 60e9
		}
		buf[i] = 1<<63 + uint64(p-Day)<<18 + uint64(floorDay(ns)+daysBelow)
	}
}

// floatKey makes -0 equal to 0.
func floatKey(v float64) uint64 {
	if v == 0 {
		return 0
	}
	return math.Float64bits(v)
}

// small gives keys below span: as they are or less the smallest one where they lie close together, others numbered first.
// Missing is span-1.
func (c *Column) small() (fill func(lo, hi int, buf []uint64), span uint64) {
	var valid bitmap
	if k := c.pending(); k != nil {
		fill, span, valid = k.numbers, uint64(len(k.starts)), k.valid
	} else {
		c = c.full()
		fill, span = c.tight()
		valid = c.valid
	}
	if valid == nil {
		return fill, max(span, 1)
	}
	known, missing := fill, span
	return func(lo, hi int, buf []uint64) {
		known(lo, hi, buf)
		for i := lo; i < hi; i++ {
			if !valid.get(i) {
				buf[i-lo] = missing
			}
		}
	}, missing + 1
}

// tight gives the keys of known values below span.
func (c *Column) tight() (fill func(lo, hi int, buf []uint64), span uint64) {
	switch c.kind {
	case Text:
		return c.keyBits, uint64(len(c.dict.words))
	case Bool:
		return c.keyBits, 2
	case Int, Time:
		lo, hi, any := c.reach(c.keyBits, c.valid)
		if wide := uint64(hi) - uint64(lo); any && wide < max(1<<16, uint64(c.n)) {
			return func(from, to int, buf []uint64) {
				c.keyBits(from, to, buf)
				for i := range buf[:to-from] {
					buf[i] -= uint64(lo)
				}
			}, wide + 1
		}
	}
	g := densify(c.n, 0, c.keyBits)
	return func(lo, hi int, buf []uint64) {
		for i, v := range g.of[lo:hi] {
			buf[i] = uint64(v)
		}
	}, uint64(len(g.first))
}

// groupBy numbers the rows by the values of the columns together.
func groupBy(n int, cols []*Column) groups {
	if len(cols) == 0 {
		g := groups{of: make([]uint32, n)}
		if n > 0 {
			g.first = []int32{0}
		}
		return g
	}
	fill, span := cols[0].small()
	for _, c := range cols[1:] {
		f1, s1 := fill, span
		f2, s2 := c.small()
		if s1 > 1<<31 || s2 > 1<<31 {
			g := densify(n, s1, f1)
			s1 = uint64(len(g.first))
			f1 = func(lo, hi int, buf []uint64) {
				for i, v := range g.of[lo:hi] {
					buf[i] = uint64(v)
				}
			}
		}
		fill, span = func(lo, hi int, buf []uint64) {
			var tmp [keyBlock]uint64
			f1(lo, hi, buf)
			f2(lo, hi, tmp[:])
			for i := range buf[:hi-lo] {
				buf[i] = buf[i]*s2 + tmp[i]
			}
		}, s1*s2
	}
	return densify(n, span, fill)
}

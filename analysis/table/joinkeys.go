package table

// joinKeys are the keys of one side's rows; rows that are not valid match nothing.
type joinKeys struct {
	n     int
	fill  func(lo, hi int, buf []uint64) // the keys of rows lo to hi
	valid bitmap
}

// each calls f with the keys of rows lo to hi, some thousand at a time.
func (k joinKeys) each(lo, hi int, f func(at int, keys []uint64)) {
	const block = 2048
	buf := make([]uint64, min(block, hi-lo))
	for at := lo; at < hi; at += block {
		keys := buf[:min(block, hi-at)]
		k.fill(at, at+len(keys), keys)
		f(at, keys)
	}
}

// jointKeys gives keys that are equal across the two sides exactly if the values of all columns are.
func jointKeys(lc, rc []*Column) (l, r joinKeys) {
	l, r = jointKey(lc[0], rc[0])
	for i := 1; i < len(lc); i++ {
		l2, r2 := jointKey(lc[i], rc[i])
		h1, h2 := newHashed(1024), newHashed(1024)
		l, r = l.pair(l2, h1, h2), r.pair(r2, h1, h2)
	}
	return l, r
}

// pair numbers the keys of a and b and puts both numbers into one key.
func (a joinKeys) pair(b joinKeys, ha, hb *hashed) joinKeys {
	key := make([]uint64, a.n)
	out := joinKeys{n: a.n, valid: fullBitmap(a.n), fill: func(lo, hi int, buf []uint64) { copy(buf, key[lo:hi]) }}
	number := func(k joinKeys, h *hashed, shift uint) {
		k.each(0, k.n, func(at int, keys []uint64) {
			for i, v := range keys {
				if !k.valid.get(at + i) {
					out.valid.clear(at + i)
					continue
				}
				code, _ := h.number(v)
				key[at+i] |= uint64(code) << shift
			}
		})
	}
	number(a, ha, 32)
	number(b, hb, 0)
	return out
}

// jointKey gives keys that are equal across both columns exactly if the values are.
func jointKey(a, b *Column) (l, r joinKeys) {
	l, r = joinKeys{a.n, a.keyBits, a.valid}, joinKeys{b.n, b.keyBits, b.valid}
	if a.kind != Text {
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
	l.fill = func(lo, hi int, buf []uint64) {
		for i, c := range a.codes[lo:hi] {
			buf[i] = translate[c]
		}
	}
	return l, r
}

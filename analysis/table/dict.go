package table

import (
	"hash/maphash"
	"unicode/utf8"
)

// dict holds the distinct texts of a column; code i is words[i]. It is read-only once its column is made.
type dict struct {
	words []string
}

// interner gives equal texts equal codes, in order of first appearance.
type interner struct {
	words []string
	slots []uint32 // code+1; 0 is free
	tags  []uint32 // upper half of the hash, beside slots
	seed  maphash.Seed
}

func newInterner() *interner {
	return &interner{slots: make([]uint32, 64), tags: make([]uint32, 64), seed: maphash.MakeSeed()}
}

// code is the code of a text; false if it is no valid UTF-8.
func (in *interner) code(b []byte) (code uint32, valid bool) {
	h := maphash.Bytes(in.seed, b)
	mask := uint64(len(in.slots) - 1)
	tag := uint32(h >> 32)
	for i := h & mask; ; i = (i + 1) & mask {
		s := in.slots[i]
		if s == 0 {
			if !utf8.Valid(b) {
				return 0, false
			}
			return in.add(string(b), i, tag), true
		}
		if in.tags[i] == tag && in.words[s-1] == string(b) {
			return s - 1, true
		}
	}
}

func (in *interner) codeOf(s string) uint32 {
	h := maphash.String(in.seed, s)
	mask := uint64(len(in.slots) - 1)
	tag := uint32(h >> 32)
	for i := h & mask; ; i = (i + 1) & mask {
		c := in.slots[i]
		if c == 0 {
			return in.add(s, i, tag)
		}
		if in.tags[i] == tag && in.words[c-1] == s {
			return c - 1
		}
	}
}

func (in *interner) add(s string, at uint64, tag uint32) uint32 {
	in.words = append(in.words, s)
	code := uint32(len(in.words))
	in.slots[at], in.tags[at] = code, tag
	if len(in.words)*2 > len(in.slots) {
		in.grow()
	}
	return code - 1
}

func (in *interner) grow() {
	slots := make([]uint32, 2*len(in.slots))
	tags := make([]uint32, len(slots))
	mask := uint64(len(slots) - 1)
	for i, w := range in.words {
		h := maphash.String(in.seed, w)
		at := h & mask
		for slots[at] != 0 {
			at = (at + 1) & mask
		}
		slots[at], tags[at] = uint32(i+1), uint32(h>>32)
	}
	in.slots, in.tags = slots, tags
}

func (in *interner) dict() *dict { return &dict{words: in.words} }

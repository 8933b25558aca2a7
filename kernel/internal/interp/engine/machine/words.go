package machine

import (
	"reflect"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// piece is a part of a struct or array that one instruction copies: a pointer, or as many words without pointers as fit.
type piece struct {
	off   int32
	ptr   bool
	words int32 // without pointers: 1 to maxWords
	bytes int32 // of a value smaller than a word: 1, 2 or 4
}

const (
	maxWords  = 4 // words without pointers that one instruction copies
	maxPieces = 6 // instructions that may copy a value; what needs more goes through the runtime
)

// piecesOf splits a value of type t. It is nil if the value is large or oddly sized.
func piecesOf(t reflect.Type) (ps []piece) {
	size := int32(t.Size())
	switch {
	case size > 8*maxWords*maxPieces || size == 0:
		return nil
	case size == 1 || size == 2 || size == 4:
		return []piece{{bytes: size}}
	case size < 8:
		return nil
	}
	isPtr := map[int32]bool{}
	mem.PtrWords(t, 0, func(o int32) { isPtr[o] = true })
	for o := int32(0); o+8 <= size; o += 8 {
		last := len(ps) - 1
		switch {
		case isPtr[o]:
			ps = append(ps, piece{off: o, ptr: true})
		case last >= 0 && !ps[last].ptr && ps[last].words < maxWords:
			ps[last].words++
		default:
			ps = append(ps, piece{off: o, words: 1})
		}
	}
	if size%8 != 0 { // no pointers then: the last word overlaps the one before
		ps = append(ps, piece{off: size - 8, words: 1})
	}
	if len(ps) > maxPieces {
		return nil
	}
	return ps
}

// op is the instruction of a family, which starts with that for a pointer, that copies p.
func (p piece) op(family uint16) uint16 {
	switch {
	case p.ptr:
		return family
	case p.bytes > 0:
		return family + uint16(maxWords) + 1 + uint16(p.bytes)/2
	}
	return family + uint16(p.words)
}

// movPieces copies a struct or array from slot to slot. It reports whether it could.
func (c *comp) movPieces(s slot, dst int32) bool {
	ps := piecesOf(s.t)
	for _, p := range ps {
		c.emit(p.op(opMovWP), dst+p.off, s.off+p.off, 0, 0)
	}
	return ps != nil
}

// loadPieces reads a struct or array from off bytes behind the pointer in slot base.
func (c *comp) loadPieces(d slot, base int32, off int64) bool {
	ps := piecesOf(d.t)
	for _, p := range ps {
		c.emit(p.op(opLdWP), d.off+p.off, base, 0, off+int64(p.off))
	}
	return ps != nil
}

// storePieces writes a struct or array to off bytes behind the pointer in slot base.
func (c *comp) storePieces(s slot, base int32, off int64) bool {
	ps := piecesOf(s.t)
	for _, p := range ps {
		c.emit(p.op(opStWP), s.off+p.off, base, 0, off+int64(p.off))
	}
	return ps != nil
}

// zeroPieces clears n bytes, a multiple of 8, of type t at offset off.
func (c *comp) zeroPieces(t reflect.Type, off, n int32) bool {
	if n > 8*maxWords*maxPieces {
		return false
	}
	isPtr := map[int32]bool{}
	mem.PtrWords(t, 0, func(o int32) { isPtr[o] = true })
	for o := int32(0); o < n; {
		if isPtr[o] {
			c.emit(opZeroP, off+o, 0, 0, 0)
			o += 8
			continue
		}
		k := int32(8)
		for o+k < n && !isPtr[o+k] {
			k += 8
		}
		c.emit(opZero, off+o, off+o+k, 0, 0)
		o += k
	}
	return true
}

// word is a bool as a slot holds it.
func word(b bool) (w uint64) {
	if b {
		w = 1
	}
	return w
}

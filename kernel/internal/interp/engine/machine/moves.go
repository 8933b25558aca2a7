package machine

import "github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"

// move copies a value, or a piece of one, between frames.
type move struct {
	cls      class
	src, dst int32
	rt       ptr // cT: type descriptor
}

// Classes of moves only: words without pointers.
const (
	cW2 class = cT + 1 + iota
	cW3
	cW4
)

// movesOf are the copies of values from their slots to the slots to, which have the same types. Which they are depends on the
// types alone.
func movesOf(from, to []slot) (ms []move) {
	for i, d := range to {
		ms = d.moves(ms, from[i].off)
	}
	return
}

// moves adds the copies from offset src to d.
func (d slot) moves(ms []move, src int32) []move {
	if d.cls != cT {
		return append(ms, move{cls: d.cls, src: src, dst: d.off})
	}
	if d.t.Size() == 0 {
		return ms
	}
	ps := piecesOf(d.t)
	if ps == nil {
		return append(ms, move{cT, src, d.off, mem.Type(d.t)})
	}
	for _, p := range ps {
		cls := [...]class{cU64, cU64, cW2, cW3, cW4}[p.words]
		if p.ptr {
			cls = cP
		}
		ms = append(ms, move{cls: cls, src: src + p.off, dst: d.off + p.off})
	}
	return ms
}

// copyMoves copies between frames.
func copyMoves(ms []move, dst, src ptr) {
	for i := range ms {
		x := &ms[i]
		switch x.cls {
		case cP:
			mem.Put(dst, x.dst, mem.Ld[ptr](src, x.src))
		case cS:
			mem.Put(dst, x.dst, mem.Ld[string](src, x.src))
		case cL:
			mem.Put(dst, x.dst, mem.Ld[[]byte](src, x.src))
		case cE:
			mem.Put(dst, x.dst, mem.Ld[mem.Iface](src, x.src))
		case cT:
			mem.Move(x.rt, mem.Add(dst, x.dst), mem.Add(src, x.src))
		case cW2:
			mem.Put(dst, x.dst, mem.Ld[mem.W2](src, x.src))
		case cW3:
			mem.Put(dst, x.dst, mem.Ld[mem.W3](src, x.src))
		case cW4:
			mem.Put(dst, x.dst, mem.Ld[mem.W4](src, x.src))
		default:
			mem.Put(dst, x.dst, mem.Ld[uint64](src, x.src))
		}
	}

}

package main

import "strings"

// mapElems are the classes of elements whose maps have operations; U64 serves all numbers of a word.
var mapElems = strings.Fields("U8 U64 P S L E")

// reload stands for finding the instructions again after a call.
const reload = "\nRELOAD\n"

// maps are operations on maps with keys of a word or strings, for threads that own the map's lock; the others are left to the
// operation's general form, which d says above the slot of the map type. They do and store as little as possible: while a processor
// waits for the memory of one insertion, it begins the next only as far as its buffers have room.
func maps() {
	const own = `h := mem.Ld[ptr](fp, in.b)
if h == nil {
	break
}
u, n := th.maps, mapLockOf(h)
u.say(n + 1)
if th.m.maps[n].owner.Load() != u {
	u.say(0)
	break
}
kept[0], kept[1] = fp, ip
`
	const back = "fp, ip = kept[0], kept[1]" + reload
	for _, k := range [][2]string{{"Word", "uint64"}, {"Text", "string"}} {
		args := "(mem.Ld[ptr](fp, int32(in.d)), h, mem.Ld[" + k[1] + "](fp, in.c))\n"
		for _, c := range mapElems {
			t := typeOf[c]
			add(op{name: "MapGet" + k[0] + c, value: "e", typ: slotType(c), rest: "fn.ext[in.d>>32](th, fp)",
				find: own + "p, ok := mem.MapGet" + k[0] + args + back + "if in.f != 0 {\nmem.Put(fp, in.a+int32(int16(in.f))*8, ok)\n}\ne := " + widen(c, "*mem.As["+t+"](p)") + "\nth.maps.say(0)\n"})
			add(op{name: "MapSet" + k[0] + c, rest: "fn.ext[in.d>>32](th, fp)",
				find: own + "p := mem.MapSet" + k[0] + args + back + "*mem.As[" + t + "](p) = " + ld(t, "a") + "\nth.maps.say(0)"})
		}
	}
}

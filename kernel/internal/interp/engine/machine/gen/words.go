package main

// words are the operations that copy and clear parts of structs and arrays: a pointer, one to four words, one to four bytes.
func words() {
	parts := [][2]string{{"P", "ptr"}, {"1", "uint64"}, {"2", "mem.W2"}, {"3", "mem.W3"}, {"4", "mem.W4"}, {"B1", "uint8"}, {"B2", "uint16"}, {"B4", "uint32"}}
	behind := places[0]
	for _, p := range parts {
		value("MovW"+p[0], p[1], ld(p[1], "b"))
	}
	for _, p := range parts {
		add(op{name: "LdW" + p[0], find: behind.find, value: "*mem.As[" + p[1] + "](" + behind.at + ")", typ: p[1], rest: behind.fail})
	}
	for _, p := range parts {
		add(op{name: "StW" + p[0], find: behind.find + "*mem.As[" + p[1] + "](" + behind.at + ") = " + ld(p[1], "a"), rest: behind.fail})
	}
	add(op{name: "ZeroP", find: "mem.Put[ptr](fp, in.a, nil)"})
	add(op{name: "Zero", find: "for o := in.a; o < in.b; o += 8 {\nmem.Put[uint64](fp, o, 0)\n}"})
}

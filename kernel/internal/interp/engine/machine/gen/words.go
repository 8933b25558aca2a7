package main

// words are the operations that copy and clear parts of structs and arrays: a pointer, one to four words, one to four bytes.
func words() {
	parts := [][2]string{{"P", "ptr"}, {"1", "uint64"}, {"2", "mem.W2"}, {"3", "mem.W3"}, {"4", "mem.W4"}, {"B1", "uint8"}, {"B2", "uint16"}, {"B4", "uint32"}}
	behind := places[0]
	for _, p := range parts {
		add("MovW"+p[0], put("a", ld(p[1], "b")))
	}
	for _, p := range parts {
		addRest("LdW"+p[0], behind.find+put("a", "*mem.As["+p[1]+"]("+behind.at+")")+next, behind.fail)
	}
	for _, p := range parts {
		addRest("StW"+p[0], behind.find+"*mem.As["+p[1]+"]("+behind.at+") = "+ld(p[1], "a")+next, behind.fail)
	}
	add("ZeroP", "mem.Put[ptr](fp, in.a, nil)")
	add("Zero", "for o := in.a; o < in.b; o += 8 {\nmem.Put[uint64](fp, o, 0)\n}")
}

package main

import "fmt"

func arithmetic() {
	for _, c := range classes[:7] {
		if wideOf[c] != "" {
			add("Wid"+c, put("a", widen(c, ld(typeOf[c], "b"))))
		}
	}
	for _, x := range [][2]string{{"Add", "+"}, {"Sub", "-"}, {"Mul", "*"}, {"And", "&"}, {"Or", "|"}, {"Xor", "^"}, {"AndNot", "&^"}} {
		add(x[0], put("a", ld("int64", "b")+x[1]+ld("int64", "c")))
	}
	for _, x := range [][3]string{{"Div", "int64", "/"}, {"Rem", "int64", "%"}, {"DivU", "uint64", "/"}, {"RemU", "uint64", "%"}} {
		addRest(x[0], fmt.Sprintf("x, y := %s, %s\nif y == 0 {\nbreak\n}\n%s", ld(x[1], "b"), ld(x[1], "c"), put("a", "x"+x[2]+"y"))+next,
			put("a", ld(x[1], "b")+x[2]+ld(x[1], "c")))
	}
	add("Shl", put("a", ld("int64", "b")+"<<"+ld("uint64", "c")))
	add("ShrS", put("a", ld("int64", "b")+">>"+ld("uint64", "c")))
	add("ShrU", put("a", ld("uint64", "b")+">>"+ld("uint64", "c")))
	addRest("ShiftCheck", fmt.Sprintf("if %s < 0 {\nbreak\n}", ld("int64", "a"))+next, "negativeShift()")
	add("Neg", put("a", "-"+ld("int64", "b")))
	add("Not", put("a", "^"+ld("int64", "b")))
	for _, k := range []struct{ n, t string }{{"F", "float64"}, {"G", "float32"}} {
		for _, x := range [][2]string{{"Add", "+"}, {"Sub", "-"}, {"Mul", "*"}, {"Div", "/"}} {
			add(x[0]+k.n, put("a", ld(k.t, "b")+x[1]+ld(k.t, "c")))
		}
		add("Neg"+k.n, put("a", "-"+ld(k.t, "b")))
	}
	add("CvtIF", put("a", "float64("+ld("int64", "b")+")"))
	add("CvtFI", put("a", "int64("+ld("float64", "b")+")"))
	add("NotB", put("a", "!"+ld("bool", "b")))
}

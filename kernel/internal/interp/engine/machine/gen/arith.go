package main

import "fmt"

func arithmetic() {
	for _, c := range classes[:7] {
		if wideOf[c] != "" {
			value("Wid"+c, wideOf[c], widen(c, ld(typeOf[c], "b")))
		}
	}
	for _, x := range [][2]string{{"Add", "+"}, {"Sub", "-"}, {"Mul", "*"}, {"And", "&"}, {"Or", "|"}, {"Xor", "^"}, {"AndNot", "&^"}} {
		value(x[0], "int64", ld("int64", "b")+x[1]+ld("int64", "c"))
	}
	for _, x := range [][3]string{{"Div", "int64", "/"}, {"Rem", "int64", "%"}, {"DivU", "uint64", "/"}, {"RemU", "uint64", "%"}} {
		add(op{name: x[0], find: fmt.Sprintf("x, y := %s, %s\nif y == 0 {\nbreak\n}\n", ld(x[1], "b"), ld(x[1], "c")), value: "x" + x[2] + "y", typ: x[1],
			rest: put("a", ld(x[1], "b")+x[2]+ld(x[1], "c"))})
	}
	value("Shl", "int64", ld("int64", "b")+"<<"+ld("uint64", "c"))
	value("ShrS", "int64", ld("int64", "b")+">>"+ld("uint64", "c"))
	value("ShrU", "uint64", ld("uint64", "b")+">>"+ld("uint64", "c"))
	add(op{name: "ShiftCheck", find: fmt.Sprintf("if %s < 0 {\nbreak\n}", ld("int64", "a")), rest: "negativeShift()"})
	value("Neg", "int64", "-"+ld("int64", "b"))
	value("Not", "int64", "^"+ld("int64", "b"))
	for _, k := range []struct{ n, t string }{{"F", "float64"}, {"G", "float32"}} {
		for _, x := range [][2]string{{"Add", "+"}, {"Sub", "-"}, {"Mul", "*"}, {"Div", "/"}} {
			// the conversion keeps a product from becoming part of a sum without being rounded
			value(x[0]+k.n, k.t, k.t+"("+ld(k.t, "b")+x[1]+ld(k.t, "c")+")")
		}
		value("Neg"+k.n, k.t, "-"+ld(k.t, "b"))
	}
	for _, x := range [][3]string{{"IF", "int64", "float64"}, {"FI", "float64", "int64"}, {"UF", "uint64", "float64"}, {"FU", "float64", "uint64"},
		{"IG", "int64", "float32"}, {"GI", "float32", "int64"}, {"UG", "uint64", "float32"}, {"GU", "float32", "uint64"}, {"FG", "float64", "float32"}, {"GF", "float32", "float64"}} {
		value("Cvt"+x[0], x[2], x[2]+"("+ld(x[1], "b")+")")
	}
	value("NotB", "bool", "!"+ld("bool", "b"))
}

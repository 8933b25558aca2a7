package main

import "strings"

const (
	// jump goes to operand c, unless the run is to stop.
	jump = "if stop.Load() != 0 {\nbreak\n}\nip = mem.Add(ip, in.c)\ncontinue"
	// held waits or ends the run, then does the jump again.
	held = "th.interrupted()\nreturn fp, ip"
)

func jumps() {
	when := func(name, cond string) {
		add(op{name: name, flow: "if " + cond + " {\n" + jump + "\n}" + next, rest: held})
	}
	add(op{name: "Jmp", flow: jump, rest: held})
	when("JT", ld("uint8", "a")+" != 0") // a bool may have been written as a byte
	when("JF", ld("uint8", "a")+" == 0")
	compare(func(k kind, name, sign string) {
		cond := ld(k.typ, "a") + sign + ld(k.typ, "b")
		if k.name == "S" {
			o := op{name: "J" + name, rest: "if " + cond + " {\nif th.run.stop.Load() != 0 {\nth.interrupted()\n}\nreturn fp, mem.Add(ip, in.c)\n}"}
			if sign == "==" || sign == "!=" {
				o.flow = sameText("a", "b") + "if same " + sign + " true {\n" + jump + "\n}" + next
			}
			add(o)
			return
		}
		when("J"+name, cond)
	})
	compare(func(k kind, name, sign string) {
		is := ld(k.typ, "b") + sign + ld(k.typ, "c")
		if k.name == "S" {
			o := op{name: "S" + name, rest: put("a", is)}
			if sign == "==" || sign == "!=" {
				o.find, o.value, o.typ = sameText("b", "c"), "same "+sign+" true", "bool"
			}
			add(o)
			return
		}
		value("S"+name, "bool", is)
	})
}

// sameText sets same: whether the strings in two operands are equal. It leaves long ones of the same length to rest.
func sameText(a, b string) string {
	return "x, y := " + header(a) + ", " + header(b) + "\nn, same := x.Len, false\nif n == y.Len {\np, q := x.P, y.P\nif n > 16 {\nbreak\n}\n" + equal + "}\n"
}

// kind is a type of operands that are compared.
type kind struct{ name, typ string }

var kinds = []kind{{"I", "int64"}, {"U", "uint64"}, {"F", "float64"}, {"G", "float32"}, {"S", "string"}}

func compare(f func(k kind, name, sign string)) {
	names, signs := strings.Fields("Eq Ne Lt Le Gt Ge"), strings.Fields("== != < <= > >=")
	for _, k := range kinds {
		for i, n := range names {
			f(k, n+k.name, signs[i])
		}
	}
}

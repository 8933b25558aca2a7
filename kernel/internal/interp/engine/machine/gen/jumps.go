package main

import (
	"fmt"
	"strings"
)

const (
	// jump goes to operand c, unless the run is to stop.
	jump = "if stop.Load() != 0 {\nbreak\n}\nip = mem.Add(ip, in.c)\ncontinue"
	// held waits or ends the run, then does the jump again.
	held = "th.interrupted()\nreturn fp, ip"
)

func jumps() {
	addRest("Jmp", jump, held)
	addRest("JT", fmt.Sprintf("if %s {\n%s\n}%s", ld("bool", "a"), jump, next), held)
	addRest("JF", fmt.Sprintf("if !%s {\n%s\n}%s", ld("bool", "a"), jump, next), held)
	compare(func(k kind, name, sign string) {
		cond := ld(k.typ, "a") + sign + ld(k.typ, "b")
		if k.name == "S" {
			addRest("J"+name, "", "if "+cond+" {\nif th.run.stop.Load() != 0 {\nth.interrupted()\n}\nreturn fp, mem.Add(ip, in.c)\n}")
			return
		}
		addRest("J"+name, fmt.Sprintf("if %s {\n%s\n}%s", cond, jump, next), held)
	})
	compare(func(k kind, name, sign string) {
		set := put("a", ld(k.typ, "b")+sign+ld(k.typ, "c"))
		if k.name == "S" {
			addRest("S"+name, "", set)
			return
		}
		add("S"+name, set)
	})
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

package main

import (
	"fmt"
	"strings"
)

// The classes of values in the order of package machine, with their types in memory.
var (
	classes = strings.Fields("I8 I16 I32 I64 U8 U16 U32 U64 F64 P S L E")
	typeOf  = map[string]string{"I8": "int8", "I16": "int16", "I32": "int32", "I64": "int64", "U8": "uint8", "U16": "uint16", "U32": "uint32", "U64": "uint64",
		"F64": "float64", "P": "ptr", "S": "string", "L": "mem.Slice", "E": "mem.Iface"}
	wideOf = map[string]string{"I8": "int64", "I16": "int64", "I32": "int64", "U8": "uint64", "U16": "uint64", "U32": "uint64"}
	sizeOf = map[string]int{"I8": 1, "U8": 1, "I16": 2, "U16": 2, "I32": 4, "U32": 4, "I64": 8, "U64": 8, "F64": 8, "P": 8, "S": 16, "L": 24, "E": 16}
)

// ld reads operand o of the instruction from the frame.
func ld(t, o string) string { return "mem.Ld[" + t + "](fp, in." + o + ")" }

// put writes operand o.
func put(o, v string) string { return "mem.Put(fp, in." + o + ", " + v + ")" }

func widen(c, v string) string {
	if w := wideOf[c]; w != "" {
		return w + "(" + v + ")"
	}
	return v
}

// slotType is the type of a class's value in a slot.
func slotType(c string) string {
	if w := wideOf[c]; w != "" {
		return w
	}
	return typeOf[c]
}

func moves() {
	value("Mov", "uint64", ld("uint64", "b"))
	for _, c := range []string{"P", "S", "L", "E"} {
		value("Mov"+c, typeOf[c], ld(typeOf[c], "b"))
	}
}

// Where a load or store goes to: the code that finds it, the address, and how it fails.
type place struct{ name, find, at, fail string }

var places = []place{
	{"", "p := " + ld("ptr", "b") + "\nif p == nil {\nbreak\n}\n", "mem.Add64(p, in.d)", "nilDeref()"},
	{"x", index, "mem.Add64(s.P, int64(i)*SIZE)", indexFails},
	// a field of an element; d is the element's size and the field's offset
	{"f", index, "mem.Add64(s.P, int64(i)*(in.d>>32)+in.d&0xffffffff)", indexFails},
	// an element of an array behind a pointer; d is its length and the array's offset
	{"a", "p := " + ld("ptr", "b") + "\ni := " + ld("int", "c") + "\nif uint(i) >= uint(in.d>>32) || p == nil {\nbreak\n}\n", "mem.Add64(p, in.d&0xffffffff+int64(i)*SIZE)",
		"if i := " + ld("int", "c") + "; uint(i) >= uint(in.d>>32) {\nrangeErr(i, int(in.d>>32), in.f)\n}\nnilDeref()"},
}

const (
	index      = "s := mem.Ld[mem.Slice](fp, in.b)\ni := mem.Ld[int](fp, in.c)\nif uint(i) >= uint(s.Len) {\nbreak\n}\n"
	indexFails = "rangeErr(mem.Ld[int](fp, in.c), mem.Ld[mem.Slice](fp, in.b).Len, in.f)"
)

func memory() {
	for _, p := range places {
		at := func(c string) string {
			return fmt.Sprintf("*mem.As[%s](%s)", typeOf[c], strings.ReplaceAll(p.at, "SIZE", fmt.Sprint(sizeOf[c])))
		}
		for _, c := range classes {
			add(op{name: "Ld" + p.name + c, find: p.find, value: widen(c, at(c)), typ: slotType(c), rest: p.fail})
		}
		for _, c := range classes {
			add(op{name: "St" + p.name + c, find: p.find + at(c) + " = " + ld(typeOf[c], "a"), rest: p.fail})
		}
	}
	// a value appended to a slice that has room; the operation's general form makes it
	for _, c := range classes {
		add(op{name: "Append" + c, find: fmt.Sprintf("s := %[1]s\nn, k, p := s.Len, s.Cap, s.P\nif n >= k {\nbreak\n}\n*mem.As[%[2]s](mem.Add64(p, int64(n)*%[3]d)) = %[4]s\n"+
			"if in.a == in.b {\ns.Len = n + 1\n} else {\nmem.Put(fp, in.a, mem.Slice{P: p, Len: n + 1, Cap: k})\n}", header("b"), typeOf[c], sizeOf[c], ld(typeOf[c], "c")), rest: "fn.ext[in.d](th, fp)"})
	}
	// a part of a string or slice; d is the slot of the upper bound and, above it, the general form, f the size of an element
	const bounds = "l, h := mem.Ld[int](fp, in.c), mem.Ld[int](fp, int32(in.d))\n"
	add(op{name: "SliceS", find: "s := " + ld("string", "b") + "\n" + bounds + "if uint(h) > uint(len(s)) || uint(l) > uint(h) {\nbreak\n}\n", value: "s[l:h]", typ: "string", rest: "fn.ext[in.d>>32](th, fp)"})
	add(op{name: "SliceL", find: "s := " + ld("mem.Slice", "b") + "\n" + bounds + "if uint(h) > uint(s.Cap) || uint(l) > uint(h) {\nbreak\n}\nif s.Cap > l {\ns.P = mem.Add64(s.P, int64(l)*int64(in.f))\n}\n",
		value: "mem.Slice{P: s.P, Len: h - l, Cap: s.Cap - l}", typ: "mem.Slice", rest: "fn.ext[in.d>>32](th, fp)"})
	// the next character of a string, if it is ASCII
	add(op{name: "NextText", find: "t := mem.As[textIter](" + ld("ptr", "b") + ")\ni, ok := t.i, false\nif i < len(t.s) {\nr := t.s[i]\nif r >= 0x80 {\nbreak\n}\n" +
		"mem.Put(fp, in.c, i)\nmem.Put(fp, int32(in.d), int64(r))\nt.i = i + 1\nok = true\n}\n", value: "ok", typ: "bool", rest: "fn.ext[in.d>>32](th, fp)"})
	add(op{name: "New", rest: put("a", "mem.New("+ld("ptr", "b")+")")})
	add(op{name: "Lea", find: places[0].find, value: places[0].at, typ: "ptr", rest: "nilDeref()"})
	add(op{name: "Leax", find: index, value: "mem.Add64(s.P, int64(i)*in.d)", typ: "ptr", rest: indexFails})
	add(op{name: "IdxStr", find: fmt.Sprintf("s := %s\ni := %s\nif uint(i) >= uint(len(s)) {\nbreak\n}\n", ld("string", "b"), ld("int", "c")), value: "uint64(s[i])", typ: "uint64",
		rest: "rangeErr(mem.Ld[int](fp, in.c), mem.At[mem.Slice](fp, in.b).Len, in.f)"})
}

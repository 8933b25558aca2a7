package main

import (
	"fmt"
	"strings"
)

// intrinsics are operations for what compiled functions do that a compiler would not call either. They do the usual case in the
// loop; where Go's function does more, fails or calls, they leave it to that function, in rest.
func intrinsics() {
	numbers()
	texts()
	letters()
	builders()
}

func numbers() {
	float := func(name, v string) { value(name, "float64", v) }
	x, y := ld("float64", "b"), ld("float64", "c")
	float("Sqrt", "math.Sqrt("+x+")")
	float("Abs", "math.Float64frombits("+ld("uint64", "b")+" &^ (1 << 63))")
	float("Copysign", "math.Float64frombits("+ld("uint64", "b")+"&^(1<<63) | "+ld("uint64", "c")+"&(1<<63))")
	value("IsNaN", "bool", x+" != "+x)
	value("Signbit", "bool", ld("int64", "b")+" < 0")
	value("IsInf", "bool", fmt.Sprintf("%[2]s >= 0 && %[1]s > math.MaxFloat64 || %[2]s <= 0 && %[1]s < -math.MaxFloat64", x, ld("int64", "c")))
	// rounding by way of an integer, without a branch that depends on the number; the sign is that of x, also of zero
	for _, r := range [][3]string{{"Floor", "if float64(n) > x {\nk = 1\n}\n", "n-k"}, {"Ceil", "if float64(n) < x {\nk = 1\n}\n", "n+k"}, {"Trunc", "", "n+k"}} {
		add(op{name: r[0], find: "x := " + x + "\nif !(x > -1<<52 && x < 1<<52) {\nbreak\n}\nn, k := int64(x), int64(0)\n" + r[1],
			value: "math.Float64frombits(math.Float64bits(float64(" + r[2] + ")) | math.Float64bits(x)&(1<<63))", typ: "float64",
			rest: put("a", "math."+r[0]+"("+x+")")})
	}
	// package math's maximum differs from the builtin in what it does with NaN
	for _, m := range []string{"Max", "Min"} {
		builtin := strings.ToLower(m)
		add(op{name: "Math" + m, find: "x := " + builtin + "(" + x + ", " + y + ")\nif x != x {\nbreak\n}\n", value: "x", typ: "float64", rest: put("a", "math."+m+"("+x+", "+y+")")})
		for _, k := range kinds[:4] {
			value(m+k.name, k.typ, builtin+"("+ld(k.typ, "b")+", "+ld(k.typ, "c")+")")
		}
		add(op{name: m + "S", rest: put("a", builtin+"("+ld("string", "b")+", "+ld("string", "c")+")")})
	}
	u := ld("uint64", "b")
	value("Rotate64", "uint64", "bits.RotateLeft64("+u+", "+ld("int", "c")+")")
	value("Rotate32", "uint64", "uint64(bits.RotateLeft32("+ld("uint32", "b")+", "+ld("int", "c")+"))")
	value("Len64", "int64", "int64(bits.Len64("+u+"))")
	value("LeadingZeros64", "int64", "int64(64-bits.Len64("+u+"))")
	value("TrailingZeros64", "int64", "int64(bits.TrailingZeros64("+u+"))")
	// in parallel, because not every machine can count
	add(op{name: "OnesCount64", find: "n := " + u + "\nn -= n >> 1 & 0x5555555555555555\nn = n&0x3333333333333333 + n>>2&0x3333333333333333\nn = (n + n>>4) & 0x0f0f0f0f0f0f0f0f\n",
		value: "int64(n * 0x0101010101010101 >> 56)", typ: "int64"})
}

// equal sets same: whether n bytes, 16 at most, from p on are those from q on.
const equal = `if n >= 8 {
	same = *mem.As[uint64](p) == *mem.As[uint64](q) && *mem.As[uint64](mem.Add64(p, int64(n-8))) == *mem.As[uint64](mem.Add64(q, int64(n-8)))
} else if n >= 4 {
	same = *mem.As[uint32](p) == *mem.As[uint32](q) && *mem.As[uint32](mem.Add64(p, int64(n-4))) == *mem.As[uint32](mem.Add64(q, int64(n-4)))
} else if n >= 2 {
	same = *mem.As[uint16](p) == *mem.As[uint16](q) && *mem.As[uint16](mem.Add64(p, int64(n-2))) == *mem.As[uint16](mem.Add64(q, int64(n-2)))
} else {
	same = n == 0 || *mem.As[uint8](p) == *mem.As[uint8](q)
}
`

// letters tell what an ASCII character is; package unicode knows the others.
func letters() {
	for _, k := range [][2]string{
		{"IsLetter", "(r|0x20)-'a' < 26"}, {"IsDigit", "r-'0' < 10"}, {"IsUpper", "r-'A' < 26"}, {"IsLower", "r-'a' < 26"},
		{"IsSpace", "r == ' ' || r-'\\t' < 5"},
	} {
		add(op{name: k[0], find: "r := " + ld("uint32", "b") + "\nif r >= 0x80 {\nbreak\n}\n", value: k[1], typ: "bool", rest: put("a", "unicode."+k[0]+"("+ld("rune", "b")+")")})
	}
}

// header is the address and length of the text in operand o.
func header(o string) string { return "mem.At[mem.Slice](fp, in." + o + ")" }

func texts() {
	const prefix = "x, y := XX, YY\nn, same := y.Len, false\nif n <= x.Len {\np, q := AT, y.P\nif n > 16 {\nbreak\n}\n"
	for _, k := range [][2]string{{"HasPrefix", "x.P"}, {"HasSuffix", "mem.Add64(x.P, int64(x.Len-n))"}} {
		find := strings.NewReplacer("XX", header("b"), "YY", header("c"), "AT", k[1]).Replace(prefix) + equal + "}\n"
		for _, t := range [][2]string{{"strings", "string"}, {"bytes", "[]byte"}} {
			name := k[0]
			if t[0] == "bytes" {
				name += "Bytes"
			}
			add(op{name: name, find: find, value: "same", typ: "bool", rest: put("a", t[0]+"."+k[0]+"("+ld(t[1], "b")+", "+ld(t[1], "c")+")")})
		}
	}
}

// copies writes n bytes, 64 at most, from from on at to. It reads them before: they may overlap. The longest go by way of the stack:
// in registers they would leave none for frame and instruction, which the compiler would then save at every instruction.
const copies = `if n > 32 {
	long[0], long[1] = *mem.As[[32]byte](from), *mem.As[[32]byte](mem.Add64(from, int64(n-32)))
	*mem.As[[32]byte](to), *mem.As[[32]byte](mem.Add64(to, int64(n-32))) = long[0], long[1]
} else if n > 16 {
	u, v := *mem.As[mem.W2](from), *mem.As[mem.W2](mem.Add64(from, int64(n-16)))
	*mem.As[mem.W2](to), *mem.As[mem.W2](mem.Add64(to, int64(n-16))) = u, v
} else if n >= 8 {
	u, v := *mem.As[uint64](from), *mem.As[uint64](mem.Add64(from, int64(n-8)))
	*mem.As[uint64](to), *mem.As[uint64](mem.Add64(to, int64(n-8))) = u, v
} else if n >= 4 {
	u, v := *mem.As[uint32](from), *mem.As[uint32](mem.Add64(from, int64(n-4)))
	*mem.As[uint32](to), *mem.As[uint32](mem.Add64(to, int64(n-4))) = u, v
} else if n >= 2 {
	u, v := *mem.As[uint16](from), *mem.As[uint16](mem.Add64(from, int64(n-2)))
	*mem.As[uint16](to), *mem.As[uint16](mem.Add64(to, int64(n-2))) = u, v
} else if n == 1 {
	*mem.As[uint8](to) = *mem.As[uint8](from)
}
`

// builders are the methods that append to a strings.Builder or bytes.Buffer while there is room (rule R9 of package mem), called
// for their effect.
func builders() {
	for _, k := range []struct{ name, typ, find, flag string }{
		{"Builder", "strings.Builder", "b := mem.As[mem.Builder](p)\nif b.Self != p {\nbreak\n}\n", ""},
		{"Buffer", "bytes.Buffer", "b := mem.As[mem.Buffer](p)\n", "b.LastRead = 0\n"},
	} {
		find := "p := " + ld("ptr", "b") + "\nif p == nil {\nbreak\n}\n" + k.find
		full := func(method, typ string) string {
			return "_, _ = mem.As[" + k.typ + "](" + ld("ptr", "b") + ")." + method + "(" + ld(typ, "c") + ")"
		}
		one := "if b.Buf.Len >= b.Buf.Cap {\nbreak\n}\n*mem.As[uint8](mem.Add64(b.Buf.P, int64(b.Buf.Len))) = uint8(c)\nb.Buf.Len++\n" + k.flag
		add(op{name: k.name + "Byte", find: find + "c := " + ld("uint8", "c") + "\n" + one, rest: strings.TrimPrefix(full("WriteByte", "uint8"), "_, ")})
		add(op{name: k.name + "Rune", find: find + "c := " + ld("rune", "c") + "\nif uint32(c) >= 0x80 {\nbreak\n}\n" + one, rest: full("WriteRune", "rune")})
		// the header's capacity is not looked at: a string has none
		text := find + "s := " + header("c") + "\nfrom, n := s.P, s.Len\nif n > 64 || n > b.Buf.Cap-b.Buf.Len {\nbreak\n}\nto := mem.Add64(b.Buf.P, int64(b.Buf.Len))\n" + copies + "b.Buf.Len += n\n" + k.flag
		add(op{name: k.name + "Text", find: text, rest: full("WriteString", "string")})
		add(op{name: k.name + "Bytes", find: text, rest: full("Write", "[]byte")})
	}
	add(op{name: "BufferLen", find: "p := " + ld("ptr", "b") + "\nif p == nil {\nbreak\n}\n", value: "mem.As[mem.Buffer](p).Buf.Len - mem.As[mem.Buffer](p).Off", typ: "int",
		rest: put("a", "mem.As[bytes.Buffer]("+ld("ptr", "b")+").Len()")})
}

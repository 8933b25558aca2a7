package main

import "strings"

// fusions are chosen by how often these sequences run in ordinary programs: Go's own test programs, cells and benchmarks.
func fusions() {
	// the end of a loop: i += k; if i < n
	for _, sign := range strings.Fields("Lt Le Gt Ge Ne") {
		fuse("Add! J" + sign + "I:a")
		fuse("Sub! J" + sign + "I:a")
	}
	// loops over slices: s += x[i], s += x[i] * y[i], x[i] += v, y[i] += v * x[j]
	const tail = " Add! JLtI:a"
	const axpy = "LdxF64 MulF:b LdxF64 AddF:b2c1 StxF64:a3"
	fuse("LdxF64 AddF:b" + tail)
	fuse("LdxI64 Add:b" + tail)
	fuse("LdxF64 LdxF64 MulF:b0c1 AddF:b")
	fuse("LdxF64 LdxF64 MulF:b0c1 AddF:b" + tail)
	fuse("LdxF64 AddF:b StxF64:a" + tail)
	fuse("LdxI64 Add:b StxI64:a" + tail)
	fuse(axpy)
	fuse(axpy + tail)
	fuse("Add LdxF64:c MulF:b LdxF64 AddF:b3c2 StxF64:a" + tail)
	fuse("Add! Add LdxF64:c MulF:b LdxF64:c0 AddF:b4c3 StxF64:c0a5" + tail)
	fuse("CvtIF LdxF64 AddF:b1c0 StxF64:a")
	fuse("CvtIF LdxF64 AddF:b1c0 StxF64:a" + tail)
	fuse("StxU8" + tail)
	fuse("StxU8 Add! JLeI:a")
	fuse("CvtIF AddF:b" + tail)
	fuse("CvtIF MulF:b AddF:b" + tail)
	for _, o := range strings.Fields("Add Sub Mul Xor AddF MulF Mov StI64 StF64 MovW2 MovW3 MovW4") {
		fuse(o + tail)
	}
	fuse("Mul Add:b" + tail)
	fuse("MulF AddF:b" + tail)
	// ends of branches
	for _, o := range strings.Fields("Mov Add AddF MovS StI64 StF64") {
		fuse(o + " Jmp")
	}
	// structs of two or three numbers: v = vec{a.x + b.x, a.y + b.y}, and the guard of a function that makes them
	for _, o := range strings.Fields("AddF SubF MulF") {
		fuse(o + " " + o)
		fuse(o + " " + o + " " + o)
		fuse(o + " " + o + " MovW2")
		fuse(o + " " + o + " " + o + " MovW3")
		fuse(o + " " + o + " MovW2" + tail)
		fuse(o + " " + o + " " + o + " MovW3" + tail)
		fuse("Guard " + o)
		fuse("Guard " + o + " " + o)
		fuse("Guard " + o + " " + o + " MovW2")
		fuse("Guard " + o + " " + o + " " + o + " MovW3")
	}
	for _, o := range strings.Fields("Add Sub Mul LdI64 LdF64 LdxI64 LdxF64 Mov CvtIF") {
		fuse("Guard " + o)
	}
	fuse("Mov Mov")
	fuse("Mov Mov Mov")
	fuse("Mov CvtIF")
	fuse("Mov CvtIF Mov")
	fuse("CvtIF Mov")
	fuse("CvtIF CvtIF")
	fuse("Mov Guard")
	fuse("Mov Mov Guard")
	fuse("StxF64" + tail)
	fuse("StxI64" + tail)
	// a variable behind a pointer or an element that is changed in place: p.n += x, x[i] *= y
	for _, k := range [][2]string{{"I64", "Add Sub Mul And Or Xor"}, {"F64", "AddF SubF MulF DivF"}} {
		for _, o := range strings.Fields(k[1]) {
			for _, place := range strings.Fields("- x") {
				place = strings.Trim(place, "-")
				l, s := "Ld"+place+k[0], "St"+place+k[0]
				fuse(l + " " + o + ":b " + s + ":a")
				fuse(l + " " + o + ":b")
				if !commutes(o) {
					fuse(l + " " + o + ":c")
				}
				fuse(o + " " + s + ":a")
			}
		}
	}
	// an element of an element: a[i][j]
	for _, c := range strings.Fields("I64 F64 U8") {
		fuse("LdxL Ldx" + c + ":b")
		fuse("LdxL Stx" + c + ":b")
	}
	for _, o := range strings.Fields("AddF MulF") {
		fuse("LdxL LdxF64:b " + o + ":b")
	}
	fuse("LdxL LdxI64:b Add:b")
	fuse("LdxL LdxF64:b MulF:b AddF:b")
	fuse("LdL LdxF64:b")
	fuse("LdL LdxI64:b")
	// indices: x[i*n+k]
	fuse("Mul Add:b")
	fuse("Add Add")
	fuse("Mul Add:b Mul Add:b")
	fuse("Add LdxF64:c")
	fuse("Add LdxI64:c")
	fuse("Mul Add:b LdxF64:c")
	fuse("Mul Add:b LdxI64:c")
	fuse("LdxF64 MulF:b AddF:b")
	fuse("MulF AddF:b")
	fuse("MulF SubF:c")
	// conversions
	for _, o := range strings.Fields("AddF SubF MulF DivF") {
		fuse("CvtIF " + o + ":b")
		if !commutes(o) {
			fuse("CvtIF " + o + ":c")
		}
	}
	fuse("CvtIF MulF:b AddF:b")
	// comparisons with what was just loaded
	for _, sign := range strings.Fields("Eq Ne Lt Le Gt Ge") {
		for _, l := range strings.Fields("Ld Ldx") {
			fuse(l + "I64 J" + sign + "I:a")
			fuse(l + "F64 J" + sign + "F:a")
		}
	}
	for _, j := range strings.Fields("JT JF") {
		fuse("LdxU8 " + j + ":a")
		fuse("LdU8 " + j + ":a")
	}
	for _, sign := range strings.Fields("Lt Le Gt Ge") {
		for _, l := range strings.Fields("LdxU8! IdxStr!") {
			fuse(l + " J" + sign + "U:a")
			fuse(l + " J" + sign + "U:b")
		}
	}
	for _, sign := range strings.Fields("Eq Ne") {
		fuse("LdxU8 J" + sign + "U:a")
		fuse("IdxStr J" + sign + "U:a")
		fuse("Rem J" + sign + "I:a")
		fuse("And J" + sign + "I:a")
		fuse("LdxU8! J" + sign + "U:a")
		fuse("IdxStr! J" + sign + "U:a")
	}
	// calls and results
	for _, o := range strings.Fields("Add Sub Mul") {
		fuse(o + " Call1:a")
		fuse(o + " Ret1:a")
		fuse(o + "F Ret1:a")
	}
	// texts that are put together, numbers that are rounded
	for _, k := range []string{"Builder", "Buffer"} {
		fuse(k + "Text" + tail)
		fuse(k + "Byte" + tail)
		fuse(k + "Byte " + k + "Text")
		fuse(k + "Text " + k + "Byte")
		fuse(k + "Text " + k + "Byte" + tail)
		fuse("IdxStr " + k + "Byte:c")
		fuse("LdxU8 " + k + "Byte:c")
		fuse("LdxS " + k + "Text")
	}
	fuse("NextText! JF:a")
	fuse("NextText! JT:a")
	for _, c := range strings.Fields("U8 I64 F64") {
		fuse("Append" + c + tail)
		fuse("Ldx" + c + " Append" + c + ":c")
	}
	fuse("WidU8 AppendU8:c")
	fuse("WidU8 AppendU8:c" + tail)
	fuse("IdxStr AppendU8:c")
	for _, sign := range strings.Fields("Eq Ne") {
		fuse("SliceS J" + sign + "S")
	}
	for _, o := range strings.Fields("Sqrt Abs Floor Ceil Trunc MathMax MathMin MaxF MinF") {
		fuse(o + " AddF:b")
		fuse("AddF " + o + ":b")
		fuse("SubF " + o + ":b")
		fuse("CvtIF " + o + ":b")
	}
	for _, j := range strings.Fields("JT JF") {
		for _, o := range strings.Fields("IsNaN IsLetter IsDigit IsSpace HasPrefix HasSuffix SEqS SNeS") {
			fuse(o + " " + j + ":a")
		}
	}
	// maps that are filled, summed, counted in and asked
	for _, k := range strings.Fields("Word Text") {
		get, set := "MapGet"+k+"U64", "MapSet"+k+"U64:"
		fuse(set[:len(set)-1] + tail)
		fuse(get + " Add:b")
		fuse(get + " Add:b" + tail)
		fuse(get + " Add:b " + set + "a")
		fuse(get + " Add:b " + set + "a" + tail)
		for _, j := range strings.Fields("JT JF") {
			fuse("MapGet" + k + "U8 " + j + ":a")
		}
	}
	fuse("Mul MapSetWordU64:c")
	fuse("Mul MapSetWordU64:c" + tail)
	// functions that compare: a < b, x[i] < x[j] and x[i].f < x[j].f of a slice that a closure captures
	for _, sign := range strings.Fields("Lt Gt") {
		for _, k := range []string{"I64 I", "F64 F"} {
			c, t, _ := strings.Cut(k, " ")
			fuse("S" + sign + t + " Ret1:a")
			for _, place := range strings.Fields("x f") {
				l := "LdL Ld" + place + c + ":b"
				fuse(l + " " + l + " S" + sign + t + ":b1c3 Ret1:a")
			}
		}
	}
	// integers narrower than a word
	for _, c := range strings.Fields("I32 U8 U32") {
		for _, o := range strings.Fields("Add Sub Mul Xor Shl") {
			fuse(o + " Wid" + c + ":b")
		}
	}
}

func commutes(op string) bool {
	return strings.HasPrefix(op, "Add") || strings.HasPrefix(op, "Mul") || strings.Contains(" And Or Xor ", " "+op+" ")
}

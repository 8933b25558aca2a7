package table

import (
	"bytes"
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb/encoding/wkt"
)

// The causes of bad cells.
const (
	notANumber   = "not a number"
	notWhole     = "not a whole number"
	leadingZero  = "a leading zero would be lost: declare the column as text"
	tooLarge     = "outside the range of 64-bit whole numbers"
	notFinite    = "not a finite number"
	decimalComma = "not a number: if the comma is a decimal mark, write a point"
	tooExact     = "a whole number of more digits than a floating-point number keeps: declare the column as int or text"
	notBool      = "neither true nor false"
	notUTF8      = "not valid UTF-8"
	notWKT       = "not a geometry in well-known text"
)

// parseInt reads a whole number; cause is empty when it succeeds.
func parseInt(b []byte) (v int64, cause string) {
	i, neg := 0, false
	if len(b) > 0 && (b[0] == '-' || b[0] == '+') {
		neg, i = b[0] == '-', 1
	}
	if i == len(b) {
		return 0, notWhole
	}
	if b[i] == '0' && len(b) > i+1 {
		if allDigits(b[i:]) {
			return 0, leadingZero
		}
		return 0, notWhole
	}
	if len(b)-i > 18 {
		if !allDigits(b[i:]) {
			return 0, notWhole
		}
		v, err := strconv.ParseInt(string(b), 10, 64)
		if err != nil {
			return 0, tooLarge
		}
		return v, ""
	}
	for _, c := range b[i:] {
		d := c - '0'
		if d > 9 {
			return 0, notWhole
		}
		v = v*10 + int64(d)
	}
	if neg {
		v = -v
	}
	return v, ""
}

func allDigits(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(b) > 0
}

var pow10 = [...]float64{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

// parseFloat reads a decimal number. A mantissa below 2^53 with at most 22 decimals is exact in one division (Clinger,
// PLDI 1990); the rest is left to strconv.
func parseFloat(b []byte) (v float64, cause string) {
	i, neg := 0, false
	if len(b) > 0 && (b[0] == '-' || b[0] == '+') {
		neg, i = b[0] == '-', 1
	}
	start, mant, digits, frac := i, uint64(0), 0, 0
	for ; i < len(b) && b[i]-'0' <= 9; i++ {
		mant = mant*10 + uint64(b[i]-'0')
		digits++
	}
	if i < len(b) && b[i] == '.' {
		for i++; i < len(b) && b[i]-'0' <= 9; i++ {
			mant = mant*10 + uint64(b[i]-'0')
			digits++
			frac++
		}
	}
	if i == len(b) && digits > 0 && digits <= 15 && frac <= 22 {
		if b[start] == '0' && digits-frac > 1 {
			return 0, leadingZero
		}
		v = float64(mant) / pow10[frac]
		if neg {
			v = -v
		}
		return v, ""
	}
	return slowFloat(b)
}

func slowFloat(b []byte) (float64, string) {
	for _, c := range b {
		if !(c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.' || c == 'e' || c == 'E') {
			if s := string(b); len(s) <= 9 && strings.ContainsAny(s, "nN") { // NaN, Inf, infinity
				if v, err := strconv.ParseFloat(s, 64); err == nil && (math.IsNaN(v) || math.IsInf(v, 0)) {
					return 0, notFinite
				}
			}
			if comma(b) {
				return 0, decimalComma
			}
			return 0, notANumber
		}
	}
	v, err := strconv.ParseFloat(string(b), 64)
	switch {
	case err != nil && math.IsInf(v, 0):
		return 0, "too large for a 64-bit floating-point number"
	case err != nil:
		return 0, notANumber
	}
	if d := b; len(d) > 1 {
		if d[0] == '-' || d[0] == '+' {
			d = d[1:]
		}
		if len(d) > 1 && d[0] == '0' && d[1] >= '0' && d[1] <= '9' {
			return 0, leadingZero
		}
	}
	if d := bytes.TrimLeft(b, "+-"); allDigits(d) && strconv.FormatFloat(math.Abs(v), 'f', 0, 64) != string(d) {
		return 0, tooExact
	}
	return v, ""
}

// comma says whether a number was written with a comma before its decimals: 12,5 or 1.234,5.
func comma(b []byte) bool {
	if bytes.IndexByte(b, ',') < 0 {
		return false
	}
	whole, decimals, ok := bytes.Cut(bytes.TrimLeft(b, "+-"), []byte{','})
	return ok && allDigits(decimals) && allDigits(bytes.ReplaceAll(whole, []byte{'.'}, nil))
}

func parseBool(b []byte) (v bool, cause string) {
	switch string(b) {
	case "true", "True", "TRUE":
		return true, ""
	case "false", "False", "FALSE":
		return false, ""
	}
	return false, notBool
}

// parse appends the cell to the column; cause is empty when it succeeds, else nothing is appended.
func (b *builder) parse(cell []byte) (cause string) {
	c := &b.c
	switch c.kind {
	case Float:
		v, cause := parseFloat(cell)
		if cause != "" {
			return cause
		}
		c.floats = append(c.floats, v)
	case Int:
		v, cause := parseInt(cell)
		if cause != "" {
			return cause
		}
		c.ints = append(c.ints, v)
	case Bool:
		v, cause := parseBool(cell)
		if cause != "" {
			return cause
		}
		c.bools = append(c.bools, v)
	case Text:
		code, ok := b.in.code(cell)
		if !ok {
			return notUTF8
		}
		c.codes = append(c.codes, code)
	case Time:
		ns, off, prec, cause := scanStamp(cell)
		if cause != "" {
			return cause
		}
		b.stamp(ns, off, prec)
		return ""
	case Geometry:
		g, err := wkt.Unmarshal(string(cell))
		if err != nil {
			return notWKT
		}
		c.geoms = append(c.geoms, g)
	}
	b.mark(true)
	return ""
}

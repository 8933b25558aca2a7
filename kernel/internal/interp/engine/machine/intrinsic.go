package machine

import (
	"bytes"
	"math"
	"math/bits"
	"reflect"
	"strings"
	"sync"
	"unicode"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// intrinsic is an operation that does what a compiled function does, without the step into compiled code. Its operands are the
// function's arguments. What it cannot do in the loop it leaves to the function itself, so that nothing tells them apart.
type intrinsic struct {
	op   uint16
	kind intrinsicKind
	off  int64
}

type intrinsicKind uint8

const (
	forValue  intrinsicKind = iota // has one result
	forEffect                      // is called for its effect: results are not for it
	forField                       // its result is a part, at off, of what the only argument points to
)

// intrinsics are the operations of compiled functions by their code: a function is what it does, not what it is called. The
// table is constant; it is made when it is first used.
var intrinsics = sync.OnceValue(func() map[uintptr]intrinsic {
	t := intrinsicTable{}
	t.numbers()
	t.texts()
	if mem.KnowsText() {
		t.builders()
	}
	return t
})

type intrinsicTable map[uintptr]intrinsic

func (t intrinsicTable) add(op uint16, kind intrinsicKind, fs ...any) {
	for _, f := range fs {
		t[reflect.ValueOf(f).Pointer()] = intrinsic{op: op, kind: kind}
	}
}

func (t intrinsicTable) field(op uint16, off int64, f any) {
	t[reflect.ValueOf(f).Pointer()] = intrinsic{op, forField, off}
}

func (t intrinsicTable) numbers() {
	t.add(opSqrt, forValue, math.Sqrt)
	t.add(opAbs, forValue, math.Abs)
	t.add(opFloor, forValue, math.Floor)
	t.add(opCeil, forValue, math.Ceil)
	t.add(opTrunc, forValue, math.Trunc)
	t.add(opMathMax, forValue, math.Max)
	t.add(opMathMin, forValue, math.Min)
	t.add(opCopysign, forValue, math.Copysign)
	t.add(opSignbit, forValue, math.Signbit)
	t.add(opIsNaN, forValue, math.IsNaN)
	t.add(opIsInf, forValue, math.IsInf)
	t.add(opMov, forValue, math.Float64bits, math.Float64frombits)
	t.add(opRotate64, forValue, bits.RotateLeft, bits.RotateLeft64)
	t.add(opRotate32, forValue, bits.RotateLeft32)
	t.add(opOnesCount64, forValue, bits.OnesCount, bits.OnesCount64, bits.OnesCount32, bits.OnesCount16, bits.OnesCount8)
	t.add(opLen64, forValue, bits.Len, bits.Len64, bits.Len32, bits.Len16, bits.Len8)
	t.add(opLeadingZeros64, forValue, bits.LeadingZeros, bits.LeadingZeros64)
	t.add(opTrailingZeros64, forValue, bits.TrailingZeros, bits.TrailingZeros64)
}

func (t intrinsicTable) texts() {
	t.add(opHasPrefix, forValue, strings.HasPrefix)
	t.add(opHasSuffix, forValue, strings.HasSuffix)
	t.add(opHasPrefixBytes, forValue, bytes.HasPrefix)
	t.add(opHasSuffixBytes, forValue, bytes.HasSuffix)
	t.add(opIsLetter, forValue, unicode.IsLetter)
	t.add(opIsDigit, forValue, unicode.IsDigit)
	t.add(opIsSpace, forValue, unicode.IsSpace)
	t.add(opIsUpper, forValue, unicode.IsUpper)
	t.add(opIsLower, forValue, unicode.IsLower)
}

func (t intrinsicTable) builders() {
	t.add(opBuilderText, forEffect, (*strings.Builder).WriteString)
	t.add(opBuilderByte, forEffect, (*strings.Builder).WriteByte)
	t.add(opBuilderRune, forEffect, (*strings.Builder).WriteRune)
	t.add(opBuilderBytes, forEffect, (*strings.Builder).Write)
	t.field(opLdS, 8, (*strings.Builder).String)
	t.field(opLdI64, 16, (*strings.Builder).Len)
	t.field(opLdI64, 24, (*strings.Builder).Cap)
	t.add(opBufferText, forEffect, (*bytes.Buffer).WriteString)
	t.add(opBufferByte, forEffect, (*bytes.Buffer).WriteByte)
	t.add(opBufferRune, forEffect, (*bytes.Buffer).WriteRune)
	t.add(opBufferBytes, forEffect, (*bytes.Buffer).Write)
	t.add(opBufferLen, forValue, (*bytes.Buffer).Len)
}

// intrinsic does a call of a compiled function by an operation of the machine, if it has one for it.
func (c *comp) intrinsic(v *compiledFunc, args, res []slot) bool {
	x, ok := intrinsics()[v.value.Pointer()]
	if !ok {
		return false
	}
	at := func(i int) int32 {
		if i < len(args) {
			return args[i].off
		}
		return 0
	}
	if x.kind == forEffect {
		for _, r := range res {
			if r.off >= 0 {
				return false
			}
		}
		c.emit(x.op, 0, at(0), at(1), 0)
		return true
	}
	to := res[0]
	if to.off < 0 {
		to = c.allocR(to.t, to.cls) // nobody reads it, but the call may fail
	}
	c.emit(x.op, to.off, at(0), at(1), x.off)
	return true
}

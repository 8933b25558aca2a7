package machine

import (
	"fmt"
	"reflect"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// sliceErr fails as slicing something of the given limit ("length" or "capacity") with these bounds does. A bound whose bit
// is set in unsigned is of unsigned type.
func sliceErr(l, h, m, limit int, what string, three bool, unsigned uint8) {
	show := func(v int, bit uint8) (string, bool) {
		if v < 0 && unsigned&bit == 0 {
			return strconv.Itoa(v), true
		}
		return strconv.FormatUint(uint64(v), 10), false
	}
	low, lowNeg := show(l, 1)
	high, highNeg := show(h, 2)
	top, topNeg := show(m, 4)
	var text string
	switch {
	case three && uint(m) > uint(limit):
		text = "[::" + top + "]"
		if !topNeg {
			text += fmt.Sprintf(" with %s %d", what, limit)
		}
	case three && uint(h) > uint(m):
		text = "[:" + high + ":" + top + "]"
		if highNeg {
			text = "[:" + high + ":]"
		}
	case three:
		text = "[" + low + ":" + high + ":]"
		if lowNeg {
			text = "[" + low + "::]"
		}
	case uint(h) > uint(limit):
		text = "[:" + high + "]"
		if !highNeg {
			text += fmt.Sprintf(" with %s %d", what, limit)
		}
	default:
		text = "[" + low + ":" + high + "]"
		if lowNeg {
			text = "[" + low + ":]"
		}
	}
	panic(&plainError{"runtime error: slice bounds out of range " + text})
}

// rangeErr fails as an index out of range does; f is 1 for an index of unsigned type.
func rangeErr(i, n int, f uint16) {
	if f == 1 && i < 0 {
		panic(&plainError{fmt.Sprintf("runtime error: index out of range [%d] with length %d", uint(i), n)})
	}
	s := make([]struct{}, n)
	_ = s[i]
}

// unsigned is the flag of an index's type for rangeErr.
func unsigned(index ssa.Value) uint16 {
	if isUnsig(index.Type()) {
		return 1
	}
	return 0
}

func nilDeref() { var p *int; *p = 0 }

func negativeShift() { n := -1; var x = 1; x <<= n; _ = x }

// zeroOf is a value of type t that nobody changes.
func (m *Machine) zeroOf(t reflect.Type) ptr { m.fits(t); return mem.New(mem.Type(t)) }

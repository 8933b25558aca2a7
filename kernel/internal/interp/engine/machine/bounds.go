package machine

import (
	"reflect"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// sliceErr fails as slicing something of the given limit, its length if it is a string or an array, else its capacity, with
// these bounds does. A bound whose bit is set in unsigned is of unsigned type.
func sliceErr(l, h, m, limit int, fixed, three bool, unsigned uint8) {
	fail := func(of kind, x int, bit uint8, y int) { panic(boundsError(of, x, unsigned&bit == 0, y)) }
	of, of3 := sliceCapacity, slice3Capacity
	if fixed {
		of, of3 = sliceLength, slice3Length
	}
	switch {
	case three && uint(m) > uint(limit):
		fail(of3, m, 4, limit)
	case three && uint(h) > uint(m):
		fail(slice3High, h, 2, m)
	case three:
		fail(slice3Low, l, 1, h)
	case uint(h) > uint(limit):
		fail(of, h, 2, limit)
	default:
		fail(sliceLow, l, 1, h)
	}
}

// rangeErr fails as an index out of range does; f is 1 for an index of unsigned type.
func rangeErr(i, n int, f uint16) { panic(boundsError(indexed, i, f == 0, n)) }

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

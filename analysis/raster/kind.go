package raster

import "fmt"

// Kind is the type of a sample in a file.
type Kind uint8

// The kinds of samples that are read and written.
const (
	Unknown Kind = iota
	Uint8
	Int8
	Uint16
	Int16
	Uint32
	Int32
	Float32
	Float64
)

// String returns the Go name of the kind, such as "uint16".
func (k Kind) String() string {
	names := [...]string{"unknown", "uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "float64"}
	if int(k) < len(names) {
		return names[k]
	}
	return fmt.Sprintf("kind %d", uint8(k))
}

// Size returns the bytes of one sample, 0 for Unknown.
func (k Kind) Size() int {
	switch k {
	case Uint8, Int8:
		return 1
	case Uint16, Int16:
		return 2
	case Uint32, Int32, Float32:
		return 4
	case Float64:
		return 8
	}
	return 0
}

func (k Kind) float() bool { return k == Float32 || k == Float64 }

// sample is any Go type that a file's samples can be held in.
type sample interface {
	uint8 | int8 | uint16 | int16 | uint32 | int32 | float32 | float64
}

// kindOf returns the kind and the length of a slice of samples, Unknown for anything else.
func kindOf(v any) (Kind, int) {
	switch s := v.(type) {
	case []uint8:
		return Uint8, len(s)
	case []int8:
		return Int8, len(s)
	case []uint16:
		return Uint16, len(s)
	case []int16:
		return Int16, len(s)
	case []uint32:
		return Uint32, len(s)
	case []int32:
		return Int32, len(s)
	case []float32:
		return Float32, len(s)
	case []float64:
		return Float64, len(s)
	}
	return Unknown, 0
}

// makeSamples returns a new slice of n samples of kind k.
func makeSamples(k Kind, n int) any {
	switch k {
	case Uint8:
		return make([]uint8, n)
	case Int8:
		return make([]int8, n)
	case Uint16:
		return make([]uint16, n)
	case Int16:
		return make([]int16, n)
	case Uint32:
		return make([]uint32, n)
	case Int32:
		return make([]int32, n)
	case Float64:
		return make([]float64, n)
	default:
		return make([]float32, n)
	}
}

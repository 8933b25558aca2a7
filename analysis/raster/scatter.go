package raster

import (
	"encoding/binary"
	"math"
	"unsafe"
)

// little is whether this machine keeps numbers little end first, as decoded blocks are.
var little = binary.NativeEndian.Uint16([]byte{1, 0}) == 1 // constant

// unpack copies n samples of kind k, which begin at byte at of b and lie step samples apart, to dst[to:].
func unpack(dst any, to int, b []byte, k Kind, at, step, n int) {
	b = b[at:]
	if step == 1 && little {
		if raw := rawBytes(dst, k); raw != nil {
			s := k.Size()
			copy(raw[to*s:(to+n)*s], b)
			return
		}
	}
	switch d := dst.(type) {
	case []uint8:
		unpackInto(d[to:to+n], b, k, step)
	case []int8:
		unpackInto(d[to:to+n], b, k, step)
	case []uint16:
		unpackInto(d[to:to+n], b, k, step)
	case []int16:
		unpackInto(d[to:to+n], b, k, step)
	case []uint32:
		unpackInto(d[to:to+n], b, k, step)
	case []int32:
		unpackInto(d[to:to+n], b, k, step)
	case []float32:
		unpackInto(d[to:to+n], b, k, step)
	case []float64:
		unpackInto(d[to:to+n], b, k, step)
	}
}

// rawBytes returns the memory of a slice of samples of kind k, nil when it holds another kind.
func rawBytes(v any, k Kind) []byte {
	have, n := kindOf(v)
	if have != k || n == 0 {
		return nil
	}
	var p unsafe.Pointer
	switch s := v.(type) {
	case []uint8:
		return s
	case []int8:
		p = unsafe.Pointer(&s[0])
	case []uint16:
		p = unsafe.Pointer(&s[0])
	case []int16:
		p = unsafe.Pointer(&s[0])
	case []uint32:
		p = unsafe.Pointer(&s[0])
	case []int32:
		p = unsafe.Pointer(&s[0])
	case []float32:
		p = unsafe.Pointer(&s[0])
	case []float64:
		p = unsafe.Pointer(&s[0])
	}
	return unsafe.Slice((*byte)(p), n*k.Size())
}

func unpackInto[D sample](dst []D, b []byte, k Kind, step int) {
	le := binary.LittleEndian
	step *= k.Size()
	switch k {
	case Uint8:
		for i := range dst {
			dst[i] = D(b[i*step])
		}
	case Int8:
		for i := range dst {
			dst[i] = D(int8(b[i*step]))
		}
	case Uint16:
		for i := range dst {
			dst[i] = D(le.Uint16(b[i*step:]))
		}
	case Int16:
		for i := range dst {
			dst[i] = D(int16(le.Uint16(b[i*step:])))
		}
	case Uint32:
		for i := range dst {
			dst[i] = D(le.Uint32(b[i*step:]))
		}
	case Int32:
		for i := range dst {
			dst[i] = D(int32(le.Uint32(b[i*step:])))
		}
	case Float32:
		for i := range dst {
			dst[i] = D(math.Float32frombits(le.Uint32(b[i*step:])))
		}
	case Float64:
		for i := range dst {
			dst[i] = D(math.Float64frombits(le.Uint64(b[i*step:])))
		}
	}
}

// pack writes n samples of src[from:] as little-endian bytes, step samples apart, from byte at of b.
func pack(b []byte, at, step int, src any, from, n int) {
	k, _ := kindOf(src)
	b = b[at:]
	if step == 1 && little {
		s := k.Size()
		copy(b[:n*s], rawBytes(src, k)[from*s:])
		return
	}
	le := binary.LittleEndian
	step *= k.Size()
	for i := range n {
		o := b[i*step:]
		switch s := src.(type) {
		case []uint8:
			o[0] = s[from+i]
		case []int8:
			o[0] = uint8(s[from+i])
		case []uint16:
			le.PutUint16(o, s[from+i])
		case []int16:
			le.PutUint16(o, uint16(s[from+i]))
		case []uint32:
			le.PutUint32(o, s[from+i])
		case []int32:
			le.PutUint32(o, uint32(s[from+i]))
		case []float32:
			le.PutUint32(o, math.Float32bits(s[from+i]))
		case []float64:
			le.PutUint64(o, math.Float64bits(s[from+i]))
		}
	}
}

// unpackBits fills dst with bits of b, the highest of each byte first, from the bit numbered `from` on.
func unpackBits(dst, b []byte, from int) {
	for i := range dst {
		k := from + i
		dst[i] = b[k/8] >> (7 - k%8) & 1
	}
}

// unpackFour copies n pixels of four interleaved uint16 samples, the commonest layout, in one pass.
func unpackFour(dst *[4][]uint16, to int, b []byte, n int) {
	d0, d1, d2, d3 := dst[0][to:to+n], dst[1][to:to+n], dst[2][to:to+n], dst[3][to:to+n]
	b = b[:8*n]
	k := unpackFourVector(d0, d1, d2, d3, b)
	unpackFourScalar(d0[k:], d1[k:], d2[k:], d3[k:], b[8*k:])
}

// unpackFourScalar is the scalar twin of unpackFourAVX2.
func unpackFourScalar(d0, d1, d2, d3 []uint16, b []byte) {
	for i := range d0 {
		v := binary.LittleEndian.Uint64(b[8*i:])
		d0[i], d1[i], d2[i], d3[i] = uint16(v), uint16(v>>16), uint16(v>>32), uint16(v>>48)
	}
}

package raster

import (
	"encoding/binary"
	"math/bits"
)

// unpredict turns the decompressed rows of a block into little-endian samples, in place.
func (l *layout) unpredict(b []byte, order binary.ByteOrder) {
	row := int(l.rowBytes())
	size := l.kind.Size()
	if l.predictor == 3 {
		scratch := make([]byte, row)
		for ; len(b) >= row; b = b[row:] {
			floatRow(b[:row], scratch, l.inBlock(), size)
		}
		return
	}
	if order == binary.BigEndian {
		swap(b, size)
	}
	if l.predictor != 2 {
		return
	}
	for ; len(b) >= row; b = b[row:] {
		sumRow(b[:row], l.inBlock(), size)
	}
}

// swap turns big-endian samples into little-endian ones.
func swap(b []byte, size int) {
	le, be := binary.LittleEndian, binary.BigEndian
	switch size {
	case 2:
		for i := 0; i+2 <= len(b); i += 2 {
			le.PutUint16(b[i:], bits.ReverseBytes16(le.Uint16(b[i:])))
		}
	case 4:
		for i := 0; i+4 <= len(b); i += 4 {
			le.PutUint32(b[i:], be.Uint32(b[i:]))
		}
	case 8:
		for i := 0; i+8 <= len(b); i += 8 {
			le.PutUint64(b[i:], be.Uint64(b[i:]))
		}
	}
}

// sumRow undoes horizontal differencing (predictor 2): each sample was stored less its left neighbour of the same band.
func sumRow(b []byte, samples, size int) {
	le := binary.LittleEndian
	step := samples * size
	switch size {
	case 1:
		for i := step; i < len(b); i++ {
			b[i] += b[i-step]
		}
	case 2:
		if samples == 1 {
			var sum uint16
			for i := 0; i+2 <= len(b); i += 2 {
				sum += le.Uint16(b[i:])
				le.PutUint16(b[i:], sum)
			}
			return
		}
		for i := step; i+2 <= len(b); i += 2 {
			le.PutUint16(b[i:], le.Uint16(b[i:])+le.Uint16(b[i-step:]))
		}
	case 4:
		for i := step; i+4 <= len(b); i += 4 {
			le.PutUint32(b[i:], le.Uint32(b[i:])+le.Uint32(b[i-step:]))
		}
	case 8:
		for i := step; i+8 <= len(b); i += 8 {
			le.PutUint64(b[i:], le.Uint64(b[i:])+le.Uint64(b[i-step:]))
		}
	}
}

// floatRow undoes the floating point predictor (3): the bytes of a row were split into planes, most significant first,
// and then differenced. Source: Adobe Photoshop TIFF Technical Note 3 (2005).
func floatRow(b, scratch []byte, samples, size int) {
	for i := samples; i < len(b); i++ {
		b[i] += b[i-samples]
	}
	copy(scratch, b)
	n := len(b) / size
	for p := range size {
		plane := scratch[p*n : (p+1)*n]
		at := size - 1 - p
		for i, v := range plane {
			b[i*size+at] = v
		}
	}
}

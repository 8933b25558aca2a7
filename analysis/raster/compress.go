package raster

import (
	"bytes"
	"encoding/binary"
	"sync"

	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// encoders keeps compressors for reuse.
type encoders struct {
	zlib sync.Pool
	zstd sync.Pool
}

func (e *encoders) compress(c Compression, b []byte) ([]byte, error) {
	var out bytes.Buffer
	switch c {
	case Deflate:
		w, ok := e.zlib.Get().(*zlib.Writer)
		if ok {
			w.Reset(&out)
		} else {
			w = zlib.NewWriter(&out)
		}
		defer e.zlib.Put(w)
		if _, err := w.Write(b); err != nil {
			return nil, err
		}
		err := w.Close()
		return out.Bytes(), err
	case ZSTD:
		w, ok := e.zstd.Get().(*zstd.Encoder)
		if !ok {
			var err error
			if w, err = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1)); err != nil {
				return nil, err
			}
		}
		defer e.zstd.Put(w)
		return w.EncodeAll(b, nil), nil
	}
	return b, nil
}

// predict prepares the little-endian rows of a block for compression, in place; it is what unpredict undoes.
func predict(b []byte, predictor uint16, row, samples, size int) {
	switch predictor {
	case 2:
		for ; len(b) >= row; b = b[row:] {
			differRow(b[:row], samples, size)
		}
	case 3:
		scratch := make([]byte, row)
		for ; len(b) >= row; b = b[row:] {
			splitRow(b[:row], scratch, samples, size)
		}
	}
}

func differRow(b []byte, samples, size int) {
	le := binary.LittleEndian
	step := samples * size
	for i := len(b) - size; i >= step; i -= size {
		switch size {
		case 1:
			b[i] -= b[i-step]
		case 2:
			le.PutUint16(b[i:], le.Uint16(b[i:])-le.Uint16(b[i-step:]))
		case 4:
			le.PutUint32(b[i:], le.Uint32(b[i:])-le.Uint32(b[i-step:]))
		}
	}
}

func splitRow(b, scratch []byte, samples, size int) {
	n := len(b) / size
	for p := range size {
		for i := range n {
			scratch[p*n+i] = b[i*size+size-1-p]
		}
	}
	for i := len(scratch) - 1; i >= samples; i-- {
		scratch[i] -= scratch[i-samples]
	}
	copy(b, scratch)
}

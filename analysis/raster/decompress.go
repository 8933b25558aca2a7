package raster

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/image/tiff/lzw"
)

// decoders keeps decompressors for reuse.
type decoders struct {
	zlib sync.Pool
	zstd sync.Pool
}

// errShort is the cause when a block holds fewer bytes than its size asks for.
var errShort = errors.New("the block ends early")

// ratio is the most that each compression can expand a byte to, with room to spare; it turns away bombs before
// memory is taken for them.
func ratio(compression int64) int64 {
	switch compression {
	case compressionLZW:
		return 4096
	case compressionPackbit:
		return 128
	case compressionZSTD:
		return 1 << 16
	default:
		return 1100
	}
}

// decompress fills dst, whose length is the size that the tags give, from a compressed block.
func (d *decoders) decompress(compression int64, dst, src []byte) error {
	if int64(len(dst)) > (int64(len(src))+16)*ratio(compression) {
		return fmt.Errorf("%d bytes cannot expand to the %d that the tags ask for", len(src), len(dst))
	}
	switch compression {
	case compressionLZW:
		r := lzw.NewReader(bytes.NewReader(src), lzw.MSB, 8)
		defer r.Close()
		return fill(dst, r)
	case compressionPackbit:
		return packbits(dst, src)
	case compressionZSTD:
		return d.unzstd(dst, src)
	default:
		return d.inflate(dst, src)
	}
}

func (d *decoders) inflate(dst, src []byte) error {
	in := bytes.NewReader(src)
	if r, ok := d.zlib.Get().(io.ReadCloser); ok {
		if err := r.(zlib.Resetter).Reset(in, nil); err != nil {
			return err
		}
		defer d.zlib.Put(r)
		return fill(dst, r)
	}
	r, err := zlib.NewReader(in)
	if err != nil {
		return err
	}
	defer d.zlib.Put(r)
	return fill(dst, r)
}

func (d *decoders) unzstd(dst, src []byte) error {
	r, ok := d.zstd.Get().(*zstd.Decoder)
	if !ok {
		var err error
		r, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(2*maxBlock), zstd.WithDecoderLowmem(true))
		if err != nil {
			return err
		}
	}
	defer d.zstd.Put(r)
	var h zstd.Header
	if err := h.Decode(src); err != nil {
		return err
	}
	if h.HasFCS && h.FrameContentSize <= uint64(len(dst)) {
		out, err := r.DecodeAll(src, dst[:0])
		if err != nil {
			return err
		}
		if len(out) < len(dst) {
			return errShort
		}
		if len(out) > len(dst) || (len(dst) > 0 && &out[0] != &dst[0]) {
			copy(dst, out)
		}
		return nil
	}
	if err := r.Reset(bytes.NewReader(src)); err != nil {
		return err
	}
	err := fill(dst, r)
	return errors.Join(err, r.Reset(nil))
}

// fill reads exactly len(dst) bytes.
func fill(dst []byte, r io.Reader) error {
	_, err := io.ReadFull(r, dst)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errShort
	}
	return err
}

// packbits expands Apple's run-length code.
func packbits(dst, src []byte) error {
	for len(dst) > 0 {
		if len(src) == 0 {
			return errShort
		}
		n := int(int8(src[0]))
		src = src[1:]
		switch {
		case n == -128:
		case n >= 0:
			if len(src) < n+1 {
				return errShort
			}
			k := copy(dst, src[:n+1])
			dst, src = dst[k:], src[n+1:]
		default:
			if len(src) == 0 {
				return errShort
			}
			k := min(1-n, len(dst))
			for i := range k {
				dst[i] = src[0]
			}
			dst, src = dst[k:], src[1:]
		}
	}
	return nil
}

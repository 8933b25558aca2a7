package raster

import (
	"io"
	"runtime"
	"sync"
	"sync/atomic"
)

// pages is one directory of a TIFF file as a source of samples.
type pages struct {
	*layout
	file    *container
	nodata  float64 // what blocks that the file leaves out hold
	shared  *decoders
	blocks  cache
	scratch sync.Pool // of *[]byte
	closed  *atomic.Bool
	closer  io.Closer // nil in overviews
}

func (p *pages) block() (width, height int) { return p.blockW, p.blockH }

// Close closes the file; its overviews are closed with it.
func (p *pages) Close() error {
	if p.closed.Swap(true) || p.closer == nil {
		return nil
	}
	return p.closer.Close()
}

// job is one block that a window needs, and which bands it holds.
type job struct{ col, row, plane int }

func (p *pages) read(w Window, bands []int, dst []any) error {
	if p.closed.Load() {
		return &FormatError{File: p.file.name, Cause: ErrClosed.Error()}
	}
	var jobs []job
	planes := []int{0}
	if p.planar {
		planes = bands
	}
	for i := range planes {
		for r := w.Row / p.blockH; r <= (w.Row+w.Height-1)/p.blockH; r++ {
			for c := w.Col / p.blockW; c <= (w.Col+w.Width-1)/p.blockW; c++ {
				jobs = append(jobs, job{c, r, i})
			}
		}
	}
	workers := min(runtime.GOMAXPROCS(0), len(jobs))
	if workers <= 1 {
		for _, j := range jobs {
			if err := p.one(j, w, bands, dst); err != nil {
				return err
			}
		}
		return nil
	}
	var next atomic.Int64
	errs := make([]error, workers)
	var group sync.WaitGroup
	for k := range workers {
		group.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(jobs) || errs[k] != nil {
					return
				}
				errs[k] = p.one(jobs[i], w, bands, dst)
			}
		})
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// one copies what a window needs of one block.
func (p *pages) one(j job, w Window, bands []int, dst []any) error {
	in := w.Intersect(Window{j.col * p.blockW, j.row * p.blockH, p.blockW, p.blockH})
	plane := 0
	if p.planar {
		plane = bands[j.plane]
		bands, dst = bands[j.plane:j.plane+1], dst[j.plane:j.plane+1]
	}
	index := p.index(j.col, j.row, plane)
	if p.offsets[index] == 0 && p.counts[index] == 0 {
		for _, d := range dst {
			for r := range in.Height {
				setAny(d, (in.Row+r-w.Row)*w.Width+in.Col-w.Col, in.Width, p.nodata)
			}
		}
		return nil
	}
	s, put, err := p.decoded(index, j, in)
	if err != nil {
		return err
	}
	defer put()
	b, size, n := s.bytes, p.kind.Size(), p.inBlock()
	if p.bit {
		row := make([]byte, in.Width)
		for r := range in.Height {
			unpackBits(row, b[(in.Row-s.row+r)*s.stride:], in.Col-s.col)
			for _, d := range dst {
				unpack(d, (in.Row+r-w.Row)*w.Width+in.Col-w.Col, row, Uint8, 0, 1, in.Width)
			}
		}
		return nil
	}
	if four := p.four(bands, dst); four != nil {
		for r := range in.Height {
			at := (in.Row-s.row+r)*s.stride + (in.Col-s.col)*n*size
			unpackFour(four, (in.Row+r-w.Row)*w.Width+in.Col-w.Col, b[at:], in.Width)
		}
		return nil
	}
	for i, d := range dst {
		band := 0
		if !p.planar {
			band = bands[i]
		}
		for r := range in.Height {
			at := (in.Row-s.row+r)*s.stride + ((in.Col-s.col)*n+band)*size
			unpack(d, (in.Row+r-w.Row)*w.Width+in.Col-w.Col, b, p.kind, at, n, in.Width)
		}
	}
	return nil
}

// four returns the slices when all four bands of interleaved uint16 samples go into uint16, in order; else nil.
func (p *pages) four(bands []int, dst []any) *[4][]uint16 {
	if p.planar || p.kind != Uint16 || p.samples != 4 || len(bands) != 4 {
		return nil
	}
	var out [4][]uint16
	for i, d := range dst {
		s, ok := d.([]uint16)
		if !ok || bands[i] != i {
			return nil
		}
		out[i] = s
	}
	return &out
}

// samples are the little-endian samples of a block, or of the part of it that was read.
type samples struct {
	bytes    []byte
	col, row int // the pixel of the image that they begin with
	stride   int // bytes of a row
}

// plain returns what a window needs of a block that is not compressed: whole rows, or where these are much longer than
// the window only its columns.
func (p *pages) plain(index int, j job, in Window) (s samples, put func(), err error) {
	row, pixel := p.rowBytes(), int64(p.inBlock()*p.kind.Size())
	first := in.Row - j.row*p.blockH
	s = samples{col: j.col * p.blockW, row: in.Row, stride: int(row)}
	if want := int64(in.Height) * row; want > p.counts[index]-int64(first)*row {
		return s, nil, p.fail(index, "%d bytes hold fewer than %d rows of %d bytes", p.counts[index], first+in.Height, row)
	}
	narrow := in.Width*2 <= p.blockW && !p.bit
	if narrow {
		s.col, s.stride = in.Col, in.Width*int(pixel)
	}
	if int64(in.Height)*int64(s.stride) > maxBlock*8 {
		return s, nil, p.fail(index, "%d rows of %d bytes at once are too many: read fewer rows", in.Height, s.stride)
	}
	s.bytes, put = p.buffer(int64(in.Height) * int64(s.stride))
	at := p.offsets[index] + int64(first)*row
	if !narrow {
		err = p.fetch(index, s.bytes, at)
	} else {
		at += int64(in.Col-j.col*p.blockW) * pixel
		for r := 0; r < in.Height && err == nil; r++ {
			err = p.fetch(index, s.bytes[r*s.stride:(r+1)*s.stride], at+int64(r)*row)
		}
	}
	if err != nil {
		put()
		return s, nil, err
	}
	p.unpredict(s.bytes, p.file.order)
	return s, put, nil
}

// decoded returns what a window needs of a block, or more of it, and what gives its memory back.
func (p *pages) decoded(index int, j job, in Window) (s samples, put func(), err error) {
	if p.compression == compressionNone {
		return p.plain(index, j, in)
	}
	s = samples{col: j.col * p.blockW, row: j.row * p.blockH, stride: int(p.rowBytes())}
	s.bytes, put, err = p.unpacked(index, j, in)
	return s, put, err
}

// unpacked returns the samples of a whole compressed block and what gives their memory back.
func (p *pages) unpacked(index int, j job, in Window) (b []byte, put func(), err error) {
	nothing := func() {}
	row := p.rowBytes()
	if b = p.blocks.get(index); b != nil {
		return b, nothing, nil
	}
	if p.counts[index] > p.file.size {
		return nil, nothing, p.fail(index, "%d bytes in a file of %d", p.counts[index], p.file.size)
	}
	src, done := p.buffer(p.counts[index])
	defer done()
	if err = p.fetch(index, src, p.offsets[index]); err != nil {
		return nil, nothing, err
	}
	whole := in.Height >= min(p.rowsOf(j.row), p.height-j.row*p.blockH) && in.Width >= min(p.blockW, p.width-j.col*p.blockW)
	want := int64(p.rowsOf(j.row)) * row
	if want > (int64(len(src))+16)*ratio(p.compression) {
		return nil, nothing, p.fail(index, "%d bytes cannot expand to the %d that the tags ask for", len(src), want)
	}
	put = nothing
	if whole {
		b, put = p.buffer(want)
	} else {
		b = make([]byte, want)
	}
	if err = p.shared.decompress(p.compression, b, src); err != nil {
		put()
		return nil, nothing, p.fail(index, "%v", err)
	}
	p.unpredict(b, p.file.order)
	if !whole {
		p.blocks.put(index, b)
	}
	return b, put, nil
}

func (p *pages) fetch(index int, b []byte, at int64) error {
	n := int64(len(b))
	if at < 0 || at > p.file.size || n > p.file.size-at {
		return p.fail(index, "bytes %d to %d lie outside of the file, which has %d", at, at+n, p.file.size)
	}
	if k, err := p.file.r.ReadAt(b, at); k < len(b) {
		return p.fail(index, "reading %d bytes at %d: %v", n, at, err)
	}
	return nil
}

// buffer returns memory for n bytes and what gives it back for reuse.
func (p *pages) buffer(n int64) ([]byte, func()) {
	if v, ok := p.scratch.Get().(*[]byte); ok && int64(cap(*v)) >= n {
		return (*v)[:n], func() { p.scratch.Put(v) }
	}
	b := make([]byte, n)
	return b, func() { p.scratch.Put(&b) }
}

func (p *pages) fail(index int, format string, args ...any) error {
	t := tagStripOffsets
	if p.tiled {
		t = tagTileOffsets
	}
	err := p.file.fail(t, format, args...).(*FormatError)
	err.Cause = "block " + itoa(index) + ": " + err.Cause
	return err
}

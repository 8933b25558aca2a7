package raster

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"strings"
)

// container is an open TIFF file: its bytes, their order, and how wide its offsets are.
type container struct {
	name  string
	r     io.ReaderAt
	size  int64
	order binary.ByteOrder
	big   bool
}

// directory is one image file directory: where the values of each tag lie.
type directory struct {
	file    *container
	entries map[tag]entry
}

// entry locates the values of one tag; they are read only when asked for.
type entry struct {
	typ   uint16
	count uint64
	at    int64 // where in the file the first value is
}

const (
	maxDirectories = 256
	maxEntries     = 4096
)

func (c *container) fail(t tag, format string, args ...any) error {
	e := &FormatError{File: c.name, Cause: fmt.Sprintf(format, args...)}
	if t != 0 {
		e.Tag = t.String()
	}
	return e
}

// bytes reads n bytes at an offset, all of which must be inside the file.
func (c *container) bytes(t tag, at int64, n int64) ([]byte, error) {
	if at < 0 || n < 0 || at > c.size || n > c.size-at {
		return nil, c.fail(t, "bytes %d to %d lie outside of the file, which has %d", at, at+n, c.size)
	}
	b := make([]byte, n)
	if k, err := c.r.ReadAt(b, at); int64(k) < n {
		return nil, c.fail(t, "reading %d bytes at %d: %v", n, at, err)
	}
	return b, nil
}

// directories reads the header and the chain of directories.
func (c *container) directories() ([]*directory, error) {
	h, err := c.bytes(0, 0, min(16, c.size))
	if err != nil {
		return nil, err
	}
	if len(h) < 8 {
		return nil, c.fail(0, "%d bytes are too few for a TIFF file", c.size)
	}
	switch string(h[:2]) {
	case "II":
		c.order = binary.LittleEndian
	case "MM":
		c.order = binary.BigEndian
	default:
		return nil, c.fail(0, "no TIFF file: it begins with %q", h[:4])
	}
	var next int64
	switch v := c.order.Uint16(h[2:]); v {
	case 42:
		next = int64(c.order.Uint32(h[4:]))
	case 43:
		if len(h) < 16 || c.order.Uint16(h[4:]) != 8 {
			return nil, c.fail(0, "a BigTIFF header that is cut short or has offsets of another size than 8 bytes")
		}
		c.big = true
		next = int64(c.order.Uint64(h[8:]))
	default:
		return nil, c.fail(0, "TIFF version %d is not 42 (TIFF) or 43 (BigTIFF)", v)
	}
	var out []*directory
	seen := map[int64]bool{}
	for next != 0 {
		if seen[next] {
			return nil, c.fail(0, "the chain of directories runs in a circle at byte %d", next)
		}
		if len(out) == maxDirectories {
			return nil, c.fail(0, "more than %d directories", maxDirectories)
		}
		seen[next] = true
		d, n, err := c.directory(next)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
		next = n
	}
	if len(out) == 0 {
		return nil, c.fail(0, "a TIFF file without an image directory")
	}
	return out, nil
}

// directory reads one directory and returns where the next one is, 0 for none.
func (c *container) directory(at int64) (*directory, int64, error) {
	head, width, tail := int64(2), int64(12), int64(4)
	if c.big {
		head, width, tail = 8, 20, 8
	}
	if at < 8 || at > c.size-head {
		return nil, 0, c.fail(0, "the directory of tags at byte %d lies outside of the file, which has %d: it may be cut short", at, c.size)
	}
	b, err := c.bytes(0, at, head)
	if err != nil {
		return nil, 0, err
	}
	n := uint64(c.order.Uint16(b))
	if c.big {
		n = c.order.Uint64(b)
	}
	if n == 0 || n > maxEntries {
		return nil, 0, c.fail(0, "the directory at byte %d claims %d tags", at, n)
	}
	if b, err = c.bytes(0, at+head, int64(n)*width+tail); err != nil {
		return nil, 0, err
	}
	d := &directory{file: c, entries: make(map[tag]entry, n)}
	for i := range int64(n) {
		e := b[i*width:]
		t := tag(c.order.Uint16(e))
		if _, twice := d.entries[t]; twice {
			continue
		}
		en := entry{typ: c.order.Uint16(e[2:])}
		inline := int64(4)
		if c.big {
			inline = 8
			en.count = c.order.Uint64(e[4:])
			en.at = int64(c.order.Uint64(e[12:]))
		} else {
			en.count = uint64(c.order.Uint32(e[4:]))
			en.at = int64(c.order.Uint32(e[8:]))
		}
		if s := typeSize(en.typ); s > 0 && en.count <= uint64(inline/s) {
			en.at = at + head + i*width + width - inline
		}
		d.entries[t] = en
	}
	if c.big {
		return d, int64(c.order.Uint64(b[int64(n)*width:])), nil
	}
	return d, int64(c.order.Uint32(b[int64(n)*width:])), nil
}

// typeSize returns the bytes of one value of a TIFF field type, 0 for types that are not known.
func typeSize(t uint16) int64 {
	sizes := [...]int64{0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8}
	if int(t) < len(sizes) {
		return sizes[t]
	}
	return 0
}

func (d *directory) has(t tag) bool { _, ok := d.entries[t]; return ok }

func (d *directory) raw(t tag) ([]byte, entry, error) {
	e, ok := d.entries[t]
	if !ok {
		return nil, e, d.file.fail(t, "missing")
	}
	s := typeSize(e.typ)
	if s == 0 || e.count > uint64(d.file.size/s) {
		return nil, e, d.file.fail(t, "%d values of field type %d do not fit into the file", e.count, e.typ)
	}
	b, err := d.file.bytes(t, e.at, int64(e.count)*s)
	return b, e, err
}

// ints returns the whole numbers of a tag; every one fits an int64.
func (d *directory) ints(t tag) ([]int64, error) {
	b, e, err := d.raw(t)
	if err != nil {
		return nil, err
	}
	o := d.file.order
	out := make([]int64, e.count)
	for i := range out {
		switch e.typ {
		case 1, 7:
			out[i] = int64(b[i])
		case 3:
			out[i] = int64(o.Uint16(b[2*i:]))
		case 4, 13:
			out[i] = int64(o.Uint32(b[4*i:]))
		case 16, 18:
			v := o.Uint64(b[8*i:])
			if v > math.MaxInt64 {
				return nil, d.file.fail(t, "value %d is too large", v)
			}
			out[i] = int64(v)
		default:
			return nil, d.file.fail(t, "field type %d where a whole number is expected", e.typ)
		}
	}
	return out, nil
}

// int returns the first number of a tag, or missing when the tag is absent.
func (d *directory) int(t tag, missing int64) (int64, error) {
	if !d.has(t) {
		return missing, nil
	}
	v, err := d.ints(t)
	if err != nil {
		return 0, err
	}
	if len(v) == 0 {
		return 0, d.file.fail(t, "no value")
	}
	return v[0], nil
}

// floats returns the numbers of a tag of field type DOUBLE, nil when it is absent.
func (d *directory) floats(t tag) ([]float64, error) {
	if !d.has(t) {
		return nil, nil
	}
	b, e, err := d.raw(t)
	if err != nil {
		return nil, err
	}
	if e.typ != 12 {
		return nil, d.file.fail(t, "field type %d where DOUBLE is expected", e.typ)
	}
	out := make([]float64, e.count)
	for i := range out {
		out[i] = math.Float64frombits(d.file.order.Uint64(b[8*i:]))
	}
	return out, nil
}

// text returns the text of a tag without its trailing zeros, empty when it is absent or of another type.
func (d *directory) text(t tag) string {
	if e, ok := d.entries[t]; !ok || e.typ != 2 || e.count > 1<<24 {
		return ""
	}
	b, _, err := d.raw(t)
	if err != nil {
		return ""
	}
	return strings.TrimRight(string(b), "\x00")
}

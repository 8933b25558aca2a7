package raster

import (
	"encoding/binary"
	"math"
	"sort"
)

// field is one tag to be written.
type field struct {
	tag   tag
	typ   uint16
	count int
	data  []byte // little endian
}

func shorts(t tag, v ...uint16) field {
	f := field{tag: t, typ: 3, count: len(v)}
	for _, x := range v {
		f.data = binary.LittleEndian.AppendUint16(f.data, x)
	}
	return f
}

func longs(t tag, v ...int64) field {
	f := field{tag: t, typ: 4, count: len(v)}
	for _, x := range v {
		f.data = binary.LittleEndian.AppendUint32(f.data, uint32(x))
	}
	return f
}

func doubles(t tag, v ...float64) field {
	f := field{tag: t, typ: 12, count: len(v)}
	for _, x := range v {
		f.data = binary.LittleEndian.AppendUint64(f.data, math.Float64bits(x))
	}
	return f
}

// offsets are as wide as the file's offsets.
func offsets(t tag, big bool, v []int64) field {
	if !big {
		return longs(t, v...)
	}
	f := field{tag: t, typ: 16, count: len(v)}
	for _, x := range v {
		f.data = binary.LittleEndian.AppendUint64(f.data, uint64(x))
	}
	return f
}

func ascii(t tag, s string) field {
	return field{tag: t, typ: 2, count: len(s) + 1, data: append([]byte(s), 0)}
}

// encodeDirectory returns a directory that will lie at an offset, followed by the values that do not fit into it. Its
// length does not depend on at or on last.
func encodeDirectory(at int64, fields []field, last, big bool) []byte {
	sort.Slice(fields, func(i, j int) bool { return fields[i].tag < fields[j].tag })
	head, width, inline, tail := 2, 12, 4, 4
	if big {
		head, width, inline, tail = 8, 20, 8, 8
	}
	le := binary.LittleEndian
	b := make([]byte, head+width*len(fields)+tail)
	put := func(o int, v int64) {
		if big {
			le.PutUint64(b[o:], uint64(v))
		} else {
			le.PutUint32(b[o:], uint32(v))
		}
	}
	if big {
		le.PutUint64(b, uint64(len(fields)))
	} else {
		le.PutUint16(b, uint16(len(fields)))
	}
	for i, f := range fields {
		o := head + i*width
		le.PutUint16(b[o:], uint16(f.tag))
		le.PutUint16(b[o+2:], f.typ)
		put(o+4, int64(f.count))
		if len(f.data) <= inline {
			copy(b[o+width-inline:], f.data)
			continue
		}
		for len(b)%8 != 0 {
			b = append(b, 0)
		}
		put(o+width-inline, at+int64(len(b)))
		b = append(b, f.data...)
	}
	for len(b)%8 != 0 {
		b = append(b, 0)
	}
	if !last {
		put(head+width*len(fields), at+int64(len(b)))
	}
	return b
}

// header returns the first bytes of a file whose first directory follows at once.
func header(big bool) []byte {
	if big {
		return []byte{'I', 'I', 43, 0, 8, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0}
	}
	return []byte{'I', 'I', 42, 0, 8, 0, 0, 0}
}

package table

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/bits"
)

// blocks cuts a stream of CSV into pieces that end between two records.
type blocks struct {
	r     io.Reader
	comma byte
	most  int // longest record
	rest  []byte
	line  int // of the next block's first record
	done  bool
	spare chan []byte // memory of blocks that are parsed
}

// recycle takes the memory of a block whose data nobody looks at any more.
func (b *blocks) recycle(data []byte) {
	select {
	case b.spare <- data[:0]:
	default:
	}
}

// buffer is memory for size bytes.
func (b *blocks) buffer(size int) []byte {
	select {
	case old := <-b.spare:
		if cap(old) >= size {
			return old[:size]
		}
	default:
	}
	return make([]byte, size)
}

type block struct {
	line  int // line of the file on which it begins
	lines int // number of line ends
	data  []byte
	open  bool // the last one, and its last line does not end
}

var errLongRecord = errors.New("longer than allowed: is a quotation mark not closed?")

// next is the next block, of about size bytes; io.EOF after the last one.
func (b *blocks) next(size int) (block, error) {
	for {
		if b.done && len(b.rest) == 0 {
			return block{}, io.EOF
		}
		if !b.done {
			if err := b.fill(max(size, 2*len(b.rest))); err != nil {
				return block{}, err
			}
			if b.done && len(b.rest) == 0 {
				return block{}, io.EOF
			}
		}
		end := len(b.rest)
		if !b.done {
			end = lastRecord(b.rest, b.comma)
		}
		if end == 0 && !b.done {
			if len(b.rest) > b.most {
				return block{}, fmt.Errorf("line %d: a record %w", b.line, errLongRecord)
			}
			continue
		}
		out := block{line: b.line, data: b.rest[:end]}
		b.rest = append([]byte(nil), b.rest[end:]...)
		out.lines = bytes.Count(out.data, []byte{'\n'})
		b.line += out.lines
		out.open = b.done && len(b.rest) == 0 && end > 0 && out.data[end-1] != '\n'
		return out, nil
	}
}

// fill reads until rest holds size bytes or the stream ends.
func (b *blocks) fill(size int) error {
	if l, ok := b.r.(interface{ Len() int }); ok { // a reader in memory says how much there is
		size = min(size, len(b.rest)+l.Len()+1)
	}
	buf := b.buffer(size)
	n := copy(buf, b.rest)
	for n < size {
		m, err := b.r.Read(buf[n:])
		n += m
		if err == io.EOF {
			b.done = true
			break
		}
		if err != nil {
			return err
		}
	}
	b.rest = buf[:n]
	return nil
}

// lastRecord is the offset after the last newline that ends a record; 0 if there is none.
func lastRecord(data []byte, comma byte) int {
	if bytes.IndexByte(data, '"') < 0 {
		return bytes.LastIndexByte(data, '\n') + 1
	}
	end, at := 0, 0
	for at < len(data) {
		next := recordEnd(data[at:], comma)
		if next < 0 {
			break
		}
		at += next
		end = at
	}
	return end
}

// recordEnd is the offset after the newline that ends the record at the start of data; -1 if it does not end.
func recordEnd(data []byte, comma byte) int {
	nl := bytes.IndexByte(data, '\n')
	if nl < 0 {
		return -1
	}
	if bytes.IndexByte(data[:nl], '"') < 0 {
		return nl + 1
	}
	quoted, start := false, true
	for i, c := range data {
		switch {
		case quoted:
			if c == '"' {
				quoted = false // a doubled mark opens again at once
			}
			start = c == '"'
		case c == '"' && start:
			quoted, start = true, false
		case c == '\n':
			return i + 1
		default:
			start = c == comma
		}
	}
	return -1
}

// record cuts one record into cells. Cells are valid until the next call.
type record struct {
	base    []byte // the record, or its cells without their marks
	ends    []int32
	starts  []int32
	quoted  []bool // nil if no cell is quoted
	scratch []byte
	cause   string // of a malformed record
}

func (r *record) len() int            { return len(r.ends) }
func (r *record) cell(i int) []byte   { return r.base[r.starts[i]:r.ends[i]] }
func (r *record) isQuoted(i int) bool { return r.quoted != nil && r.quoted[i] }

// read cuts the record at the start of data and returns the bytes it took, its line end included. plain says that data
// holds no quotation mark at all.
func (r *record) read(data []byte, comma byte, plain bool) int {
	r.ends, r.starts, r.quoted, r.cause = r.ends[:0], r.starts[:0], nil, ""
	nl := bytes.IndexByte(data, '\n')
	line, taken := data, len(data)
	if nl >= 0 {
		line, taken = data[:nl], nl+1
	}
	if !plain && bytes.IndexByte(line, '"') >= 0 {
		return r.readQuoted(data, comma)
	}
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	r.base = line
	r.split(line, comma)
	return taken
}

// split cuts a line without quotation marks, eight bytes at a time.
func (r *record) split(line []byte, comma byte) {
	const low7, high = 0x7f7f7f7f7f7f7f7f, 0x8080808080808080
	commas := uint64(comma) * 0x0101010101010101
	starts, ends := append(r.starts[:0], 0), r.ends[:0]
	at := 0
	for ; at+8 <= len(line); at += 8 {
		x := binary.LittleEndian.Uint64(line[at:]) ^ commas
		for m := ^(x&low7 + low7 | x) & high; m != 0; m &= m - 1 { // the high bit of every byte that is a comma
			i := int32(at + bits.TrailingZeros64(m)>>3)
			ends, starts = append(ends, i), append(starts, i+1)
		}
	}
	for ; at < len(line); at++ {
		if line[at] == comma {
			ends, starts = append(ends, int32(at)), append(starts, int32(at+1))
		}
	}
	r.starts, r.ends = starts, append(ends, int32(len(line)))
}

func (r *record) readQuoted(data []byte, comma byte) int {
	taken := recordEnd(data, comma)
	if taken < 0 {
		taken = len(data)
	}
	rec := bytes.TrimSuffix(bytes.TrimSuffix(data[:taken], []byte{'\n'}), []byte{'\r'})
	r.scratch, r.quoted = r.scratch[:0], make([]bool, 0, 16)
	for at := 0; ; at++ {
		from, marked := len(r.scratch), at < len(rec) && rec[at] == '"'
		if marked {
			at = r.quotedCell(rec, at+1)
		} else {
			n := bytes.IndexByte(rec[at:], comma)
			if n < 0 {
				n = len(rec) - at
			}
			r.scratch = append(r.scratch, rec[at:at+n]...)
			at += n
		}
		r.starts, r.ends = append(r.starts, int32(from)), append(r.ends, int32(len(r.scratch)))
		r.quoted = append(r.quoted, marked)
		if at < len(rec) && rec[at] != comma {
			r.cause = "text after a closing quotation mark"
			if n := bytes.IndexByte(rec[at:], comma); n >= 0 {
				at += n
			} else {
				at = len(rec)
			}
		}
		if at >= len(rec) {
			r.base = r.scratch
			return taken
		}
	}
}

// quotedCell reads from after the opening mark into scratch and returns the offset after the closing one.
func (r *record) quotedCell(rec []byte, at int) int {
	for {
		n := bytes.IndexByte(rec[at:], '"')
		if n < 0 {
			r.cause = "a quotation mark is not closed"
			r.scratch = append(r.scratch, rec[at:]...)
			return len(rec)
		}
		r.scratch = append(r.scratch, rec[at:at+n]...)
		at += n + 1
		if at >= len(rec) || rec[at] != '"' {
			return at
		}
		r.scratch = append(r.scratch, '"')
		at++
	}
}

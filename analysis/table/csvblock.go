package table

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// blocks cuts a stream of CSV into pieces that end between two records.
type blocks struct {
	r     io.Reader
	comma byte
	most  int // longest record
	rest  []byte
	line  int // of the next block's first record
	done  bool
}

type block struct {
	number int
	line   int // line of the file on which it begins
	data   []byte
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
		out := block{line: b.line, data: b.rest[:end:end]}
		b.rest = append([]byte(nil), b.rest[end:]...)
		b.line += bytes.Count(out.data, []byte{'\n'})
		return out, nil
	}
}

// fill reads until rest holds size bytes or the stream ends.
func (b *blocks) fill(size int) error {
	buf := make([]byte, size)
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

// record cuts one record into cells. Cells are valid until the next call; quoted cells are unquoted into scratch.
type record struct {
	cells   [][]byte
	quoted  []bool
	scratch []byte
	cause   string // of a malformed record
}

// read cuts the record at the start of data and returns the bytes it took, its line end included.
func (r *record) read(data []byte, comma byte) int {
	r.cells, r.quoted, r.scratch, r.cause = r.cells[:0], r.quoted[:0], r.scratch[:0], ""
	nl := bytes.IndexByte(data, '\n')
	line := data
	if nl >= 0 {
		line = data[:nl]
	}
	if bytes.IndexByte(line, '"') < 0 {
		taken := len(line)
		if nl >= 0 {
			taken++
		}
		if n := len(line); n > 0 && line[n-1] == '\r' {
			line = line[:n-1]
		}
		start := 0
		for i, c := range line {
			if c == comma {
				r.cells, r.quoted = append(r.cells, line[start:i]), append(r.quoted, false)
				start = i + 1
			}
		}
		r.cells, r.quoted = append(r.cells, line[start:]), append(r.quoted, false)
		return taken
	}
	return r.readQuoted(data, comma)
}

func (r *record) readQuoted(data []byte, comma byte) int {
	end := recordEnd(data, comma)
	taken := end
	if end < 0 {
		taken = len(data)
	}
	rec := data[:taken]
	rec = bytes.TrimSuffix(rec, []byte{'\n'})
	rec = bytes.TrimSuffix(rec, []byte{'\r'})
	r.scratch = append(r.scratch, make([]byte, len(rec))...)[:0] // room for all, so that cells stay where they are
	at := 0
	for {
		if at < len(rec) && rec[at] == '"' {
			at = r.quotedCell(rec, at+1)
		} else {
			n := bytes.IndexByte(rec[at:], comma)
			if n < 0 {
				n = len(rec) - at
			}
			r.cells, r.quoted = append(r.cells, rec[at:at+n]), append(r.quoted, false)
			at += n
		}
		if at >= len(rec) {
			return taken
		}
		if rec[at] != comma {
			r.cause = "text after a closing quotation mark"
			if n := bytes.IndexByte(rec[at:], comma); n >= 0 {
				at += n
			} else {
				return taken
			}
		}
		at++
	}
}

// quotedCell reads from after the opening mark and returns the offset after the closing one.
func (r *record) quotedCell(rec []byte, at int) int {
	from := len(r.scratch)
	for {
		n := bytes.IndexByte(rec[at:], '"')
		if n < 0 {
			r.cause = "a quotation mark is not closed"
			r.scratch = append(r.scratch, rec[at:]...)
			at = len(rec)
			break
		}
		r.scratch = append(r.scratch, rec[at:at+n]...)
		at += n + 1
		if at < len(rec) && rec[at] == '"' {
			r.scratch = append(r.scratch, '"')
			at++
			continue
		}
		break
	}
	r.cells, r.quoted = append(r.cells, r.scratch[from:len(r.scratch):len(r.scratch)]), append(r.quoted, true)
	return at
}

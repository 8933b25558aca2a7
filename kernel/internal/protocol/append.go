package protocol

import (
	"encoding/json"
	"maps"
	"math/bits"
	"slices"
	"strconv"
	"unicode/utf8"
)

// appender is a content that writes itself as JSON, byte for byte as package json would, but in one pass over its long texts
// and into memory that need not grow: outputs can be megabytes.
type appender interface {
	appendJSON(b []byte) ([]byte, error)
	size() int // of the JSON text, about
}

func (s Stream) size() int { return len(s.Name) + roomFor(s.Text) }

func (s Stream) appendJSON(b []byte) ([]byte, error) {
	b = appendString(append(b, `{"name":`...), s.Name)
	b = appendString(append(b, `,"text":`...), s.Text)
	return append(b, '}'), nil
}

func (d DisplayData) size() int { return sizeOf(d.Data) }

func (d DisplayData) appendJSON(b []byte) (_ []byte, err error) {
	if b, err = appendMap(append(b, `{"data":`...), d.Data); err != nil {
		return nil, err
	}
	if b, err = appendMap(append(b, `,"metadata":`...), d.Metadata); err != nil {
		return nil, err
	}
	if b, err = appendMap(append(b, `,"transient":`...), d.Transient); err != nil {
		return nil, err
	}
	return append(b, '}'), nil
}

func (r ExecuteResult) size() int { return sizeOf(r.Data) }

func (r ExecuteResult) appendJSON(b []byte) (_ []byte, err error) {
	b = strconv.AppendInt(append(b, `{"execution_count":`...), int64(r.Count), 10)
	if b, err = appendMap(append(b, `,"data":`...), r.Data); err != nil {
		return nil, err
	}
	if b, err = appendMap(append(b, `,"metadata":`...), r.Metadata); err != nil {
		return nil, err
	}
	if len(r.Transient) > 0 {
		if b, err = appendMap(append(b, `,"transient":`...), r.Transient); err != nil {
			return nil, err
		}
	}
	return append(b, '}'), nil
}

// roomFor is how long a text is as JSON, about: a few characters are escaped.
func roomFor(s string) int { return len(s) + len(s)/32 + 64 }

func sizeOf(m map[string]any) (n int) {
	for k, v := range m {
		n += len(k) + 8
		switch v := v.(type) {
		case string:
			n += roomFor(v)
		case json.RawMessage:
			n += len(v)
		}
	}
	return n
}

// appendMap appends a map with its keys in order.
func appendMap(b []byte, m map[string]any) ([]byte, error) {
	if m == nil {
		return append(b, "null"...), nil
	}
	b = append(b, '{')
	for i, k := range slices.Sorted(maps.Keys(m)) {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendString(b, k), ':')
		if s, ok := m[k].(string); ok {
			b = appendString(b, s)
			continue
		}
		text, err := Encode(m[k])
		if err != nil {
			return nil, err
		}
		b = append(b, text...)
	}
	return append(b, '}'), nil
}

// appendString appends a JSON string. Invalid UTF-8 becomes U+FFFD.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); {
		i += plain(s[i:])
		if i == len(s) {
			break
		}
		if c := s[i]; c < utf8.RuneSelf {
			b = appendEscape(append(b, s[from:i]...), c)
			i++
			from = i
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			b = append(append(b, s[from:i]...), `\ufffd`...)
			from = i + n
		case r == '\u2028' || r == '\u2029': // JSON allows them, JavaScript did not
			b = append(append(b, s[from:i]...), `\u202`...)
			b = append(b, byte('8'+r-'\u2028'))
			from = i + n
		}
		i += n
	}
	return append(append(b, s[from:]...), '"')
}

// appendEscape appends an ASCII character as it is written in a JSON string.
func appendEscape(b []byte, c byte) []byte {
	const hex = "0123456789abcdef"
	switch c {
	case '"', '\\':
		return append(b, '\\', c)
	case '\b':
		return append(b, '\\', 'b')
	case '\f':
		return append(b, '\\', 'f')
	case '\n':
		return append(b, '\\', 'n')
	case '\r':
		return append(b, '\\', 'r')
	case '\t':
		return append(b, '\\', 't')
	}
	if c >= ' ' {
		return append(b, c)
	}
	return append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&0xF])
}

// plain is how many bytes at the beginning of s stand for themselves in a JSON string and are ASCII. It looks at eight bytes
// at a time: in each byte of a word the highest bit says whether the byte is another one.
func plain(s string) int {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	i := 0
	for ; i+8 <= len(s); i += 8 {
		x := s[i : i+8]
		w := uint64(x[0]) | uint64(x[1])<<8 | uint64(x[2])<<16 | uint64(x[3])<<24 |
			uint64(x[4])<<32 | uint64(x[5])<<40 | uint64(x[6])<<48 | uint64(x[7])<<56
		quote, back := w^'"'*ones, w^'\\'*ones
		other := (w | (w-' '*ones)&^w | (quote-ones)&^quote | (back-ones)&^back) & highs
		if other != 0 {
			return i + bits.TrailingZeros64(other)/8
		}
	}
	for i < len(s) && s[i] >= ' ' && s[i] < utf8.RuneSelf && s[i] != '"' && s[i] != '\\' {
		i++
	}
	return i
}

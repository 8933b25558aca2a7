package stream

import "bytes"

// segment is consecutive text of one stream.
type segment struct {
	name string
	text []byte
}

// segments is text of both streams in the order it was written.
type segments struct {
	list []segment
	size int // bytes in all
}

// add appends a copy of text.
func (s *segments) add(name string, text []byte) {
	if len(text) == 0 {
		return
	}
	s.size += len(text)
	if n := len(s.list); n > 0 && s.list[n-1].name == name {
		s.list[n-1].text = append(s.list[n-1].text, text...)
		return
	}
	s.list = append(s.list, segment{name, bytes.Clone(text)})
}

// keep drops the oldest text once there is much more than n bytes.
func (s *segments) keep(n int) {
	if s.size > 4*n+1024 {
		s.trim(n)
	}
}

// trim drops the oldest text beyond n bytes, and with it the line that would be cut in two.
func (s *segments) trim(n int) {
	drop := s.size - n
	if drop <= 0 {
		return
	}
	for drop > 0 && len(s.list) > 0 {
		first := &s.list[0]
		cut := min(drop, len(first.text))
		drop -= cut
		s.size -= cut
		if cut == len(first.text) {
			s.list = s.list[1:]
			continue
		}
		first.text = bytes.Clone(first.text[cut:])
		if end := bytes.IndexByte(first.text, '\n'); end >= 0 && end+1 < len(first.text) {
			first.text = first.text[end+1:]
			s.size -= end + 1
		}
	}
}

// Package complete answers complete, inspect and is_complete requests: it adds magic commands and file names to what the
// interpreter knows.
//
// It is the only place that converts between Jupyter's cursor positions, which count code points, and Go's, which count
// bytes.
package complete

import "unicode/utf8"

// byteOffset returns the byte offset of the code point at index cursor. A cursor before the text is 0, one behind it, or
// none (nil), its end. An invalid byte counts as one code point, as it does when JSON replaces it.
func byteOffset(code string, cursor *int) int {
	if cursor == nil {
		return len(code)
	}
	n := *cursor
	for i := range code {
		if n <= 0 {
			return i
		}
		n--
	}
	return len(code)
}

// codePoint returns the index of the code point at a byte offset; offsets outside the text count as its ends.
func codePoint(code string, offset int) int {
	return utf8.RuneCountInString(code[:max(0, min(offset, len(code)))])
}

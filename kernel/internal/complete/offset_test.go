package complete

import (
	"context"
	"testing"
	"unicode/utf8"

	"github.com/sightline-osint/sightline/kernel/internal/interp/echo"
	"github.com/sightline-osint/sightline/kernel/internal/magic"
	"github.com/sightline-osint/sightline/kernel/internal/protocol"
)

func TestOffsetsConvertBothWays(t *testing.T) {
	const text = "aé平🛰x"
	for cursor, offset := range []int{0, 1, 3, 6, 10, 11} {
		if got := byteOffset(text, &cursor); got != offset {
			t.Errorf("code point %d is byte %d, want %d", cursor, got, offset)
		}
		if got := codePoint(text, offset); got != cursor {
			t.Errorf("byte %d is code point %d, want %d", offset, got, cursor)
		}
	}
	for cursor, offset := range map[int]int{-1: 0, 6: 11, 1 << 40: 11} {
		if got := byteOffset(text, &cursor); got != offset {
			t.Errorf("code point %d is byte %d, want %d", cursor, got, offset)
		}
	}
	if byteOffset(text, nil) != len(text) {
		t.Error("no cursor is not the end")
	}
}

// FuzzCursor sends any cursor with any code through completion and inspection.
func FuzzCursor(f *testing.F) {
	f.Add("say 🛰️ sho", 9, 0)
	f.Add("%ti", 3, 1)
	f.Add("x := os.Open(\"", 14, 0)
	f.Add("\xff\xfe", -1, 2)
	in := echo.New()
	f.Fuzz(func(t *testing.T, code string, cursor, detail int) {
		b := byteOffset(code, &cursor)
		if b < 0 || b > len(code) {
			t.Fatalf("offset %d of %d bytes", b, len(code))
		}
		if utf8.ValidString(code) && !utf8.ValidString(code[:b]) {
			t.Fatalf("offset %d cuts a character", b)
		}
		n := utf8.RuneCountInString(code)
		if got := codePoint(code, b); got != max(0, min(cursor, n)) {
			t.Fatalf("cursor %d of %d comes back as %d", cursor, n, got)
		}
		r := Complete(context.Background(), in, magic.Builtin(), protocol.CompleteRequest{Code: code, Cursor: &cursor})
		if r.Start < 0 || r.Start > r.End || r.End > n || r.Matches == nil {
			t.Fatalf("reply %+v for %d code points", r, n)
		}
		Inspect(context.Background(), in, magic.Builtin(), protocol.InspectRequest{Code: code, Cursor: &cursor, Detail: detail})
	})
}

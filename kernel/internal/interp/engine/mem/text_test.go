package mem

import (
	"bytes"
	"strings"
	"testing"
)

func TestBuildersLieInMemoryAsSaid(t *testing.T) {
	if !KnowsText() {
		t.Fatal("the layout of strings.Builder or bytes.Buffer has changed")
	}
	var s strings.Builder
	s.Grow(20)
	if b := As[Builder](Of(&s)); b.Buf.Len != 0 || b.Buf.Cap != s.Cap() {
		t.Errorf("%+v", b)
	}
	s.WriteString("abc")
	if b := As[Builder](Of(&s)); b.Self != Of(&s) || b.Buf.Len != 3 || string(Bytes(b.Buf.P, 3)) != "abc" {
		t.Errorf("%+v", b)
	}
	r := bytes.NewBufferString("héllo")
	_, _, _ = r.ReadRune()
	if b := As[Buffer](Of(r)); b.Off != 1 || b.LastRead == 0 || b.Buf.Len != 6 {
		t.Errorf("%+v", b)
	}
	r.WriteByte('c')
	if b := As[Buffer](Of(r)); b.LastRead != 0 || b.Buf.Len != 7 {
		t.Errorf("%+v", b)
	}
}

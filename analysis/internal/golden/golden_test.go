package golden

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// recorder is a testing.TB that remembers failures instead of failing.
type recorder struct {
	testing.TB
	failed int
}

func (r *recorder) Helper()               {}
func (r *recorder) Errorf(string, ...any) { r.failed++ }

func square(at int) image.Image {
	m := image.NewNRGBA(image.Rect(0, 0, 50, 50))
	for i := range m.Pix {
		m.Pix[i] = 255
	}
	for y := at; y < at+10; y++ {
		for x := at; x < at+10; x++ {
			m.SetNRGBA(x, y, color.NRGBA{A: 255})
		}
	}
	return m
}

func encode(m image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func TestMovedPicturesFailAndSlightlyDifferentOnesPass(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.png")
	if err := os.WriteFile(path, encode(square(5)), 0o644); err != nil {
		t.Fatal(err)
	}
	near := square(5).(*image.NRGBA)
	near.SetNRGBA(5, 5, color.NRGBA{10, 10, 10, 255})
	for _, c := range []struct {
		name string
		data []byte
		want int
	}{{"the same", encode(square(5)), 0}, {"a little lighter", encode(near), 0}, {"moved", encode(square(20)), 1}, {"no picture", []byte("x"), 1}, {"another size", encode(image.NewNRGBA(image.Rect(0, 0, 3, 3))), 1}} {
		r := &recorder{TB: t}
		Picture(r, path, c.data, 0.002)
		if r.failed != c.want {
			t.Errorf("%s: %d failures, want %d", c.name, r.failed, c.want)
		}
	}
	if d := Difference(square(5), square(20)); d != 200.0/2500 {
		t.Errorf("difference %g, want 200 of 2500 pixels", d)
	}
}

func TestTextsMustBeEqual(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(path, []byte("one\r\ntwo\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{"one\ntwo\n": 0, "one\ntoo\n": 1, "one\n": 1} {
		r := &recorder{TB: t}
		Text(r, path, text)
		if r.failed != want {
			t.Errorf("%q: %d failures, want %d", text, r.failed, want)
		}
	}
	r := &recorder{TB: t}
	Text(r, filepath.Join(t.TempDir(), "missing"), "x")
	if r.failed != 1 {
		t.Error("a missing golden file passes")
	}
}

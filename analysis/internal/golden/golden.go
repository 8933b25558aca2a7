// Package golden compares what a test made with a file, and rewrites the file under `go test -update`.
//
// Texts are compared exactly, pictures approximately: a font rasterised on another processor may differ in the last bit of
// a pixel, a figure that moved differs in many.
package golden

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/draw"
	_ "image/png" // the format of golden pictures
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite golden files")

// Updating reports whether golden files are being rewritten.
func Updating() bool { return *update }

// Text compares got with the file at path, line by line.
func Text(t testing.TB, path, got string) {
	t.Helper()
	want, ok := read(t, path, []byte(got))
	if !ok {
		return
	}
	text := strings.ReplaceAll(string(want), "\r\n", "\n") // as a checkout on Windows may have it
	if text == got {
		return
	}
	t.Errorf("%s is not what the code makes now (go test -update rewrites it): %s", path, firstDifference(text, got))
}

// Picture compares a PNG with the file at path. Sizes must be equal; share is the part of pixels that may differ visibly
// (by more than 24 of 255 in a channel), for example 0.002.
func Picture(t testing.TB, path string, got []byte, share float64) {
	t.Helper()
	want, ok := read(t, path, got)
	if !ok {
		return
	}
	a, err := decode(want)
	if err != nil {
		t.Errorf("%s: %v", path, err)
		return
	}
	b, err := decode(got)
	if err != nil {
		t.Errorf("the picture for %s: %v", path, err)
		return
	}
	if a.Bounds().Size() != b.Bounds().Size() {
		t.Errorf("%s is %v, the code makes %v now", path, a.Bounds().Size(), b.Bounds().Size())
		return
	}
	if d := Difference(a, b); d > share {
		t.Errorf("%s: %.2f %% of the pixels differ, %.2f %% may (go test -update rewrites it)", path, d*100, share*100)
	}
}

// Difference is the share of pixels of two equally large pictures that differ by more than 24 of 255 in a channel.
func Difference(a, b image.Image) float64 {
	p, q := flat(a), flat(b)
	if len(p) == 0 {
		return 0
	}
	differ := 0
	for i := 0; i < len(p); i += 4 {
		for k := range 4 {
			if d := int(p[i+k]) - int(q[i+k]); d > 24 || d < -24 {
				differ++
				break
			}
		}
	}
	return float64(differ) / float64(len(p)/4)
}

// flat is a picture as rows of four bytes a pixel.
func flat(m image.Image) []uint8 {
	out := image.NewRGBA(image.Rectangle{Max: m.Bounds().Size()})
	draw.Draw(out, out.Bounds(), m, m.Bounds().Min, draw.Src)
	return out.Pix
}

func decode(data []byte) (image.Image, error) {
	m, _, err := image.Decode(bytes.NewReader(data))
	return m, err
}

// read returns the file, or writes got in its place if asked.
func read(t testing.TB, path string, got []byte) (want []byte, ok bool) {
	t.Helper()
	if *update {
		if err := write(path, got); err != nil {
			t.Fatal(err)
		}
		return nil, false
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Errorf("%v (go test -update writes it)", err)
		return nil, false
	}
	return want, true
}

func write(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(path+".new", data, 0o644); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

func firstDifference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(a), len(b)) {
		line := func(s []string) string {
			if i < len(s) {
				return fmt.Sprintf("%.200q", s[i])
			}
			return "the end"
		}
		if line(a) != line(b) {
			return fmt.Sprintf("line %d is %s, now %s", i+1, line(a), line(b))
		}
	}
	return "line ends differ"
}

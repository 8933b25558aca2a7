package typeface

import (
	"bytes"
	"embed"
	"fmt"
	"slices"
	"sync"
	"unicode"

	"github.com/go-text/typesetting/font"
	"github.com/klauspost/compress/zstd"
)

//go:embed font/*.ttf.zst
var files embed.FS

// One font a variable; each is unpacked when first asked for and then kept.
var (
	latin     = lazily("latin")
	latinBold = lazily("latin-bold")
	hangul    = lazily("hangul")
	han       = lazily("han")
	arabic    = lazily("arabic")
)

// lazily promises an embedded font. A font that cannot be read is a broken build, found by the tests: it panics.
func lazily(name string) func() *font.Font {
	return sync.OnceValue(func() *font.Font {
		packed, err := files.ReadFile("font/" + name + ".ttf.zst")
		if err != nil {
			panic(fmt.Sprintf("typeface: %v", err))
		}
		decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
		if err != nil {
			panic(fmt.Sprintf("typeface: %v", err))
		}
		defer decoder.Close()
		data, err := decoder.DecodeAll(packed, nil)
		if err != nil {
			panic(fmt.Sprintf("typeface: font %s: %v", name, err))
		}
		face, err := font.ParseTTF(bytes.NewReader(data))
		if err != nil {
			panic(fmt.Sprintf("typeface: font %s: %v", name, err))
		}
		return face.Font
	})
}

// faces chooses a font for each character of one text, and notes what none of them holds.
type faces struct {
	bold    bool
	loaded  map[*font.Font]*font.Face
	missing []rune
}

// ResolveFace is what the segmenter asks.
func (f *faces) ResolveFace(r rune) *font.Face {
	text := latin
	if f.bold {
		text = latinBold
	}
	first := f.face(text())
	for _, next := range append([]func() *font.Font{text}, fallback(r)...) {
		face := f.face(next())
		if _, ok := face.NominalGlyph(r); ok {
			return face
		}
	}
	if unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.Is(unicode.Variation_Selector, r) && !slices.Contains(f.missing, r) {
		f.missing = append(f.missing, r)
	}
	return first
}

// fallback lists the fonts worth asking for a character, without unpacking any.
func fallback(r rune) []func() *font.Font {
	switch {
	case unicode.Is(unicode.Arabic, r) || r >= 0x0600 && r <= 0x06FF:
		return []func() *font.Font{arabic}
	case unicode.Is(unicode.Hangul, r):
		return []func() *font.Font{hangul, han}
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo) || r >= 0x3000 && r <= 0x33FF || r >= 0xFF00 && r <= 0xFFEF:
		return []func() *font.Font{han}
	}
	return nil
}

func (f *faces) face(of *font.Font) *font.Face {
	if f.loaded == nil {
		f.loaded = map[*font.Font]*font.Face{}
	}
	if f.loaded[of] == nil {
		f.loaded[of] = font.NewFace(of)
	}
	return f.loaded[of]
}

// latin reports whether a face is one of the two that have a bold of their own.
func (f *faces) latin(face *font.Face) bool {
	return face.Font == latin() || f.bold && face.Font == latinBold()
}

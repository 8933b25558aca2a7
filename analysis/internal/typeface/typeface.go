// Package typeface turns one line of text into outlines: Latin, Greek, Cyrillic, Korean, Chinese, Japanese and Arabic.
//
// Text is shaped (kerning, ligatures, right-to-left runs) and returned as paths, so that a figure looks the same in PNG,
// SVG and PDF and needs no font on the reader's machine. The fonts are embedded, packed, and a script's font is unpacked
// only when a text first needs it. What no font holds is drawn as an empty box and named in Line.Missing.
package typeface

import (
	"sync"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/bidi"
)

// Ascent and Descent are the room above and below the baseline that every line takes, in em, whatever its script.
const (
	Ascent  = 0.96
	Descent = 0.26
)

// Line is one shaped line. Lengths are in em, x to the right, y up, the origin at the left end of the baseline.
type Line struct {
	Width   float64
	Parts   []Part
	Missing []rune // characters that no font holds, each once, in order of appearance
}

// Part is the outline of one run. Thicken says that bold was asked for and the script's font has no bold: stroke it too.
type Part struct {
	Path    []Segment
	Thicken bool
}

// Verb says how a Segment goes on.
type Verb byte

// Verbs of outlines: TrueType has straight lines and quadratic curves only.
const (
	Move Verb = iota
	Draw
	Curve
)

// Segment is one step of an outline: X, Y is its end; CX, CY the control point of a Curve.
type Segment struct {
	Verb         Verb
	X, Y, CX, CY float64
}

const unitsPerEm = 2048 // size at which text is shaped, so that rounding to 1/64 does not show

// tools keep what they have learnt about a font; one goroutine uses them at a time.
type tools struct {
	segmenter shaping.Segmenter
	shaper    shaping.HarfbuzzShaper
	wrapper   shaping.LineWrapper
}

var toolbox = sync.Pool{New: func() any { return new(tools) }}

// Shape lays out text on one line; line breaks count as spaces.
func Shape(text string, bold bool) Line {
	runes := []rune(text)
	for i, r := range runes {
		if r == '\n' || r == '\r' || r == '\t' {
			runes[i] = ' '
		}
	}
	if len(runes) == 0 {
		return Line{}
	}
	faces := &faces{bold: bold}
	input := shaping.Input{Text: runes, RunEnd: len(runes), Direction: direction(runes), Size: fixed.I(unitsPerEm), Language: language.NewLanguage("en")}
	tools := toolbox.Get().(*tools)
	defer toolbox.Put(tools)
	var outputs []shaping.Output
	for _, run := range tools.segmenter.Split(input, faces) {
		outputs = append(outputs, tools.shaper.ShapeNoExtents(run))
	}
	// Wrapping on an endless line leaves one line whose runs know their place from left to right.
	config := shaping.WrapConfig{Direction: input.Direction, DisableTrailingWhitespaceTrim: true}
	lines, _ := tools.wrapper.WrapParagraph(config, 1<<24, runes, shaping.NewSliceIterator(outputs))
	line := Line{Missing: faces.missing}
	for _, runs := range lines {
		ordered := make([]shaping.Output, len(runs))
		for _, run := range runs {
			ordered[run.VisualIndex] = run
		}
		for _, run := range ordered {
			line.add(run, bold && !faces.latin(run.Face))
		}
	}
	return line
}

// direction of a text is that of its first character with a direction of its own.
func direction(text []rune) di.Direction {
	for _, r := range text {
		switch p, _ := bidi.LookupRune(r); p.Class() {
		case bidi.L:
			return di.DirectionLTR
		case bidi.R, bidi.AL:
			return di.DirectionRTL
		}
	}
	return di.DirectionLTR
}

// add appends a run at the right end of the line.
func (l *Line) add(run shaping.Output, thicken bool) {
	const perEm = 64 * unitsPerEm
	part := Part{Thicken: thicken}
	scale := 1 / float64(run.Face.Upem())
	for _, glyph := range run.Glyphs {
		x, y := l.Width+float64(glyph.XOffset)/perEm, float64(glyph.YOffset)/perEm
		if outline, ok := run.Face.GlyphData(glyph.GlyphID).(font.GlyphOutline); ok {
			part.Path = appendOutline(part.Path, outline, x, y, scale)
		}
		l.Width += float64(glyph.Advance) / perEm
	}
	if len(part.Path) > 0 {
		l.Parts = append(l.Parts, part)
	}
}

func appendOutline(path []Segment, outline font.GlyphOutline, x, y, scale float64) []Segment {
	at := func(p opentype.SegmentPoint) (float64, float64) {
		return x + float64(p.X)*scale, y + float64(p.Y)*scale
	}
	for _, s := range outline.Segments {
		var step Segment
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			step.Verb = Move
			step.X, step.Y = at(s.Args[0])
		case opentype.SegmentOpLineTo:
			step.Verb = Draw
			step.X, step.Y = at(s.Args[0])
		case opentype.SegmentOpQuadTo:
			step.Verb = Curve
			step.CX, step.CY = at(s.Args[0])
			step.X, step.Y = at(s.Args[1])
		default:
			continue // cubic curves do not occur in the embedded fonts
		}
		path = append(path, step)
	}
	return path
}

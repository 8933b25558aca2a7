package chart

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"gonum.org/v1/plot"
	plotfont "gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgpdf"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Margins around the panel in points.
const (
	marginX   = 12
	marginTop = 10
	marginEnd = 8
	notePitch = noteSize * 1.4
	noteGap   = 5
)

// draw paints margins, panel and notes on a canvas of the figure's size.
func (f *Figure) draw(c vg.Canvas) {
	area := draw.Canvas{Canvas: c, Rectangle: vg.Rectangle{Max: vg.Point{X: vg.Points(f.width), Y: vg.Points(f.height)}}}
	area.FillPolygon(paper, []vg.Point{{}, {X: area.Max.X}, area.Max, {Y: area.Max.Y}})
	bottom := vg.Points(marginEnd)
	lines := f.noteLines()
	style := f.letters.style(noteSize, faded, false)
	for i := len(lines) - 1; i >= 0; i-- {
		pen{Canvas: area}.write(style, vg.Point{X: marginX, Y: bottom + vg.Points(notePitch/2)}, lines[i])
		bottom += vg.Points(notePitch)
	}
	if len(lines) > 0 {
		bottom += noteGap
	}
	f.plot.Draw(draw.Crop(area, marginX, -marginX, bottom, -marginTop))
}

func (f *Figure) noteLines() []string {
	var lines []string
	for _, note := range f.Notes() {
		lines = append(lines, f.letters.wrap(note, noteSize, false, f.width-2*marginX)...)
	}
	return lines
}

// finish fits the height to panel, header and notes: panel is the height in points from the time axis' line up to the
// header. Then it lays out all texts once, to warn of characters that cannot be printed.
func (f *Figure) finish(s *settings, h *header, panel float64) {
	f.Warnings = append(f.Warnings, s.warnings...)
	f.markRows = h.markRows
	f.height = max(s.height, 100)
	panelArea := draw.Canvas{Canvas: nowhere{}, Rectangle: vg.Rectangle{Min: vg.Point{X: marginX}, Max: vg.Point{X: vg.Points(f.width - marginX), Y: vg.Points(f.height)}}}
	h.left = (panelArea.Min.X - f.plot.DataCanvas(panelArea).Min.X).Points()
	f.draw(nowhere{})
	if missing := f.letters.unprintable(); missing != "" {
		f.Warnings = append(f.Warnings, fmt.Sprintf("no font for %q: drawn as boxes; the names are in the text form", missing))
	}
	f.height = s.height
	if f.height == 0 {
		f.height = marginTop + h.height() + panel + marginEnd + float64(len(f.noteLines()))*notePitch + noteGap
	}
}

// Image is the figure at dpi dots an inch; 96 is one pixel a CSS pixel, 192 two.
func (f *Figure) Image(dpi int) image.Image {
	c := vgimg.NewWith(vgimg.UseWH(vg.Points(f.width), vg.Points(f.height)), vgimg.UseDPI(dpi))
	f.draw(c)
	return c.Image()
}

// Encode is the figure in a format: "png" at two pixels a CSS pixel (192 dots an inch), "svg" with its text as outlines and
// its title and data in the description, "pdf" as one page of the figure's size, "vl.json" for Vega-Lite v5. Two runs give the
// same bytes. Another format is an error.
func (f *Figure) Encode(format string) ([]byte, error) {
	switch format {
	case "png":
		return f.png(), nil
	case "svg":
		return []byte(f.svg()), nil
	case "pdf":
		return f.pdf(), nil
	case "vl.json":
		return f.vegaJSON(), nil
	}
	return nil, fmt.Errorf("chart: format %q: a figure is written as png, svg, pdf or vl.json", format)
}

// png draws once and remembers, unless the plot was given out and may have changed.
func (f *Figure) png() []byte {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.picture != nil && !f.given {
		return f.picture
	}
	var b bytes.Buffer
	if err := png.Encode(&b, f.Image(192)); err != nil {
		panic(fmt.Sprintf("chart: %v", err)) // a buffer never fails, and the size is checked by the options
	}
	f.picture = b.Bytes()
	return f.picture
}

func (f *Figure) svg() string {
	c := vgsvg.New(vg.Points(f.width), vg.Points(f.height))
	f.draw(straight{c})
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		panic(fmt.Sprintf("chart: %v", err))
	}
	about := fmt.Sprintf("<title>%s</title>\n<desc>%s</desc>\n", html.EscapeString(f.Title), html.EscapeString(f.String()))
	start := strings.Index(b.String(), "<svg")
	end := start + strings.Index(b.String()[start:], ">") + 1
	return b.String()[:end] + "\n" + about + strings.TrimLeft(b.String()[end:], "\n")
}

var pdfDate = regexp.MustCompile(`/(CreationDate|ModDate) \(D:\d{14}`)

// pdf has a fixed date, so that two runs give the same bytes.
func (f *Figure) pdf() []byte {
	c := vgpdf.New(vg.Points(f.width), vg.Points(f.height))
	f.draw(straight{c})
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		panic(fmt.Sprintf("chart: %v", err))
	}
	return pdfDate.ReplaceAll(b.Bytes(), []byte("/$1 (D:20000101000000"))
}

// Save writes the figure to a file whose name ends in .png, .svg, .pdf or .vl.json (Vega-Lite). The file appears whole or
// not at all.
func (f *Figure) Save(path string) error {
	format := strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), ".")
	if strings.HasSuffix(strings.ToLower(path), ".vl.json") {
		format = "vl.json"
	}
	data, err := f.Encode(format)
	if err != nil {
		return fmt.Errorf("chart: %s: a figure is written as .png, .svg, .pdf or .vl.json", path)
	}
	temporary, err := os.CreateTemp(filepath.Dir(path), ".chart-*")
	if err != nil {
		return saveError(path, err)
	}
	defer os.Remove(temporary.Name())
	_, err = temporary.Write(data)
	if e := temporary.Chmod(0o644); err == nil {
		err = e
	}
	if e := temporary.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(temporary.Name(), path)
	}
	if err != nil {
		return saveError(path, err)
	}
	return nil
}

// saveError names the file that was asked for, not the temporary one.
func saveError(path string, err error) error {
	if e := new(fs.PathError); errors.As(err, &e) {
		err = e.Err
	}
	return fmt.Errorf("chart: %s: %w", path, err)
}

// SimpleRender is the figure as a MIME bundle: the picture, and its data as text. With Interactive the Vega-Lite form too.
func (f *Figure) SimpleRender() map[string]any {
	bundle := map[string]any{"image/png": append([]byte(nil), f.png()...), "text/plain": f.String()}
	if f.interactive {
		bundle["application/vnd.vegalite.v5+json"] = f.VegaLite()
	}
	return bundle
}

// Render is SimpleRender with the size at which to show the picture, in CSS pixels: its own pixels are twice as fine.
func (f *Figure) Render() struct{ Data, Metadata, Transient map[string]any } {
	size := map[string]any{"width": int(f.width/72*96 + 0.5), "height": int(f.height/72*96 + 0.5)}
	return struct{ Data, Metadata, Transient map[string]any }{Data: f.SimpleRender(), Metadata: map[string]any{"image/png": size}}
}

// straight hands colours to vgsvg and vgpdf as they take them: both read the premultiplied channels of color.Color as if
// they were straight, which would darken every translucent colour.
type straight struct{ vg.Canvas }

func (s straight) SetColor(c color.Color) {
	if c == nil {
		c = color.Black
	}
	s.Canvas.SetColor(unmultiplied(color.NRGBA64Model.Convert(c).(color.NRGBA64)))
}

type unmultiplied color.NRGBA64

func (u unmultiplied) RGBA() (r, g, b, a uint32) {
	return uint32(u.R), uint32(u.G), uint32(u.B), uint32(u.A)
}

// nowhere is a canvas that draws nothing: it serves to lay out.
type nowhere struct{}

func (nowhere) SetLineWidth(vg.Length)                           {}
func (nowhere) SetLineDash([]vg.Length, vg.Length)               {}
func (nowhere) SetColor(color.Color)                             {}
func (nowhere) Rotate(float64)                                   {}
func (nowhere) Translate(vg.Point)                               {}
func (nowhere) Scale(float64, float64)                           {}
func (nowhere) Push()                                            {}
func (nowhere) Pop()                                             {}
func (nowhere) Stroke(vg.Path)                                   {}
func (nowhere) Fill(vg.Path)                                     {}
func (nowhere) FillString(_ plotfont.Face, _ vg.Point, _ string) {}
func (nowhere) DrawImage(_ vg.Rectangle, _ image.Image)          {}

var _ vg.Canvas = nowhere{}
var _ plot.Plotter = layer{}

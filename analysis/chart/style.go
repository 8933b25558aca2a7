package chart

import (
	"image/color"

	"golang.org/x/image/font"
	"gonum.org/v1/plot"
	plotfont "gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/sightline-osint/sightline/analysis/internal/palette"
)

// Okabe and Ito's palette, told apart by readers with any common colour blindness. Blue against vermillion is the pair for
// before and after. NRGBA, since RGBA would be premultiplied.
var (
	Blue       = color.NRGBA(palette.Blue)
	Vermillion = color.NRGBA(palette.Vermillion)
	Green      = color.NRGBA(palette.Green)
	Orange     = color.NRGBA(palette.Orange)
	Sky        = color.NRGBA(palette.Sky)
	Purple     = color.NRGBA(palette.Purple)
	Yellow     = color.NRGBA(palette.Yellow)
	Black      = color.NRGBA{0, 0, 0, 255}
)

// Greys of text and frame.
var (
	ink   = color.NRGBA{27, 31, 36, 255}
	faded = color.NRGBA{87, 96, 106, 255}
	rule  = color.NRGBA{140, 149, 159, 255}
	grid  = color.NRGBA{228, 231, 235, 255}
	band  = color.NRGBA{246, 248, 250, 255}
	paper = color.NRGBA{255, 255, 255, 255}
)

// Palette is the order in which groups take their colours.
func Palette() []color.NRGBA {
	return []color.NRGBA{Blue, Vermillion, Green, Orange, Purple, Sky, Black, Yellow}
}

func paletteColor(i int) color.NRGBA {
	p := Palette()
	return p[i%len(p)]
}

// tint mixes a colour with white: 1 is the colour, 0 white. The result is opaque, so that it is the same in every format.
func tint(c color.NRGBA, share float64) color.NRGBA { return mix(c, paper, share) }

func mix(c, with color.NRGBA, share float64) color.NRGBA {
	m := func(a, b uint8) uint8 { return uint8(float64(a)*share + float64(b)*(1-share) + 0.5) }
	return color.NRGBA{m(c.R, with.R), m(c.G, with.G), m(c.B, with.B), 255}
}

func hex(c color.NRGBA) string {
	const digits = "0123456789abcdef"
	out := []byte{'#'}
	for _, v := range []uint8{c.R, c.G, c.B} {
		out = append(out, digits[v>>4], digits[v&15])
	}
	return string(out)
}

// Sizes of type in points.
const (
	titleSize = 12
	textSize  = 9
	tickSize  = 8.5
	noteSize  = 7.5
)

// style is text in the house face.
func (l *letters) style(size float64, ink color.NRGBA, bold bool) text.Style {
	f := plotfont.Font{Typeface: "Sightline", Size: vg.Points(size)}
	if bold {
		f.Weight = font.WeightBold
	}
	return text.Style{Color: ink, Font: f, Handler: l}
}

// newPlot is an empty panel in the house style: no frame, faint horizontal lines, quiet ticks.
func (l *letters) newPlot() *plot.Plot {
	p := plot.New()
	p.TextHandler = l
	p.BackgroundColor = paper
	p.Title.TextStyle = l.style(titleSize, ink, true)
	p.Legend.TextStyle = l.style(textSize, ink, false)
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		axis.Padding = 0
		axis.LineStyle = draw.LineStyle{Color: rule, Width: vg.Points(0.6)}
		axis.Tick.LineStyle = axis.LineStyle
		axis.Tick.Length = vg.Points(3.5)
		axis.Label.Padding = vg.Points(5)
		labelX, labelY := axis.Label.TextStyle.XAlign, axis.Label.TextStyle.YAlign
		axis.Label.TextStyle = l.style(textSize, faded, false)
		axis.Label.TextStyle.XAlign, axis.Label.TextStyle.YAlign = labelX, labelY
		tickX, tickY := axis.Tick.Label.XAlign, axis.Tick.Label.YAlign
		axis.Tick.Label = l.style(tickSize, faded, false)
		axis.Tick.Label.XAlign, axis.Tick.Label.YAlign = tickX, tickY
		axis.Tick.Marker = numberTicks{most: 6}
	}
	p.Y.LineStyle.Width = 0
	p.Y.Tick.LineStyle.Width = 0
	return p
}

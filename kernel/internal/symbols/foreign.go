package symbols

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"strings"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"

	"github.com/sightline-osint/sightline/kernel/display"
)

// Foreign renders values of the registered packages that know nothing of display: plots of gonum, frames and series of
// gota.
func Foreign() []display.Foreign {
	return []display.Foreign{renderPlot, renderFrame}
}

// Size of a plot that a cell shows, and pixels of the PNG per inch: twice those of a usual screen.
const (
	plotWidth  = 6 * vg.Inch
	plotHeight = 4 * vg.Inch
	plotDPI    = 192
	plotMargin = vg.Inch / 12 // gonum draws up to the edge
)

// renderPlot draws a plot as PNG, and as SVG in an image element for front ends that show HTML.
func renderPlot(v any) (display.Data, bool) {
	p, ok := v.(*plot.Plot)
	if !ok || p == nil {
		return display.Data{}, false
	}
	c := vgimg.NewWith(vgimg.UseWH(plotWidth, plotHeight), vgimg.UseDPI(plotDPI))
	drawPlot(p, draw.New(c))
	var png, svg bytes.Buffer
	if _, err := (vgimg.PngCanvas{Canvas: c}).WriteTo(&png); err != nil {
		return display.Data{}, false
	}
	s := vgsvg.New(plotWidth, plotHeight)
	drawPlot(p, draw.New(s))
	if _, err := s.WriteTo(&svg); err != nil {
		return display.Data{}, false
	}
	title := p.Title.Text
	text := "plot"
	if title != "" {
		text = "plot: " + strings.ReplaceAll(title, "\n", " ")
	}
	img := fmt.Sprintf(`<img alt="%s" width="%d" height="%d" src="data:image/svg+xml;base64,%s">`, html.EscapeString(text),
		int(plotWidth.Dots(96)), int(plotHeight.Dots(96)), base64.StdEncoding.EncodeToString(svg.Bytes()))
	size := map[string]any{"width": int(plotWidth.Dots(96)), "height": int(plotHeight.Dots(96))}
	return display.Data{
		Data:     display.MIMEMap{"text/plain": text, "image/png": png.Bytes(), "text/html": img},
		Metadata: display.MIMEMap{"image/png": size},
	}, true
}

// drawPlot draws a plot with a margin of its background, so that nothing is cut off and nothing of a dark page shows through.
func drawPlot(p *plot.Plot, c draw.Canvas) {
	if p.BackgroundColor != nil {
		c.SetColor(p.BackgroundColor)
		c.Fill(c.Rectangle.Path())
	}
	p.Draw(draw.Crop(c, plotMargin, -plotMargin, plotMargin, -plotMargin))
}

// renderFrame shows a data frame or a series of gota as a table: the first and the last rows, and how many there are.
func renderFrame(v any) (display.Data, bool) {
	switch x := v.(type) {
	case dataframe.DataFrame:
		return frame(x), true
	case *dataframe.DataFrame:
		if x != nil {
			return frame(*x), true
		}
	case series.Series:
		if x.Err == nil {
			return frame(dataframe.New(x)), true
		}
	case *series.Series:
		if x != nil && x.Err == nil {
			return frame(dataframe.New(*x)), true
		}
	}
	return display.Data{}, false
}

const shownRows = 10 // at each end of a long frame

func frame(df dataframe.DataFrame) display.Data {
	if df.Err != nil {
		return display.MakeData(display.MIMETypeText, "DataFrame error: "+df.Err.Error())
	}
	rows, cols := df.Dims()
	names, kinds := df.Names(), df.Types()
	columns := make([]series.Series, cols)
	for i, n := range names {
		columns[i] = df.Col(n)
	}
	var b strings.Builder
	align := make([]string, cols)
	b.WriteString(`<div style="overflow-x:auto"><table style="border-collapse:collapse"><thead><tr><th></th>`)
	for i, n := range names {
		if align[i] = "left"; kinds[i] == series.Int || kinds[i] == series.Float {
			align[i] = "right"
		}
		fmt.Fprintf(&b, `<th style="text-align:%s">%s<br><small style="font-weight:normal;opacity:.7">%s</small></th>`, align[i], html.EscapeString(n), kinds[i])
	}
	b.WriteString("</tr></thead><tbody>")
	for r := 0; r < rows; r++ {
		if rows > 2*shownRows && r == shownRows {
			fmt.Fprintf(&b, `<tr><td colspan="%d" style="text-align:center">⋮</td></tr>`, cols+1)
			r = rows - shownRows
		}
		fmt.Fprintf(&b, "<tr><th>%d</th>", r)
		for i, c := range columns {
			fmt.Fprintf(&b, `<td style="text-align:%s">%s</td>`, align[i], html.EscapeString(c.Elem(r).String()))
		}
		b.WriteString("</tr>")
	}
	shown := ""
	if rows > 2*shownRows {
		shown = fmt.Sprintf(", first and last %d shown", shownRows)
	}
	fmt.Fprintf(&b, `</tbody></table></div><p style="opacity:.7;font-size:90%%;margin:.3em 0">%d rows × %d columns%s</p>`, rows, cols, shown)
	return display.Data{Data: display.MIMEMap{"text/plain": df.String(), "text/html": b.String()}}
}

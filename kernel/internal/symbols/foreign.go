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
)

// renderPlot draws a plot as PNG, and as SVG in an image element for front ends that show HTML.
func renderPlot(v any) (display.Data, bool) {
	p, ok := v.(*plot.Plot)
	if !ok || p == nil {
		return display.Data{}, false
	}
	c := vgimg.NewWith(vgimg.UseWH(plotWidth, plotHeight), vgimg.UseDPI(plotDPI))
	p.Draw(draw.New(c))
	var png, svg bytes.Buffer
	if _, err := (vgimg.PngCanvas{Canvas: c}).WriteTo(&png); err != nil {
		return display.Data{}, false
	}
	s := vgsvg.New(plotWidth, plotHeight)
	p.Draw(draw.New(s))
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
	b.WriteString(`<table><thead><tr><th></th>`)
	for i, n := range names {
		fmt.Fprintf(&b, "<th>%s<br><small>%s</small></th>", html.EscapeString(n), kinds[i])
	}
	b.WriteString("</tr></thead><tbody>")
	for r := 0; r < rows; r++ {
		if rows > 2*shownRows && r == shownRows {
			fmt.Fprintf(&b, `<tr><td colspan="%d">…</td></tr>`, cols+1)
			r = rows - shownRows
		}
		fmt.Fprintf(&b, "<tr><th>%d</th>", r)
		for _, c := range columns {
			align := "left"
			if c.Type() == series.Int || c.Type() == series.Float {
				align = "right"
			}
			fmt.Fprintf(&b, `<td style="text-align:%s">%s</td>`, align, html.EscapeString(c.Elem(r).String()))
		}
		b.WriteString("</tr>")
	}
	fmt.Fprintf(&b, "</tbody></table><p>%d rows × %d columns</p>", rows, cols)
	return display.Data{Data: display.MIMEMap{"text/plain": df.String(), "text/html": b.String()}}
}

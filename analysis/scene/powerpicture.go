package scene

import (
	"fmt"
	"image"
	"image/color"
	"math"

	"github.com/sightline-osint/sightline/analysis/internal/palette"
	"github.com/sightline-osint/sightline/analysis/internal/sketch"
)

// Picture draws, for each resolution in the order of the rows, the share of the trains that were found with its interval,
// and the error of their lengths: the mean as a dot, the root mean square to either side of it. It is nil without rows.
func (t *PowerTable) Picture() image.Image {
	if len(t.Rows) == 0 {
		return nil
	}
	const wide, h, top, foot, left, gap = 640, 250, 58, 40, 56, 70
	sheet := sketch.NewSheet(wide, h)
	sheet.Text(12, 16, sketch.Fit(fmt.Sprintf("SIMULATED · a train of %g m, measured along its track", t.Length), wide-24), sketch.Pale)
	const each = (wide - left - gap - 16) / 2
	most := 0.0
	for _, r := range t.Rows {
		if r.Detected > 0 {
			most = math.Max(most, math.Abs(r.Bias)+r.RMSE)
		}
	}
	if !(most > 0) {
		most = 1
	}
	found := panel{sheet, left, top, left + each, h - foot, 0, 1}
	found.frame("found, with the 95 % interval", []float64{0, 0.5, 1}, func(v float64) string { return fmt.Sprintf("%.0f %%", 100*v) })
	length := panel{sheet, left + each + gap, top, left + 2*each + gap, h - foot, -most, most}
	length.frame("error of the length, mean ± RMSE, m", []float64{-most, 0, most}, func(v float64) string { return fmt.Sprintf("%.2g", v) })
	for i, r := range t.Rows {
		at := (float64(i) + 0.5) / float64(len(t.Rows))
		found.bar(at, r.Detected, r.Low, r.High)
		if r.Detected > 0 {
			length.bar(at, r.Bias, r.Bias-r.RMSE, r.Bias+r.RMSE)
		}
		if step := (len(t.Rows) + 7) / 8; i%step == 0 {
			for _, p := range []panel{found, length} {
				label := fmt.Sprintf("%g", r.GSD)
				sheet.Text(p.x(at)-sketch.Width(label)/2, p.bottom+15, label, sketch.Ink)
			}
		}
	}
	const unit = "metres a pixel"
	for _, p := range []panel{found, length} {
		sheet.Text((p.left+p.right)/2-sketch.Width(unit)/2, p.bottom+32, unit, sketch.Pale)
	}
	return sheet.Image()
}

// panel is a part of a sheet with an axis of values.
type panel struct {
	sheet                    *sketch.Sheet
	left, top, right, bottom float64
	low, high                float64
}

func (p panel) x(share float64) float64 { return p.left + share*(p.right-p.left) }

func (p panel) y(v float64) float64 {
	return p.bottom - (math.Max(p.low, math.Min(p.high, v))-p.low)/(p.high-p.low)*(p.bottom-p.top)
}

// frame draws the title and the marks of the axis.
func (p panel) frame(title string, marks []float64, write func(v float64) string) {
	p.sheet.Title(p.left, p.top-16, title, sketch.Ink)
	for _, v := range marks {
		p.sheet.Line(0.8, color.RGBA{208, 212, 217, 255}, image.Rectangle{}, [2]float64{p.left, p.y(v)}, [2]float64{p.right, p.y(v)})
		label := write(v)
		p.sheet.Text(p.left-8-sketch.Width(label), p.y(v)+4, label, sketch.Pale)
	}
}

// bar draws a value and what lies to either side of it.
func (p panel) bar(share, value, low, high float64) {
	x := p.x(share)
	p.sheet.Line(2, palette.Blue, image.Rectangle{}, [2]float64{x, p.y(low)}, [2]float64{x, p.y(high)})
	for _, v := range []float64{low, high} {
		p.sheet.Line(2, palette.Blue, image.Rectangle{}, [2]float64{x - 5, p.y(v)}, [2]float64{x + 5, p.y(v)})
	}
	p.sheet.Fill(x-4, p.y(value)-4, x+4, p.y(value)+4, palette.Blue)
}

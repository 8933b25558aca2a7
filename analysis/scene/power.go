package scene

import (
	"context"
	"fmt"
	"html"
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/sightline-osint/sightline/analysis/internal/progress"
	"github.com/sightline-osint/sightline/analysis/internal/sketch"
	"github.com/sightline-osint/sightline/analysis/measure"
)

// PowerOptions say what Power asks. The zero value asks for a grey train of 60 m at 0.5, 3 and 10 m a pixel in 100
// scenes each.
type PowerOptions struct {
	Length float64   // metres; 0 means 60
	Cargo  []Colour  // of the wagons; empty means grey, white or blue, drawn for each scene
	GSD    []float64 // metres a pixel; empty means 0.5, 3 and 10
	Scenes int       // for each; 0 means 100
	Blur   float64   // pixels; 0 means 0.5
	Noise  float64   // reflectance; 0 means 0.005
	Haze   float64   // 0 to 0.9
	Seed   uint64
}

// PowerRow is how well a train of one length was measured at one resolution.
type PowerRow struct {
	GSD      float64
	Scenes   int
	Detected float64 // share of the scenes in which a train was found where it stood
	Low      float64 // 95 % interval of that share
	High     float64
	Bias     float64 // mean of measured less true length, metres, of the detected; NaN without any, as the next two
	RMSE     float64 // metres
	Covered  float64 // share of the detected whose stated 95 % interval holds the truth
	Phantoms float64 // trains found where there was none, a scene
}

// PowerTable answers "could a sensor of so many metres a pixel have seen it?".
type PowerTable struct {
	Length float64
	Rows   []PowerRow
}

// Power renders scenes with one train of a known length each, at a place, angle and light drawn from the seed, measures
// them with measure.Trains along the true track, and returns how often the train was found and how wrong its length
// was. All of it is SIMULATED: real yards are less tidy, so that this is the most a sensor can do. It reports progress
// and stops with the context.
func Power(ctx context.Context, o PowerOptions) (*PowerTable, error) {
	if o.Length == 0 {
		o.Length = 60
	}
	if len(o.GSD) == 0 {
		o.GSD = []float64{0.5, 3, 10}
	}
	if o.Scenes == 0 {
		o.Scenes = 100
	}
	if o.Blur == 0 {
		o.Blur = 0.5
	}
	if o.Noise == 0 {
		o.Noise = 0.005
	}
	if !(o.Length > 0 && o.Length <= 2000) || o.Scenes < 1 || o.Scenes > 1000000 {
		return nil, fmt.Errorf("scene: the power of %d scenes with a train of %v m", o.Scenes, o.Length)
	}
	t := &PowerTable{Length: o.Length}
	for i, gsd := range o.GSD {
		var c counts
		for k := range o.Scenes {
			if err := progress.Report(ctx, int64(i*o.Scenes+k), int64(len(o.GSD)*o.Scenes), "rendering and measuring scenes"); err != nil {
				return nil, err
			}
			if err := c.one(ctx, o, gsd, uint64(k)); err != nil {
				return nil, err
			}
		}
		t.Rows = append(t.Rows, c.row(gsd))
	}
	return t, nil
}

// counts gathers the outcomes at one resolution.
type counts struct {
	n, found, phantoms, held int
	sum, squares             float64
}

// draw returns the yard and sensor of one scene.
func (o PowerOptions) draw(gsd float64, k uint64) (Yard, Sensor) {
	r := rand.New(rand.NewPCG(o.Seed, k*1000003+uint64(gsd*1000)))
	around := math.Max(60, 12*gsd)
	y := Yard{Seed: r.Uint64(), Width: o.Length + 4*around + 2*o.Length/3, Height: math.Max(40, 10*gsd), Tracks: 1, Angle: 3 * (2*r.Float64() - 1)}
	cargo := o.Cargo
	if len(cargo) == 0 {
		cargo = [][]Colour{{Grey}, {White}, {Blue}}[r.IntN(3)]
	}
	free := y.Width/2 - around - o.Length
	y.Trains = []Train{{Start: -o.Length/2 + (2*r.Float64()-1)*math.Max(0, free/2+o.Length/4), Length: o.Length, Wagon: 12 + 4*r.Float64(), Cargo: cargo}}
	s := Sensor{GSD: gsd, Blur: o.Blur, Noise: o.Noise, Haze: o.Haze, Light: 0.7 + 0.6*r.Float64(), Seed: r.Uint64()}
	return y, s
}

func (c *counts) one(ctx context.Context, o PowerOptions, gsd float64, k uint64) error {
	y, s := o.draw(gsd, k)
	m, truth, err := y.Render(s, time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		return err
	}
	rail, err := y.Rail(0)
	if err != nil {
		return err
	}
	got, err := measure.TrainsAlong(ctx, m, rail, measure.Rail{})
	if err != nil {
		return err
	}
	x0, y0, _, _ := y.trackLine(0)
	mid := math.Hypot(truth.Objects[0].X-x0, truth.Objects[0].Y-y0)
	c.n++
	var total float64
	hits := 0
	var last measure.Train
	for _, tr := range got.Trains {
		if tr.To > mid-o.Length/2 && tr.From < mid+o.Length/2 {
			hits++
			total += tr.Length.Value
			last = tr
		} else {
			c.phantoms++
		}
	}
	if hits == 0 {
		return nil
	}
	c.found++
	c.sum += total - o.Length
	c.squares += (total - o.Length) * (total - o.Length)
	if hits == 1 && last.Length.Low() <= o.Length && o.Length <= last.Length.High() {
		c.held++
	}
	return nil
}

func (c counts) row(gsd float64) PowerRow {
	n, f := float64(c.n), float64(c.found)
	r := PowerRow{GSD: gsd, Scenes: c.n, Detected: f / n, Bias: c.sum / f, RMSE: math.Sqrt(c.squares / f), Covered: float64(c.held) / f, Phantoms: float64(c.phantoms) / n}
	// Wilson's interval: E. B. Wilson, J. American Statistical Association 22 (1927), doi:10.1080/01621459.1927.10502953.
	const z = 1.959964
	mid, half := (r.Detected+z*z/(2*n))/(1+z*z/n), z*math.Sqrt(r.Detected*(1-r.Detected)/n+z*z/(4*n*n))/(1+z*z/n)
	r.Low, r.High = math.Max(0, mid-half), math.Min(1, mid+half)
	return r
}

// known writes a number, or a dash where nothing was detected.
func known(v float64, digits int) string {
	if v != v {
		return "–"
	}
	return fmt.Sprintf("%.*f", digits, v)
}

// String returns the table as text.
func (t *PowerTable) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "SIMULATED: a train of %g m, measured along its track\n", t.Length)
	b.WriteString("  m/px  scenes  detected          bias m  RMSE m  95 % holds\n")
	for _, r := range t.Rows {
		fmt.Fprintf(&b, "%6g  %6d  %.2f (%.2f-%.2f)  %6s  %6s  %10s\n", r.GSD, r.Scenes, r.Detected, r.Low, r.High, known(r.Bias, 2), known(r.RMSE, 2), known(r.Covered, 3))
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// SimpleRender returns the table for a notebook, and Picture, which the HTML holds too.
func (t *PowerTable) SimpleRender() map[string]any {
	var b strings.Builder
	b.WriteString(`<table style="border-collapse:collapse"><caption style="text-align:left">` +
		html.EscapeString(fmt.Sprintf("SIMULATED: a train of %g m, measured along its track", t.Length)) + "</caption><thead><tr>")
	for _, h := range []string{"m a pixel", "scenes", "detected", "95 % interval", "bias, m", "RMSE, m", "95 % interval holds"} {
		b.WriteString(`<th style="text-align:right;padding:2px 8px">` + h + "</th>")
	}
	b.WriteString("</tr></thead><tbody>")
	for _, r := range t.Rows {
		b.WriteString("<tr>")
		for _, c := range []string{fmt.Sprint(r.GSD), fmt.Sprint(r.Scenes), fmt.Sprintf("%.2f", r.Detected), fmt.Sprintf("%.2f to %.2f", r.Low, r.High),
			known(r.Bias, 2), known(r.RMSE, 2), known(r.Covered, 3)} {
			b.WriteString(`<td style="text-align:right;padding:2px 8px">` + c + "</td>")
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</tbody></table>")
	out := map[string]any{"text/plain": t.String()}
	if p := t.Picture(); p != nil {
		if png, shown, err := sketch.Embed(p, "SIMULATED: what was found, and the error of the lengths"); err == nil {
			out["image/png"] = png
			b.WriteString(shown)
		}
	}
	out["text/html"] = b.String()
	return out
}

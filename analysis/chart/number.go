package chart

import (
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
)

// numberTicks puts labelled ticks at round numbers, at most `most` of them, and at whole numbers only if asked.
type numberTicks struct {
	most  int
	whole bool
	from  float64 // ticks below are left out if above is set
	above bool
}

// Ticks implements plot.Ticker.
func (t numberTicks) Ticks(low, high float64) []plot.Tick {
	if t.above {
		low = math.Max(low, t.from)
	}
	width := (high - low) / float64(max(t.most, 2))
	step := roundStep(width)
	if t.whole { // 2.5 is no step between whole numbers: 2, with a few ticks more
		if step = math.Max(1, step); step == 2.5 {
			step = 2
		}
	}
	var ticks []plot.Tick
	const slack = 1e-9
	for i := math.Ceil(low/step - slack); i*step <= high+step*slack; i++ {
		ticks = append(ticks, plot.Tick{Value: i * step, Label: number(i*step, step)})
	}
	return ticks
}

// roundStep is the smallest of 1, 2, 2.5, 5 times a power of ten that is not below width.
func roundStep(width float64) float64 {
	if !(width > 0) || math.IsInf(width, 0) {
		return 1
	}
	unit := math.Pow(10, math.Floor(math.Log10(width)))
	for _, m := range []float64{1, 2, 2.5, 5} {
		if m*unit >= width*(1-1e-9) {
			return m * unit
		}
	}
	return 10 * unit
}

// number prints v with the decimals that step needs, a real minus sign and thin spaces between thousands.
func number(v, step float64) string {
	decimals := 0
	for s := step; decimals < 9 && math.Abs(s-math.Round(s)) > 1e-6*s; s *= 10 {
		decimals++
	}
	if math.Abs(v) < step*1e-6 {
		v = 0
	}
	s := strconv.FormatFloat(math.Abs(v), 'f', decimals, 64)
	whole, fraction, cut := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0 && len(whole) > 4; i -= 3 {
		whole = whole[:i] + "\u2009" + whole[i:]
	}
	if cut {
		whole += "." + fraction
	}
	if v < 0 {
		whole = "\u2212" + whole
	}
	return whole
}

// short prints a number for people: up to three significant decimals, none that are zero.
func short(v float64) string {
	switch {
	case math.IsNaN(v):
		return "not known"
	case math.IsInf(v, 1):
		return "∞"
	case math.IsInf(v, -1):
		return "−∞"
	case v == math.Trunc(v) && math.Abs(v) < 1e15:
		return number(v, 1)
	case math.Abs(v) >= 100:
		return trimZeros(number(v, 0.1))
	case math.Abs(v) >= 0.1:
		return trimZeros(number(v, 0.01))
	}
	return strings.Replace(strconv.FormatFloat(v, 'g', 3, 64), "-", "\u2212", 1)
}

func trimZeros(s string) string {
	if !strings.Contains(s, ".") {
		return s
	}
	return strings.TrimRight(strings.TrimRight(s, "0"), ".")
}

// ratioTicks are ticks of a logarithmic axis: 1, 2, 5 times powers of ten, thinned to at most `most`.
type ratioTicks struct{ most int }

// Ticks implements plot.Ticker.
func (t ratioTicks) Ticks(low, high float64) []plot.Tick {
	for _, steps := range [][]float64{{1, 1.5, 2, 3, 5, 7}, {1, 2, 5}, {1, 3}, {1}} {
		var ticks []plot.Tick
		for e := math.Floor(math.Log10(low)); e <= math.Ceil(math.Log10(high)); e++ {
			for _, m := range steps {
				if v := m * math.Pow(10, e); v >= low*(1-1e-9) && v <= high*(1+1e-9) {
					ticks = append(ticks, plot.Tick{Value: v, Label: short(v)})
				}
			}
		}
		if len(ticks) <= max(t.most, 2) || len(steps) == 1 {
			return ticks
		}
	}
	return nil
}

// several counts things in words: "1 day", "2 days".
func several(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

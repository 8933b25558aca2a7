package main

import (
	"fmt"
	"math"
	"strings"

	"github.com/sightline-osint/sightline/analysis/changepoint"
	"github.com/sightline-osint/sightline/analysis/regression"
)

// random is a small generator, so that the data are the same on every machine.
type random struct{ state uint64 }

func (r *random) float() float64 {
	r.state = r.state*6364136223846793005 + 1442695040888963407
	return float64(r.state>>11) / (1 << 53)
}

func (r *random) poisson(mean float64) int {
	k, limit := 0, math.Exp(-mean)
	for p := r.float(); p > limit; p *= r.float() {
		k++
	}
	return k
}

// regression makes n counts with k explaining columns, and the same as text.
func (r *random) regression(n, k int) (regression.Columns, string, string) {
	data := regression.Columns{}
	x := make([][]float64, k)
	formula := "y ~ "
	for j := range x {
		x[j] = make([]float64, n)
		name := fmt.Sprintf("x%d", j+1)
		data[name] = x[j]
		if j > 0 {
			formula += " + "
		}
		formula += name
	}
	y := make([]int, n)
	var text strings.Builder
	for i := range n {
		eta := 0.3
		for j := range x {
			x[j][i] = r.float() - 0.5
			eta += x[j][i] * float64(j%3-1) / 2
		}
		y[i] = r.poisson(math.Exp(eta))
		fmt.Fprintf(&text, "%d", y[i])
		for j := range x {
			fmt.Fprintf(&text, ",%.17g", x[j][i])
		}
		text.WriteByte('\n')
	}
	data["y"] = y
	return data, formula, text.String()
}

// series makes n counts whose rate changes every 1000.
func (r *random) series(n int) (changepoint.Series, string) {
	s := changepoint.Series{Counts: make([]int, n)}
	var text strings.Builder
	for i := range s.Counts {
		s.Counts[i] = r.poisson([]float64{2, 5, 3, 8}[i/1000%4])
		fmt.Fprintln(&text, s.Counts[i])
	}
	return s, text.String()
}

// groups makes two groups of n values.
func (r *random) groups(n int) (a, b []float64, text string) {
	for range n {
		x, y := float64(r.poisson(3)), float64(r.poisson(3.5))
		a, b = append(a, x), append(b, y)
		text += fmt.Sprintf("%g,%g\n", x, y)
	}
	return a, b, text
}

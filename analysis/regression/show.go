package regression

import (
	"math"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
)

// String is the text form of the fit.
func (f *Fit) String() string { return f.sheet().Text() }

// SimpleRender shows the coefficient table, the quality of the fit in one sentence, and warnings.
func (f *Fit) SimpleRender() map[string]any { return f.sheet().Render() }

func (f *Fit) sheet() sheet.Sheet {
	statistic := "z"
	if f.useT {
		statistic = "t"
	}
	s := sheet.Sheet{
		Title: f.Family + ": " + f.Formula, Warnings: f.Warnings, Lines: []string{f.Sentence()},
		Head:   []string{"term", "coefficient", "std. error", statistic, "P", "ratio", "low", "high"},
		Source: f.Errors + " standard errors; " + f.Provenance.Source,
	}
	for _, c := range f.Coefficients {
		s.Rows = append(s.Rows, []string{c.Name, sheet.Number(c.Estimate), sheet.Number(c.SE), sheet.Digits(c.Z, 3), inference.Probability(c.P, c.LogP),
			sheet.Number(math.Exp(c.Estimate)), sheet.Number(math.Exp(c.Interval.Low)), sheet.Number(math.Exp(c.Interval.High))})
	}
	return s
}

// Sentence says how well the model fits.
func (f *Fit) Sentence() string {
	text := strconv.Itoa(f.N) + " rows, " + strconv.Itoa(f.DFResidual) + " residual degrees of freedom; deviance " + sheet.Number(f.Deviance) + ", dispersion " + sheet.Number(f.Dispersion)
	if f.AIC != 0 {
		text += ", log likelihood " + sheet.Number(f.LogLik) + ", AIC " + sheet.Number(f.AIC)
	}
	if !math.IsInf(f.Theta, 1) {
		text += ", theta " + sheet.Number(f.Theta) + " (std. error " + sheet.Number(f.ThetaSE) + ")"
	}
	return text + "; intervals of the ratios are " + inference.Percent(f.Level) + "."
}

package regression

import (
	"math"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
	"github.com/sightline-osint/sightline/analysis/internal/tail"
)

// DispersionCheck asks whether the counts vary more than the fitted family says. Null hypothesis: they do not. The
// estimate is Pearson's chi-squared over its degrees of freedom; P is its upper tail, rough where fitted means are
// below 1. It cannot tell clustering from a term that is missing.
func (f *Fit) DispersionCheck() inference.Result {
	_, logp := tail.LogChiSquared(f.Pearson, float64(f.DFResidual))
	r := inference.Result{
		Method: "Pearson dispersion of the " + f.Family + " fit", Null: "the variance is what the family says", Side: inference.Greater,
		Quantity: "dispersion", Estimate: f.Dispersion, P: math.Exp(logp), LogP: logp, Tested: true, Alpha: 0.05, N: f.N,
		Interval:   inference.Interval{Low: f.Pearson / 2 / tail.GammaUpper(float64(f.DFResidual)/2, math.Log(0.025)), High: f.Pearson / 2 / tail.GammaLower(float64(f.DFResidual)/2, math.Log(0.025)), Level: 0.95, Method: "chi-squared"},
		Statistic:  inference.Statistic{Name: "chi-squared", Value: f.Pearson, DF: float64(f.DFResidual)},
		Exposure:   f.seen(),
		Provenance: f.Provenance,
	}
	small := 0
	for _, mu := range f.Fitted {
		if mu < 1 {
			small++
		}
	}
	if 2*small > f.N {
		r.Warnings = append(r.Warnings, "more than half of the fitted means are below 1: chi-squared is rough")
	}
	return r
}

// ZeroCheck asks whether there are more zeros than the fitted Poisson means explain: the score test of zero inflation.
// Null hypothesis: Poisson. P is one-sided (more zeros), from the normal law. Only for Poisson and quasi-Poisson fits;
// over-dispersion alone also makes zeros, so look at the rootogram of a negative binomial before believing in a second
// kind of zero. Source: van den Broek, Biometrics 51 (1995) 738.
// Not for robust fits of clustered counts: clusters make zeros too.
func (f *Fit) ZeroCheck() (inference.Result, error) {
	if !math.IsInf(f.Theta, 1) {
		return inference.Result{}, &InputError{Room: "regression", What: "family", Value: f.Family, Cause: "the score test of zero inflation is for Poisson means"}
	}
	zeros, expected, excess, variance := 0, 0.0, 0.0, 0.0
	for i, mu := range f.Fitted {
		p0 := math.Exp(-mu)
		expected += p0
		if f.Counts[i] == 0 {
			zeros++
			excess += math.Exp(mu)
		}
		excess--
		variance += math.Expm1(mu)
	}
	cross := f.core.b.score(f.Fitted)
	variance -= dot(cross, multiply(f.core.bread, cross))
	z := excess / math.Sqrt(variance)
	if !(variance > 0) || math.IsNaN(z) || math.IsInf(z, 0) || math.IsInf(variance, 1) {
		return inference.Result{}, &InputError{Room: "regression", What: "fit", Value: f.Formula, Cause: "leaves no freedom to test zeros, or has means so large that none could be expected"}
	}
	logp := tail.LogNormalUpper(z)
	r := inference.Result{
		Method: "score test of zero inflation", Null: "the zeros are those of the Poisson fit", Side: inference.Greater,
		Quantity: "zeros observed / expected", Estimate: float64(zeros) / expected, Exposure: f.seen(),
		Interval:  inference.Interval{Low: math.NaN(), High: math.NaN(), Method: "none: the score test has none"},
		Statistic: inference.Statistic{Name: "z", Value: z}, P: math.Exp(logp), LogP: logp, Tested: true, Alpha: 0.05, N: f.N,
		Finding:    strconv.Itoa(zeros) + " zeros were seen where the fit expects " + sheet.Number(expected) + " (P = " + inference.Probability(math.Exp(logp), logp) + ").",
		Provenance: inference.Provenance{Design: f.Provenance.Design, Inputs: f.Provenance.Inputs, Source: "van den Broek 1995"},
	}
	return r, nil
}

// Bar is one count value of a rootogram.
type Bar struct {
	Count    int
	Observed float64 // rows with this count
	Expected float64 // rows the fit expects
	Hanging  float64 // sqrt(Observed) - sqrt(Expected): where a bar that hangs from the curve ends
}

// mostBars bounds a rootogram.
const mostBars = 10_000

// Rootogram returns observed and expected frequencies of the counts 0 to the largest seen, but of no more than 10,000,
// for a hanging rootogram: bars that end off the axis show where the family is wrong. Source: Kleiber and Zeileis, Am.
// Stat. 70 (2016) 296.
// Not a test: with few rows the bars move by chance alone.
func (f *Fit) Rootogram() []Bar {
	top := 0.0
	for _, y := range f.Counts {
		top = math.Max(top, y)
	}
	bars := make([]Bar, int(math.Min(top, mostBars-1))+1)
	for _, y := range f.Counts {
		if y < mostBars {
			bars[int(y)].Observed++
		}
	}
	for k := range bars {
		bars[k].Count = k
		for _, mu := range f.Fitted {
			bars[k].Expected += math.Exp(logChance(float64(k), mu, f.Theta))
		}
		bars[k].Hanging = math.Sqrt(bars[k].Observed) - math.Sqrt(bars[k].Expected)
	}
	return bars
}

func short(x float64) string { return sheet.Digits(x, 3) }

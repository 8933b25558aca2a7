package reference_test

import (
	"context"
	"math"

	"github.com/sightline-osint/sightline/analysis/censored"
	"github.com/sightline-osint/sightline/analysis/changepoint"
	"github.com/sightline-osint/sightline/analysis/effort"
	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/length"
	"github.com/sightline-osint/sightline/analysis/multiplicity"
	"github.com/sightline-osint/sightline/analysis/power"
	"github.com/sightline-osint/sightline/analysis/rate"
	"github.com/sightline-osint/sightline/analysis/regression"
	"github.com/sightline-osint/sightline/analysis/resample"
	"github.com/sightline-osint/sightline/analysis/smooth"
)

// methods compares each kind of case.
func methods() map[string]func(*drawn) {
	return map[string]func(*drawn){
		"pois1": one, "pois2": two, "etest": variants, "tail": tails, "binom": occupancy, "fisher2": odds, "fisherrc": association,
		"glm": poisson, "nb": negativeBinomial, "wilcox": ranks, "wilcoxtie": ranks, "ks": smirnov, "ksbig": smirnov, "mk": trend,
		"bw": bandwidths, "loess": loess, "lowess": lowess, "padj": adjusted, "struc": shift, "perm": permutation, "turnbull": turnbull, "power": chance,
	}
}

func answer(d *drawn, r inference.Result, err error, tolerance float64) {
	if !d.fail(err) {
		d.list("P and limits", []float64{r.P, r.Interval.Low, r.Interval.High}, d.want[0], tolerance)
	}
}

func one(d *drawn) {
	v := numbers(d.args[0])
	r, err := rate.Design{Side: side(d.args[1]), Level: numbers(d.args[2])[0], Null: v[2]}.Rate(rate.Of(int(v[0])).In(v[1], "days"))
	answer(d, r, err, 1e-9)
}

// R forms 1 - p and loses digits where p is near 1: up to 1e-3 of P where one exposure is 10^4 times the other, up to 1e-7
// of an upper limit that is far above the ratio. Our digits are those of mpmath there.
func two(d *drawn) {
	v := numbers(d.args[0])
	tolerance := 1e-9
	if odds := v[2] * v[4] / v[3]; odds > 1e4 || odds < 1e-4 {
		tolerance = 2e-3
	}
	if high := d.want[0][2] * v[2] / v[3]; tolerance < 1e-7 && high > 1e4 {
		tolerance = 1e-7
	}
	r, err := rate.Design{Side: side(d.args[1]), Level: numbers(d.args[2])[0], Null: v[4]}.Compare(rate.Of(int(v[0])).In(v[2], "days"), rate.Of(int(v[1])).In(v[3], "days"))
	answer(d, r, err, tolerance)
}

func variants(d *drawn) {
	v := numbers(d.args[0])
	for i, m := range []rate.Method{rate.ETest, rate.Score, rate.MidP} {
		r, err := rate.Design{Side: side(d.args[1]), Method: m}.Compare(rate.Of(int(v[0])).In(v[2], "days"), rate.Of(int(v[1])).In(v[3], "days"))
		if !d.fail(err) {
			d.near(m.String(), r.P, d.want[0][i], 1e-9)
		}
	}
}

func tails(d *drawn) {
	v := numbers(d.args[0])
	r, err := rate.Design{Side: rate.Greater}.Compare(rate.Of(int(v[0])).In(v[2], "days"), rate.Of(int(v[1])).In(v[2], "days"))
	if !d.fail(err) {
		d.near("log P", r.LogP, d.want[0][0], 1e-12)
	}
}

func occupancy(d *drawn) {
	v := whole(d.args[0])
	r, err := effort.Occupancy(v[0], v[1], numbers(d.args[1])[0])
	if !d.fail(err) {
		d.list("limits", []float64{r.Interval.Low, r.Interval.High}, d.want[0], 1e-9)
	}
}

// R finds the odds ratio and its limits with a tolerance of 1e-4 on a scale from 0 to 1: only P is held closely.
func odds(d *drawn) {
	v := whole(d.args[0])
	r, err := effort.CompareOccupancy(effort.Share{Present: v[0], Looks: v[1]}, effort.Share{Present: v[2], Looks: v[3]}, side(d.args[1]), numbers(d.args[2])[0])
	if d.fail(err) {
		return
	}
	d.near("P", r.P, d.want[0][0], 1e-9)
	unit := func(odds float64) float64 {
		if math.IsInf(odds, 1) {
			return 1
		}
		return odds / (1 + odds)
	}
	if !math.IsNaN(r.Estimate) {
		for i, got := range []float64{r.Estimate, r.Interval.Low, r.Interval.High} {
			d.near("odds ratio and limits", 1+unit(got), 1+unit(d.want[0][1+i]), 2e-4)
		}
	}
}

func association(d *drawn) {
	rows, columns, v := whole(d.args[0])[0], whole(d.args[1])[0], whole(d.args[2])
	var table [][]int
	for i := range rows {
		table = append(table, v[i*columns:(i+1)*columns])
	}
	r, err := effort.Association(context.Background(), table, effort.AssociationOptions{})
	if !d.fail(err) && r.Provenance.Seed == "" {
		d.near("P", r.P, d.want[0][0], 1e-9)
	}
}

func fitted(f *regression.Fit) (coefficients, errors, p []float64) {
	for _, c := range f.Coefficients {
		coefficients, errors, p = append(coefficients, c.Estimate), append(errors, c.SE), append(p, c.P)
	}
	return coefficients, errors, p
}

func columns(d *drawn) regression.Columns {
	var group []string
	for _, g := range d.args[3] {
		if g != ',' {
			group = append(group, string(g))
		}
	}
	return regression.Columns{"y": numbers(d.args[1]), "x": numbers(d.args[2]), "g": group, "e": numbers(d.args[4])}
}

// P is compared to 1e-5: R's comes from a fit that stopped a little earlier.
func poisson(d *drawn) {
	f, err := regression.Poisson(d.args[0], columns(d))
	if d.fail(err) {
		return
	}
	c, se, p := fitted(f)
	d.list("coefficients", c, d.want[0], 1e-6)
	d.list("errors", se, d.want[1], 1e-6)
	d.list("P", p, d.want[2], 1e-5)
	d.list("deviance, log likelihood, AIC, Pearson", []float64{f.Deviance, f.LogLik, f.AIC, f.Pearson}, d.want[3], 1e-9)
	q, err := regression.QuasiPoisson(d.args[0], columns(d))
	if d.fail(err) {
		return
	}
	_, se, p = fitted(q)
	d.list("quasi errors", se, d.want[4], 1e-6)
	d.list("quasi P", p, d.want[5], 1e-5)
	k := len(c)
	for i, kind := range []regression.Covariance{regression.HC0, regression.HC1, regression.HC2, regression.HC3} {
		if r, err := f.Robust(kind); err == nil || kind < regression.HC2 { // leverage 1 has neither HC2 nor HC3
			d.fail(err)
			_, se, _ = fitted(r)
			d.list(kind.String(), se, d.want[6][i*k:(i+1)*k], 1e-5)
		}
	}
	r, err := f.NeweyWest(3)
	if !d.fail(err) {
		_, se, _ = fitted(r)
		d.list("Newey-West", se, d.want[7], 1e-6)
	}
}

// MASS alternates between the coefficients and theta and stops: 1e-5.
func negativeBinomial(d *drawn) {
	f, err := regression.NegativeBinomial(d.args[0], columns(d))
	if !d.fail(err) {
		c, se, _ := fitted(f)
		d.list("coefficients", c, d.want[0], 1e-5)
		d.list("errors", se, d.want[1], 1e-5)
		d.list("theta, its error, log likelihood, deviance", []float64{f.Theta, f.ThetaSE, f.LogLik, f.Deviance}, d.want[2], 1e-5)
	}
}

// With ties the exact P was counted over all divisions; R's own is the normal one.
func ranks(d *drawn) {
	a, b := numbers(d.args[0]), numbers(d.args[1])
	r, err := length.MannWhitney(a, b, side(d.args[2]), 0)
	if d.fail(err) {
		return
	}
	d.near("W", r.Statistic.Value, d.want[0][0], 1e-12)
	d.near("P", r.P, d.want[0][len(d.want[0])-1], 1e-9)
	if d.tag == "wilcoxtie" {
		p, err := length.MannWhitneyNormal(a, b, side(d.args[2]))
		d.fail(err)
		d.near("normal P", p, d.want[0][1], 1e-9)
	}
}

// R stops its asymptotic series after few terms.
func smirnov(d *drawn) {
	tolerance := 1e-12
	if d.tag == "ksbig" {
		tolerance = 5e-5
	}
	r, err := length.KolmogorovSmirnov(numbers(d.args[0]), numbers(d.args[1]), side(d.args[2]))
	if !d.fail(err) {
		d.near("D", 1+r.Statistic.Value, 1+d.want[0][0], 1e-12)
		d.near("1 + P", 1+r.P, 1+d.want[0][1], tolerance) // R takes the upper tail from 1
	}
}

func trend(d *drawn) {
	r, err := length.MannKendall(nil, numbers(d.args[0]), side(d.args[1]), 0)
	if !d.fail(err) {
		d.list("tau, z, P", []float64{r.Tau, r.Result.Statistic.Value, r.P}, d.want[0], 1e-9)
	}
}

func bandwidths(d *drawn) {
	v := numbers(d.args[0])
	a, errA := smooth.NRD0(v)
	b, errB := smooth.NRD(v)
	if d.fail(errA) || d.fail(errB) {
		return
	}
	d.list("nrd0, nrd", []float64{a, b}, d.want[0][:2], 1e-12)
	if sj, err := smooth.SJ(v); err == nil || !math.IsNaN(d.want[0][2]) {
		d.fail(err)
		d.near("SJ", sj, d.want[0][2], 1e-9)
	}
	c, err := smooth.Density(v, d.want[1], a)
	if !d.fail(err) {
		d.list("density", c.Y, d.want[2], 1e-12)
	}
}

func loess(d *drawn) {
	o := numbers(d.args[2])
	c, err := smooth.Loess(numbers(d.args[0]), numbers(d.args[1]), o[0], int(o[1]), numbers(d.args[3]))
	if !d.fail(err) {
		d.list("curve", c.Y, d.want[0], 1e-9)
	}
}

func lowess(d *drawn) {
	c, err := smooth.Lowess(numbers(d.args[0]), numbers(d.args[1]), numbers(d.args[2])[0], 3)
	if !d.fail(err) {
		d.list("curve", c.Y, d.want[0], 1e-9)
	}
}

func adjusted(d *drawn) {
	for i, f := range []func([]float64) ([]float64, error){multiplicity.Holm, multiplicity.BH, multiplicity.BY, multiplicity.Bonferroni} {
		p, err := f(numbers(d.args[0]))
		if !d.fail(err) {
			d.list("adjusted", p, d.want[i], 1e-12)
		}
	}
}

// strucchange lets the interval of the place run out of the series.
func shift(d *drawn) {
	v := numbers(d.args[0])
	s, err := changepoint.Mean(v, 5)
	if !d.fail(err) {
		w := d.want[0]
		d.list("place, limits, RSS", []float64{float64(s.K), float64(s.Low), float64(s.High), s.RSS}, []float64{w[1], math.Max(1, w[0]), math.Min(float64(len(v)-1), w[2]), w[3]}, 1e-9)
	}
}

func permutation(d *drawn) {
	r, err := resample.Permutation(context.Background(), numbers(d.args[0]), numbers(d.args[1]), resample.Options{Side: side(d.args[2])})
	if !d.fail(err) {
		d.near("P", r.P, d.want[0][0], 1e-12)
	}
}

// R stops the iteration early and puts the probability of a span into its middle: only places between spans compare, to 5e-3.
func turnbull(d *drawn) {
	low, high := numbers(d.args[0]), numbers(d.args[1])
	var spans []censored.Span
	for i := range low {
		spans = append(spans, censored.Span{Low: low[i], High: high[i]})
	}
	law, err := censored.Turnbull(spans)
	if d.fail(err) {
		return
	}
	for i, at := range numbers(d.args[2]) {
		above, inside := 1.0, false
		for _, m := range law.Masses {
			if m.High <= at {
				above = m.Survival
			} else if m.Low < at {
				inside = true
			}
		}
		if !inside {
			d.near("1 + share above", 1+above, 1+d.want[0][i], 5e-3)
		}
	}
}

func chance(d *drawn) {
	v := numbers(d.args[0])
	p, err := power.Exact(rate.Design{}, power.Truth{First: v[0], Second: v[1], FirstLooks: v[2], SecondLooks: v[3]})
	if !d.fail(err) {
		d.near("chance", p.Chance, d.want[0][0], 1e-9)
	}
}

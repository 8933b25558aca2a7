// Package regression fits counts to what may explain them: Poisson, quasi-Poisson and negative binomial models with a
// log link, an offset for effort, factors and interactions, with standard errors that survive over-dispersion (HC0 to
// HC3) or autocorrelation (Newey-West), and the checks that say which of these is needed.
//
// It assumes that the logarithm of the expected count is a sum of the terms. Exact small-sample answers about two
// rates are in analysis/rate; a date that was found in the data belongs to analysis/changepoint. Fits feed
// analysis/chart (coefficient plot, rootogram).
package regression

import (
	"math"
	"slices"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/tail"
)

// InputError says which value was refused and why.
type InputError = inference.InputError

// Fit is a fitted model. Coefficients are on the log scale: exp of one is a ratio of rates.
type Fit struct {
	Family       string // Poisson, quasi-Poisson or negative binomial
	Formula      string
	Errors       string // how the standard errors were found: model, HC0 … HC3, Newey-West
	Coefficients []Coefficient
	Covariance   [][]float64
	Level        float64 // of the intervals, 0.95

	N          int
	DFResidual int
	Deviance   float64
	LogLik     float64 // 0 for quasi-Poisson, which has no likelihood
	AIC        float64 // 0 for quasi-Poisson
	Pearson    float64 // chi-squared
	Dispersion float64 // Pearson / DFResidual
	Theta      float64 // size of the negative binomial, +Inf otherwise
	ThetaSE    float64
	Iterations int
	Counts     []float64
	Fitted     []float64
	Warnings   []string
	Provenance inference.Provenance
	core       *core
	scale      float64 // factor on the model covariance
	useT       bool
	bareVaries bool
}

// Coefficient is one row of the table of a fit.
type Coefficient struct {
	Name     string
	Estimate float64
	SE       float64
	Z        float64 // t where the dispersion was estimated
	P, LogP  float64 // two-sided, of the null hypothesis that the coefficient is 0
	Interval inference.Interval
}

// Poisson fits "count ~ terms" by maximum likelihood.
//
// Standard errors are right only where the variance equals the mean; a warning says when it does not. Do not use it
// with clustered counts: QuasiPoisson, NegativeBinomial or Robust then. Coefficients are fully converged; standard
// errors use the information of the step at which R's glm stops, so that they agree with R's digits (at full
// convergence they differ by up to 1e-5 of their size, less than any use of them can notice). Errors (*InputError, all rows): unknown
// columns, missing values, counts that are negative or broken, terms that contain each other; *ConvergenceError.
// Source: McCullagh and Nelder, Generalized Linear Models (1989); agrees with R's glm.
func Poisson(formula string, data Columns) (*Fit, error) {
	return fitCounts("Poisson", formula, data)
}

// QuasiPoisson is Poisson with the variance allowed to be a constant multiple of the mean: the same coefficients,
// standard errors scaled by the root of Pearson's dispersion, t instead of z. It has no likelihood, so no AIC.
// Not for few rows: the dispersion itself is uncertain below some 20 residual degrees of freedom.
func QuasiPoisson(formula string, data Columns) (*Fit, error) {
	return fitCounts("quasi-Poisson", formula, data)
}

func fitCounts(family, formula string, data Columns) (*Fit, error) {
	m, err := build(formula, data)
	if err != nil {
		return nil, err
	}
	c, err := start(m, math.Inf(1))
	if err != nil {
		return nil, err
	}
	if err := c.fit(family + " " + m.formula.text); err != nil {
		return nil, err
	}
	return report(family, c), nil
}

// start checks that there are enough rows and events, and prepares the basis.
func start(m *matrix, theta float64) (*core, error) {
	if len(m.y) <= len(m.cols) {
		return nil, &InputError{Room: "regression", What: "rows", Value: strconv.Itoa(len(m.y)), Cause: "must be more than the " + strconv.Itoa(len(m.cols)) + " coefficients"}
	}
	if !slices.ContainsFunc(m.y, func(y float64) bool { return y > 0 }) {
		return nil, &InputError{Room: "regression", What: "response", Value: strconv.Quote(m.formula.response), Cause: "is 0 everywhere: no rate can be fitted (rate.Design.Rate gives an upper limit)"}
	}
	b, err := orthonormal(m)
	if err != nil {
		return nil, err
	}
	return &core{m: m, b: b, theta: theta}, nil
}

// report turns a converged core into a Fit.
func report(family string, c *core) *Fit {
	n, k := c.b.n, c.b.k
	f := &Fit{
		Family: family, Formula: c.m.formula.text, Errors: "model", Level: 0.95, N: n, DFResidual: n - k,
		Deviance: math.Max(0, c.deviance), Theta: c.theta, Iterations: c.iterations, Counts: c.m.y, Fitted: c.mu, core: c, scale: 1,
		Provenance: inference.Provenance{Design: family + " regression, log link", Inputs: c.m.formula.text + ", " + strconv.Itoa(n) + " rows", Source: "McCullagh and Nelder 1989"},
	}
	for i, y := range c.m.y {
		f.Pearson += (y - c.mu[i]) * (y - c.mu[i]) / (c.mu[i] * (1 + c.mu[i]/c.theta))
	}
	f.Dispersion = f.Pearson / float64(n-k)
	f.bareVaries = family == "Poisson"
	if family == "quasi-Poisson" {
		f.scale, f.useT = c.workingDispersion(), true
	} else {
		f.LogLik = logLikelihood(c.m.y, c.mu, c.theta)
		f.AIC = -2*f.LogLik + 2*float64(k)
	}
	cov := c.b.backBoth(c.last.bread)
	for i := range cov {
		for j := range cov[i] {
			cov[i][j] *= f.scale
		}
	}
	f.setCovariance(cov)
	f.warn()
	return f
}

// workingDispersion is Pearson's dispersion with the weights of R's last step, as summary.glm has it.
func (c *core) workingDispersion() float64 {
	s := 0.0
	for i, y := range c.m.y {
		r := (y - c.mu[i]) / c.mu[i]
		s += c.last.weights[i] * r * r
	}
	return s / float64(c.b.n-c.b.k)
}

// setCovariance fills the coefficient table from a covariance.
func (f *Fit) setCovariance(cov [][]float64) {
	f.Covariance = cov
	beta := f.core.b.back(f.core.gamma)
	f.Coefficients = make([]Coefficient, len(beta))
	df := float64(f.DFResidual)
	quantile := -tail.NormalQuantile(math.Log((1 - f.Level) / 2))
	if f.useT {
		quantile = -tail.StudentQuantile(math.Log((1-f.Level)/2), df)
	}
	for j, b := range beta {
		se := math.Sqrt(cov[j][j])
		z := b / se
		logp := math.Min(0, math.Ln2+tail.LogNormalUpper(math.Abs(z)))
		if f.useT {
			_, up := tail.LogStudent(math.Abs(z), df)
			logp = math.Min(0, math.Ln2+up)
		}
		f.Coefficients[j] = Coefficient{Name: f.core.m.names[j], Estimate: b, SE: se, Z: z, P: math.Exp(logp), LogP: logp,
			Interval: inference.Interval{Low: b - quantile*se, High: b + quantile*se, Level: f.Level, Method: "Wald"}}
	}
}

// At returns a copy of the fit with intervals of another level, inside (0,1).
func (f *Fit) At(level float64) (*Fit, error) {
	level, err := inference.Level("regression", level)
	if err != nil {
		return nil, err
	}
	g := *f
	g.Level = level
	g.setCovariance(f.Covariance)
	return &g, nil
}

// Converged returns a Poisson or quasi-Poisson fit with standard errors from the fully converged information, as R gives
// them with glm.control(epsilon = 1e-12), instead of that of the step at which R stops by default.
func (f *Fit) Converged() *Fit {
	c := *f.core
	c.last = state{c.weights, c.bread}
	g := report(f.Family, &c)
	g.Level, g.ThetaSE, g.AIC, g.Warnings = f.Level, f.ThetaSE, f.AIC, f.Warnings
	g.setCovariance(g.Covariance)
	return g
}

// warn looks for over-dispersion and separation.
func (f *Fit) warn() {
	if f.bareVaries {
		if _, logp := tail.LogChiSquared(f.Pearson, float64(f.DFResidual)); logp < math.Log(0.05) {
			f.Warnings = append(f.Warnings, "over-dispersed: the counts vary "+short(f.Dispersion)+" times as much as the model says (P = "+
				inference.Probability(math.Exp(logp), logp)+"); standard errors are too small: use QuasiPoisson, NegativeBinomial or Robust")
		}
	}
	if lower, _ := tail.LogChiSquared(f.Pearson, float64(f.DFResidual)); (f.bareVaries || f.Family == "quasi-Poisson" && f.Errors == "model") && lower < math.Log(0.01) {
		f.Warnings = append(f.Warnings, "the counts vary less than independent events do ("+short(f.Dispersion)+" times the model's variance): are they counts of separate events, and none made up or smoothed?")
	}
	if f.DFResidual < 10 {
		f.Warnings = append(f.Warnings, "only "+strconv.Itoa(f.DFResidual)+" residual degrees of freedom: the normal approximation is rough")
	}
	for j, c := range f.Coefficients {
		if c.SE < 50 {
			continue
		}
		for i, mu := range f.Fitted {
			if mu < 1e-6 && f.core.m.cols[j][i] != 0 {
				f.Warnings = append(f.Warnings, "separation: a group of rows holds no event, so "+c.Name+" runs to minus infinity and its standard error means nothing; use rate.Design.Compare for that group")
				break
			}
		}
	}
}

// Coefficient returns the row of the named term, or an error that lists the names.
func (f *Fit) Coefficient(name string) (Coefficient, error) {
	for _, c := range f.Coefficients {
		if c.Name == name {
			return c, nil
		}
	}
	return Coefficient{}, &InputError{Room: "regression", What: "coefficient", Value: strconv.Quote(name), Cause: "is not in the model, which has " + nameList(f.Coefficients)}
}

func nameList(cs []Coefficient) string {
	s := ""
	for i, c := range cs {
		if i > 0 {
			s += ", "
		}
		s += c.Name
	}
	return s
}

// Results returns a Ratio for every term but the intercept, in the order of the table: each with
// its term as the Question: ready for figure.Results and multiplicity.Results. Not for terms that were dropped one by one until the rest looked good.
func (f *Fit) Results() []inference.Result {
	var out []inference.Result
	for _, c := range f.Coefficients {
		if c.Name == "(Intercept)" {
			continue
		}
		r, err := f.Ratio(c.Name)
		if err == nil {
			r.Question, r.Quantity = c.Name, "rate ratio"
			out = append(out, r)
		}
	}
	return out
}

// Ratio returns exp of a coefficient as a result: the factor on the rate for one unit of the term, or of a level
// against the first level. P is two-sided, of a factor of 1.
// Not for a group without events, whose Wald interval means nothing: use rate.Design.Compare there.
func (f *Fit) Ratio(name string) (inference.Result, error) {
	c, err := f.Coefficient(name)
	if err != nil {
		return inference.Result{}, err
	}
	statistic := "z"
	if f.useT {
		statistic = "t"
	}
	r := inference.Result{
		Method: f.Family + " regression, " + f.Errors + " standard errors", Null: "the rate ratio of " + name + " is 1",
		Quantity: "rate ratio of " + name, Estimate: math.Exp(c.Estimate), Tested: true, Alpha: 1 - f.Level,
		Interval:  inference.Interval{Low: math.Exp(c.Interval.Low), High: math.Exp(c.Interval.High), Level: f.Level, Method: "Wald on the log scale"},
		Statistic: inference.Statistic{Name: statistic, Value: c.Z}, P: c.P, LogP: c.LogP, N: f.N,
		Exposure: f.seen(),
		Warnings: f.Warnings, Provenance: f.Provenance,
	}
	return r, nil
}

// seen is how much was looked at: the rows and the events in them.
func (f *Fit) seen() []inference.Exposure {
	total := 0.0
	for _, y := range f.Counts {
		total += y
	}
	return []inference.Exposure{{Name: "rows", Amount: float64(f.N), Unit: "rows", Count: int(total)}}
}

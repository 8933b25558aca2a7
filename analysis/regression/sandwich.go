package regression

import (
	"math"
	"strconv"
)

// Covariance names a robust covariance of the coefficients.
type Covariance int

// The heteroscedasticity-consistent covariances, with the residuals as they are (HC0), times n/(n-k) (HC1), divided by
// the root of 1-h (HC2) and by 1-h (HC3), where h is the leverage. HC3 is the one to prefer in small samples.
const (
	HC0 Covariance = iota
	HC1
	HC2
	HC3
)

// String is the usual name.
func (c Covariance) String() string { return "HC" + strconv.Itoa(int(c)) }

// Robust returns the fit with standard errors that stay right when the variance is not what the family says. The
// coefficients do not change. It needs independent rows, and some 30 of them. Agrees with R's sandwich::vcovHC (the
// HC1 to HC3 of statsmodels 0.13 silently equal HC0). Source: MacKinnon and White, J. Econometrics 29 (1985) 305.
func (f *Fit) Robust(kind Covariance) (*Fit, error) {
	if kind < HC0 || kind > HC3 {
		return nil, &InputError{Room: "regression", What: "covariance", Value: strconv.Itoa(int(kind)), Cause: "must be HC0, HC1, HC2 or HC3"}
	}
	c := f.core
	n, k := c.b.n, c.b.k
	g := c.residuals()
	for i, mu := range c.mu {
		g[i] *= c.last.weights[i] / (mu / (1 + mu/c.theta))
	}
	if kind >= HC2 {
		for i, h := range c.leverage() {
			if h > 1-1e-10 {
				return nil, &InputError{Room: "regression", What: "leverage", Row: i + 1, Value: "1", Cause: kind.String() + " is undefined where one row decides a coefficient alone; use HC1"}
			}
			if kind == HC2 {
				g[i] /= math.Sqrt(1 - h)
			} else {
				g[i] /= 1 - h
			}
		}
	}
	meat := c.b.gram(squares(g))
	if kind == HC1 {
		scale(meat, float64(n)/float64(n-k))
	}
	return f.with(kind.String(), c.last.bread, meat), nil
}

// NeweyWest returns the fit with standard errors that stay right when rows in order of time are correlated up to lag
// steps (Bartlett weights, no small-sample factor). Rows must be in order of time and evenly spaced; lag about the
// fourth root of the rows, or the dwell time in rows, 0 <= lag < rows. Source: Newey and West, Econometrica 55 (1987) 703.
// Agrees with statsmodels' HAC, and with sandwich::NeweyWest (prewhite and adjust FALSE) of a glm that ran to convergence:
// at the epsilon where R stops by default its errors are off by up to 1e-4 of their size.
// Not for fewer than some 50 rows, where these errors are too small.
func (f *Fit) NeweyWest(lag int) (*Fit, error) {
	c := f.core
	n, k := c.b.n, c.b.k
	if lag < 0 || lag >= n {
		return nil, &InputError{Room: "regression", What: "lag", Value: strconv.Itoa(lag), Cause: "must be 0 or more and less than the " + strconv.Itoa(n) + " rows"}
	}
	g := c.residuals()
	meat := c.b.gram(squares(g))
	a, b := make([]float64, k), make([]float64, k)
	for l := 1; l <= lag; l++ {
		w := 1 - float64(l)/float64(lag+1)
		for i := l; i < n; i++ {
			c.b.row(i, a)
			c.b.row(i-l, b)
			s := w * g[i] * g[i-l]
			for x := range k {
				for y := range k {
					meat[x][y] += s * (a[x]*b[y] + b[x]*a[y])
				}
			}
		}
	}
	return f.with("Newey-West, lag "+strconv.Itoa(lag), c.bread, meat), nil
}

// residuals are the scores of the rows on the scale of the linear predictor.
func (c *core) residuals() []float64 {
	g := make([]float64, c.b.n)
	for i, y := range c.m.y {
		g[i] = (y - c.mu[i]) / (1 + c.mu[i]/c.theta)
	}
	return g
}

// leverage is the diagonal of the hat matrix.
func (c *core) leverage() []float64 {
	row := make([]float64, c.b.k)
	h := make([]float64, c.b.n)
	for i := range h {
		c.b.row(i, row)
		h[i] = c.last.weights[i] * dot(row, multiply(c.last.bread, row))
	}
	return h
}

// with returns a copy whose covariance is bread * meat * bread.
func (f *Fit) with(name string, bread, meat [][]float64) *Fit {
	k := len(meat)
	mid := make([][]float64, k)
	for i := range mid {
		mid[i] = make([]float64, k)
		for j := range k {
			for t := range k {
				mid[i][j] += bread[i][t] * meat[t][j]
			}
		}
	}
	cov := make([][]float64, k)
	for i := range cov {
		cov[i] = make([]float64, k)
		for j := range k {
			for t := range k {
				cov[i][j] += mid[i][t] * bread[t][j]
			}
		}
	}
	g := *f
	g.Errors, g.useT, g.bareVaries, g.Warnings = name, false, false, nil
	g.setCovariance(f.core.b.backBoth(cov))
	g.warn()
	if f.N < 30 {
		g.Warnings = append(g.Warnings, "robust errors from only "+strconv.Itoa(f.N)+" rows tend to be too small: prefer HC3 and read P with care")
	}
	return &g
}

func squares(v []float64) []float64 {
	out := make([]float64, len(v))
	for i, x := range v {
		out[i] = x * x
	}
	return out
}

func scale(m [][]float64, by float64) {
	for _, row := range m {
		for j := range row {
			row[j] *= by
		}
	}
}

package regression

import (
	"fmt"
	"math"
	"slices"
)

// ConvergenceError says that a fit did not settle, and what it was doing.
type ConvergenceError struct {
	Model      string
	Iterations int
	Deviance   float64
}

// Error names the model and the last deviance.
func (e *ConvergenceError) Error() string {
	return fmt.Sprintf("regression: %s did not converge in %d iterations (deviance %g): the counts may separate the groups perfectly or the terms may be on very unequal scales", e.Model, e.Iterations, e.Deviance)
}

// core is the state of an iteratively re-weighted fit with a log link and variance mu + mu^2/theta (theta +Inf is
// Poisson).
type core struct {
	m          *matrix
	b          *basis
	theta      float64
	gamma      []float64 // coefficients in the orthonormal basis
	mu         []float64
	eta        []float64 // log mu
	logY       []float64
	weights    []float64
	deviance   float64
	iterations int
	bread      [][]float64 // inverse information in the basis, fully converged
	last       state       // the same at the step where R's glm stops
}

// state is the weights and the inverse information of one step.
type state struct {
	weights []float64
	bread   [][]float64
}

const maxIterations = 100

// fit runs the iteration to a relative change of the deviance of 1e-13, with halved steps where it would rise. On the
// way it keeps the information of the step at which R's glm stops (a change of 1e-8), because R reports standard errors
// from it; they differ from the fully converged ones by up to some 1e-5 of their size.
func (c *core) fit(name string) error {
	n := c.b.n
	if c.mu == nil {
		c.mu, c.eta, c.logY = make([]float64, n), make([]float64, n), logs(c.m.y)
		for i, y := range c.m.y {
			c.mu[i] = y + 0.1
			c.eta[i] = math.Log(c.mu[i])
		}
	}
	c.weights = make([]float64, n)
	z := make([]float64, n)
	c.deviance = deviance(c.m.y, c.logY, c.mu, c.eta, c.theta)
	c.last = state{}
	stop := 0
	for c.iterations = 1; c.iterations <= maxIterations; c.iterations++ {
		for i, mu := range c.mu {
			c.weights[i] = mu / (1 + mu/c.theta)
			z[i] = c.eta[i] - c.m.offset[i] + (c.m.y[i]-mu)/mu
		}
		inv, ok := invert(c.b.gram(c.weights))
		if !ok {
			return &ConvergenceError{name, c.iterations, c.deviance}
		}
		c.bread = inv
		next := multiply(inv, c.b.score(c.weights, z))
		last := c.deviance
		if !c.accept(next, last) {
			return &ConvergenceError{name, c.iterations, c.deviance}
		}
		if c.last.bread == nil && math.Abs(c.deviance-last) < 1e-8*(math.Abs(c.deviance)+0.1) {
			c.last, stop = state{append([]float64(nil), c.weights...), inv}, c.iterations
		}
		if c.last.bread != nil && c.iterations > stop+5 { // separated groups drift for ever in the last digits
			return c.finish(name)
		}
		if math.Abs(c.deviance-last) <= 1e-13*(math.Abs(c.deviance)+0.1) {
			return c.finish(name)
		}
	}
	return &ConvergenceError{name, maxIterations, c.deviance}
}

// finish takes the information at the final means.
func (c *core) finish(name string) error {
	for i, mu := range c.mu {
		c.weights[i] = mu / (1 + mu/c.theta)
	}
	inv, ok := invert(c.b.gram(c.weights))
	if !ok {
		return &ConvergenceError{name, c.iterations, c.deviance}
	}
	c.bread = inv
	if !math.IsInf(c.theta, 1) || c.last.bread == nil {
		c.last = state{c.weights, inv} // R's alternation ends with a fit that starts converged
	}
	return nil
}

// accept moves to the coefficients, halving the way while the deviance is worse than before.
func (c *core) accept(next []float64, last float64) bool {
	mu := make([]float64, c.b.n)
	finite := make([]bool, (c.b.n+stretch-1)/stretch)
	for half := 0; half < 40; half++ {
		eta := c.b.times(next)
		stretches(c.b.n, func(part, from, to int) {
			finite[part] = true
			for i := from; i < to; i++ {
				eta[i] += c.m.offset[i]
				if eta[i] < lowest {
					eta[i] = lowest
				}
				mu[i] = math.Exp(eta[i])
				finite[part] = finite[part] && !math.IsInf(mu[i], 1) && !math.IsNaN(mu[i])
			}
		})
		d := deviance(c.m.y, c.logY, mu, eta, c.theta)
		if !slices.Contains(finite, false) && !math.IsNaN(d) && (d <= last+1e-9*(math.Abs(last)+1) || c.gamma == nil) {
			c.gamma, c.mu, c.eta, c.deviance = next, mu, eta, d
			return true
		}
		if c.gamma == nil {
			return false
		}
		for j := range next {
			next[j] = (next[j] + c.gamma[j]) / 2
		}
	}
	return false
}

// score returns q' diag(w) z.
func (b *basis) score(w, z []float64) []float64 {
	parts := make([][]float64, (b.n+stretch-1)/stretch)
	stretches(b.n, func(part, from, to int) {
		out := make([]float64, b.k)
		for i := from; i < to; i++ {
			s := w[i] * z[i]
			for j, x := range b.q[i*b.k : i*b.k+b.k] {
				out[j] += s * x
			}
		}
		parts[part] = out
	})
	for _, p := range parts[1:] {
		for j, v := range p {
			parts[0][j] += v
		}
	}
	return parts[0]
}

func multiply(a [][]float64, v []float64) []float64 {
	out := make([]float64, len(a))
	for i, row := range a {
		out[i] = dot(row, v)
	}
	return out
}

// lowest is the least logarithm of a mean that is told from 0.
const lowest = -690

// deviance of counts under a negative binomial with size theta; +Inf is Poisson. logY and eta are the
// logarithms of y and mu.
func deviance(y, logY, mu, eta []float64, theta float64) float64 {
	parts := make([]float64, (len(y)+stretch-1)/stretch)
	stretches(len(y), func(part, from, to int) {
		d := 0.0
		for i := from; i < to; i++ {
			v := y[i]
			if v > 0 {
				d += v * (logY[i] - eta[i])
			}
			if math.IsInf(theta, 1) {
				d -= v - mu[i]
			} else {
				d -= (v + theta) * math.Log1p((v-mu[i])/(mu[i]+theta))
			}
		}
		parts[part] = d
	})
	d := 0.0
	for _, p := range parts {
		d += p
	}
	return 2 * d
}

// logs are the logarithms of counts, 0 where the count is 0.
func logs(y []float64) []float64 {
	out := make([]float64, len(y))
	for i, v := range y {
		if v > 1 {
			out[i] = math.Log(v)
		}
	}
	return out
}

// logLikelihood of counts, with all constants.
func logLikelihood(y, mu []float64, theta float64) float64 {
	l := 0.0
	for i, v := range y {
		g, _ := math.Lgamma(v + 1)
		if math.IsInf(theta, 1) {
			l += -mu[i] - g
			if v > 0 {
				l += v * math.Log(mu[i])
			}
			continue
		}
		a, _ := math.Lgamma(theta + v)
		b, _ := math.Lgamma(theta)
		l += a - b - g - theta*math.Log1p(mu[i]/theta)
		if v > 0 {
			l += v * math.Log(mu[i]/(mu[i]+theta))
		}
	}
	return l
}

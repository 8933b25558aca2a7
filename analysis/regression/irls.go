package regression

import (
	"fmt"
	"math"
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
	lowest     float64   // least logarithm of a mean that is told from 0
	nextMu     []float64 // room for the step that is tried
	nextEta    []float64
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

// fit runs the iteration until the next step would change the deviance by no more than its rounding, or the last one
// did by less than 1e-13 of it, with halved steps where it would rise. On the way it keeps the information of the step at
// which R's glm stops (a change of 1e-8), because R reports standard errors from it; they differ from the fully converged
// ones by up to some 1e-5 of their size.
func (c *core) fit(name string) error {
	c.begin()
	now := c.sweep(nil, c.mu, c.eta)
	c.deviance, c.last, c.iterations = now.deviance, state{}, 1
	inv, ok := invert(now.gram)
	stop := 0
	for ; ok && c.iterations <= maxIterations; c.iterations++ {
		step, last := multiply(inv, now.score), c.deviance
		if now, ok = c.accept(step, last); !ok {
			break
		}
		change := math.Abs(c.deviance - last)
		if c.last.bread == nil && change < 1e-8*(math.Abs(c.deviance)+0.1) {
			c.last, stop = state{c.weigh(c.nextMu), inv}, c.iterations // nextMu holds the means before the step
		}
		if inv, ok = invert(now.gram); !ok {
			break
		}
		if c.last.bread != nil && c.iterations > stop+5 || // separated groups drift for ever in the last digits
			change <= 1e-13*(math.Abs(c.deviance)+0.1) || c.ahead(now, inv) <= 1e-22*(math.Abs(c.deviance)+0.1) {
			c.finish(inv)
			return nil
		}
	}
	return &ConvergenceError{name, min(c.iterations, maxIterations), c.deviance}
}

// begin makes the room that a fit needs, and starts at the counts where there is no fit to start from.
func (c *core) begin() {
	if c.mu != nil {
		return
	}
	n, mean := c.b.n, 0.0
	room := make([]float64, 5*n)
	c.mu, c.eta, c.nextMu, c.nextEta, c.logY = room[:n:n], room[n:2*n:2*n], room[2*n:3*n:3*n], room[3*n:4*n:4*n], room[4*n:]
	start, logY := memo{of: func(y float64) float64 { return math.Log(y + 0.1) }}, memo{of: func(y float64) float64 { return math.Log(max(y, 1)) }}
	for i, y := range c.m.y {
		c.mu[i], c.eta[i], c.logY[i] = y+0.1, start.at(y), logY.at(y)
		mean += y / float64(n)
	}
	c.lowest = math.Log(mean) - deepest
}

// memo remembers a function of whole numbers, where they are small.
type memo struct {
	of    func(y float64) float64
	known [256]bool
	value [256]float64
}

func (m *memo) at(y float64) float64 {
	k := int(min(y, 255))
	if float64(k) != y {
		return m.of(y)
	}
	if !m.known[k] {
		m.known[k], m.value[k] = true, m.of(y)
	}
	return m.value[k]
}

// ahead is what the next step would change the deviance by, were it a parabola.
func (c *core) ahead(now sums, inv [][]float64) float64 {
	step := multiply(inv, now.score)
	for j := range step {
		step[j] -= c.gamma[j]
	}
	return dot(step, multiply(now.gram, step))
}

// finish takes the information at the final means.
func (c *core) finish(bread [][]float64) {
	c.weights, c.bread = c.weigh(c.mu), bread
	if !math.IsInf(c.theta, 1) || c.last.bread == nil {
		c.last = state{c.weights, bread} // R's alternation ends with a fit that starts converged
	}
}

// weigh returns the weights at some means.
func (c *core) weigh(mu []float64) []float64 {
	w := make([]float64, len(mu))
	if math.IsInf(c.theta, 1) {
		copy(w, mu)
		return w
	}
	for i, m := range mu {
		w[i] = m / (1 + m/c.theta)
	}
	return w
}

// accept moves to the coefficients, halving the way while the deviance is worse than before, and returns the sums there.
func (c *core) accept(next []float64, last float64) (sums, bool) {
	for half := 0; half < 40; half++ {
		now := c.sweep(next, c.nextMu, c.nextEta)
		d := now.deviance
		if now.finite && !math.IsNaN(d) && (d <= last+1e-9*(math.Abs(last)+1) || c.gamma == nil) {
			c.gamma, c.deviance = next, d
			c.mu, c.nextMu, c.eta, c.nextEta = c.nextMu, c.mu, c.nextEta, c.eta
			return now, true
		}
		if c.gamma == nil {
			break
		}
		for j := range next {
			next[j] = (next[j] + c.gamma[j]) / 2
		}
	}
	return sums{}, false
}

func multiply(a [][]float64, v []float64) []float64 {
	out := make([]float64, len(a))
	for i, row := range a {
		out[i] = dot(row, v)
	}
	return out
}

// logLikelihood of counts, with all constants.
func logLikelihood(y, mu []float64, theta float64) float64 {
	constant := memo{of: func(v float64) float64 { return -lgamma(v + 1) }}
	if !math.IsInf(theta, 1) {
		whole := lgamma(theta)
		constant.of = func(v float64) float64 { return lgamma(theta+v) - whole - lgamma(v+1) }
	}
	l := 0.0
	for i, v := range y {
		l += constant.at(v) + kernel(v, mu[i], theta)
	}
	return l
}

// logChance is the logarithm of the chance of one count.
func logChance(v, mu, theta float64) float64 {
	if math.IsInf(theta, 1) {
		return kernel(v, mu, theta) - lgamma(v+1)
	}
	return kernel(v, mu, theta) + lgamma(theta+v) - lgamma(theta) - lgamma(v+1)
}

// kernel is the part of the logarithm of a chance that depends on the mean.
func kernel(v, mu, theta float64) float64 {
	if math.IsInf(theta, 1) {
		if v == 0 {
			return -mu
		}
		return v*math.Log(mu) - mu
	}
	l := -theta * math.Log1p(mu/theta)
	if v > 0 {
		l += v * math.Log(mu/(mu+theta))
	}
	return l
}

func lgamma(x float64) float64 {
	g, _ := math.Lgamma(x)
	return g
}

package regression

import "math"

// sums is what one pass over the rows finds at some coefficients.
type sums struct {
	gram     [][]float64 // q' diag(w) q
	score    []float64   // q' diag(w) z, with the working response z
	deviance float64
	finite   bool // every mean is finite
}

// deepest is how far below the mean count, in logarithms, a mean is told from 0. A group without events runs away to there
// and no further, so that its weights never vanish from the sums.
const deepest = 28

// sweep finds the sums at the coefficients gamma, and fills the means and their logarithms there; where gamma is nil it
// takes the means as they are.
func (c *core) sweep(gamma, mu, eta []float64) sums {
	n, b := c.b.n, c.b
	parts := make([]sums, (n+stretch-1)/stretch)
	square := b.k * b.wide
	size := square + b.wide
	room := make([]float64, len(parts)*size)
	stretches(n, b.wide, func(part, from, to int) {
		flat, score := room[part*size:][:square], room[part*size+square:][:b.wide]
		d, finite := 0.0, true
		var w, s [tile]float64
		for at := from; at < to; at += b.block {
			end := min(at+b.block, to)
			if gamma != nil {
				finite = c.predict(gamma, mu, eta, at, end) && finite
			}
			d += c.devianceOf(mu, eta, at, end)
			c.work(mu[at:end], eta[at:end], at, w[:], s[:])
			clear(w[end-at:])
			clear(s[end-at:])
			b.addScore(score, s[:b.block], at)
			b.addGram(flat, w[:b.block], at)
		}
		parts[part].deviance, parts[part].finite = d, finite
	})
	out := sums{finite: true, gram: b.square(room, len(parts), size), score: make([]float64, b.k)}
	for i, p := range parts {
		for j := range out.score {
			out.score[j] += room[i*size+square+j]
		}
		out.deviance += p.deviance
		out.finite = out.finite && p.finite
	}
	out.deviance *= 2
	return out
}

// predict fills the means of the rows of one block, and reports whether they are finite.
func (c *core) predict(gamma, mu, eta []float64, from, to int) bool {
	mu, eta = mu[from:to], eta[from:to]
	copy(eta, c.m.offset[from:to])
	combine(eta, gamma, c.b.columns(from), c.b.block)
	finite := true
	for i, e := range eta {
		if e < c.lowest {
			e = c.lowest
			eta[i] = e
		}
		m := math.Exp(e)
		mu[i] = m
		finite = finite && m <= math.MaxFloat64
	}
	return finite
}

// work fills the weights of some rows, and the weights times the working response.
func (c *core) work(mu, eta []float64, from int, w, s []float64) {
	y, offset := c.m.y[from:], c.m.offset[from:]
	if math.IsInf(c.theta, 1) {
		for i, m := range mu {
			w[i] = m
			s[i] = m*(eta[i]-offset[i]) + (y[i] - m)
		}
		return
	}
	for i, m := range mu {
		w[i] = m / (1 + m/c.theta)
		s[i] = w[i] * (eta[i] - offset[i] + (y[i]-m)/m)
	}
}

// devianceOf is half the deviance of some rows under a negative binomial with size theta; +Inf is Poisson.
func (c *core) devianceOf(mu, eta []float64, from, to int) float64 {
	d := 0.0
	poisson := math.IsInf(c.theta, 1)
	for i := from; i < to; i++ {
		v := c.m.y[i]
		if v > 0 {
			d += v * (c.logY[i] - eta[i])
		}
		if poisson {
			d -= v - mu[i]
		} else {
			d -= (v + c.theta) * math.Log1p((v-mu[i])/(mu[i]+c.theta))
		}
	}
	return d
}

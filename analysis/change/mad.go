package change

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/sightline-osint/sightline/analysis/internal/progress"
)

// madResult is the outcome of a MAD transformation over the valid pixels.
type madResult struct {
	chi2      []float64 // sum of squares of the standardised variates
	unchanged []float64 // chance that an unchanged pixel has such a sum or a larger one
	rho       []float64 // canonical correlations, smallest first
	rounds    int
	settled   bool
}

// mad runs the MAD transformation, re-weighted up to the given number of rounds (1: plain MAD).
func (p *pair) mad(rounds int) (*madResult, error) {
	n := len(p.a)
	r := &madResult{chi2: make([]float64, len(p.valid)), unchanged: make([]float64, len(p.valid))}
	for i := range r.unchanged {
		r.unchanged[i] = 1
	}
	survival := newSurvival(n)
	var last []float64
	for r.rounds < rounds {
		r.rounds++
		if err := progress.Report(p.o.context(), int64(r.rounds), int64(rounds), "canonical correlations"); err != nil {
			return nil, err
		}
		if err := p.madRound(r, survival); err != nil {
			return nil, err
		}
		move := math.Inf(1)
		if last != nil {
			move = 0
			for i, x := range r.rho {
				move = math.Max(move, math.Abs(x-last[i]))
			}
		}
		if move < 1e-6 {
			r.settled = true
			break
		}
		var weight float64
		for _, w := range r.unchanged {
			weight += w
		}
		if weight < 0.05*float64(len(r.unchanged)) {
			break // the weights run away to ever fewer pixels
		}
		last = r.rho
	}
	return r, nil
}

var errFlat = errors.New("change: bands that have one value only, or follow from each other, have no canonical correlations: name fewer bands")

// madRound does one weighted canonical correlation analysis and renews the sums and weights.
func (p *pair) madRound(r *madResult, survival survival) error {
	n := len(p.a)
	mean, cov := p.weighted(r.unchanged)
	part := func(i, j int) *mat.Dense {
		d := mat.NewDense(n, n, nil)
		d.Copy(cov.Slice(i*n, i*n+n, j*n, j*n+n))
		return d
	}
	la, lb, err := lowers(part(0, 0), part(1, 1))
	if err != nil {
		return err
	}
	var m, t mat.Dense // La^-1 Sab Lb^-T
	if err := t.Solve(la, part(0, 1)); err != nil {
		return errFlat
	}
	if err := m.Solve(lb, t.T()); err != nil {
		return errFlat
	}
	var svd mat.SVD
	if !svd.Factorize(m.T(), mat.SVDFull) {
		return errFlat
	}
	var u, v, ca, cb mat.Dense
	svd.UTo(&u)
	svd.VTo(&v)
	if ca.Solve(la.T(), &u) != nil || cb.Solve(lb.T(), &v) != nil {
		return errFlat
	}
	r.rho = svd.Values(nil)
	wa, wb := make([]float64, n*n), make([]float64, n*n) // by variate
	for k := range n {
		s := 1 / math.Sqrt(math.Max(2*(1-math.Min(r.rho[k], 1)), 1e-12))
		for i := range n {
			wa[k*n+i], wb[k*n+i] = s*ca.At(i, k), s*cb.At(i, k)
		}
	}
	x := make([]float64, 2*n)
	for q, i := range p.valid {
		for k := range n {
			x[k], x[n+k] = float64(p.a[k].Pix[i])-mean[k], float64(p.b[k].Pix[i])-mean[n+k]
		}
		var sum float64
		for k := range n {
			var d float64
			for j := range n {
				d += wa[k*n+j]*x[j] - wb[k*n+j]*x[n+j]
			}
			sum += d * d
		}
		r.chi2[q], r.unchanged[q] = sum, survival.at(sum)
	}
	return nil
}

// weighted returns the means and the covariances of all bands of both dates.
func (p *pair) weighted(w []float64) ([]float64, *mat.Dense) {
	n := 2 * len(p.a)
	planes := make([][]float32, 0, n)
	for _, q := range p.a {
		planes = append(planes, q.Pix)
	}
	for _, q := range p.b {
		planes = append(planes, q.Pix)
	}
	mean := make([]float64, n)
	var total float64
	for k, i := range p.valid {
		total += w[k]
		for j, q := range planes {
			mean[j] += w[k] * float64(q[i])
		}
	}
	for j := range mean {
		mean[j] /= total
	}
	sum := make([]float64, n*n)
	x := make([]float64, n)
	for k, i := range p.valid {
		for j, q := range planes {
			x[j] = float64(q[i]) - mean[j]
		}
		for a := range n {
			wx := w[k] * x[a]
			for b := a; b < n; b++ {
				sum[a*n+b] += wx * x[b]
			}
		}
	}
	cov := mat.NewDense(n, n, nil)
	for a := range n {
		for b := a; b < n; b++ {
			cov.Set(a, b, sum[a*n+b]/total)
			cov.Set(b, a, sum[a*n+b]/total)
		}
	}
	return mean, cov
}

// lowers returns the lower Cholesky factors of two covariance matrices.
func lowers(a, b *mat.Dense) (la, lb *mat.TriDense, err error) {
	out := [2]*mat.TriDense{}
	for i, m := range []*mat.Dense{a, b} {
		n, _ := m.Dims()
		s := mat.NewSymDense(n, m.RawMatrix().Data)
		var c mat.Cholesky
		if !c.Factorize(s) || c.Cond() > 1e14 {
			return nil, nil, errFlat
		}
		out[i] = mat.NewTriDense(n, mat.Lower, nil)
		c.LTo(out[i])
	}
	return out[0], out[1], nil
}

// survival is a table of the chi-squared distribution's upper tail.
type survival struct {
	step  float64
	table []float64
}

func newSurvival(degrees int) survival {
	s := survival{step: 1.0 / 64}
	d := distuv.ChiSquared{K: float64(degrees)}
	for x := 0.0; x <= float64(degrees)+40*math.Sqrt(2*float64(degrees))+60; x += s.step {
		s.table = append(s.table, d.Survival(x))
	}
	return s
}

func (s survival) at(x float64) float64 {
	t := x / s.step
	i := int(t)
	if !(t >= 0) || i+1 >= len(s.table) {
		return 0
	}
	f := t - float64(i)
	return s.table[i]*(1-f) + s.table[i+1]*f
}

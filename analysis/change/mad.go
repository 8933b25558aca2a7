package change

import (
	"errors"
	"fmt"
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
		if moved(r.rho, last) < settles {
			r.settled = true
			break
		}
		var weight float64
		for _, w := range r.unchanged {
			weight += w
		}
		if weight < leastWeight*float64(len(r.unchanged)) {
			break // the weights run away to ever fewer pixels
		}
		last = r.rho
	}
	return r, nil
}

const (
	settles     = 1e-6 // the correlations have settled when none moves by more
	leastWeight = 0.05 // the least share of the pixels that the weights may fall to
)

var errFlat = errors.New("change: bands that have one value only, or follow from each other, have no canonical correlations: name fewer bands")

// variates are the MAD variates of two dates with n bands each.
type variates struct {
	n      int
	mean   []float64 // of the bands of both dates
	wa, wb []float64 // by variate: what each band counts
	rho    []float64 // canonical correlations
}

// solve returns the variates that go with means and covariances of the bands of both dates.
func solve(mean []float64, cov *mat.Dense) (*variates, error) {
	n := len(mean) / 2
	part := func(i, j int) *mat.Dense {
		d := mat.NewDense(n, n, nil)
		d.Copy(cov.Slice(i*n, i*n+n, j*n, j*n+n))
		return d
	}
	la, lb, err := lowers(part(0, 0), part(1, 1))
	if err != nil {
		return nil, err
	}
	var m, t mat.Dense // La^-1 Sab Lb^-T
	if err := t.Solve(la, part(0, 1)); err != nil {
		return nil, errFlat
	}
	if err := m.Solve(lb, t.T()); err != nil {
		return nil, errFlat
	}
	var svd mat.SVD
	if !svd.Factorize(m.T(), mat.SVDFull) {
		return nil, errFlat
	}
	var u, v, ca, cb mat.Dense
	svd.UTo(&u)
	svd.VTo(&v)
	if ca.Solve(la.T(), &u) != nil || cb.Solve(lb.T(), &v) != nil {
		return nil, errFlat
	}
	out := &variates{n: n, mean: mean, wa: make([]float64, n*n), wb: make([]float64, n*n), rho: svd.Values(nil)}
	for k := range n {
		s := 1 / math.Sqrt(math.Max(2*(1-math.Min(out.rho[k], 1)), 1e-12))
		for i := range n {
			out.wa[k*n+i], out.wb[k*n+i] = s*ca.At(i, k), s*cb.At(i, k)
		}
	}
	return out, nil
}

// chi2 returns the sum of squares of the standardised variates of a pixel, whose samples of both dates x holds.
func (v *variates) chi2(x []float64) float64 {
	n := v.n
	var sum float64
	for k := range n {
		var d float64
		for j := range n {
			d += v.wa[k*n+j]*(x[j]-v.mean[j]) - v.wb[k*n+j]*(x[n+j]-v.mean[n+j])
		}
		sum += d * d
	}
	return sum
}

// madRound does one weighted canonical correlation analysis and renews the sums and weights.
func (p *pair) madRound(r *madResult, survival survival) error {
	n := len(p.a)
	x := make([]float64, 2*n)
	pixel := func(i int32) []float64 {
		for k := range n {
			x[k], x[n+k] = float64(p.a[k].Pix[i]), float64(p.b[k].Pix[i])
		}
		return x
	}
	all := newSums(2 * n)
	for q, i := range p.valid {
		all.add(r.unchanged[q], pixel(i))
	}
	v, err := solve(all.moments())
	if err != nil {
		return err
	}
	r.rho = v.rho
	for q, i := range p.valid {
		r.chi2[q] = v.chi2(pixel(i))
		r.unchanged[q] = survival.at(r.chi2[q])
	}
	return nil
}

// moved returns the largest difference between two sets of correlations, infinite without an earlier one.
func moved(rho, last []float64) float64 {
	if last == nil {
		return math.Inf(1)
	}
	var move float64
	for i, x := range rho {
		move = math.Max(move, math.Abs(x-last[i]))
	}
	return move
}

// follower says which is the first band that has one value only or follows from those before it.
func follower(cov *mat.SymDense) string {
	k := 0
	for n := cov.SymmetricDim(); k < n-1 && cov.At(k, k) > 0; k++ {
		if _, ok := factors(cov.SliceSym(0, k+1)); !ok {
			break
		}
	}
	if cov.At(k, k) > 0 {
		return fmt.Sprintf("band %d follows from bands of smaller numbers", k+1)
	}
	return fmt.Sprintf("band %d has one value only", k+1)
}

// factors returns the Cholesky factors of a covariance matrix, and whether it has any that can be trusted.
func factors(cov mat.Symmetric) (c mat.Cholesky, ok bool) {
	ok = c.Factorize(cov) && c.Cond() <= 1e14
	return c, ok
}

// lowers returns the lower Cholesky factors of two covariance matrices.
func lowers(a, b *mat.Dense) (la, lb *mat.TriDense, err error) {
	out := [2]*mat.TriDense{}
	for i, m := range []*mat.Dense{a, b} {
		n, _ := m.Dims()
		s := mat.NewSymDense(n, m.RawMatrix().Data)
		c, ok := factors(s)
		if !ok {
			return nil, nil, fmt.Errorf("%w: in the %s image %s", errFlat, [2]string{"earlier", "later"}[i], follower(s))
		}
		out[i] = mat.NewTriDense(n, mat.Lower, nil)
		c.LTo(out[i])
	}
	return out[0], out[1], nil
}

// survival is a table of the chi-squared distribution's upper tail, by the root of what it is asked for: the tail is smooth
// in that, and not in its square where there is one degree of freedom.
type survival []float64

const survivalSteps = 256 // of the table, per unit: the tail is right to a millionth

func newSurvival(degrees int) survival {
	var s survival
	d := distuv.ChiSquared{K: float64(degrees)}
	most := math.Sqrt(float64(degrees) + 40*math.Sqrt(2*float64(degrees)) + 60)
	for i := 0; float64(i) <= most*survivalSteps; i++ {
		x := float64(i) / survivalSteps
		s = append(s, d.Survival(x*x))
	}
	return s
}

func (s survival) at(x float64) float64 {
	t := math.Sqrt(x) * survivalSteps
	if !(t < float64(len(s)-1)) {
		return 0
	}
	i := int(t)
	f := t - float64(i)
	return s[i]*(1-f) + s[i+1]*f
}

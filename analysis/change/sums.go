package change

import "gonum.org/v1/gonum/mat"

// sums are weighted sums of several variables and of their products, about the first point, so that no digits are lost
// where means are large beside deviations. Points may come in any number of pieces.
type sums struct {
	n             int
	weight        float64
	pivot, sum, x []float64
	cross         []float64 // n by n, the upper triangle
}

func newSums(n int) *sums {
	return &sums{n: n, sum: make([]float64, n), x: make([]float64, n), cross: make([]float64, n*n)}
}

// add enters a point.
func (s *sums) add(weight float64, point []float64) {
	if s.pivot == nil {
		s.pivot = append([]float64(nil), point...)
	}
	s.weight += weight
	for i, v := range point {
		s.x[i] = v - s.pivot[i]
	}
	for i, v := range s.x {
		w := weight * v
		s.sum[i] += w
		row := s.cross[i*s.n : (i+1)*s.n]
		for j := i; j < s.n; j++ {
			row[j] += w * s.x[j]
		}
	}
}

// moments returns the means and the covariances, divided by the sum of the weights.
func (s *sums) moments() (mean []float64, cov *mat.Dense) {
	mean, cov = make([]float64, s.n), mat.NewDense(s.n, s.n, nil)
	for i := range mean {
		if s.pivot != nil {
			mean[i] = s.pivot[i] + s.sum[i]/s.weight
		}
		for j := i; j < s.n; j++ {
			c := s.cross[i*s.n+j]/s.weight - s.sum[i]/s.weight*(s.sum[j]/s.weight)
			cov.Set(i, j, c)
			cov.Set(j, i, c)
		}
	}
	return mean, cov
}

// spread is the mean and the variance of one variable, entered point by point.
type spread struct{ n, pivot, sum, squares float64 }

func (s *spread) add(v float64) {
	if s.n == 0 {
		s.pivot = v
	}
	v -= s.pivot
	s.n++
	s.sum += v
	s.squares += v * v
}

// moments returns the mean and the variance, divided by the number of points.
func (s *spread) moments() (mean, variance float64) {
	m := s.sum / s.n
	return s.pivot + m, max(0, s.squares/s.n-m*m)
}

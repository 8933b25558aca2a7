package change

import (
	"fmt"
	"math"
	"slices"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// mapping turns the samples of a band into what they are compared as, in place; missing ones stay missing.
type mapping func(pix []float32)

// normalise learns the normalisation that the options ask for, in as many passes as that takes.
func (s *stream) normalise() error {
	switch s.o.Normalise {
	case ZScore:
		return s.learnSpread()
	case HistogramMatch:
		return s.learnValues()
	case PseudoInvariant:
		return s.learnInvariant()
	}
	return nil
}

func (s *stream) learnSpread() error {
	n := len(s.o.Bands)
	all := [2][]spread{make([]spread, n), make([]spread, n)}
	err := s.each("measuring light and haze", 0, 1, func(st *strip) error {
		for d, planes := range [2][]raster.Plane{st.a, st.b} {
			for k, p := range planes {
				for _, v := range st.inner(p) {
					if v == v {
						all[d][k].add(float64(v))
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if all[0][0].n < 2 {
		return s.tooFew(int(all[0][0].n))
	}
	for d := range all {
		for k := range all[d] {
			mean, variance := all[d][k].moments()
			sd := math.Sqrt(variance)
			if sd == 0 {
				if w := oneValue(k); !slices.Contains(s.warnings, w) {
					s.warnings = append(s.warnings, w)
				}
				sd = math.Inf(1)
			}
			s.maps[d] = append(s.maps[d], func(pix []float32) {
				for i, v := range pix {
					pix[i] = float32((float64(v) - mean) / sd)
				}
			})
		}
	}
	return nil
}

func (s *stream) tooFew(n int) error {
	return fmt.Errorf("change: %s and %s have %d pixels in common that are neither missing nor ignored", s.before.Name, s.after.Name, n)
}

// maxValues is how many different values of a band histogram matching keeps by strips.
const maxValues = 1 << 20

func (s *stream) learnValues() error {
	n := len(s.o.Bands)
	seen := [2][]map[float32]int{make([]map[float32]int, n), make([]map[float32]int, n)}
	for d := range seen {
		for k := range seen[d] {
			seen[d][k] = map[float32]int{}
		}
	}
	err := s.each("counting values", 0, 1, func(st *strip) error {
		for d, planes := range [2][]raster.Plane{st.a, st.b} {
			for k, p := range planes {
				for _, v := range st.inner(p) {
					if v == v {
						seen[d][k][v]++
					}
				}
				if len(seen[d][k]) > maxValues {
					return fmt.Errorf("change: band %d has more than %d different values (smoothed or moved by parts of a pixel?): too many to match histograms by strips",
						s.o.Bands[k]+1, maxValues)
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for k := range n {
		if len(seen[0][k]) == 0 {
			return s.tooFew(0)
		}
		to := matching(seen[1][k], seen[0][k])
		s.maps[0] = append(s.maps[0], func([]float32) {})
		s.maps[1] = append(s.maps[1], func(pix []float32) {
			for i, v := range pix {
				if v == v {
					pix[i] = to[v]
				}
			}
		})
	}
	return nil
}

// learnVariates finds the MAD variates in up to the given number of passes, each pixel weighted by how unchanged it
// looked the pass before.
func (s *stream) learnVariates(rounds int) (v *variates, settled bool, took int, err error) {
	n := len(s.o.Bands)
	tail := newSurvival(n)
	x := make([]float64, 2*n)
	var last []float64
	for took < rounds {
		all := newSums(2 * n)
		count := 0
		err := s.each(fmt.Sprintf("canonical correlations, round %d of at most %d", took+1, rounds), 0, 1, func(st *strip) error {
			st.pixels(func(_ int, a, b []float32) {
				point(x, a, b)
				w := 1.0
				if v != nil {
					w = tail.at(v.chi2(x))
				}
				all.add(w, x)
				count++
			})
			return nil
		})
		if err != nil {
			return nil, false, took, err
		}
		if count < 2 {
			return nil, false, took, s.tooFew(count)
		}
		if all.weight < leastWeight*float64(count) {
			return v, false, took, nil // the weights run away to ever fewer pixels
		}
		if v != nil {
			last = v.rho
		}
		if v, err = solve(all.moments()); err != nil {
			return nil, false, took, err
		}
		took++
		if moved(v.rho, last) < settles {
			return v, true, took, nil
		}
	}
	return v, false, took, nil
}

// point puts the samples of both dates behind each other.
func point(x []float64, a, b []float32) {
	for k := range a {
		x[k], x[len(a)+k] = float64(a[k]), float64(b[k])
	}
}

func (s *stream) learnInvariant() error {
	v, _, _, err := s.learnVariates(100)
	if err != nil {
		return err
	}
	n := len(s.o.Bands)
	tail, x := newSurvival(n), make([]float64, 2*n)
	var sizes tally
	sure, total := 0, 0
	one := make([]float32, 1)
	err = s.each("looking for what did not change", 0, 1, func(st *strip) error {
		st.pixels(func(_ int, a, b []float32) {
			point(x, a, b)
			c := v.chi2(x)
			total++
			if tail.at(c) > stillChance {
				sure++
			}
			one[0] = float32(c)
			sizes.add(one)
		})
		return nil
	})
	if err != nil {
		return err
	}
	still := func(c float64) bool { return tail.at(c) > stillChance }
	if sure*50 < total {
		cut := sizes.quantile(0.1)
		still = func(c float64) bool { return float64(float32(c)) <= cut }
	}
	all := make([]*sums, n)
	for k := range all {
		all[k] = newSums(2)
	}
	err = s.each("fitting lines through it", 0, 1, func(st *strip) error {
		st.pixels(func(_ int, a, b []float32) {
			if point(x, a, b); still(v.chi2(x)) {
				for k := range n {
					all[k].add(1, []float64{x[k], x[n+k]})
				}
			}
		})
		return nil
	})
	if err != nil {
		return err
	}
	if all[0].weight < 20 {
		return fewStill(int(all[0].weight), total)
	}
	for k := range n {
		s.maps[0] = append(s.maps[0], func([]float32) {})
		s.maps[1] = append(s.maps[1], s.line(all[k], k))
	}
	return nil
}

// line returns the mapping of the later date's band through the major axis of the pixels that did not change.
func (s *stream) line(unchanged *sums, band int) mapping {
	mean, cov := unchanged.moments()
	if cov.At(0, 1) <= 0 {
		s.warnings = append(s.warnings, apart(band))
		by := float32(mean[0] - mean[1])
		return func(pix []float32) {
			for i := range pix {
				pix[i] += by
			}
		}
	}
	slope := majorAxis(cov.At(0, 0), cov.At(1, 1), cov.At(0, 1))
	return func(pix []float32) {
		for i, v := range pix {
			pix[i] = float32(mean[0] + slope*(float64(v)-mean[1]))
		}
	}
}

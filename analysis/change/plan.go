package change

import (
	"fmt"
	"math"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// plan is how the strips of a pair are scored, once the method has learned what it must know of the whole.
type plan struct {
	pointwise
	halo  int                            // rows of surroundings that a score needs
	split bool                           // the scores have a threshold of their own, zero
	strip func(st *strip, out []float32) // scores all pixels in question of a strip; nil for point by point
}

// plan learns what a method must know, in as many passes over the pair as that takes.
func (s *stream) plan(m Method) (*plan, error) {
	if how, ok := m.points(); ok {
		return &plan{pointwise: how}, nil
	}
	if n, ok := m.index(); ok {
		return &plan{pointwise: n.points()}, nil
	}
	switch m {
	case MethodSSIM:
		return s.planSSIM()
	case MethodMAD:
		return s.planMAD("MAD", 1)
	case MethodIRMAD:
		return s.planMAD("IR-MAD", 100)
	default:
		return s.planPCA()
	}
}

func (s *stream) planMAD(title string, rounds int) (*plan, error) {
	v, settled, took, err := s.learnVariates(rounds)
	if err != nil {
		return nil, err
	}
	if rounds > 1 && !settled {
		s.warnings = append(s.warnings, unsettled(took))
	}
	return &plan{pointwise: pointwise{title: title, unit: deviations, score: func(a, b []float32) float32 {
		x := make([]float64, 2*len(a))
		point(x, a, b)
		return float32(math.Sqrt(v.chi2(x)))
	}}}, nil
}

func (s *stream) planSSIM() (*plan, error) {
	side, span := s.o.ssimSide(), s.o.Range
	if span <= 0 {
		low, high := float32(math.Inf(1)), float32(math.Inf(-1))
		err := s.each("finding the range of values", 0, 1, func(st *strip) error {
			for k := range st.a {
				for _, p := range []raster.Plane{st.a[k], st.b[k]} {
					if l, h, n := p.Range(); n > 0 {
						low, high = min(low, l), max(high, h)
					}
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		span = math.Max(float64(high-low), 1e-30)
	}
	return &plan{pointwise: pointwise{title: "SSIM"}, halo: side / 2, strip: func(st *strip, out []float32) {
		clear(out)
		for k := range st.a {
			q := st.inner(Similarity(st.a[k], st.b[k], side, span))
			for i, v := range q {
				out[i] += (1 - v) / float32(len(st.a))
			}
		}
	}}, nil
}

func (s *stream) planPCA() (*plan, error) {
	side, err := s.o.pcaSide(s.before)
	if err != nil {
		return nil, err
	}
	blocks := newSums(side * side)
	var sizes tally
	err = s.each("principal components of the differences", 0, side, func(st *strip) error {
		d := differences(st.a, st.b)
		sizes.add(d.Pix)
		addBlocks(blocks, d, side)
		return nil
	})
	if err != nil {
		return nil, err
	}
	basis, mean, err := principal(blocks, side)
	if err != nil {
		return nil, err
	}
	cut, _, err := sizes.threshold(ByOtsu, func(t *steps) error {
		return s.each("finding a threshold", 0, 1, func(st *strip) error { t.add(differences(st.a, st.b).Pix); return nil })
	})
	if err != nil {
		cut = 0
	}
	c := newClusters(len(basis), cut)
	f := make([]float32, len(basis))
	features := func(st *strip, do func(i int, f []float32, d float32)) {
		d := differences(st.a, st.b)
		top := st.win.Row - st.above
		for i, v := range st.inner(d) {
			if v == v && project(d, top, s.before.Height, i%d.Width, st.win.Row+i/d.Width, side, basis, mean, f) {
				do(i, f, v)
			}
		}
	}
	for again := true; again; {
		again = c.round(func(add func([]float32, float32)) {
			err = s.each(fmt.Sprintf("clustering, round %d", c.rounds+1), side, 1, func(st *strip) error {
				features(st, func(_ int, f []float32, d float32) { add(f, d) })
				return nil
			})
		})
		if err != nil {
			return nil, err
		}
	}
	return &plan{pointwise: pointwise{title: "PCA-kmeans"}, halo: side, split: true, strip: func(st *strip, out []float32) {
		for i := range out {
			out[i] = nan32
		}
		features(st, func(i int, f []float32, _ float32) { out[i] = c.score(f) })
	}}, nil
}

// scores fills out with the scores of the pixels in question; NaN where a pixel has none.
func (p *plan) scores(st *strip, out []float32) {
	if p.strip != nil {
		p.strip(st, out)
		return
	}
	for i := range out {
		out[i] = nan32
	}
	st.pixels(func(i int, a, b []float32) { out[i] = p.score(a, b) })
}

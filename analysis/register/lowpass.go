package register

import "math"

// lowpass is the part of a whitened cross power spectrum that the refinement goes by: what a blurred image still holds.
type lowpass struct {
	n, k   int // side of the field; frequencies 0 to k down and -k to k right: the others mirror them
	re, im []float64
}

// low copies the lowest frequencies, up to three quarters of the highest one.
func (f *field) low() lowpass {
	l := lowpass{n: f.n, k: min(f.n*3/8, 128)}
	side := 2*l.k + 1
	l.re, l.im = make([]float64, (l.k+1)*side), make([]float64, (l.k+1)*side)
	for v := range l.k + 1 {
		for u := -l.k; u <= l.k; u++ {
			at, sign := v*f.stride+u, float32(1)
			if u < 0 { // the half that is not kept
				at, sign = (-v&(f.n-1))*f.stride-u, -1
			}
			to := v*side + u + l.k
			l.re[to], l.im[to] = float64(f.re[at]), float64(sign*f.im[at])
		}
	}
	return l
}

// weighed returns the frequencies with the weights that the most likely shift gives them when phases err as angles do
// (von Mises), their concentration being judged, ring by ring around frequency zero, by how well they agree on a shift:
// noise, haze and blur take weight from the rings that they spoil. Frequencies taper off towards the highest.
//
// Source: D. J. Best, N. I. Fisher, The bias of the maximum likelihood estimators of the von Mises-Fisher concentration
// parameters, Communications in Statistics - Simulation and Computation 10 (1981), doi:10.1080/03610918108812225.
func (l lowpass) weighed(sign, x, y float64) lowpass {
	side := 2*l.k + 1
	sum, count := make([]float64, l.k+1), make([]float64, l.k+1)
	xs, ys := l.turns(x, l.k), l.turns(y, l.k)
	ring := l.rings()
	for v := range l.k + 1 {
		ty := ys[v+l.k]
		for u := range side {
			at := v*side + u
			r := ring[at]
			if r > l.k || l.re[at] == 0 && l.im[at] == 0 {
				continue
			}
			t := xs[u] * ty
			sum[r] += l.re[at]*real(t) - l.im[at]*imag(t)
			count[r]++
		}
	}
	weight := make([]float64, l.k+2)
	for r := range l.k + 1 {
		var s, n float64
		for q := max(0, r-1); q <= min(l.k, r+1); q++ {
			s, n = s+sum[q], n+count[q]
		}
		if n == 0 {
			continue
		}
		c := math.Min(0.95, sign*s/n)
		if c*math.Sqrt(n) < 1 { // chance
			continue
		}
		weight[r] = sign * c * (2 - c*c) / (1 - c*c) * (0.5 + 0.5*math.Cos(math.Pi*float64(r)/float64(l.k)))
	}
	out := lowpass{n: l.n, k: l.k, re: make([]float64, len(l.re)), im: make([]float64, len(l.im))}
	for i, r := range ring {
		w := weight[min(r, l.k+1)]
		out.re[i], out.im[i] = w*l.re[i], w*l.im[i]
	}
	return out
}

// rings returns the distance of each frequency from zero, rounded.
func (l lowpass) rings() []int {
	side := 2*l.k + 1
	out := make([]int, (l.k+1)*side)
	for v := range l.k + 1 {
		for u := range side {
			out[v*side+u] = int(math.Sqrt(float64((u-l.k)*(u-l.k)+v*v)) + 0.5)
		}
	}
	return out
}

// turns returns by how much a shift turns the frequencies -k to k.
func (l lowpass) turns(x float64, k int) []complex128 {
	out := make([]complex128, 2*k+1)
	for u := range out {
		s, c := math.Sincos(2 * math.Pi * x * float64(u-k) / float64(l.n))
		out[u] = complex(c, s)
	}
	return out
}

// at returns the correlation at a grid of shifts: x0 + i*step, y0 + j*step for i, j below count.
func (l lowpass) at(x0, y0, step float64, count int) []float64 {
	side := 2*l.k + 1
	rows := make([]complex128, (l.k+1)*count)
	for i := range count {
		t := l.turns(x0+float64(i)*step, l.k)
		for v := range l.k + 1 {
			var re, im float64
			row := l.im[v*side:][:side]
			for u, a := range l.re[v*side:][:side] {
				c, s, b := real(t[u]), imag(t[u]), row[u]
				re += a*c - b*s
				im += a*s + b*c
			}
			rows[v*count+i] = complex(re, im)
		}
	}
	out := make([]float64, count*count)
	for j := range count {
		t := l.turns(y0+float64(j)*step, l.k)[l.k:]
		for v, turn := range t {
			c, s := real(turn), imag(turn)
			for i, z := range rows[v*count:][:count] {
				out[j*count+i] += real(z)*c - imag(z)*s
			}
		}
	}
	return out
}

// refine returns the shift near x, y where the frequencies agree best, to a hundredth of a pixel.
func (l lowpass) refine(x, y float64) (float64, float64) {
	for _, g := range []struct {
		step  float64
		count int
	}{{0.25, 13}, {0.05, 13}, {0.01, 13}} {
		half := float64(g.count-1) / 2 * g.step
		v := l.at(x-half, y-half, g.step, g.count)
		best := len(v) / 2
		for i := range v {
			if v[i] > v[best] {
				best = i
			}
		}
		x, y = x-half+float64(best%g.count)*g.step, y-half+float64(best/g.count)*g.step
	}
	return x, y
}

// joint adds up what several tiles tell, each with the weights that it deserves.
func joint(peaks []peak) lowpass {
	var sum lowpass
	for _, p := range peaks {
		l := p.low.weighed(p.sign, p.dx-p.atX, p.dy-p.atY)
		if sum.re == nil {
			sum = l
			continue
		}
		for i := range sum.re {
			sum.re[i] += l.re[i]
			sum.im[i] += l.im[i]
		}
	}
	return sum
}

package register

import "math"

// lowpass is the part of a whitened cross power spectrum that the refinement goes by: what a blurred image still holds.
type lowpass struct {
	n, k   int // side of the field; frequencies 0 to k down and -k to k right: the others mirror them
	re, im []float64
	ring   []int // distance of each frequency from zero, rounded
}

// low copies the lowest frequencies, up to three quarters of the highest one.
func (f *field) low() lowpass {
	l := lowpass{n: f.n, k: min(f.n*3/8, 128)}
	l.ring = rings(l.k)
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
	xs, ys := l.turns(x, 0, 1), l.turns(y, 0, 1)
	ring := l.ring
	for v := range l.k + 1 {
		yc, ys := ys[2*v], ys[2*v+1]
		for u := range side {
			at := v*side + u
			r := ring[at]
			re, im := l.re[at], l.im[at]
			if r > l.k || re == 0 && im == 0 {
				continue
			}
			far := max(u-l.k, l.k-u)
			xc, xs := xs[2*far], xs[2*far+1]
			if u < l.k {
				xs = -xs
			}
			sum[r] += re*(xc*yc-xs*ys) - im*(xc*ys+xs*yc)
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
	out := lowpass{n: l.n, k: l.k, ring: l.ring, re: make([]float64, len(l.re)), im: make([]float64, len(l.im))}
	for i, r := range ring {
		w := weight[min(r, l.k+1)]
		out.re[i], out.im[i] = w*l.re[i], w*l.im[i]
	}
	return out
}

// rings returns the distance of each frequency from zero, rounded, up to k down and k to either side.
func rings(k int) []int {
	side := 2*k + 1
	out := make([]int, (k+1)*side)
	for v := range k + 1 {
		for u := range side {
			out[v*side+u] = int(math.Sqrt(float64((u-k)*(u-k)+v*v)) + 0.5)
		}
	}
	return out
}

// turns returns by how much shifts x, x + step, … turn the frequencies 0 to k: cosine and sine of each in turn, count of
// them for every frequency.
func (l lowpass) turns(x, step float64, count int) []float64 {
	out := make([]float64, 2*count*(l.k+1))
	for u := range l.k + 1 {
		s, c := math.Sincos(2 * math.Pi * x * float64(u) / float64(l.n))
		ds, dc := math.Sincos(2 * math.Pi * step * float64(u) / float64(l.n))
		row := out[2*count*u:][:2*count]
		for i := 0; i < len(row); i += 2 {
			row[i], row[i+1] = c, s
			c, s = c*dc-s*ds, c*ds+s*dc
		}
	}
	return out
}

// folded is a lowpass with what frequencies u and -u share added up: a shift turns them by opposite angles.
type folded struct {
	lowpass
	sums  []float64 // by row and u from 0: re(u)+re(-u), re(u)-re(-u), im(u)+im(-u), im(u)-im(-u)
	reach []int     // by row: the columns from here on are zero
}

func (l lowpass) fold() folded {
	f := folded{lowpass: l, sums: make([]float64, 4*(l.k+1)*(l.k+1)), reach: make([]int, l.k+1)}
	side := 2*l.k + 1
	for v := range l.k + 1 {
		re, im := l.re[v*side:][:side], l.im[v*side:][:side]
		row := f.sums[4*v*(l.k+1):][:4*(l.k+1)]
		for u := range l.k + 1 {
			ar, ai, br, bi := re[l.k+u], im[l.k+u], re[l.k-u], im[l.k-u]
			if u == 0 {
				br, bi = 0, 0
			}
			if ar != 0 || ai != 0 || br != 0 || bi != 0 {
				f.reach[v] = u + 1
			}
			row[4*u], row[4*u+1], row[4*u+2], row[4*u+3] = ar+br, ar-br, ai+bi, ai-bi
		}
	}
	return f
}

// gridSide is how many shifts a side the grids of refine have, and gridRoom that with room for four at a time.
const gridSide, gridRoom = 13, 16

// at returns the correlation at a grid of shifts: x0 + i*step, y0 + j*step for i, j below gridSide.
func (f folded) at(x0, y0, step float64) (out [gridSide * gridSide]float64) {
	xs, ys := f.turns(x0, step, gridRoom), f.turns(y0, step, gridSide)
	var sums [2 * gridRoom]float64 // of a row of frequencies, by shift
	for v, reach := range f.reach {
		if reach == 0 {
			continue
		}
		row := f.sums[4*v*(f.k+1):][:4*reach]
		for i := 0; i < gridRoom; i += 4 {
			four(row, xs, 2*i, (*[8]float64)(sums[2*i:]))
		}
		turn := ys[2*gridSide*v:][:2*gridSide]
		for j := range gridSide {
			c, s := turn[2*j], turn[2*j+1]
			line := out[j*gridSide:][:gridSide]
			for i := range line {
				line[i] += sums[2*i]*c - sums[2*i+1]*s
			}
		}
	}
	return out
}

// four adds up a row of frequencies turned by four shifts, the first of which stands at a place in the turns of each.
func four(row, turns []float64, at int, out *[8]float64) {
	var r0, i0, r1, i1, r2, i2, r3, i3 float64
	for len(row) >= 4 && len(turns) >= at+8 {
		p, q, r, s := row[0], row[1], row[2], row[3]
		t := turns[at : at+8 : at+8]
		r0, i0 = r0+p*t[0]-s*t[1], i0+q*t[1]+r*t[0]
		r1, i1 = r1+p*t[2]-s*t[3], i1+q*t[3]+r*t[2]
		r2, i2 = r2+p*t[4]-s*t[5], i2+q*t[5]+r*t[4]
		r3, i3 = r3+p*t[6]-s*t[7], i3+q*t[7]+r*t[6]
		row = row[4:]
		turns = turns[min(2*gridRoom, len(turns)):]
	}
	*out = [8]float64{r0, i0, r1, i1, r2, i2, r3, i3}
}

// refine returns the shift near x, y where the frequencies agree best, to a hundredth of a pixel.
func (l lowpass) refine(x, y float64) (float64, float64) {
	f := l.fold()
	for _, step := range []float64{0.25, 0.05, 0.01} {
		half := float64(gridSide-1) / 2 * step
		v := f.at(x-half, y-half, step)
		best := len(v) / 2
		for i := range v {
			if v[i] > v[best] {
				best = i
			}
		}
		x, y = x-half+float64(best%gridSide)*step, y-half+float64(best/gridSide)*step
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

package measure

import (
	"math"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// distances returns the square of each marked pixel's distance to the nearest that is not marked, 0 for those.
//
// Source: P. F. Felzenszwalb, D. P. Huttenlocher, Distance transforms of sampled functions, Theory of Computing 8 (2012),
// doi:10.4086/toc.2012.v008a019.
func distances(m raster.Mask) []float32 {
	const far = 1e12
	d := make([]float32, len(m.Bits))
	for i, b := range m.Bits {
		if b != 0 {
			d[i] = far
		}
	}
	n := max(m.Width, m.Height)
	line, out := make([]float64, n), make([]float64, n)
	site, from := make([]int, n), make([]float64, n+1)
	for c := range m.Width {
		for r := range m.Height {
			line[r] = float64(d[r*m.Width+c])
		}
		envelope(line[:m.Height], out, site, from)
		for r := range m.Height {
			d[r*m.Width+c] = float32(out[r])
		}
	}
	for r := range m.Height {
		row := d[r*m.Width : (r+1)*m.Width]
		for c, v := range row {
			line[c] = float64(v)
		}
		envelope(line[:m.Width], out, site, from)
		for c := range row {
			row[c] = float32(out[c])
		}
	}
	return d
}

// envelope fills out with the lower envelope of the parabolas that stand on the values of f.
func envelope(f, out []float64, site []int, from []float64) {
	k := 0
	site[0], from[0], from[1] = 0, math.Inf(-1), math.Inf(1)
	for q := 1; q < len(f); q++ {
		var s float64
		for {
			p := site[k]
			s = ((f[q] + float64(q*q)) - (f[p] + float64(p*p))) / float64(2*(q-p))
			if s > from[k] || k == 0 {
				break
			}
			k--
		}
		if s <= from[k] {
			s = from[k]
		}
		k++
		site[k], from[k], from[k+1] = q, s, math.Inf(1)
	}
	k = 0
	for q := range f {
		for from[k+1] < float64(q) {
			k++
		}
		d := float64(q - site[k])
		out[q] = d*d + f[site[k]]
	}
}

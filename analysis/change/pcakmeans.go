package change

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/sightline-osint/sightline/analysis/internal/progress"
	"github.com/sightline-osint/sightline/analysis/raster"
)

// PCAKMeans returns, for each pixel, how much nearer the square of differences around it lies to the changed cluster
// than to the unchanged one, in the images' units: positive where it changed, and the threshold is 0.
//
// The differences are the change vector's magnitude (after the normalisation asked for). Squares of Options.Window
// pixels (4) are described by their principal components, as many as hold 90 % of the variance, and split in two by
// k-means. Pixels whose square holds a missing one have no score.
//
// Source: T. Celik, Unsupervised change detection in satellite images using principal component analysis and k-means
// clustering, IEEE Geoscience and Remote Sensing Letters 6 (2009), doi:10.1109/LGRS.2009.2025059.
func PCAKMeans(before, after *raster.Image, o Options) (*Score, error) {
	p, err := prepare(before, after, o)
	if err != nil {
		return nil, err
	}
	if err := p.normalise(); err != nil {
		return nil, err
	}
	side := o.Window
	if side == 0 {
		side = 4
	}
	if side < 2 || side > 16 || side > before.Width || side > before.Height {
		return nil, fmt.Errorf("change: PCA-kmeans with squares of %d pixels: 2 to 16, and no more than the image has", side)
	}
	d := p.difference()
	basis, mean, err := blockBasis(d, side)
	if err != nil {
		return nil, err
	}
	if err := progress.Report(p.o.context(), 3, 4, "clustering"); err != nil {
		return nil, err
	}
	dims := len(basis)
	features := make([]float32, len(p.valid)*dims)
	present := make([]bool, len(p.valid))
	for k, at := range p.valid {
		present[k] = project(d, int(at)%d.Width, int(at)/d.Width, side, basis, mean, features[k*dims:(k+1)*dims])
	}
	values := split(features, present, dims, p.valid, d)
	s, err := p.finish("PCA-kmeans", false, values)
	if err == nil {
		s.Threshold, s.ThresholdBy = 0, ByKMeans
	}
	return s, err
}

// difference returns the change vector's magnitude, NaN where a pixel does not count.
func (p *pair) difference() raster.Plane {
	d := raster.NewPlane(p.before.Width, p.before.Height)
	for k := range p.a {
		for i, v := range p.b[k].Pix {
			x := v - p.a[k].Pix[i]
			d.Pix[i] += x * x
		}
	}
	for i, v := range d.Pix {
		d.Pix[i] = float32(math.Sqrt(float64(v)))
	}
	return d
}

// blockBasis returns the principal directions of the squares that tile the plane, and their mean.
func blockBasis(d raster.Plane, side int) (basis [][]float64, mean []float64, err error) {
	n := side * side
	var blocks [][]float64
	for r := 0; r+side <= d.Height; r += side {
		for c := 0; c+side <= d.Width; c += side {
			b := make([]float64, n)
			ok := true
			for i := range b {
				v := d.At(c+i%side, r+i/side)
				b[i], ok = float64(v), ok && v == v
			}
			if ok {
				blocks = append(blocks, b)
			}
		}
	}
	if len(blocks) < 2 {
		return nil, nil, fmt.Errorf("change: PCA-kmeans: only %d squares of %d pixels without missing ones", len(blocks), side)
	}
	mean = make([]float64, n)
	for _, b := range blocks {
		for i, v := range b {
			mean[i] += v / float64(len(blocks))
		}
	}
	cov := mat.NewSymDense(n, nil)
	for _, b := range blocks {
		for i := range n {
			for j := i; j < n; j++ {
				cov.SetSym(i, j, cov.At(i, j)+(b[i]-mean[i])*(b[j]-mean[j]))
			}
		}
	}
	var e mat.EigenSym
	if !e.Factorize(cov, true) {
		return nil, nil, fmt.Errorf("change: PCA-kmeans: the differences have no principal components")
	}
	var v mat.Dense
	e.VectorsTo(&v)
	values := e.Values(nil) // smallest first
	var total, sum float64
	for _, x := range values {
		total += math.Max(0, x)
	}
	if !(total > 0) {
		return nil, nil, fmt.Errorf("change: PCA-kmeans: the dates do not differ at all")
	}
	for k := n - 1; k >= 0 && sum < 0.9*total; k-- {
		sum += values[k]
		basis = append(basis, mat.Col(nil, k, &v))
	}
	return basis, mean, nil
}

// project fills out with the components of the square around a pixel, and reports whether all of it is there.
func project(d raster.Plane, col, row, side int, basis [][]float64, mean []float64, out []float32) bool {
	c0 := min(max(col-side/2, 0), d.Width-side)
	r0 := min(max(row-side/2, 0), d.Height-side)
	for k := range out {
		out[k] = 0
	}
	for i := range side * side {
		v := d.Pix[(r0+i/side)*d.Width+c0+i%side]
		if v != v {
			return false
		}
		for k, b := range basis {
			out[k] += float32(b[i] * (float64(v) - mean[i]))
		}
	}
	return true
}

// split runs k-means with two clusters, begun at the pixels that differ least and most, and returns the distance to the
// unchanged centre less that to the changed one.
func split(features []float32, present []bool, dims int, valid []int32, d raster.Plane) []float32 {
	centre := [2][]float64{make([]float64, dims), make([]float64, dims)}
	cut, err := Otsu(d.Pix)
	if err != nil {
		cut = 0
	}
	group := func(k int) int {
		if float64(d.Pix[valid[k]]) > cut {
			return 1
		}
		return 0
	}
	distance := func(k, c int) float64 {
		var s float64
		for j, v := range features[k*dims : (k+1)*dims] {
			s += square(float64(v) - centre[c][j])
		}
		return s
	}
	for range 100 {
		var n [2]float64
		next := [2][]float64{make([]float64, dims), make([]float64, dims)}
		for k, ok := range present {
			if !ok {
				continue
			}
			c := group(k)
			n[c]++
			for j, v := range features[k*dims : (k+1)*dims] {
				next[c][j] += float64(v)
			}
		}
		if n[0] == 0 || n[1] == 0 {
			break
		}
		var move float64
		for c := range 2 {
			for j := range dims {
				next[c][j] /= n[c]
				move += math.Abs(next[c][j] - centre[c][j])
			}
		}
		centre = next
		group = func(k int) int {
			if distance(k, 1) < distance(k, 0) {
				return 1
			}
			return 0
		}
		if move < 1e-6 {
			break
		}
	}
	out := make([]float32, len(present))
	for k, ok := range present {
		out[k] = float32(math.NaN())
		if ok {
			out[k] = float32(math.Sqrt(distance(k, 0)) - math.Sqrt(distance(k, 1)))
		}
	}
	return out
}

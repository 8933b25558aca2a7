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
	side, err := o.pcaSide(before)
	if err != nil {
		return nil, err
	}
	d := differences(p.a, p.b)
	basis, mean, err := blockBasis(d, side)
	if err != nil {
		return nil, err
	}
	if err := progress.Report(p.o.context(), 3, 4, "clustering"); err != nil {
		return nil, err
	}
	dims := len(basis)
	cut, err := choose(ByOtsu, d.Pix)
	if err != nil {
		cut = 0
	}
	features := make([]float32, len(p.valid)*dims)
	present := make([]bool, len(p.valid))
	for k, at := range p.valid {
		present[k] = project(d, 0, d.Height, int(at)%d.Width, int(at)/d.Width, side, basis, mean, features[k*dims:(k+1)*dims])
	}
	c := newClusters(dims, cut)
	for c.round(func(add func(f []float32, difference float32)) {
		for k, at := range p.valid {
			if present[k] {
				add(features[k*dims:(k+1)*dims], d.Pix[at])
			}
		}
	}) {
	}
	values := make([]float32, len(p.valid))
	for k, ok := range present {
		values[k] = nan32
		if ok {
			values[k] = c.score(features[k*dims : (k+1)*dims])
		}
	}
	s, err := p.finish("PCA-kmeans", false, values)
	if err == nil {
		s.Threshold, s.ThresholdBy = 0, ByKMeans
	}
	return s, err
}

func (o Options) pcaSide(m *raster.Image) (int, error) {
	side := o.Window
	if side == 0 {
		side = 4
	}
	if side < 2 || side > 16 || side > m.Width || side > m.Height {
		return 0, fmt.Errorf("change: PCA-kmeans with squares of %d pixels: 2 to 16, and no more than the image has", side)
	}
	return side, nil
}

// differences returns the change vector's magnitude, NaN where a pixel does not count.
func differences(a, b []raster.Plane) raster.Plane {
	d := raster.NewPlane(a[0].Width, a[0].Height)
	for k := range a {
		for i, v := range b[k].Pix {
			x := v - a[k].Pix[i]
			d.Pix[i] += float32(x * x)
		}
	}
	for i, v := range d.Pix {
		d.Pix[i] = float32(math.Sqrt(float64(v)))
	}
	return d
}

// blockBasis returns the principal directions of the squares that tile the plane, and their mean.
func blockBasis(d raster.Plane, side int) (basis [][]float64, mean []float64, err error) {
	blocks := newSums(side * side)
	addBlocks(blocks, d, side)
	return principal(blocks, side)
}

// addBlocks enters the squares that tile a plane and have nothing missing.
func addBlocks(blocks *sums, d raster.Plane, side int) {
	b := make([]float64, side*side)
	for r := 0; r+side <= d.Height; r += side {
		for c := 0; c+side <= d.Width; c += side {
			ok := true
			for i := range b {
				v := d.Pix[(r+i/side)*d.Width+c+i%side]
				b[i], ok = float64(v), ok && v == v
			}
			if ok {
				blocks.add(1, b)
			}
		}
	}
}

// principal returns the directions that hold 90 % of the variance of the squares, and their mean.
func principal(blocks *sums, side int) (basis [][]float64, mean []float64, err error) {
	if blocks.weight < 2 {
		return nil, nil, fmt.Errorf("change: PCA-kmeans: only %.0f squares of %d pixels without missing ones", blocks.weight, side)
	}
	n := side * side
	mean, cov := blocks.moments()
	var e mat.EigenSym
	if !e.Factorize(mat.NewSymDense(n, cov.RawMatrix().Data), true) {
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

// project fills out with the components of the square around a pixel of an image of some height, and reports whether all
// of it is there. The plane's first row is row `top` of the image.
func project(d raster.Plane, top, height, col, row, side int, basis [][]float64, mean []float64, out []float32) bool {
	c0 := min(max(col-side/2, 0), d.Width-side)
	r0 := min(max(row-side/2, 0), height-side) - top
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

// clusters is k-means with two clusters, unchanged and changed, begun with the pixels below and above a cut of the
// differences.
type clusters struct {
	dims   int
	cut    float64
	rounds int
	centre [2][]float64
}

func newClusters(dims int, cut float64) *clusters {
	return &clusters{dims: dims, cut: cut, centre: [2][]float64{make([]float64, dims), make([]float64, dims)}}
}

func (c *clusters) distance(f []float32, k int) float64 {
	var s float64
	for j, v := range f {
		s += square(float64(v) - c.centre[k][j])
	}
	return s
}

// round gives every pixel to the nearer centre and moves the centres; it reports whether another round is worth it.
// points calls add for every pixel.
func (c *clusters) round(points func(add func(f []float32, difference float32))) bool {
	var n [2]float64
	next := [2][]float64{make([]float64, c.dims), make([]float64, c.dims)}
	points(func(f []float32, difference float32) {
		k := 0
		if c.rounds == 0 && float64(difference) > c.cut || c.rounds > 0 && c.distance(f, 1) < c.distance(f, 0) {
			k = 1
		}
		n[k]++
		for j, v := range f {
			next[k][j] += float64(v)
		}
	})
	c.rounds++
	if n[0] == 0 || n[1] == 0 {
		return false
	}
	var move float64
	for k := range 2 {
		for j := range next[k] {
			next[k][j] /= n[k]
			move += math.Abs(next[k][j] - c.centre[k][j])
		}
	}
	c.centre = next
	return move >= 1e-6 && c.rounds < 100
}

// score returns how much farther a pixel lies from the unchanged centre than from the changed one.
func (c *clusters) score(f []float32) float32 {
	return float32(math.Sqrt(c.distance(f, 0)) - math.Sqrt(c.distance(f, 1)))
}

package change

import (
	"errors"
	"fmt"
	"math"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// bins is how many steps the histograms have.
const bins = 1024

// histogram counts finite values in equal steps from the least to the greatest.
type histogram struct {
	low, step float64
	count     [bins]float64
	total     float64
}

func newHistogram(values []float32) (*histogram, error) {
	low, high := math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if v-v == 0 {
			low, high = math.Min(low, float64(v)), math.Max(high, float64(v))
		}
	}
	if !(high > low) {
		return nil, errors.New("change: no threshold: fewer than two different scores")
	}
	h := &histogram{low: low, step: (high - low) / bins}
	for _, v := range values {
		if v-v == 0 {
			h.count[min(bins-1, int((float64(v)-low)/h.step))]++
			h.total++
		}
	}
	return h, nil
}

// centre returns the middle of a bin.
func (h *histogram) centre(i int) float64 { return h.low + (float64(i)+0.5)*h.step }

// top returns the upper end of a bin: nothing in the bin is above it.
func (h *histogram) top(i int) float64 { return h.low + float64(i+1)*h.step }

func choose(by Threshold, values []float32) (float64, error) {
	switch by {
	case ByOtsu, "":
		return Otsu(values)
	case ByKittler:
		return KittlerIllingworth(values)
	case ByRosin:
		return Rosin(values)
	case ByKMeans:
		return KMeans(values)
	}
	return math.NaN(), fmt.Errorf("change: threshold %q: otsu, kittler-illingworth, rosin and k-means are known", by)
}

// Otsu returns the threshold that separates the scores into two groups with the largest variance between them, to one
// in 1024 of their range. Fewer than two different finite scores give an error. It assumes two groups: on scores of one
// it cuts in the middle.
//
// Source: N. Otsu, A threshold selection method from gray-level histograms, IEEE Trans. Systems, Man, and Cybernetics 9
// (1979), doi:10.1109/TSMC.1979.4310076.
func Otsu(values []float32) (float64, error) {
	h, err := newHistogram(values)
	if err != nil {
		return math.NaN(), err
	}
	return h.otsu(), nil
}

func (h *histogram) otsu() float64 {
	var all float64
	for i, n := range h.count {
		all += n * h.centre(i)
	}
	var n, sum, best float64
	at := 0
	for i, c := range h.count[:bins-1] {
		n += c
		sum += c * h.centre(i)
		if n == 0 || n == h.total {
			continue
		}
		d := sum/n - (all-sum)/(h.total-n)
		if v := n * (h.total - n) * d * d; v > best {
			best, at = v, i
		}
	}
	return h.top(at)
}

// KittlerIllingworth returns the threshold with the least error if the scores are two normal groups. Scores that no
// threshold splits so give an error.
//
// Source: J. Kittler, J. Illingworth, Minimum error thresholding, Pattern Recognition 19 (1986),
// doi:10.1016/0031-3203(86)90030-0.
func KittlerIllingworth(values []float32) (float64, error) {
	h, err := newHistogram(values)
	if err != nil {
		return math.NaN(), err
	}
	var all, squares float64
	for i, c := range h.count {
		x := h.centre(i)
		all += c * x
		squares += c * x * x
	}
	var n, sum, sq float64
	best, at := math.Inf(1), -1
	for i, c := range h.count[:bins-1] {
		x := h.centre(i)
		n, sum, sq = n+c, sum+c*x, sq+c*x*x
		m := h.total - n
		if n < 2 || m < 2 {
			continue
		}
		v1 := sq/n - sum/n*sum/n
		v2 := (squares-sq)/m - (all-sum)/m*(all-sum)/m
		if v1 <= h.step*h.step/12 || v2 <= h.step*h.step/12 {
			continue // narrower than a bin: no spread to judge by
		}
		p, q := n/h.total, m/h.total
		j := 1 + p*math.Log(v1) + q*math.Log(v2) - 2*(p*math.Log(p)+q*math.Log(q))
		if j < best {
			best, at = j, i
		}
	}
	if at < 0 {
		return math.NaN(), errors.New("change: no Kittler-Illingworth threshold: the scores do not form two groups")
	}
	return h.top(at), nil
}

// Rosin returns the corner of the histogram: the bin farthest from the line between the peak and the end of the tail.
// It suits images in which little changed.
//
// Source: P. L. Rosin, Unimodal thresholding, Pattern Recognition 34 (2001), doi:10.1016/S0031-3203(00)00136-9.
func Rosin(values []float32) (float64, error) {
	h, err := newHistogram(values)
	if err != nil {
		return math.NaN(), err
	}
	peak, end := 0, bins-1
	for i, c := range h.count {
		if c > h.count[peak] {
			peak = i
		}
	}
	for end > peak && h.count[end] == 0 {
		end--
	}
	best, at := -1.0, peak
	for i := peak; i <= end; i++ {
		line := h.count[peak] + (h.count[end]-h.count[peak])*float64(i-peak)/math.Max(1, float64(end-peak))
		if d := line - h.count[i]; d > best { // the distance to the line is this, times a constant
			best, at = d, i
		}
	}
	return h.centre(at), nil
}

// KMeans returns the middle between the centres of two clusters of scores, begun at the quarter and three-quarter
// points of the range.
//
// Source: S. P. Lloyd, Least squares quantization in PCM, IEEE Trans. Information Theory 28 (1982),
// doi:10.1109/TIT.1982.1056489.
func KMeans(values []float32) (float64, error) {
	h, err := newHistogram(values)
	if err != nil {
		return math.NaN(), err
	}
	a, b := h.centre(bins/4), h.centre(3*bins/4)
	for range 1000 {
		cut := (a + b) / 2
		var n, sum [2]float64
		for i, c := range h.count {
			k := 0
			if h.centre(i) > cut {
				k = 1
			}
			n[k], sum[k] = n[k]+c, sum[k]+c*h.centre(i)
		}
		if n[0] == 0 || n[1] == 0 {
			break
		}
		na, nb := sum[0]/n[0], sum[1]/n[1]
		if na == a && nb == b {
			break
		}
		a, b = na, nb
	}
	return (a + b) / 2, nil
}

// AUC returns the chance that a pixel marked in truth has a larger score than one that is not, ties counting half: the
// area under the ROC curve. Pixels without a score do not count; NaN when one group is empty.
func AUC(score raster.Plane, truth raster.Mask) float64 { return auc(score.Pix, truth.Bits) }

package change

import (
	"errors"
	"fmt"
	"math"
	"sort"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// choose returns the threshold of scores by their sizes.
func choose(by Threshold, scores []float32) (cut float64, err error) {
	var t tally
	t.add(scores)
	cut, _, err = t.threshold(by, func(s *steps) error { s.add(scores); return nil })
	return cut, err
}

func (h *histogram) threshold(by Threshold) (float64, error) {
	switch by {
	case ByOtsu, "":
		return h.otsu(), nil
	case ByKittler:
		return h.kittler()
	case ByRosin:
		return h.settle(h.rosin()), nil
	case ByKMeans:
		return h.settle(h.kmeans()), nil
	}
	return math.NaN(), fmt.Errorf("change: threshold %q: otsu, kittler-illingworth, rosin and k-means are known", by)
}

func thresholdOf(by Threshold, values []float32) (float64, error) {
	h, err := histogramOf(values)
	if err != nil {
		return math.NaN(), err
	}
	return h.threshold(by)
}

// Otsu returns the threshold that separates the scores into two groups with the largest variance between them, to one
// in 2048 of its size or to one in 65536 of the scores' range, whichever is finer. Fewer than two different finite scores
// give an error. It assumes two groups: on scores of one it cuts in the middle.
//
// Source: N. Otsu, A threshold selection method from gray-level histograms, IEEE Trans. Systems, Man, and Cybernetics 9
// (1979), doi:10.1109/TSMC.1979.4310076.
func Otsu(values []float32) (float64, error) { return thresholdOf(ByOtsu, values) }

func (h *histogram) otsu() float64 {
	var all float64
	for i, n := range h.count {
		all += n * h.low[i]
	}
	var n, sum, best float64
	at := 0
	for i, c := range h.count[:len(h.count)-1] {
		n += c
		sum += c * h.low[i]
		d := sum/n - (all-sum)/(h.total-n)
		if v := n * (h.total - n) * d * d; v > best {
			best, at = v, i
		}
	}
	return h.top[at]
}

// KittlerIllingworth returns the threshold with the least error if the scores are two normal groups. Scores that no
// threshold splits so give an error.
//
// Source: J. Kittler, J. Illingworth, Minimum error thresholding, Pattern Recognition 19 (1986),
// doi:10.1016/0031-3203(86)90030-0.
func KittlerIllingworth(values []float32) (float64, error) { return thresholdOf(ByKittler, values) }

func (h *histogram) kittler() (float64, error) {
	var all, squares float64
	base := h.low[0] // so that scores far from zero lose no digits
	for i, c := range h.count {
		x := h.low[i] - base
		all += c * x
		squares += c * x * x
	}
	coarse := (h.quantile(0.98) - h.quantile(0.01)) / bins // a group narrower than this has no spread to judge by; tails do not count
	var n, sum, sq float64
	best, at := math.Inf(1), -1
	for i, c := range h.count[:len(h.count)-1] {
		x := h.low[i] - base
		n, sum, sq = n+c, sum+c*x, sq+c*x*x
		m := h.total - n
		if n < 2 || m < 2 {
			continue
		}
		v1 := sq/n - sum/n*sum/n
		v2 := (squares-sq)/m - (all-sum)/m*(all-sum)/m
		if v1 <= coarse*coarse/12 || v2 <= coarse*coarse/12 {
			continue
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
	return h.top[at], nil
}

// Rosin returns the corner of the histogram in equal steps: the one farthest from the line between the peak and the end
// of the tail. It suits images in which little changed. The steps are as wide as Freedman and Diaconis have them, so that
// the peak is no chance of a few scores, and at most 1024.
//
// Sources: P. L. Rosin, Unimodal thresholding, Pattern Recognition 34 (2001), doi:10.1016/S0031-3203(00)00136-9;
// D. Freedman, P. Diaconis, On the histogram as a density estimator, Z. Wahrscheinlichkeitstheorie 57 (1981),
// doi:10.1007/BF01025868.
func Rosin(values []float32) (float64, error) { return thresholdOf(ByRosin, values) }

func (h *histogram) rosin() float64 {
	count, low, step := h.even(h.stepsFor())
	peak, end := 0, len(count)-1
	for i, c := range count {
		if c > count[peak] {
			peak = i
		}
	}
	for end > peak && count[end] == 0 {
		end--
	}
	best, at := -1.0, peak
	for i := peak; i <= end; i++ {
		line := count[peak] + (count[end]-count[peak])*float64(i-peak)/math.Max(1, float64(end-peak))
		if d := line - count[i]; d > best { // the distance to the line is this, times a constant
			best, at = d, i
		}
	}
	return low + (float64(at)+0.5)*step
}

// stepsFor returns how many equal steps suit the scores: as wide as twice the distance of their quartiles by the cube root
// of their number.
func (h *histogram) stepsFor() int {
	width := 2 * (h.quantile(0.75) - h.quantile(0.25)) / math.Cbrt(h.total)
	return int(math.Max(8, math.Min(bins, math.Ceil((h.top[len(h.top)-1]-h.low[0])/width)))) // bins for a width of 0
}

// quantile returns where a share of the scores lies below.
func (h *histogram) quantile(share float64) float64 {
	var n float64
	for i, c := range h.count {
		if n += c; n >= share*h.total {
			return h.top[i] - (n-share*h.total)/c*(h.top[i]-h.low[i])
		}
	}
	return h.top[len(h.top)-1]
}

// even returns the counts in n equal steps. A group that lies in several gives each its share.
func (h *histogram) even(n int) (count []float64, low, step float64) {
	count = make([]float64, n)
	low = h.low[0]
	step = (h.top[len(h.top)-1] - low) / float64(n)
	for i, c := range h.count {
		from, to := (h.low[i]-low)/step, (h.top[i]-low)/step
		a, b := min(n-1, int(from)), min(n-1, int(to))
		if a == b {
			count[a] += c
			continue
		}
		for k := a; k <= b; k++ {
			part := math.Min(to, float64(k+1)) - math.Max(from, float64(k))
			count[k] += c * math.Max(0, part) / (to - from)
		}
	}
	return count, low, step
}

// KMeans returns the middle between the centres of two clusters of scores, begun at the quarter and three-quarter
// points of the range.
//
// Source: S. P. Lloyd, Least squares quantization in PCM, IEEE Trans. Information Theory 28 (1982),
// doi:10.1109/TIT.1982.1056489.
func KMeans(values []float32) (float64, error) { return thresholdOf(ByKMeans, values) }

func (h *histogram) kmeans() float64 {
	n := len(h.low)
	counts, sums := make([]float64, n+1), make([]float64, n+1) // of the groups before each
	for i, c := range h.count {
		counts[i+1], sums[i+1] = counts[i]+c, sums[i]+c*h.low[i]
	}
	span := h.low[n-1] - h.low[0]
	a, b := h.low[0]+span/4, h.low[0]+3*span/4
	for range 1000 {
		k := sort.SearchFloat64s(h.low, math.Nextafter((a+b)/2, math.Inf(1))) // the first group above the middle
		if k == 0 || k == n {
			break
		}
		na, nb := sums[k]/counts[k], (sums[n]-sums[k])/(counts[n]-counts[k])
		if na == a && nb == b {
			break
		}
		a, b = na, nb
	}
	return (a + b) / 2
}

// AUC returns the chance that a pixel marked in truth has a larger score than one that is not, ties counting half: the
// area under the ROC curve. Pixels without a score do not count; NaN when one group is empty.
func AUC(score raster.Plane, truth raster.Mask) float64 { return auc(score.Pix, truth.Bits) }

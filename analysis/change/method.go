package change

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// Method names a score.
type Method string

// The methods, by the names that the command line and tags use.
const (
	MethodMagnitude            Method = "magnitude"
	MethodAngle                Method = "angle"
	MethodDifference           Method = "difference"
	MethodRatio                Method = "ratio"
	MethodNormalisedDifference Method = "normalised-difference"
	MethodLogRatio             Method = "log-ratio"
	MethodMAD                  Method = "mad"
	MethodIRMAD                Method = "ir-mad"
	MethodPCAKMeans            Method = "pca-kmeans"
	MethodSSIM                 Method = "ssim"
	MethodNDVI                 Method = "ndvi"
	MethodNDWI                 Method = "ndwi"
	MethodDNBR                 Method = "dnbr"
)

// functions returns what each method runs.
func functions() map[Method]func(before, after *raster.Image, o Options) (*Score, error) {
	return map[Method]func(before, after *raster.Image, o Options) (*Score, error){
		MethodMagnitude: Magnitude, MethodAngle: Angle, MethodDifference: Difference, MethodRatio: Ratio,
		MethodNormalisedDifference: NormalisedDifference, MethodLogRatio: LogRatio, MethodMAD: MAD, MethodIRMAD: IRMAD,
		MethodPCAKMeans: PCAKMeans, MethodSSIM: SSIM, MethodNDVI: NDVI, MethodNDWI: NDWI, MethodDNBR: DNBR,
	}
}

// Methods returns the names of all methods, in alphabetical order.
func Methods() []string {
	var out []string
	for m := range functions() {
		out = append(out, string(m))
	}
	sort.Strings(out)
	return out
}

// By returns the score of a method given by name. An unknown name is an error that lists the known ones.
func By(m Method, before, after *raster.Image, o Options) (*Score, error) {
	f, ok := functions()[m]
	if !ok {
		return nil, fmt.Errorf("change: method %q: %s are known", m, strings.Join(Methods(), ", "))
	}
	return f(before, after, o)
}

// pointwise is a score that needs one pixel at a time.
type pointwise struct {
	title  string
	unit   string
	signed bool
	score  func(a, b []float32) float32
}

var nan32 = float32(math.NaN()) // constant

func magnitudeOf(a, b []float32) float32 {
	var sum float32
	for i := range a {
		d := b[i] - a[i]
		sum += float32(d * d) // not fused, so that every machine and the kernels give the same bits
	}
	return float32(math.Sqrt(float64(sum)))
}

func angleOf(a, b []float32) float32 {
	var ab, aa, bb float64
	for i := range a {
		x, y := float64(a[i]), float64(b[i])
		ab, aa, bb = ab+x*y, aa+x*x, bb+y*y
	}
	c := ab / math.Sqrt(aa*bb) // NaN for 0/0
	return float32(math.Acos(math.Max(-1, math.Min(1, c))) * 180 / math.Pi)
}

func differenceOf(a, b []float32) float32 {
	var sum float32
	for i := range a {
		sum += b[i] - a[i]
	}
	return sum / float32(len(a))
}

func ratioOf(a, b []float32) float32 {
	var sum float32
	n := 0
	for i := range a {
		if a[i] > 0 && b[i] > 0 {
			sum += min(a[i], b[i]) / max(a[i], b[i])
			n++
		}
	}
	if n == 0 {
		return nan32
	}
	return 1 - sum/float32(n)
}

func normalisedDifferenceOf(a, b []float32) float32 {
	var sum float32
	n := 0
	for i := range a {
		if s := a[i] + b[i]; s > 0 {
			sum += (b[i] - a[i]) / s
			n++
		}
	}
	if n == 0 {
		return nan32
	}
	return sum / float32(n)
}

func logRatioOf(a, b []float32) float32 {
	var sum float64
	for i := range a {
		if !(a[i] > 0 && b[i] > 0) {
			return nan32
		}
		sum += math.Log(float64(b[i]) / float64(a[i]))
	}
	return float32(sum / float64(len(a)))
}

// points returns how a method scores one pixel, false for methods that need the surroundings or the whole image.
func (m Method) points() (pointwise, bool) {
	p, ok := map[Method]pointwise{
		MethodMagnitude:            {"CVA magnitude", "", false, magnitudeOf},
		MethodAngle:                {"CVA angle", "degrees", false, angleOf},
		MethodDifference:           {"difference", "", true, differenceOf},
		MethodRatio:                {"ratio", "", false, ratioOf},
		MethodNormalisedDifference: {"normalised difference", "", true, normalisedDifferenceOf},
		MethodLogRatio:             {"SAR log-ratio", "", true, logRatioOf},
	}[m]
	return p, ok
}

package change

import (
	"fmt"
	"math"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// each prepares and normalises a pair and scores every valid pixel by itself.
func each(before, after *raster.Image, o Options, m Method) (*Score, error) {
	how, _ := m.points()
	s, err := eachPoint(before, after, o, how)
	if err == nil {
		s.Unit = how.unit
	}
	return s, err
}

func eachPoint(before, after *raster.Image, o Options, how pointwise) (*Score, error) {
	p, err := prepare(before, after, o)
	if err != nil {
		return nil, err
	}
	if err := p.normalise(); err != nil {
		return nil, err
	}
	n := len(p.a)
	a, b := make([]float32, n), make([]float32, n)
	values := make([]float32, len(p.valid))
	for k, i := range p.valid {
		for j := range n {
			a[j], b[j] = p.a[j].Pix[i], p.b[j].Pix[i]
		}
		values[k] = how.score(a, b)
	}
	return p.finish(how.title, how.signed, values)
}

// Magnitude returns the length of the change vector: the root of the sum over the bands of the squared differences.
// It is at least 0, in the images' units, or in standard deviations after ZScore.
//
// Two images that do not fit (size, place, bands, dates in the wrong order), that cannot be read, or that share fewer
// than two valid pixels give an error, here as in every function of this package.
//
// Source: W. A. Malila, Change vector analysis: an approach for detecting forest changes with Landsat, Proc. Machine
// Processing of Remotely Sensed Data Symposium, Purdue (1980).
func Magnitude(before, after *raster.Image, o Options) (*Score, error) {
	s, err := each(before, after, o, MethodMagnitude)
	if err == nil && o.Normalise == ZScore {
		s.Unit = deviations
	}
	return s, err
}

// Angle returns the angle between the pixel's band vectors at the two dates in degrees, 0 to 180: a change of colour
// whatever the brightness. Pixels whose vector is zero at a date have no score. With one band it is 0 or 180.
func Angle(before, after *raster.Image, o Options) (*Score, error) {
	return each(before, after, o, MethodAngle)
}

// Difference returns the mean over the bands of after less before: positive where it became brighter.
func Difference(before, after *raster.Image, o Options) (*Score, error) {
	return each(before, after, o, MethodDifference)
}

// Ratio returns one less the mean over the bands of the smaller value divided by the larger: 0 for no change, towards 1
// for any. Bands that are not positive at both dates do not count; pixels without any have no score.
func Ratio(before, after *raster.Image, o Options) (*Score, error) {
	return each(before, after, o, MethodRatio)
}

// NormalisedDifference returns the mean over the bands of (after - before) / (after + before), -1 to 1 for positive
// values. Bands whose sum is not positive do not count; pixels without any have no score.
func NormalisedDifference(before, after *raster.Image, o Options) (*Score, error) {
	return each(before, after, o, MethodNormalisedDifference)
}

// LogRatio returns the mean over the bands of ln(after / before), for radar amplitudes or intensities: speckle
// multiplies, so that ratios and not differences tell. Smooth averages looks first. Values that are not positive have
// no score.
//
// Source: E. J. M. Rignot, J. J. van Zyl, Change detection techniques for ERS-1 SAR data, IEEE Trans. Geoscience and
// Remote Sensing 31 (1993), doi:10.1109/36.239913.
func LogRatio(before, after *raster.Image, o Options) (*Score, error) {
	return each(before, after, o, MethodLogRatio)
}

// MAD returns the root of the sum of squares of the standardised MAD variates: the differences of the canonical
// variates of the two dates, which no linear change of light or gain touches. Normalisations make no difference to it.
//
// Source: A. A. Nielsen, K. Conradsen, J. J. Simpson, Multivariate alteration detection (MAD) and MAF postprocessing in
// multispectral, bitemporal image data, Remote Sensing of Environment 64 (1998), doi:10.1016/S0034-4257(97)00162-4.
func MAD(before, after *raster.Image, o Options) (*Score, error) {
	return deviation(before, after, o, "MAD", 1)
}

// IRMAD is MAD repeated with each pixel weighted by how unchanged it looked the round before, until the correlations
// settle (at most 100 rounds) or the weights fall below 5 % of the pixels, as they do where the dates agree all but
// exactly; without settling the score carries a warning.
//
// Source: A. A. Nielsen, The regularized iteratively reweighted MAD method for change detection in multi- and
// hyperspectral data, IEEE Trans. Image Processing 16 (2007), doi:10.1109/TIP.2006.888195.
func IRMAD(before, after *raster.Image, o Options) (*Score, error) {
	return deviation(before, after, o, "IR-MAD", 100)
}

func deviation(before, after *raster.Image, o Options, method string, rounds int) (*Score, error) {
	p, err := prepare(before, after, o)
	if err != nil {
		return nil, err
	}
	if err := p.normalise(); err != nil {
		return nil, err
	}
	m, err := p.mad(rounds)
	if err != nil {
		return nil, err
	}
	if rounds > 1 && !m.settled {
		p.warnings = append(p.warnings, unsettled(m.rounds))
	}
	values := make([]float32, len(m.chi2))
	for i, c := range m.chi2 {
		values[i] = float32(math.Sqrt(c))
	}
	s, err := p.finish(method, false, values)
	if err == nil {
		s.Unit = deviations
	}
	return s, err
}

// deviations is the unit of scores that are counted in standard deviations.
const deviations = "standard deviations"

func unsettled(rounds int) string {
	return fmt.Sprintf("the correlations did not settle in %d rounds", rounds)
}

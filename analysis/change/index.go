package change

import (
	"fmt"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// NDVI returns the later vegetation index less the earlier, -2 to 2: negative where plants went. The index is
// (nir - red) / (nir + red).
//
// The bands are found by role or name; a missing one is an error. Normalise is left at none: an index has its own.
// Source: J. W. Rouse et al., Monitoring vegetation systems in the Great Plains with ERTS, NASA SP-351 (1974).
func NDVI(before, after *raster.Image, o Options) (*Score, error) {
	return index(before, after, o, MethodNDVI)
}

// NDWI returns the later open water index less the earlier, -2 to 2. The index is (green - nir) / (green + nir).
//
// Source: S. K. McFeeters, The use of the normalized difference water index (NDWI) in the delineation of open water
// features, Int. J. Remote Sensing 17 (1996), doi:10.1080/01431169608948714.
func NDWI(before, after *raster.Image, o Options) (*Score, error) {
	return index(before, after, o, MethodNDWI)
}

// DNBR returns the earlier burn ratio less the later, -2 to 2: positive where it burned. The ratio is
// (nir - swir2) / (nir + swir2).
//
// Source: C. H. Key, N. C. Benson, Landscape assessment, in FIREMON, USDA RMRS-GTR-164 (2006).
func DNBR(before, after *raster.Image, o Options) (*Score, error) {
	return index(before, after, o, MethodDNBR)
}

// normalised is an index (high - low) / (high + low) of two bands, and the sign of its change.
type normalised struct {
	title, high, low string
	sign             float32
}

func (m Method) index() (normalised, bool) {
	n, ok := map[Method]normalised{
		MethodNDVI: {"NDVI change", "nir", "red", 1},
		MethodNDWI: {"NDWI change", "green", "nir", 1},
		MethodDNBR: {"dNBR", "nir", "swir2", -1},
	}[m]
	return n, ok
}

// bands returns where both images have the two bands.
func (n normalised) bands(before, after *raster.Image) ([]int, error) {
	if before == nil || after == nil {
		return nil, fmt.Errorf("change: %s: an image is missing", n.title)
	}
	at := []int{before.Band(n.high), before.Band(n.low)}
	for i, role := range []string{n.high, n.low} {
		if at[i] < 0 {
			return nil, fmt.Errorf("change: %s: %s has no band %q: name its bands with Rename, on the command line with --bands", n.title, before.Name, role)
		}
		if after.Band(role) != at[i] {
			return nil, fmt.Errorf("change: %s: band %q is number %d of %s and %d of %s", n.title, role, at[i]+1, before.Name, after.Band(role)+1, after.Name)
		}
	}
	return at, nil
}

// points returns how the index scores a pixel.
func (n normalised) points() pointwise {
	ratio := func(v []float32) float32 {
		if s := v[0] + v[1]; s > 0 {
			return (v[0] - v[1]) / s
		}
		return nan32
	}
	return pointwise{title: n.title, signed: true, score: func(a, b []float32) float32 { return n.sign * (ratio(b) - ratio(a)) }}
}

func index(before, after *raster.Image, o Options, m Method) (*Score, error) {
	n, _ := m.index()
	var err error
	if o.Bands, err = n.bands(before, after); err != nil {
		return nil, err
	}
	o.Normalise = AsIs
	return eachPoint(before, after, o, n.points())
}

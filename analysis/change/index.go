package change

import (
	"fmt"
	"math"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// NDVI returns the later vegetation index less the earlier, -2 to 2: negative where plants went. The index is
// (nir - red) / (nir + red).
//
// The bands are found by role or name; a missing one is an error. Normalise is left at none: an index has its own.
// Source: J. W. Rouse et al., Monitoring vegetation systems in the Great Plains with ERTS, NASA SP-351 (1974).
func NDVI(before, after *raster.Image, o Options) (*Score, error) {
	return index(before, after, o, "NDVI change", "nir", "red", 1)
}

// NDWI returns the later open water index less the earlier, -2 to 2. The index is (green - nir) / (green + nir).
//
// Source: S. K. McFeeters, The use of the normalized difference water index (NDWI) in the delineation of open water
// features, Int. J. Remote Sensing 17 (1996), doi:10.1080/01431169608948714.
func NDWI(before, after *raster.Image, o Options) (*Score, error) {
	return index(before, after, o, "NDWI change", "green", "nir", 1)
}

// DNBR returns the earlier burn ratio less the later, -2 to 2: positive where it burned. The ratio is
// (nir - swir2) / (nir + swir2).
//
// Source: C. H. Key, N. C. Benson, Landscape assessment, in FIREMON, USDA RMRS-GTR-164 (2006).
func DNBR(before, after *raster.Image, o Options) (*Score, error) {
	return index(before, after, o, "dNBR", "nir", "swir2", -1)
}

func index(before, after *raster.Image, o Options, method, high, low string, sign float32) (*Score, error) {
	if before == nil || after == nil {
		return nil, fmt.Errorf("change: %s: an image is missing", method)
	}
	o.Bands = []int{before.Band(high), before.Band(low)}
	for i, role := range []string{high, low} {
		if o.Bands[i] < 0 {
			return nil, fmt.Errorf("change: %s: %s has no band %q: name its bands with Rename", method, before.Name, role)
		}
		if after.Band(role) != o.Bands[i] {
			return nil, fmt.Errorf("change: %s: band %q is number %d of %s and %d of %s", method, role, o.Bands[i]+1, before.Name, after.Band(role)+1, after.Name)
		}
	}
	o.Normalise = AsIs
	ratio := func(v []float32) float32 {
		if s := v[0] + v[1]; s > 0 {
			return (v[0] - v[1]) / s
		}
		return float32(math.NaN())
	}
	return eachPoint(before, after, o, pointwise{title: method, signed: true, score: func(a, b []float32) float32 { return sign * (ratio(b) - ratio(a)) }})
}

package change

import (
	"github.com/sightline-osint/sightline/analysis/internal/box"
	"github.com/sightline-osint/sightline/analysis/raster"
)

// boxMean returns the mean over a square of side k around each pixel of the values that are there; what is not finite stays.
func boxMean(p raster.Plane, k int) raster.Plane {
	out := box.Mean(p, k/2)
	for i, v := range p.Pix {
		if v-v != 0 {
			out.Pix[i] = v
		}
	}
	return out
}

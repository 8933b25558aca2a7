package scene

import (
	"math"

	"github.com/sightline-osint/sightline/analysis/scene/internal/noise"
)

// texture is smooth noise over the ground, the same at every resolution.
type texture struct{ noise.Field }

func newTexture(seed uint64) texture { return texture{noise.Field(seed)} }

// rough sums noise of three wavelengths, the shortest in metres; shorter ones than two pixels are left out.
func (t texture) rough(x, y, shortest, gsd float64) float64 {
	var sum, weight float64
	for k, amplitude := range []float64{0.5, 0.7, 1} {
		wave := shortest * math.Pow(4, float64(k))
		weight += amplitude
		if wave >= 2*gsd {
			sum += amplitude * t.At(x/wave, y/wave, uint64(k))
		}
	}
	return sum / weight
}

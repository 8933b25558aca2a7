package change_test

import (
	"math"
	"testing"

	"github.com/sightline-osint/sightline/analysis/change"
	"github.com/sightline-osint/sightline/analysis/raster"
)

// Planes made by hand may have fewer samples than pixels: there is no similarity of such.
func TestSimilarityOfPlanesThatLackSamples(t *testing.T) {
	for _, size := range [][2]int{{64, 64}, {math.MaxInt, 100}, {1 << 33, 1 << 33}, {-1, 5}} {
		p := raster.Plane{Width: size[0], Height: size[1], Pix: make([]float32, 30)}
		if s := change.Similarity(p, p, 7, 1); len(s.Pix) != 0 {
			t.Errorf("%v: %v", size, s)
		}
	}
}

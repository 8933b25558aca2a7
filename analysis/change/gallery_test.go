package change_test

import (
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/internal/golden"
)

// TestGallery keeps GALLERY.md and its pictures as the examples make them.
func TestGallery(t *testing.T) {
	var page strings.Builder
	page.WriteString("# Gallery\n\nWhat the scores of package change show of themselves, made from the examples of its documentation with the small simulated\npair in testdata. This page is written by `go test ./analysis/change -run Gallery -update` and compared by every test run:\nDO NOT EDIT.\n")
	for _, g := range []struct {
		name string
		run  func()
	}{
		{"Magnitude", ExampleMagnitude}, {"Angle", ExampleAngle}, {"Difference", ExampleDifference}, {"Ratio", ExampleRatio},
		{"NormalisedDifference", ExampleNormalisedDifference}, {"LogRatio", ExampleLogRatio}, {"MAD", ExampleMAD}, {"IRMAD", ExampleIRMAD},
		{"PCAKMeans", ExamplePCAKMeans}, {"SSIM", ExampleSSIM}, {"NDVI", ExampleNDVI}, {"NDWI", ExampleNDWI},
	} {
		score := golden.Shown(t, &shown, g.run)
		golden.Section(t, &page, g.name, score.Method, score)
	}
	golden.Text(t, "GALLERY.md", page.String())
}

package change_test

import (
	"testing"

	"github.com/sightline-osint/sightline/analysis/internal/golden"
)

// TestGallery keeps GALLERY.md and its pictures as the examples make them.
func TestGallery(t *testing.T) {
	g := golden.NewGallery(t, "What the scores of package change, their thresholds and their normalisations show of themselves, made from the examples of its\ndocumentation with the small simulated pair in testdata. This page is written by `go test ./analysis/change -run Gallery -update`\nand compared by every test run: DO NOT EDIT.\n\n"+golden.Rule)
	for _, e := range []struct {
		name string
		run  func()
	}{
		{"Magnitude", ExampleMagnitude}, {"Angle", ExampleAngle}, {"Difference", ExampleDifference}, {"Ratio", ExampleRatio},
		{"NormalisedDifference", ExampleNormalisedDifference}, {"LogRatio", ExampleLogRatio}, {"MAD", ExampleMAD}, {"IRMAD", ExampleIRMAD},
		{"PCAKMeans", ExamplePCAKMeans}, {"SSIM", ExampleSSIM}, {"NDVI", ExampleNDVI}, {"NDWI", ExampleNDWI}, {"DNBR", ExampleDNBR},
		{"By", ExampleBy}, {"ToFile", ExampleToFile}, {"Score.Picture", ExampleScore_Picture}, {"Score.Image", ExampleScore_Image},
		{"Score.Changed", ExampleScore_Changed}, {"Similarity", ExampleSimilarity}, {"Normalisation", ExampleNormalisation},
		{"Otsu", ExampleOtsu}, {"KittlerIllingworth", ExampleKittlerIllingworth}, {"Rosin", ExampleRosin}, {"KMeans", ExampleKMeans},
	} {
		g.Show(e.name, &seen, e.run)
	}
	g.Close("GALLERY.md")
}

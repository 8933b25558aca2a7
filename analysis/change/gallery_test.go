package change_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/change"
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
		score := draw(t, g.run)
		lower := strings.ToLower(g.name)
		golden.Picture(t, "gallery/"+lower+".png", score.SimpleRender()["image/png"].([]byte), 0.003)
		fmt.Fprintf(&page, "\n## %s\n\n![%s](gallery/%s.png)\n\n```text\n%v\n```\n", g.name, score.Method, lower, score)
	}
	golden.Text(t, "GALLERY.md", page.String())
}

// draw runs an example in silence and returns its score.
func draw(t *testing.T, run func()) *change.Score {
	t.Helper()
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	stdout := os.Stdout
	os.Stdout = null
	defer func() { os.Stdout = stdout }()
	shown = nil
	run()
	if shown == nil {
		t.Fatal("the example made no score")
	}
	return shown
}

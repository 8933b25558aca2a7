package scene_test

import (
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/internal/golden"
)

// TestGallery keeps GALLERY.md and its pictures as the examples make them.
func TestGallery(t *testing.T) {
	var page strings.Builder
	page.WriteString("# Gallery\n\nWhat package measure sees in simulated scenes, made from the examples of the documentation of package scene.\nAll of it is SIMULATED. This page is written by `go test ./analysis/scene -run Gallery -update` and compared by every test run:\nDO NOT EDIT.\n")
	for _, g := range []struct {
		name string
		run  func()
	}{{"Yard", ExampleYard_Rail}, {"Port", ExamplePort}} {
		golden.Section(t, &page, g.name, g.name, golden.Shown(t, &shown, g.run).(golden.Result))
	}
	golden.Text(t, "GALLERY.md", page.String())
}

package measure_test

import (
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/internal/golden"
)

// TestGallery keeps GALLERY.md and its pictures as the examples make them.
func TestGallery(t *testing.T) {
	var page strings.Builder
	page.WriteString("# Gallery\n\nWhat the results of package measure show of themselves, made from the examples of its documentation; the yard\nis the SIMULATED one in datasets. Ships are in [the gallery of scenes](../scene/GALLERY.md). This page is written by\n`go test ./analysis/measure -run Gallery -update` and compared by every test run: DO NOT EDIT.\n")
	for _, g := range []struct {
		name string
		run  func()
	}{{"Trains", ExampleTrains}, {"Cargo", ExampleCargo}} {
		golden.Section(t, &page, g.name, g.name, golden.Shown(t, &shown, g.run).(golden.Result))
	}
	golden.Text(t, "GALLERY.md", page.String())
}

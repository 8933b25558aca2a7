package register_test

import (
	"testing"

	"github.com/sightline-osint/sightline/analysis/internal/golden"
)

// TestGallery keeps GALLERY.md and its pictures as the examples make them.
func TestGallery(t *testing.T) {
	g := golden.NewGallery(t, "What package register finds and does, made from the examples of its documentation, whose ground is drawn from a seed. This page\nis written by `go test ./analysis/register -run Gallery -update` and compared by every test run: DO NOT EDIT.\n\n"+golden.Rule)
	for _, e := range []struct {
		name string
		run  func()
	}{
		{"Translation", ExampleTranslation}, {"Find", ExampleFind}, {"Correlate", ExampleCorrelate}, {"Resample", ExampleResample},
	} {
		g.Show(e.name, &seenLast, e.run)
	}
	g.Close("GALLERY.md")
}

package region_test

import (
	"testing"

	"github.com/sightline-osint/sightline/analysis/internal/golden"
)

// TestGallery keeps GALLERY.md and its pictures as the examples make them.
func TestGallery(t *testing.T) {
	g := golden.NewGallery(t, "Masks and regions as package region makes them, from the examples of its documentation. This page is written by\n`go test ./analysis/region -run Gallery -update` and compared by every test run: DO NOT EDIT.\n\n"+golden.Rule)
	for _, e := range []struct {
		name string
		run  func()
	}{
		{"Picture", ExamplePicture}, {"Find", ExampleFind}, {"One", ExampleOne}, {"Mask", ExampleMask}, {"Region.Box", ExampleRegion_Box},
		{"Dilate", ExampleDilate}, {"Erode", ExampleErode}, {"Open", ExampleOpen}, {"Close", ExampleClose}, {"Fill", ExampleFill},
	} {
		g.Show(e.name, &seen, e.run)
	}
	g.Close("GALLERY.md")
}

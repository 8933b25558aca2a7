package raster_test

import (
	"testing"

	"github.com/sightline-osint/sightline/analysis/internal/golden"
)

// TestGallery keeps GALLERY.md and its pictures as the examples make them.
func TestGallery(t *testing.T) {
	g := golden.NewGallery(t, "What images, planes and masks of package raster show of themselves, made from the examples of its documentation; the yard is the\nSIMULATED one in datasets. Small ones are enlarged, a square for a pixel. This page is written by\n`go test ./analysis/raster -run Gallery -update` and compared by every test run: DO NOT EDIT.\n\n"+golden.Rule)
	for _, e := range []struct {
		name string
		run  func()
	}{
		{"Open", ExampleOpen}, {"Decode", ExampleDecode}, {"Stack", ExampleStack}, {"New", ExampleNew}, {"FromPlanes", ExampleFromPlanes},
		{"FromPicture", ExampleFromPicture}, {"Image.SimpleRender", ExampleImage_SimpleRender}, {"Image.Read", ExampleImage_Read}, {"Image.Plane", ExampleImage_Plane}, {"Image.Reduce", ExampleImage_Reduce},
		{"Image.Fit", ExampleImage_Fit}, {"Image.Masked", ExampleImage_Masked}, {"NewPlane", ExampleNewPlane}, {"Plane.Crop", ExamplePlane_Crop}, {"Plane.MaskOut", ExamplePlane_MaskOut},
		{"NewMask", ExampleNewMask},
	} {
		g.Show(e.name, &seen, e.run)
	}
	g.Close("GALLERY.md")
}

package scene_test

import (
	"testing"

	"github.com/sightline-osint/sightline/analysis/internal/golden"
)

// TestGallery keeps GALLERY.md and its pictures as the examples make them.
func TestGallery(t *testing.T) {
	g := golden.NewGallery(t, "What package scene renders and what package measure sees in it, made from the examples of the documentation of package scene.\nAll of it is SIMULATED. This page is written by `go test ./analysis/scene -run Gallery -update` and compared by every test run:\nDO NOT EDIT.\n\n"+golden.Rule)
	for _, e := range []struct {
		name string
		run  func()
	}{
		{"Yard.Render", ExampleYard_Render}, {"Yard", ExampleYard_Rail}, {"BorderYard", ExampleBorderYard}, {"Port.Render", ExamplePort_Render}, {"Port", ExamplePort},
		{"Harbour.Render", ExampleHarbour_Render}, {"Power", ExamplePower}, {"PowerTable.Picture", ExamplePowerTable_Picture},
	} {
		g.Show(e.name, &lately, e.run)
	}
	g.Close("GALLERY.md")
}

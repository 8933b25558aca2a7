package measure_test

import (
	"testing"

	"github.com/sightline-osint/sightline/analysis/internal/golden"
)

// TestGallery keeps GALLERY.md and its pictures as the examples make them.
func TestGallery(t *testing.T) {
	g := golden.NewGallery(t, "What the results of package measure show of themselves, made from the examples of its documentation; the yard\nis the SIMULATED one in datasets. Ships in a port are in [the gallery of scenes](../scene/GALLERY.md). This page is written by\n`go test ./analysis/measure -run Gallery -update` and compared by every test run: DO NOT EDIT.\n\n"+golden.Rule)
	for _, e := range []struct {
		name string
		run  func()
	}{
		{"Trains", ExampleTrains}, {"TrainsAlong", ExampleTrainsAlong}, {"Reading.Picture", ExampleReading_Picture}, {"Along", ExampleAlong}, {"Profile.Picture", ExampleProfile_Picture},
		{"Cargo", ExampleCargo}, {"CargoIn", ExampleCargoIn}, {"Yardful.Picture", ExampleYardful_Picture}, {"Length", ExampleLength}, {"LengthOn", ExampleLengthOn},
		{"ShipsIn", ExampleShipsIn}, {"Fleet.Picture", ExampleFleet_Picture}, {"Shapes", ExampleShapes}, {"Ships", ExampleShips},
	} {
		g.Show(e.name, &seen, e.run)
	}
	g.Close("GALLERY.md")
}

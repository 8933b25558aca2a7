package measure_test

import (
	"fmt"
	"os"
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
		result := draw(t, g.run)
		picture, ok := result.(interface{ SimpleRender() map[string]any }).SimpleRender()["image/png"].([]byte)
		if !ok {
			t.Fatalf("%s has no picture", g.name)
		}
		lower := strings.ToLower(g.name)
		golden.Picture(t, "gallery/"+lower+".png", picture, 0.003)
		fmt.Fprintf(&page, "\n## %s\n\n![%s](gallery/%s.png)\n\n```text\n%v\n```\n", g.name, g.name, lower, result)
	}
	golden.Text(t, "GALLERY.md", page.String())
}

// draw runs an example in silence and returns what it printed last.
func draw(t *testing.T, run func()) fmt.Stringer {
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
		t.Fatal("the example showed no result")
	}
	return shown
}

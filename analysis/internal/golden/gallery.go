package golden

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// Shown runs an example in silence and returns the result that it leaves in last.
func Shown[T comparable](t testing.TB, last *T, run func()) T {
	t.Helper()
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	stdout := os.Stdout
	os.Stdout = null
	defer func() { os.Stdout = stdout }()
	var none T
	*last = none
	run()
	if *last == none {
		t.Fatal("the example showed no result")
	}
	return *last
}

// Result is what examples of images show.
type Result interface {
	fmt.Stringer
	SimpleRender() map[string]any
}

// Section compares the picture of a result with the golden one and writes about it on the page of a gallery.
func Section(t testing.TB, page *strings.Builder, name, alt string, result Result) {
	t.Helper()
	picture, ok := result.SimpleRender()["image/png"].([]byte)
	if !ok {
		t.Fatalf("%s has no picture", name)
	}
	lower := strings.ToLower(name)
	Picture(t, "gallery/"+lower+".png", picture, 0.003)
	fmt.Fprintf(page, "\n## %s\n\n![%s](gallery/%s.png)\n\n```text\n%v\n```\n", name, alt, lower, result)
}

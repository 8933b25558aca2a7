package chart_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/chart"
	"github.com/sightline-osint/sightline/analysis/internal/golden"
)

var gallery = []struct {
	name string
	run  func()
}{
	{"Timeline", ExampleTimeline},
	{"Looks", ExampleLooks},
	{"Lengths", ExampleLengths},
	{"Effort", ExampleEffort},
	{"Sensitivity", ExampleSensitivity},
	{"Coefficients", ExampleCoefficients},
	{"Profile", ExampleProfile},
	{"Places", ExamplePlaces},
	{"Overlay", ExampleOverlay},
}

// draw runs an example in silence and returns its figure.
func draw(t *testing.T, run func()) *chart.Figure {
	t.Helper()
	null, err := os.Open(os.DevNull)
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
		t.Fatal("the example made no figure")
	}
	return shown
}

// TestGallery keeps GALLERY.md, its pictures and the Vega-Lite specifications as the examples make them.
func TestGallery(t *testing.T) {
	examples := sources(t)
	var page strings.Builder
	page.WriteString("# Gallery\n\nEvery figure of package chart, made from the examples of its documentation. This page is written by\n`go test ./analysis/chart -run Gallery -update` and compared by every test run: DO NOT EDIT.\n")
	for _, g := range gallery {
		t.Run(g.name, func(t *testing.T) {
			figure := draw(t, g.run)
			lower := strings.ToLower(g.name)
			picture, err := figure.Encode("png")
			if err != nil {
				t.Fatal(err)
			}
			golden.Picture(t, "gallery/"+lower+".png", picture, 0.003)
			golden.Text(t, "testdata/"+lower+".vl.json", specification(t, figure))
			example := examples["Example"+g.name]
			fmt.Fprintf(&page, "\n## %s\n\n%s\n\n![%s](gallery/%s.png)\n\n<details><summary>Code</summary>\n\n```go\n%s\n```\n\n</details>\n\n<details><summary>Text form</summary>\n\n```text\n%s\n```\n\n</details>\n",
				g.name, example.doc, figure.Title, lower, example.code, figure)
		})
	}
	golden.Text(t, "GALLERY.md", page.String())
}

func specification(t *testing.T, figure *chart.Figure) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(figure.VegaLite()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

type source struct{ doc, code string }

// sources are the examples of this package: their comment and the lines of their body.
func sources(t *testing.T) map[string]source {
	out := map[string]source{}
	for _, name := range []string{"example_test.go", "example_overlay_test.go"} {
		addSources(t, name, out)
	}
	return out
}

func addSources(t *testing.T, name string, out map[string]source) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, name, nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || !strings.HasPrefix(f.Name.Name, "Example") {
			continue
		}
		body := string(text[files.Position(f.Body.Lbrace).Offset+1 : files.Position(f.Body.Rbrace).Offset])
		body, _, _ = strings.Cut(body, "\t// Output:")
		code, err := format.Source([]byte(strings.ReplaceAll(body, "\n\t", "\n")))
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name.Name] = source{strings.Join(strings.Fields(f.Doc.Text()), " "), strings.TrimSpace(string(code))}
	}
}

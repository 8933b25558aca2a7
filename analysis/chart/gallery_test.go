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

// compared says what the figures were looked at beside.
const compared = `
What was looked at side by side, with the same data, in November 2026: these figures and what matplotlib 3 and seaborn 0.13 draw
by default (errorbar, histplot, scatterplot with labels, heatmap, contour), for the examples below and for hard cases: one look,
500 looks, nothing but zeros, counts of a billion, nothing but cloud, intervals without end or a thousand times as wide as the
others, 40 rows, 60 labelled events, three years of days, 25 crowded places, names in Korean, Chinese, Cyrillic and Arabic.

| | defaults there | here |
|---|---|---|
| names in Korean and Chinese | boxes; long names run off the page | print; cut with "…", whole in the text form |
| 500 looks | error bars run together, the legend lies on them | small dots, thin whiskers; the legend stands above |
| looks without a count | are not drawn | a strip of their own below zero |
| one interval that says nothing | flattens all others | goes on as an arrow; the number stands beside it |
| two groups of lengths | bars lie on one another in mixed colours | a panel each, shared bins |
| labels of events | on top of one another | a row where there is room |
| days without a look | blank, whatever the reason; cells stretched | differ: looked and empty, cloud, no image, nothing known |
| dates | run into one another | months with the year once |
| a ratio over two efforts | contours without a verdict | where growth is shown, where decline, where neither |

The Vega-Lite forms are checked against the schema of Vega-Lite 5 and were rendered with Vega 5 for the same comparison.
What they lack beside the pictures: the contour lines of the sensitivity figure, the scale bar of the map, the photograph
under an overlay, and sideways steps between looks on one day.
`

// TestGallery keeps GALLERY.md, its pictures and the Vega-Lite specifications as the examples make them.
func TestGallery(t *testing.T) {
	examples := sources(t)
	var page strings.Builder
	page.WriteString("# Gallery\n\nEvery figure of package chart, made from the examples of its documentation. This page is written by\n`go test ./analysis/chart -run Gallery -update` and compared by every test run: DO NOT EDIT.\n" + compared)
	for _, g := range gallery {
		t.Run(g.name, func(t *testing.T) {
			figure := golden.Shown(t, &shown, g.run)
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

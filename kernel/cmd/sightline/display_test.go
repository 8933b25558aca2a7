package main

import (
	"strings"
	"testing"
)

// The display contract that notebooks written for gophernotes rely on, in cells of our own.
func TestCellsShowThemselvesAsInGophernotes(t *testing.T) {
	dir := t.TempDir()
	contract := []struct{ name, cell, want string }{
		{"HTML without an import", "display.HTML(`<h1 id=\"a\">x</h1>`)", `<h1 id=\"a\">x</h1>`},
		{"Display in a block", "{\n\tDisplay(display.Markdown(`* one`))\n\tDisplay(display.Math(`e^{i\\pi}`))\n}", `$$e^{i\\pi}$$`},
		{"Latex", "display.Latex(`x^2`)", `"$x^2$"`},
		{"SVG", "display.SVG(`<svg/>`)", `"image/svg+xml"`},
		{"JSON", "display.JSON(map[string]interface{}{\"a\": 1})", `"application/json": {`},
		{"JavaScript", "display.JavaScript(`1`)", `"application/javascript"`},
		{"PNG of bytes", "import \"encoding/base64\"\nb, _ := base64.StdEncoding.DecodeString(`iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==`)\ndisplay.PNG(b)", `"image/png, 1 × 1 pixels"`},
		{"Auto", "display.Auto([]byte(`<html><p>x`))", `"text/html"`},
		{"Any", "display.Any(`text/markdown`, `*x*`)", `"text/markdown"`},
		{"MakeData3", "display.MakeData3(`text/csv`, `plain`, `a,b`)", `"text/csv"`},
		{"MIME", "display.MIME(display.MIMEMap{`text/plain`: `mimed`}, nil)", `"mimed"`},
		{"File", "import \"os\"\nos.WriteFile(`f.html`, []byte(`<i>f</i>`), 0o600)\ndisplay.File(`text/html`, `f.html`)", `<i>f</i>`},
		{"an image", "import \"image\"\nimage.NewRGBA(image.Rect(0, 0, 4, 3))", `"image, 4 × 3 pixels"`},
		{"a type of the cell with HTML", "type page struct{ s string }\nfunc (p page) HTML() string { return `<u>` + p.s + `</u>` }\npage{`own`}", `<u>own</u>`},
		{"a type of the cell with SimpleRender", "type rich struct{}\nfunc (rich) SimpleRender() map[string]interface{} { return map[string]interface{}{`text/markdown`: `*rich*`, `text/plain`: `rich`} }\nrich{}", `"*rich*"`},
		{"a type of the cell with Render", "type whole struct{}\nfunc (whole) Render() display.Data { return display.HTML(`<b>whole</b>`) }\nwhole{}", `<b>whole</b>`},
		{"an error of the cell", "type lost struct{ what string }\nfunc (l *lost) Error() string { return l.what + ` is lost` }\nvar err error = &lost{`it`}\nerr", `it is lost`},
		{"a Stringer of the cell", "type celsius float64\nfunc (c celsius) String() string { return `warm` }\ncelsius(3)", `"warm"`},
		{"a plot", "import (\n\t\"gonum.org/v1/plot\"\n\t\"gonum.org/v1/plot/plotter\"\n)\np := plot.New()\nline, err := plotter.NewLine(plotter.XYs{{X: 1, Y: 2}, {X: 2, Y: 3}})\np.Add(line)\np", `"image/png"`},
		{"two values", "func two() (int, string) { return 3, `x` }\ntwo()", `"3 x"`},
		{"an update", "display.DisplayID(`a`, `old`)\ndisplay.Update(`a`, `replaced`)\nnil", `"replaced"`},
		{"cleared output", "display.Display(`gone`)\ndisplay.ClearOutput(false)\ndisplay.Display(`stays`)\nnil", `"stays"`},
		{"workers", "import (\n\t\"fmt\"\n\t\"sync\"\n)\njobs, sum := make(chan int), 0\nvar mu sync.Mutex\nvar wg sync.WaitGroup\nfor w := 0; w < 3; w++ {\n\twg.Add(1)\n\tgo func() {\n\t\tdefer wg.Done()\n\t\tfor j := range jobs {\n\t\t\tmu.Lock()\n\t\t\tsum += j\n\t\t\tmu.Unlock()\n\t\t}\n\t}()\n}\nfor j := 1; j <= 9; j++ {\n\tjobs <- j\n}\nclose(jobs)\nwg.Wait()\nfmt.Println(\"sum\", sum)", `"sum 45\n"`},
		{"times", "import \"time\"\nt := time.Date(2023, 9, 13, 10, 30, 0, 0, time.UTC)\nt.Format(time.Kitchen)", `"10:30AM"`},
	}
	var cells []string
	for _, c := range contract {
		cells = append(cells, c.cell)
	}
	write(t, dir, "x.ipynb", cells...)
	r := run(t, dir, "run", "-q", "--allow-errors", "x.ipynb")
	shown := strings.Split(read(t, dir, "out/x.ipynb"), `"cell_type": "code"`)[1:]
	if r.status != 0 || len(shown) != len(contract) {
		t.Fatalf("%d cells: %+v", len(shown), r)
	}
	for i, c := range contract {
		outputs, _, _ := strings.Cut(shown[i], `   "source": `)
		if !strings.Contains(outputs, c.want) {
			t.Errorf("%s: lacks %s\n%.1500s", c.name, c.want, outputs)
		}
	}
}

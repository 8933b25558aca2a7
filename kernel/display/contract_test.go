package display_test

import (
	"bytes"
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/kernel/display"
)

// The types below use no name of package display: a library written for gophernotes is matched by its methods alone.

type full struct{}

func (full) Render() struct{ Data, Metadata, Transient map[string]any } {
	return struct{ Data, Metadata, Transient map[string]any }{
		Data:     map[string]any{"text/html": "<i>full</i>"},
		Metadata: map[string]any{"text/html": map[string]any{"isolated": true}},
	}
}

type simple struct{}

func (simple) SimpleRender() map[string]any {
	return map[string]any{"text/markdown": "*simple*", "text/plain": "simple"}
}

type many struct{}

func (many) HTML() string         { return "<p>h</p>" }
func (many) JavaScript() string   { return "1+1" }
func (many) JPEG() []byte         { return []byte{0xff, 0xd8} }
func (many) JSON() map[string]any { return map[string]any{"a": 1} }
func (many) Latex() string        { return "$x$" }
func (many) Markdown() string     { return "# m" }
func (many) PNG() []byte          { return []byte{0x89} }
func (many) PDF() []byte          { return []byte("%PDF") }
func (many) SVG() string          { return "<svg/>" }

type failing struct{}

func (failing) HTML() string { panic("no page") }

func TestAValueIsShownByItsMethods(t *testing.T) {
	d := display.Render(full{})
	if d.Data["text/html"] != "<i>full</i>" || d.Data["text/plain"] == nil || d.Metadata["text/html"] == nil {
		t.Errorf("%v", d)
	}
	if d := display.Render(simple{}); d.Data["text/plain"] != "simple" || d.Data["text/markdown"] != "*simple*" {
		t.Errorf("%v", d)
	}
	d = display.Render(many{})
	for _, mime := range []string{"text/html", "application/javascript", "image/jpeg", "application/json", "text/latex", "text/markdown",
		"image/png", "application/pdf", "image/svg+xml", "text/plain"} {
		if d.Data[mime] == nil {
			t.Errorf("%s is missing", mime)
		}
	}
	if d := display.Render(failing{}); !strings.Contains(d.Data["text/plain"].(string), "cannot be shown: no page") {
		t.Errorf("%v", d)
	}
	if d := display.Render((*full)(nil)); d.Data["text/plain"] != "<nil>" {
		t.Errorf("a nil pointer: %v", d)
	}
}

func TestHelpersMakeOneRepresentationAndText(t *testing.T) {
	pixel := display.Image(image.NewGray(image.Rect(0, 0, 3, 2))).Data["image/png"].([]byte)
	svg := `<svg xmlns="http://www.w3.org/2000/svg"/>`
	for _, c := range []struct {
		name string
		d    display.Data
		mime string
		want any
		text string
	}{
		{"HTML", display.HTML("<b>x</b>"), "text/html", "<b>x</b>", "<b>x</b>"},
		{"Markdown", display.Markdown("*x*"), "text/markdown", "*x*", "*x*"},
		{"Latex", display.Latex("x^2"), "text/latex", "$x^2$", "x^2"},
		{"Latex with dollars", display.Latex("$x^2$"), "text/latex", "$x^2$", "$x^2$"},
		{"Math", display.Math("x^2"), "text/latex", "$$x^2$$", "x^2"},
		{"JavaScript", display.JavaScript("1"), "application/javascript", "1", "1"},
		{"SVG", display.SVG(svg), "image/svg+xml", svg, svg},
		{"PNG", display.PNG(pixel), "image/png", pixel, "image/png, 3 × 2 pixels"},
		{"JPEG", display.JPEG([]byte{1, 2}), "image/jpeg", []byte{1, 2}, "image/jpeg, 2 bytes"},
		{"PDF", display.PDF([]byte("%PDF")), "application/pdf", []byte("%PDF"), "application/pdf, 4 bytes"},
		{"JSON", display.JSON(map[string]any{"a": 1}), "application/json", nil, "map[a:1]"},
		{"MakeData", display.MakeData("text/csv", "a,b"), "text/csv", "a,b", "a,b"},
		{"MakeData3", display.MakeData3("text/csv", "plain", "a,b"), "text/csv", "a,b", "plain"},
		{"Auto of PNG", display.Auto(pixel), "image/png", pixel, "image/png, 3 × 2 pixels"},
		{"Auto of a reader", display.Auto(bytes.NewReader(pixel)), "image/png", pixel, "image/png, 3 × 2 pixels"},
		{"Auto of HTML", display.Auto([]byte("<html><p>x")), "text/html", "<html><p>x", "<html><p>x"},
		{"Auto of SVG", display.Auto([]byte(svg)), "image/svg+xml", svg, svg},
		{"Any of text", display.Any("text/markdown", "*x*"), "text/markdown", "*x*", "*x*"},
		{"Any of a value", display.Any("", 3), "text/plain", "3", "3"},
	} {
		got := c.d.Data[c.mime]
		if b, ok := c.want.([]byte); ok {
			if g, ok := got.([]byte); !ok || !bytes.Equal(g, b) {
				t.Errorf("%s: %s is %v", c.name, c.mime, got)
			}
		} else if c.want != nil && got != c.want {
			t.Errorf("%s: %s is %v, want %v", c.name, c.mime, got, c.want)
		}
		if c.d.Data["text/plain"] != c.text {
			t.Errorf("%s: text/plain is %q, want %q", c.name, c.d.Data["text/plain"], c.text)
		}
	}
	m := display.MIME(display.MIMEMap{"text/plain": "x"}, display.MIMEMap{"k": 1})
	if m.Data["text/plain"] != "x" || m.Metadata["k"] != 1 {
		t.Errorf("MIME: %v", m)
	}
}

func TestFileShowsAFileAndPanicsWithoutIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(path, []byte("<p>page</p>"), 0o600); err != nil {
		t.Fatal(err)
	}
	if d := display.File("text/html", path); d.Data["text/html"] != "<p>page</p>" {
		t.Errorf("%v", d)
	}
	defer func() {
		if err, ok := recover().(error); !ok || !os.IsNotExist(err) {
			t.Errorf("panicked with %v", err)
		}
	}()
	display.File("", path+".missing")
}

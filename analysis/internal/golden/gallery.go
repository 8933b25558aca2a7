package golden

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"strings"
	"testing"
)

// Rule says what has a picture; a test in analysis/internal/contract holds the packages of images to it.
const Rule = "A function or method has a picture here when what it returns is seen in a notebook (an image, a plane, a mask, regions, a result\n" +
	"that renders with one), or is a number read off a picture: a shift, a threshold, a length. Coordinates, areas, tables, tags and\n" +
	"what is written into the caller's own slices have none.\n"

// View is how a value shows itself that an example ends with, and what is said of it.
type View struct {
	Caption string
	picture []byte // PNG
	text    string
}

// Look returns the view of a picture, or of a value that renders with one.
func Look(caption string, value any) View {
	v := View{Caption: caption}
	switch value := value.(type) {
	case image.Image:
		var b bytes.Buffer
		if png.Encode(&b, value) == nil {
			v.picture = b.Bytes()
		}
	case interface{ SimpleRender() map[string]any }:
		shown := value.SimpleRender()
		v.picture, _ = shown["image/png"].([]byte)
		v.text, _ = shown["text/plain"].(string)
	}
	return v
}

// Gallery is a page with what examples show. Pictures lie in the folder gallery beside it, equal ones once.
type Gallery struct {
	t     testing.TB
	page  strings.Builder
	files map[string]string // by picture: its file
}

// NewGallery begins a page with words.
func NewGallery(t testing.TB, words string) *Gallery {
	g := &Gallery{t: t, files: map[string]string{}}
	g.page.WriteString("# Gallery\n\n" + words)
	return g
}

// Show runs an example in silence, compares the pictures of what it leaves in seen with the golden ones, and writes about
// them on the page.
func (g *Gallery) Show(name string, seen *[]View, run func()) {
	g.t.Helper()
	*seen = nil
	silently(g.t, run)
	if len(*seen) == 0 {
		g.t.Fatalf("%s: the example showed nothing", name)
	}
	fmt.Fprintf(&g.page, "\n## %s\n\n", name)
	if views := *seen; len(views) == 1 {
		fmt.Fprintf(&g.page, "![%s](%s)\n", caption(name, views[0]), g.file(strings.ToLower(name), views[0]))
	} else {
		g.row(name, views)
	}
	g.words(*seen)
}

// row writes several views beside each other.
func (g *Gallery) row(name string, views []View) {
	var heads, lines, pictures string
	for i, v := range views {
		heads += " " + caption(name, v) + " |"
		lines += "---|"
		pictures += fmt.Sprintf(" ![%s](%s) |", caption(name, v), g.file(fmt.Sprintf("%s-%d", strings.ToLower(name), i+1), v))
	}
	g.page.WriteString("|" + heads + "\n|" + lines + "\n|" + pictures + "\n")
}

// words writes what the views say of themselves.
func (g *Gallery) words(views []View) {
	var said []string
	for _, v := range views {
		text := v.text
		if text == "" {
			continue
		}
		if len(views) > 1 {
			text = v.Caption + ": " + text
		}
		said = append(said, text)
	}
	if len(said) > 0 {
		fmt.Fprintf(&g.page, "\n```text\n%s\n```\n", strings.Join(said, "\n"))
	}
}

// Close compares the page with the file at path, and fails where pictures lie that it does not show.
func (g *Gallery) Close(path string) {
	g.t.Helper()
	Text(g.t, path, g.page.String())
	shown := map[string]bool{}
	for _, f := range g.files {
		shown[f] = true
	}
	files, err := os.ReadDir("gallery")
	if err != nil {
		g.t.Fatal(err)
	}
	for _, f := range files {
		if !shown["gallery/"+f.Name()] {
			g.t.Errorf("gallery/%s is on no page", f.Name())
		}
	}
}

func caption(name string, v View) string {
	if v.Caption == "" {
		return name
	}
	return v.Caption
}

// file compares a picture and returns where it lies.
func (g *Gallery) file(name string, v View) string {
	g.t.Helper()
	b := v.picture
	if b == nil {
		g.t.Fatalf("%s: %q has no picture", name, v.Caption)
	}
	if old, ok := g.files[string(b)]; ok {
		return old
	}
	path := "gallery/" + strings.ReplaceAll(name, ".", "-") + ".png"
	g.files[string(b)] = path
	Picture(g.t, path, b, 0.003)
	return path
}

// silently runs an example without its output.
func silently(t testing.TB, run func()) {
	t.Helper()
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	stdout := os.Stdout
	os.Stdout = null
	defer func() { os.Stdout = stdout }()
	run()
}

// Shown runs an example in silence and returns the result that it leaves in last.
func Shown[T comparable](t testing.TB, last *T, run func()) T {
	t.Helper()
	var none T
	*last = none
	silently(t, run)
	if *last == none {
		t.Fatal("the example showed no result")
	}
	return *last
}

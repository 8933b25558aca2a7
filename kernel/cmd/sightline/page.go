package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/sightline-osint/sightline/kernel/internal/notebook"
)

// shown is a result that renders itself, as the library's do.
type shown interface {
	fmt.Stringer
	SimpleRender() map[string]any
}

// resultPage is a page in the style of "sightline run" that holds results with their tables and pictures, and nothing
// else: it needs no other file.
func resultPage(title string, results ...shown) ([]byte, error) {
	type object = map[string]any
	cell := func(kind, source string, outputs []any) object {
		c := object{"cell_type": kind, "metadata": object{}, "source": source}
		if kind == "code" {
			c["outputs"], c["execution_count"] = outputs, nil
		}
		return c
	}
	show := func(data object) object {
		return object{"output_type": "display_data", "metadata": object{}, "data": data}
	}
	heading := "<h1>" + html.EscapeString(title) + "</h1>"
	cells := []object{cell("code", "", []any{show(object{"text/html": heading})})}
	for _, r := range results {
		b := r.SimpleRender()
		var out []any
		text, _ := b["text/plain"].(string)
		if table, ok := b["text/html"].(string); ok {
			out = append(out, show(object{"text/html": table}))
		} else {
			var lines strings.Builder
			for l := range strings.Lines(text) {
				lines.WriteString("<p>" + html.EscapeString(strings.TrimSuffix(l, "\n")) + "</p>")
			}
			out = append(out, show(object{"text/html": lines.String()}))
		}
		if pic, ok := b["image/png"].([]byte); ok && !strings.Contains(fmt.Sprint(b["text/html"]), "<img") {
			alt, _, _ := strings.Cut(text, "\n")
			out = append(out, show(object{"image/png": base64.StdEncoding.EncodeToString(pic), "text/plain": alt}))
		}
		cells = append(cells, cell("code", "", out))
	}
	text, err := json.Marshal(object{"cells": cells, "metadata": object{}, "nbformat": 4, "nbformat_minor": 5})
	if err != nil {
		return nil, err
	}
	n, err := notebook.Decode(title, text)
	if err != nil {
		return nil, err
	}
	return n.HTML(notebook.Page{Name: title}), nil
}

// sparing returns an error when a file to be written is one of those that are read, or in a folder that is, by whatever
// name; "" and "-" name no file.
func sparing(written string, read ...string) error {
	target, err := os.Stat(written)
	if err != nil {
		return nil // there is no such file yet
	}
	for _, r := range read {
		inside := []string{r}
		if found, err := os.ReadDir(r); err == nil {
			for _, f := range found {
				inside = append(inside, filepath.Join(r, f.Name()))
			}
		}
		for _, name := range inside {
			if st, err := os.Stat(name); err == nil && os.SameFile(st, target) {
				return &exit{unusable, fmt.Errorf("%s is read here: it would be overwritten", written)}
			}
		}
	}
	return nil
}

// writeResults writes a page of results to a file and says its name. "-" means a file beside the one named, in the
// working directory.
func writeResults(w io.Writer, page, beside, title string, results ...shown) error {
	if page == "" {
		return nil
	}
	if page == "-" {
		base := filepath.Base(beside)
		page = strings.TrimSuffix(base, filepath.Ext(base)) + ".html"
	}
	b, err := resultPage(title, results...)
	if err != nil {
		return err
	}
	if err := notebook.WriteFile(page, b); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	fmt.Fprintln(w, page)
	return nil
}

package kerneltest

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image/png"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// Transcript runs the cells of a txtar file and compares what comes back. A file named "in" is a cell, the file "out" behind it
// what the front end gets, a line of text each:
//
//	stdout| hello               a stream
//	result text/plain| 42       the value, one MIME type after the other; a picture as its size
//	display text/html| <b>b</b> a display; "update" replaces one
//	clear wait                  clear_output
//	error E| message            the error, then its traceback
//	page text/plain| …          what opens in the pager
//
// With update it writes the file anew instead.
func Transcript(t *testing.T, c *Client, path string, update bool) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	in := txtar.Parse(text)
	out := &txtar.Archive{Comment: in.Comment}
	for _, f := range in.Files {
		if f.Name != "in" {
			continue
		}
		r := c.Execute(strings.TrimSuffix(string(f.Data), "\n"))
		out.Files = append(out.Files, f, txtar.File{Name: "out", Data: []byte(Describe(r))})
	}
	got := txtar.Format(out)
	if update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(got, text) {
		t.Errorf("%s: got\n%s\nwant\n%s", path, got, text)
	}
}

// Describe writes what came of a cell as lines of a transcript.
func Describe(r Ran) string {
	var b strings.Builder
	for _, m := range merged(r.Output) {
		switch m.Type {
		case "stream":
			lines(&b, m.Text("name"), m.Text("text"))
		case "execute_result":
			bundle(&b, "result", m)
		case "display_data":
			bundle(&b, "display", m)
		case "update_display_data":
			bundle(&b, "update", m)
		case "clear_output":
			fmt.Fprintln(&b, strings.TrimSpace("clear "+map[bool]string{true: "wait"}[m.Content["wait"] == true]))
		case "error":
			lines(&b, "error "+m.Text("ename"), m.Text("evalue"))
			for _, line := range m.Content["traceback"].([]any) {
				lines(&b, "  traceback", line.(string))
			}
		case "execute_input":
		default:
			fmt.Fprintln(&b, m.Type)
		}
	}
	payload, _ := r.Reply.Content["payload"].([]any)
	for _, p := range payload {
		page := p.(map[string]any)
		data, _ := page["data"].(map[string]any)
		lines(&b, fmt.Sprintf("%s text/plain", page["source"]), fmt.Sprint(data["text/plain"]))
	}
	return b.String()
}

// merged joins neighbouring messages of one stream: how text is cut into messages depends on time.
func merged(list []Message) []Message {
	var out []Message
	for _, m := range list {
		if n := len(out); n > 0 && m.Type == "stream" && out[n-1].Type == "stream" && out[n-1].Text("name") == m.Text("name") {
			content := maps.Clone(out[n-1].Content)
			content["text"] = out[n-1].Text("text") + m.Text("text")
			out[n-1].Content = content
			continue
		}
		out = append(out, m)
	}
	return out
}

// bundle writes a MIME bundle, its types in order.
func bundle(b *strings.Builder, what string, m Message) {
	data, _ := m.Content["data"].(map[string]any)
	for _, mime := range slices.Sorted(maps.Keys(data)) {
		text, isText := data[mime].(string)
		switch {
		case mime == "image/png":
			text = pictureSize(text)
		case !isText:
			text = fmt.Sprint(data[mime])
		}
		lines(b, what+" "+mime, text)
	}
}

func pictureSize(text string) string {
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return err.Error()
	}
	c, err := png.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		return err.Error()
	}
	return fmt.Sprintf("%d x %d", c.Width, c.Height)
}

// lines writes text with a prefix before each line.
func lines(b *strings.Builder, prefix, text string) {
	for line := range strings.Lines(text) {
		fmt.Fprintln(b, strings.TrimRight(prefix+"| "+strings.TrimSuffix(line, "\n"), " "))
	}
	if text == "" {
		fmt.Fprintln(b, prefix+"|")
	}
}

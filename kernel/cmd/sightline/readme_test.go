package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The cells of the README are one session; what a cell says it shows ("// → …") is what it shows.
func TestTheCellsOfTheReadmeShowWhatTheySay(t *testing.T) {
	text, err := os.ReadFile("../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var sources, want []string
	for _, m := range regexp.MustCompile("(?s)```go\n(.*?)// → (.*?)\n```").FindAllStringSubmatch(string(text), -1) {
		sources, want = append(sources, m[1]), append(want, m[2])
	}
	if len(sources) != 5 {
		t.Fatalf("the README has %d cells, want 5", len(sources))
	}
	shown := results(t, sources)
	for i := range sources {
		if shown[i] != want[i] {
			t.Errorf("cell %d shows %q, the README says %q", i+1, shown[i], want[i])
		}
	}
}

func TestTheCommandsOfTheReadmeExist(t *testing.T) {
	text, err := os.ReadFile("../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	makefile, err := os.ReadFile("../../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	verbs := regexp.MustCompile("(?:`|/)sightline ([a-z]+)").FindAllStringSubmatch(string(text), -1)
	targets := regexp.MustCompile("(?m)(?:`|^)make ([a-z-]+)").FindAllStringSubmatch(string(text), -1)
	if len(verbs) < 5 || len(targets) < 4 {
		t.Fatalf("found only %d verbs and %d targets in the README", len(verbs), len(targets))
	}
	for _, m := range verbs {
		if cmd, _, err := newRoot().Find([]string{m[1]}); err != nil || cmd.Name() != m[1] {
			t.Errorf("the README names `sightline %s`, which is no command", m[1])
		}
	}
	for _, m := range targets {
		if !strings.Contains(string(makefile), "\n"+m[1]+":") {
			t.Errorf("the README names `make %s`, which is no target", m[1])
		}
	}
}

// results runs the sources as a notebook and returns the plain text of each result.
func results(t *testing.T, sources []string) []string {
	t.Helper()
	type cell struct {
		Kind     string         `json:"cell_type"`
		ID       string         `json:"id"`
		Metadata map[string]any `json:"metadata"`
		Source   string         `json:"source"`
		Outputs  []any          `json:"outputs"`
		Count    *int           `json:"execution_count"`
	}
	nb := map[string]any{"nbformat": 4, "nbformat_minor": 5, "metadata": map[string]any{}}
	var cells []cell
	for i, s := range sources {
		cells = append(cells, cell{Kind: "code", ID: string(rune('a' + i)), Metadata: map[string]any{}, Source: s, Outputs: []any{}})
	}
	nb["cells"] = cells
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in.ipynb"), filepath.Join(dir, "out.ipynb")
	b, err := json.Marshal(nb)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(in, b, 0o644); err != nil {
		t.Fatal(err)
	}
	if text, err := exec.Command("go", "run", ".", "run", "-q", "-o", out, in).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if b, err = os.ReadFile(out); err != nil {
		t.Fatal(err)
	}
	var ran struct {
		Cells []struct {
			Outputs []struct {
				Data map[string]json.RawMessage `json:"data"`
			}
		}
	}
	if err := json.Unmarshal(b, &ran); err != nil {
		t.Fatal(err)
	}
	shown := make([]string, len(sources))
	for i, c := range ran.Cells {
		if len(c.Outputs) == 0 {
			continue
		}
		var lines []string
		if json.Unmarshal(c.Outputs[0].Data["text/plain"], &lines) == nil {
			shown[i] = strings.Join(lines, "")
		}
	}
	return shown
}

func TestHelpIsShownWhereThereIsNoPager(t *testing.T) {
	if shown := results(t, []string{"%help"})[0]; !strings.Contains(shown, "%packages") || !strings.Contains(shown, "%cd") {
		t.Errorf("%%help shows %q", shown)
	}
}

func TestANegativeLongitudeIsExplained(t *testing.T) {
	root := newRoot()
	root.SetArgs([]string{"measure", "length", "image.tif", "-2.1,0.9", "-2.2,0.9"})
	if err := root.Execute(); err == nil || !strings.Contains(err.Error(), "IMAGE -- -2.1035") {
		t.Errorf("%v", err)
	}
}

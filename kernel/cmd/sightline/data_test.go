package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const borderData = "../../../datasets/korea-russia-border"

// sightlineData runs the data verb and returns its status and both streams.
func sightlineData(args ...string) (int, string, string) {
	var out, errout bytes.Buffer
	status := execute(context.Background(), append([]string{"data"}, args...), strings.NewReader(""), &out, &errout)
	return status, out.String(), errout.String()
}

func TestThePublishedDataSetIsSound(t *testing.T) {
	status, out, errout := sightlineData("validate", borderData)
	if status != success || !strings.Contains(out, "sound") {
		t.Errorf("status %d: %s%s", status, out, errout)
	}
}

func TestDataVerbsFromTemplateToSharing(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	step := func(want int, args ...string) string {
		t.Helper()
		status, out, errout := sightlineData(args...)
		if status != want {
			t.Fatalf("%v: status %d, want %d\n%s%s", args, status, want, out, errout)
		}
		return out + errout
	}
	step(success, "template", at("mine"))
	step(success, "validate", at("mine"))
	step(success, "template", at("book"), "--xlsx")
	step(success, "import", at("book.xlsx"), at("imported"))
	step(success, "diff", at("mine"), at("imported"))
	step(success, "redact", borderData, at("shared"), "--drop", "note", "--dates", "month", "--grid", "0.1")
	step(success, "validate", at("shared"))
	if out := step(failure, "diff", borderData, at("shared")); !strings.Contains(out, `t_start: "2023-09-24" -> "2023-09"`) {
		t.Errorf("diff: %.300s", out)
	}
	step(success, "export", borderData, "--at", "tumangang", "--from", "2023-09-13", "--to", "2023-10-31", "--format", "geojson", "-o", at("x.geojson"))
	if out := step(success, "export", borderData, "-t", "sources", "-f", "bibtex"); strings.Count(out, "@misc{") != 70 {
		t.Errorf("%d entries", strings.Count(out, "@misc{"))
	}
	if out := step(success, "describe", borderData); !strings.Contains(out, "conflict CG-0924") || !strings.Contains(out, "of them zeros") {
		t.Errorf("describe: %.300s", out)
	}
	if out := step(success, "simulate", "ais", "--rows", "50"); strings.Count(out, "\n") != 51 {
		t.Errorf("simulate: %.200s", out)
	}
	// A changed file is noticed, and seal accepts it.
	path := filepath.Join(at("shared"), "places.csv")
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, bytes.Replace(raw, []byte("Rajin port"), []byte("Port of Rajin"), 1), 0o644); err != nil {
		t.Fatal(err)
	}
	if out := step(failure, "validate", at("shared")); !strings.Contains(out, "places.csv: its SHA-256 is not the one in SHA256SUMS") {
		t.Errorf("validate: %s", out)
	}
	step(success, "seal", at("shared"))
	step(success, "validate", at("shared"))
}

func TestDataVerbsRefuseWhatTheyCannotUse(t *testing.T) {
	for _, args := range [][]string{{"validate"}, {"validate", "nowhere"}, {"nosuch"}, {"describe"}, {"simulate", "trains"}, {"simulate", "ais", "--rows", "0"},
		{"export", borderData, "--at", "nowhere"}, {"redact", borderData, "x", "--drop", "look_id"}} {
		if status, out, errout := sightlineData(args...); status != unusable || errout == "" {
			t.Errorf("%v: status %d, %s%s", args, status, out, errout)
		}
	}
}

func TestAnInterruptedSimulationLeavesNoFile(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	dir := t.TempDir()
	var said bytes.Buffer
	status := execute(ctx, []string{"data", "simulate", "ais", "--rows", "1000000", "-o", filepath.Join(dir, "ais.csv")}, nil, &said, &said)
	left, err := os.ReadDir(dir)
	if status != 130 || !strings.Contains(said.String(), "ais.csv was not written") || len(left) > 0 || err != nil {
		t.Errorf("status %d, said %q, left %v, %v", status, said.String(), left, err)
	}
}

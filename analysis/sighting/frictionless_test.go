package sighting

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// frictionless says what the frictionless tool (PyPI, pinned in .ci/frictionless.txt) thinks of the package in dir. The
// tool is the one SIGHTLINE_FRICTIONLESS names, or the one on the path; without one the test is skipped.
func frictionless(t *testing.T, dir string) (sound bool, report string) {
	t.Helper()
	tool := os.Getenv("SIGHTLINE_FRICTIONLESS")
	if tool == "" {
		var err error
		if tool, err = exec.LookPath("frictionless"); err != nil {
			t.Skip("there is no frictionless tool: .ci/test data makes one")
		}
	}
	cmd := exec.Command(tool, "validate", packageName)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	var status *exec.ExitError
	if err != nil && !errors.As(err, &status) {
		t.Fatal(err)
	}
	return err == nil, string(out)
}

func TestFrictionlessAgrees(t *testing.T) {
	if sound, report := frictionless(t, borderDir); !sound {
		t.Errorf("%s: %s", borderDir, report)
	}
	fresh := t.TempDir()
	if err := WriteTemplate(fresh, Meta{Name: "mine", Version: "0.1.0"}); err != nil {
		t.Fatal(err)
	}
	if sound, report := frictionless(t, fresh); !sound {
		t.Errorf("a fresh template: %s", report)
	}
	shared, err := border(t).Redact(Redaction{Drop: []string{"note", "sightings.observer"}, DatesTo: "month", PositionsToDeg: 0.1})
	if err != nil {
		t.Fatal(err)
	}
	copied := t.TempDir()
	if err := shared.Save(copied); err != nil {
		t.Fatal(err)
	}
	if sound, report := frictionless(t, copied); !sound {
		t.Errorf("a redacted copy: %s", report)
	}
	for name, c := range map[string]struct{ file, old, new string }{
		"a key twice":            {"sightings.csv", "S1-02,", "S1-01,"},
		"a reference to nowhere": {"sightings.csv", "S1-01,look-tumangang", "S1-01,look-nowhere"},
		"a word not listed":      {"sightings.csv", "observation,present", "observation,seen"},
		"a number that is none":  {"sightings.csv", ",225,225,225,", ",225 m,225,225,"},
		"a missing column":       {"looks.csv", "look_status", "status"},
	} {
		d, found := broken(t, c.file, replace(c.old, c.new))
		if sound, _ := frictionless(t, d.Dir); sound || len(found) == 0 {
			t.Errorf("%s: frictionless: sound %v, ours: %d findings", name, sound, len(found))
		}
		if _, err := os.Stat(filepath.Join(d.Dir, packageName)); err != nil {
			t.Fatal(err)
		}
	}
}

package sighting

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestVerbsOnADataSetThatIsNotThereSaySo(t *testing.T) {
	d, err := Open("nosuch")
	if err == nil || d != nil {
		t.Fatalf("%v, %v", d, err)
	}
	trains := d.At("yard").Trains()
	if trains.Err() == nil || !strings.Contains(trains.String(), "no data set") {
		t.Errorf("%v: %s", trains.Err(), trains)
	}
}

func TestOpenOfAFolderSaysLoad(t *testing.T) {
	root := t.TempDir()
	for _, dir := range []string{"my-yard", "work/other"} {
		if err := WriteTemplate(filepath.Join(root, dir), Meta{Name: "mine", Version: "0.1.0"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(root, "no-package"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Join(root, "work"))
	full := filepath.Join(root, "my-yard")
	for name, want := range map[string]string{
		"other": `use sighting.Load("other")`, "./other": `use sighting.Load("./other")`,
		"../my-yard": `use sighting.Load("../my-yard")`, full: "use sighting.Load(",
	} {
		if d, err := Open(name); err == nil || d != nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Open(%q): %v", name, err)
		} else if _, err := Load(name); err != nil {
			t.Errorf("Load(%q), as the error says: %v", name, err)
		}
	}
	for _, name := range []string{"my-yard", "../no-package", "nowhere"} {
		if _, err := Open(name); err == nil || strings.Contains(err.Error(), "use sighting.Load(") {
			t.Errorf("Open(%q): %v", name, err)
		}
	}
}

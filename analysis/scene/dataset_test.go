package scene_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/raster"
	"github.com/sightline-osint/sightline/analysis/scene"
)

const yardFolder = "../../datasets/simulated-yard"

func TestTheDatasetIsWhatTheGeneratorRenders(t *testing.T) {
	views, err := scene.BorderYard()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, v := range views {
		_, truth, err := scene.Write(dir, v.Image, v.Truth)
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(filepath.Join(yardFolder, filepath.Base(truth)))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(truth); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s differs (%v)", truth, err)
		}
		m, err := raster.Open(filepath.Join(yardFolder, v.Image.Name))
		if err != nil {
			t.Fatal(err)
		}
		a, err := m.ReadUint16(m.All(), 0, 1, 2, 3)
		if err != nil {
			t.Fatal(err)
		}
		b, err := v.Image.ReadUint16(v.Image.All(), 0, 1, 2, 3)
		if err != nil {
			t.Fatal(err)
		}
		far := 0
		for k := range a {
			for i := range a[k] {
				if d := int(a[k][i]) - int(b[k][i]); d < -1 || d > 1 { // other processors round another way
					far++
				}
			}
		}
		if far > 0 || m.Geo != v.Image.Geo || m.Measured != v.Image.Measured {
			t.Errorf("%s: %d samples differ, %v %v", m.Name, far, m.Geo, v.Image.Geo)
		}
		m.Close()
	}
}

func TestTheDatasetIsWhole(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(yardFolder, "SHA256SUMS"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(b)), "\n")
	if len(lines) != 9 {
		t.Errorf("%d files", len(lines))
	}
	for _, l := range lines {
		sum, name, _ := strings.Cut(l, "  ")
		b, err := os.ReadFile(filepath.Join(yardFolder, name))
		if err != nil || fmt.Sprintf("%x", sha256.Sum256(b)) != sum {
			t.Errorf("%s: %v", name, err)
		}
	}
}

package machine_test

import (
	"bytes"
	"os"
	"os/exec"
	"testing"
)

// TestGeneratedCodeIsUpToDate writes the generated files anew and compares.
func TestGeneratedCodeIsUpToDate(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	build := exec.Command("go", "build", "-o", dir+"/gen.exe", "./gen")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	gen := exec.Command(dir + "/gen.exe")
	gen.Dir = dir
	if out, err := gen.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, name := range []string{"exec_gen.go", "shape_gen.go"} {
		got, err := os.ReadFile(dir + "/" + name)
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(here + "/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(bytes.ReplaceAll(want, []byte("\r\n"), []byte("\n")), got) {
			t.Errorf("%s differs from what ./gen writes: run go run ./gen in this folder", name)
		}
	}
}

package install_test

import (
	"bytes"
	"encoding/json"
	"image/png"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/sightline-osint/sightline/kernel/install"
)

// read is what front ends read of kernel.json.
func read(t *testing.T, dir string) (argv []string, name, language, interrupt string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "kernel.json"))
	if err != nil {
		t.Fatal(err)
	}
	var spec struct {
		Argv        []string
		DisplayName string `json:"display_name"`
		Language    string
		Interrupt   string `json:"interrupt_mode"`
	}
	if err := json.Unmarshal(text, &spec); err != nil {
		t.Fatal(err)
	}
	return spec.Argv, spec.DisplayName, spec.Language, spec.Interrupt
}

func TestAnInstalledKernelIsWhatJupyterReads(t *testing.T) {
	data := t.TempDir()
	dir, err := install.Install(install.Options{DataDir: data, Executable: "/opt/sightline/bin/sightline", Arguments: []string{"--x"}})
	if err != nil {
		t.Fatal(err)
	}
	argv, name, language, interrupt := read(t, dir)
	if want := []string{"/opt/sightline/bin/sightline", "--x", "kernel", "{connection_file}"}; !reflect.DeepEqual(argv, want) {
		t.Errorf("argv %q", argv)
	}
	if name != "Go (Sightline)" || language != "go" || interrupt != "message" || dir != filepath.Join(data, "kernels", "sightline") {
		t.Errorf("%q %q %q %s", name, language, interrupt, dir)
	}
	for file, size := range map[string]int{"logo-32x32.png": 32, "logo-64x64.png": 64} {
		b, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		if c, err := png.DecodeConfig(bytes.NewReader(b)); err != nil || c.Width != size || c.Height != size {
			t.Errorf("%s: %v %v", file, c, err)
		}
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o755 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	left, _ := os.ReadDir(filepath.Join(data, "kernels"))
	if len(left) != 1 {
		t.Errorf("%v", left)
	}
}

func TestAProgramThatVanishesIsCopied(t *testing.T) {
	temporary := filepath.Join(t.TempDir(), "go-build123", "exe")
	if err := os.MkdirAll(temporary, 0o755); err != nil {
		t.Fatal(err)
	}
	exe := filepath.Join(temporary, "sightline")
	data := t.TempDir()
	for _, content := range []string{"first", "second"} { // installing again replaces it
		if err := os.WriteFile(exe, []byte(content), 0o755); err != nil {
			t.Fatal(err)
		}
		dir, err := install.Install(install.Options{DataDir: data, Executable: exe})
		if err != nil {
			t.Fatal(err)
		}
		argv, _, _, _ := read(t, dir)
		if filepath.Dir(argv[0]) != dir {
			t.Errorf("argv %q is not in %s", argv, dir)
		}
		got, err := os.ReadFile(argv[0])
		if err != nil || string(got) != content {
			t.Errorf("%q %v", got, err)
		}
		if info, _ := os.Stat(argv[0]); runtime.GOOS != "windows" && info.Mode().Perm()&0o100 == 0 {
			t.Errorf("not executable: %v", info.Mode())
		}
	}
}

func TestExtensionsReplaceOlderOnesAndGoWithTheKernel(t *testing.T) {
	data := t.TempDir()
	old := filepath.Join(data, "labextensions", "@sightline", "lab", "static", "old.hash.js")
	if err := os.MkdirAll(filepath.Dir(old), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(old, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{"package.json": {Data: []byte("{}")}, "static/new.js": {Data: []byte("1")}}
	if _, err := install.Install(install.Options{DataDir: data, Executable: "/x", Extensions: []install.Extension{{Name: "@sightline/lab", Files: files}}}); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(old); err == nil {
		t.Error("the old file is still there")
	}
	if b, err := os.ReadFile(filepath.Join(data, "labextensions", "@sightline", "lab", "static", "new.js")); err != nil || string(b) != "1" {
		t.Errorf("%q %v", b, err)
	}
	removed, err := install.Uninstall(data, "@sightline/lab")
	if err != nil || len(removed) != 2 {
		t.Errorf("%v %v", removed, err)
	}
	if again, err := install.Uninstall(data, "@sightline/lab"); err != nil || len(again) != 0 {
		t.Errorf("%v %v", again, err)
	}
}

func TestThePlacesAreJupyters(t *testing.T) {
	t.Setenv("JUPYTER_DATA_DIR", filepath.Join(t.TempDir(), "x"))
	if got, err := install.UserDataDir(); err != nil || got != os.Getenv("JUPYTER_DATA_DIR") {
		t.Errorf("%s %v", got, err)
	}
	t.Setenv("JUPYTER_DATA_DIR", "")
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_DATA_HOME", "")
	if runtime.GOOS == "linux" {
		if got, _ := install.UserDataDir(); got != filepath.Join(home, ".local", "share", "jupyter") {
			t.Errorf("%s", got)
		}
	}
	if got, _ := install.PrefixDataDir("/usr/local"); got != filepath.FromSlash("/usr/local/share/jupyter") && runtime.GOOS != "windows" {
		t.Errorf("%s", got)
	}
	t.Setenv("VIRTUAL_ENV", "/venv")
	if got, err := install.SysPrefix(t.Context()); err != nil || got != "/venv" {
		t.Errorf("%s %v", got, err)
	}
}

func TestTheLogoShowsItsShapes(t *testing.T) {
	b, err := install.LogoPNG(64)
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		x, y int
		want [4]uint32
	}{
		{0, 0, [4]uint32{0, 0, 0, 0}}, {32, 6, [4]uint32{0x10, 0x2a, 0x43, 0xff}}, {32, 32, [4]uint32{0xf4, 0xf7, 0xfb, 0xff}},
		{41, 22, [4]uint32{0xff, 0xa6, 0x2b, 0xff}},
	} {
		r, g, bl, a := m.At(c.x, c.y).RGBA()
		if got := [4]uint32{r >> 8, g >> 8, bl >> 8, a >> 8}; got != c.want {
			t.Errorf("at %d, %d: %x, want %x", c.x, c.y, got, c.want)
		}
	}
	if s := install.LogoSVG(); strings.Count(s, "<path") != 9 || !strings.HasPrefix(s, "<svg") {
		t.Errorf("%s", s)
	}
}

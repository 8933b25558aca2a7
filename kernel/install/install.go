// Package install puts the kernel where Jupyter finds it, and takes it out again.
//
// Jupyter looks for kernels in data directories: the user's own, one below every Python environment, and any that
// JUPYTER_PATH names. A kernel is a directory there, kernels/<name>, with a kernel.json that says how to start it and the
// logos that front ends show. Nothing is written anywhere else.
package install

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// Name is the kernel's name, which notebooks carry in their metadata.
const Name = "sightline"

// DisplayName is the kernel's name in front ends.
const DisplayName = "Go (Sightline)"

// Extension is a prebuilt JupyterLab extension that is installed beside the kernel.
type Extension struct {
	Name  string // as in package.json
	Files fs.FS
}

// Options says what is installed.
type Options struct {
	DataDir    string // a Jupyter data directory, see UserDataDir and PrefixDataDir
	Executable string // absolute path of the program that is started as kernel
	Arguments  []string
	Extensions []Extension
}

// spec is the content of kernel.json.
type spec struct {
	Argv        []string          `json:"argv"`
	DisplayName string            `json:"display_name"`
	Language    string            `json:"language"`
	Interrupt   string            `json:"interrupt_mode"`
	Env         map[string]string `json:"env"`
	Metadata    map[string]any    `json:"metadata"`
}

// Dir is the kernel's own directory below a data directory.
func Dir(dataDir string) string { return filepath.Join(dataDir, "kernels", Name) }

// Install writes the kernel's directory and the extensions, in place of older ones. An executable that will not stay
// where it is, such as that of "go run", is copied beside kernel.json. The kernel's directory is returned.
func Install(o Options) (dir string, err error) {
	dir = Dir(o.DataDir)
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return "", err
	}
	staged, err := os.MkdirTemp(filepath.Dir(dir), "."+Name+"-*.tmp")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(staged)
	exe := o.Executable
	if vanishes(exe) {
		name := Name
		if runtime.GOOS == "windows" {
			name += ".exe"
		}
		if err := copyFile(exe, filepath.Join(staged, name), 0o755); err != nil {
			return "", fmt.Errorf("copy the program: %w", err)
		}
		exe = filepath.Join(dir, name)
	}
	if err := writeSpec(staged, append(append([]string{exe}, o.Arguments...), "kernel", "{connection_file}")); err != nil {
		return "", err
	}
	if err := os.Chmod(staged, 0o755); err != nil {
		return "", err
	}
	if err := replaceDir(staged, dir); err != nil {
		return "", err
	}
	for _, e := range o.Extensions {
		if err := installExtension(o.DataDir, e); err != nil {
			return dir, fmt.Errorf("JupyterLab extension %s: %w", e.Name, err)
		}
	}
	return dir, nil
}

// writeSpec writes kernel.json and the logos.
func writeSpec(dir string, argv []string) error {
	text, err := json.MarshalIndent(spec{Argv: argv, DisplayName: DisplayName, Language: "go", Interrupt: "message",
		Env: map[string]string{}, Metadata: map[string]any{}}, "", " ")
	if err != nil {
		return err
	}
	files := map[string][]byte{"kernel.json": append(text, '\n'), "logo-svg.svg": []byte(LogoSVG())}
	for _, size := range []int{32, 64} {
		b, err := LogoPNG(size)
		if err != nil {
			return err
		}
		files[fmt.Sprintf("logo-%dx%d.png", size, size)] = b
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// installExtension replaces an extension's directory. Old files go first: their names carry hashes.
func installExtension(dataDir string, e Extension) error {
	dir := filepath.Join(dataDir, "labextensions", filepath.FromSlash(e.Name))
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return err
	}
	staged, err := os.MkdirTemp(filepath.Dir(dir), ".extension-*.tmp")
	if err != nil {
		return err
	}
	defer os.RemoveAll(staged)
	if err := os.CopyFS(staged, e.Files); err != nil {
		return err
	}
	if err := os.Chmod(staged, 0o755); err != nil {
		return err
	}
	return replaceDir(staged, dir)
}

// replaceDir puts a finished directory in the place of another.
func replaceDir(staged, dir string) error {
	old := staged + ".old"
	switch err := os.Rename(dir, old); {
	case err == nil:
		defer os.RemoveAll(old)
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	if err := os.Rename(staged, dir); err != nil {
		_ = os.Rename(old, dir)
		return err
	}
	return nil
}

// Uninstall removes the kernel and the named extensions. The result lists what was removed, nothing if it was not there.
func Uninstall(dataDir string, extensions ...string) (removed []string, err error) {
	targets := []string{Dir(dataDir)}
	for _, e := range extensions {
		targets = append(targets, filepath.Join(dataDir, "labextensions", filepath.FromSlash(e)))
	}
	for _, t := range targets {
		if _, err := os.Lstat(t); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := os.RemoveAll(t); err != nil {
			return removed, err
		}
		removed = append(removed, t)
	}
	return removed, nil
}

// Package extend builds a kernel with packages that this one does not have: it writes a program that links them, with
// tables made by package generate, and has the Go toolchain build it. The sightline command starts the extended kernel in
// place of itself, from the next start of a kernel on. Exported generic code comes as source, which the engine interprets
// (generate.Source); what needs a variable of its package or a package that cells cannot import is left out, and Build says so.
package extend

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/sightline-osint/sightline/kernel/internal/symbols"
	"github.com/sightline-osint/sightline/kernel/internal/symbols/generate"
)

const module = "github.com/sightline-osint/sightline"

// Dir is where the extended kernel and its sources are.
func Dir() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(cache, "sightline", "extended"), nil
}

// Binary is the extended kernel; empty if there is none.
func Binary() string {
	dir, err := Dir()
	if err != nil {
		return ""
	}
	path := filepath.Join(dir, binaryName())
	if info, err := os.Stat(path); err != nil || info.IsDir() {
		return ""
	}
	return path
}

// Current is Binary unless the running program is that, or newer.
func Current() string {
	path := Binary()
	if path == "" || running() {
		return ""
	}
	self, err := os.Executable()
	if err != nil {
		return ""
	}
	mine, err1 := os.Stat(self)
	its, err2 := os.Stat(path)
	if err1 != nil || err2 != nil || mine.ModTime().After(its.ModTime()) {
		return ""
	}
	return path
}

// running says whether the running program is the extended kernel.
func running() bool {
	path := Binary()
	self, err := os.Executable()
	if path == "" || err != nil {
		return false
	}
	mine, err1 := os.Stat(self)
	its, err2 := os.Stat(path)
	return err1 == nil && err2 == nil && os.SameFile(mine, its)
}

func binaryName() string {
	if runtime.GOOS == "windows" {
		return "kernel.exe"
	}
	return "kernel"
}

// Specs are the packages that the extended kernel has been built with, as PATH@VERSION.
func Specs() []string {
	dir, err := Dir()
	if err != nil {
		return nil
	}
	b, err := os.ReadFile(filepath.Join(dir, "packages.txt"))
	if err != nil {
		return nil
	}
	return strings.Fields(string(b))
}

// Build builds the extended kernel with the packages of specs, each PATH@VERSION, and says on w what it does. If it fails,
// the extended kernel that was there remains.
func Build(ctx context.Context, w io.Writer, specs []string) error {
	if _, err := exec.LookPath("go"); err != nil {
		return errors.New("packages are compiled into the kernel, which needs the Go toolchain, and there is no go command on the PATH (https://go.dev/dl)")
	}
	dir, err := Dir()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return err
	}
	work, err := os.MkdirTemp(filepath.Dir(dir), "build-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work) //nolint:errcheck // left for the system to clean
	b := &builder{ctx: ctx, out: w, dir: work}
	if err := b.all(specs); err != nil {
		return err
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	return os.Rename(work, dir)
}

// Remove takes the extended kernel away.
func Remove() error {
	dir, err := Dir()
	if err != nil {
		return err
	}
	return os.RemoveAll(dir)
}

type builder struct {
	ctx context.Context
	out io.Writer
	dir string
}

func (b *builder) all(specs []string) error {
	if err := b.module(); err != nil {
		return err
	}
	var patterns []string
	for _, s := range specs {
		path, version, ok := strings.Cut(s, "@")
		if !ok || path == "" || version == "" {
			return fmt.Errorf("%q is not PATH@VERSION", s)
		}
		b.say("getting " + s)
		if err := b.run("get", s); err != nil {
			return err
		}
		patterns = append(patterns, path+"/...")
	}
	b.say("reading the packages")
	n, err := b.tables(patterns)
	if err != nil {
		return err
	}
	b.say(fmt.Sprintf("building a kernel with %d more packages", n))
	if err := b.run("build", "-trimpath", "-o", binaryName(), "."); err != nil {
		return err
	}
	return b.write("packages.txt", []byte(strings.Join(specs, "\n")+"\n"))
}

func (b *builder) say(line string) { fmt.Fprintln(b.out, line) } //nolint:errcheck // nobody to tell

func (b *builder) write(name string, data []byte) error {
	return os.WriteFile(filepath.Join(b.dir, name), data, 0o644)
}

// module writes go.mod: this project is taken from its sources where they are known, else in the version of this binary.
func (b *builder) module() error {
	mod := "module sightline.local/kernel\n\ngo 1.26.0\n\n"
	if src := source(); src != "" {
		mod += "require " + module + " v0.0.0\n\nreplace " + module + " => " + src + "\n"
		if sum, err := os.ReadFile(filepath.Join(src, "go.sum")); err == nil {
			if err := b.write("go.sum", sum); err != nil {
				return err
			}
		}
	} else if info, ok := debug.ReadBuildInfo(); ok && info.Main.Path == module && strings.HasPrefix(info.Main.Version, "v") {
		mod += "require " + module + " " + info.Main.Version + "\n"
	} else {
		return errors.New("the sources of Sightline are needed to build a kernel: set SIGHTLINE_SOURCE to their folder")
	}
	return b.write("go.mod", []byte(mod))
}

// source is the folder with the sources of this project: SIGHTLINE_SOURCE, or one that the process runs in; else empty.
func source() string {
	if dir := os.Getenv("SIGHTLINE_SOURCE"); dir != "" {
		return dir
	}
	dir, err := os.Getwd()
	for err == nil {
		if mod, err := os.ReadFile(filepath.Join(dir, "go.mod")); err == nil && bytes.HasPrefix(mod, []byte("module "+module+"\n")) {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			break
		}
		dir = up
	}
	return ""
}

// tables writes the program.
func (b *builder) tables(patterns []string) (int, error) {
	skip := func(path string) bool { return !generate.Importable(path) }
	set, err := generate.LoadBare(b.dir, skip, patterns...)
	if err != nil {
		return 0, err
	}
	if len(set.Packages) == 0 {
		return 0, errors.New("there is no package to import")
	}
	var names []string
	for _, p := range set.Packages {
		stem := generate.FileName(p.Path)
		source, left, err := p.Source(func(path string) bool { return set.Has(path) || symbols.Has(path) })
		if err != nil {
			return 0, err
		}
		table, err := set.AddedTable(p, len(source) > 0)
		if err != nil {
			return 0, err
		}
		export, err := p.Export()
		if err != nil {
			return 0, err
		}
		docs, _, err := p.Docs()
		if err != nil {
			return 0, err
		}
		for name, data := range map[string][]byte{"pkg_" + stem + "_.go": table, stem + ".types": export, stem + ".docs": docs, stem + ".source": source} {
			if len(data) == 0 {
				continue
			}
			if err := b.write(name, data); err != nil {
				return 0, err
			}
		}
		names = append(names, "&t_"+stem)
		if len(left) > 0 {
			b.say("note: generic code of " + p.Path + " that cells cannot use: " + strings.Join(left, ", "))
		}
	}
	main := "package main\n\nimport \"" + module + "/kernel\"\n\nfunc main() { kernel.Main(" + strings.Join(names, ", ") + ") }\n"
	return len(names), b.write("main.go", []byte(main))
}

// run runs the go command in the folder of the program and says what it says.
func (b *builder) run(args ...string) error {
	cmd := exec.CommandContext(b.ctx, "go", args...)
	cmd.Dir = b.dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off", "CGO_ENABLED=0")
	pipe, err := cmd.StderrPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	last := ""
	for lines := bufio.NewScanner(pipe); lines.Scan(); {
		last = lines.Text()
		b.say("  " + last)
	}
	if err := cmd.Wait(); err != nil {
		if b.ctx.Err() != nil {
			return b.ctx.Err()
		}
		return fmt.Errorf("go %s: %s", args[0], last)
	}
	return nil
}

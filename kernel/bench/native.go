package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sightline-osint/sightline/kernel/bench/runner"
)

func (t task) work(i int) string {
	return fmt.Sprintf("func work%d(n int) %s { %s }", i, t.result, t.body)
}

func (t task) call(i int) string { return fmt.Sprintf("work%d(%d)", i, t.n) }

// native compiles the tasks into one program and lets it time itself as the other engines are timed.
func native(tmp string) column {
	dir := filepath.Join(tmp, "native")
	fail := func(err error) column { return column{name: "native", err: err} }
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fail(err)
	}
	imports := []string{"encoding/json", "fmt", "os", "time"}
	var decls, calls strings.Builder
	for i, t := range tasks {
		imports = append(imports, t.imports...)
		fmt.Fprintf(&decls, "%s\n%s\n", t.decls, t.work(i))
		fmt.Fprintf(&calls, "report(%q, func() any { return %s })\n", t.name, t.call(i))
	}
	slices.Sort(imports)
	src := "package main\nimport (\n\"" + strings.Join(slices.Compact(imports), "\"\n\"") + "\"\n)\n" + decls.String() + `
var results = json.NewEncoder(os.NewFile(3, "results"))

func report(name string, f func() any) {
	best, value := 0.0, ""
	for k := 0; k < 5; k++ {
		from := time.Now()
		v := f()
		if s := time.Since(from).Seconds(); k == 0 || s < best { best = s }
		value = fmt.Sprint(v)
	}
	results.Encode(map[string]any{"Name": name, "Value": value, "Seconds": best})
}
func main() {
` + calls.String() + "}\n"
	for name, text := range map[string]string{"main.go": src, "go.mod": "module native\n\ngo 1.26.0\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			return fail(err)
		}
	}
	build := exec.Command("go", "build", "-o", filepath.Join(dir, "native"), ".")
	build.Dir = dir
	if out, err := build.CombinedOutput(); err != nil {
		return fail(fmt.Errorf("does not build: %s", out))
	}
	return measure("native", []runner.Task{}, filepath.Join(dir, "native"))
}

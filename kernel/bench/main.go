// Command bench compares the cell engine with native Go and, where they build and run, with the other Go interpreters:
// gomacro (inside gophernotes), yaegi and ixgo. Every engine evaluates the same cells in the same run, one after the
// other; a peer that fails to build or to run prints FAILED. Run it with `make bench-engine`; -run chooses tasks.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/sightline-osint/sightline/kernel/bench/runner"
	"github.com/sightline-osint/sightline/kernel/internal/kerneltest/host"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "sightline" {
		serveSightline()
		return
	}
	only := flag.String("run", "", "run only the tasks whose names this regular expression finds")
	peers := flag.String("peers", "ixgo yaegi gomacro", "the other interpreters to run")
	flag.Parse()
	choose, err := regexp.Compile(*only)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	tasks = slices.DeleteFunc(tasks, func(t task) bool { return !choose.MatchString(t.name) })
	dir := "."
	if _, err := os.Stat(filepath.Join(dir, "peers")); err != nil {
		fmt.Fprintln(os.Stderr, "run it in kernel/bench: go run .")
		os.Exit(2)
	}
	tmp, err := os.MkdirTemp("", "bench")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	defer os.RemoveAll(tmp)
	self, err := os.Executable()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var cells []runner.Task
	for i, t := range tasks {
		cells = append(cells, t.cell(i))
	}
	fmt.Printf("%s; milliseconds, best of up to 5, in brackets the multiple of native:\n\n", host.Describe("make bench-engine"))
	columns := []column{native(tmp), measure("sightline", cells, self, "sightline")}
	for _, p := range strings.Fields(*peers) {
		columns = append(columns, peer(p, filepath.Join(dir, "peers", p), tmp, cells))
	}
	table(os.Stdout, columns)
}

// A column is what one engine did: results by task name, or why it did nothing.
type column struct {
	name    string
	results map[string]runner.Result
	err     error
}

func peer(name, dir, tmp string, cells []runner.Task) column {
	bin := filepath.Join(tmp, name)
	build := exec.Command("go", "build", "-o", bin, ".")
	build.Dir = dir
	if out, err := build.CombinedOutput(); err != nil {
		return column{name: name, err: fmt.Errorf("does not build: %s", firstLine(out))}
	}
	return measure(name, cells, bin)
}

// measure runs an engine in a process of its own, at most ten minutes.
func measure(name string, cells []runner.Task, bin string, args ...string) column {
	c := column{name: name, results: map[string]runner.Result{}}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	in, err := json.Marshal(cells)
	if err != nil {
		c.err = err
		return c
	}
	r, w, err := os.Pipe()
	if err != nil {
		c.err = err
		return c
	}
	var stderr strings.Builder
	cmd := exec.CommandContext(ctx, bin, args...)
	cmd.Stdin, cmd.Stderr, cmd.ExtraFiles = strings.NewReader(string(in)), &stderr, []*os.File{w}
	if err := cmd.Start(); err != nil {
		c.err = err
		return c
	}
	w.Close()
	for dec := json.NewDecoder(r); ; {
		var res runner.Result
		if err := dec.Decode(&res); err != nil {
			if !errors.Is(err, io.EOF) {
				c.err = err
			}
			break
		}
		c.results[res.Name] = res
	}
	if err := cmd.Wait(); err != nil && c.err == nil {
		c.err = fmt.Errorf("does not run: %v: %s", err, firstLine([]byte(stderr.String())))
	}
	return c
}

func firstLine(b []byte) string {
	s, _, _ := strings.Cut(strings.TrimSpace(string(b)), "\n")
	return s
}

// table prints Markdown: milliseconds, and in brackets the multiple of native.
func table(w io.Writer, columns []column) {
	head, rule := "| task |", "|---|"
	for _, c := range columns {
		head, rule = head+" "+c.name+" |", rule+"---|"
	}
	fmt.Fprintln(w, head+" limit |\n"+rule+"---|")
	for _, t := range tasks {
		row := "| " + t.name + " |"
		base := columns[0].results[t.name]
		for i, c := range columns {
			row += " " + cellOf(c, t.name, base, i == 0) + " |"
		}
		limit := ""
		if t.native > 0 {
			limit = fmt.Sprintf(" %g", t.native)
		}
		fmt.Fprintln(w, row+limit+" |")
	}
	for _, c := range columns {
		if c.err != nil {
			fmt.Fprintf(w, "\nFAILED: %s: %v\n", c.name, c.err)
		}
		for _, t := range tasks {
			if r := c.results[t.name]; r.Err != "" {
				fmt.Fprintf(w, "\nFAILED: %s: %s: %s\n", c.name, t.name, firstLine([]byte(r.Err)))
			}
		}
	}
}

// cellOf is what a column says of a task.
func cellOf(c column, task string, base runner.Result, native bool) string {
	r, ok := c.results[task]
	switch {
	case !ok || r.Err != "":
		return "FAILED"
	case base.Value != "" && r.Value != base.Value:
		return "WRONG " + r.Value
	case native || base.Seconds == 0:
		return digits(r.Seconds * 1e3)
	}
	return fmt.Sprintf("%s (%s)", digits(r.Seconds*1e3), digits(r.Seconds/base.Seconds))
}

// digits writes a number with three digits, large ones whole.
func digits(x float64) string {
	if x >= 1000 {
		return fmt.Sprintf("%.0f", x)
	}
	return fmt.Sprintf("%.3g", x)
}

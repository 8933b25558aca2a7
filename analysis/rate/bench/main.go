// Command bench times the statistics against scipy, statsmodels, ruptures and a numpy loop on the same data in one run,
// and prints the ratios:
//
//	go run ./analysis/rate/bench -python path/to/python3
//
// The interpreter needs the packages of requirements.txt beside this file. A peer that does not run is printed as
// FAILED and makes the command fail; so does an answer that the two sides do not share. A goal that is missed is said
// in its line and fails nothing: it depends on the machine and on what else runs there.
package main

import (
	"bufio"
	"bytes"
	"context"
	_ "embed"
	"flag"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/sightline-osint/sightline/analysis/changepoint"
	"github.com/sightline-osint/sightline/analysis/rate"
	"github.com/sightline-osint/sightline/analysis/regression"
	"github.com/sightline-osint/sightline/analysis/resample"
)

//go:embed peer.py
var peer []byte

func main() {
	python := flag.String("python", "python3", "interpreter with the packages of requirements.txt")
	limit := flag.Duration("limit", 5*time.Minute, "time after which the peers are stopped")
	flag.Parse()
	if err := run(*python, *limit); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// work is one task: what is done, its goal and how it is done here.
type work struct {
	key, title string
	goal       float64 // largest ratio of our time to the peer's; 0 for none
	limit      time.Duration
	tolerance  float64 // of the answers, relative; negative when they are not comparable
	run        func() (float64, error)
}

func run(python string, limit time.Duration) error {
	dir, err := os.MkdirTemp("", "bench-rate-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	tasks, err := prepare(dir)
	if err != nil {
		return err
	}
	theirs, err := peers(python, dir, limit)
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench: peers:", err)
	}
	fmt.Printf("Measured on %s, %s, %s/%s, %s; `make bench-rate`:\n\n", time.Now().Format(time.DateOnly), runtime.Version(), runtime.GOOS, runtime.GOARCH, processor())
	fmt.Print("| task | ours | peer | ours / peer | goal | verdict |\n|---|---|---|---|---|---|\n")
	failed := 0
	for _, w := range tasks {
		line, ok := w.judge(theirs[w.key])
		if !ok {
			failed++
		}
		fmt.Println("| " + strings.ReplaceAll(line, "\t", " | ") + " |")
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d tasks failed", failed, len(tasks))
	}
	return nil
}

// judge times our side and compares.
func (w work) judge(theirs []string) (string, bool) {
	ours, answer, err := best(w.run)
	if err != nil {
		return w.title + "\tFAILED\t" + err.Error() + "\t\t\t", false
	}
	goal := ""
	if w.goal > 0 {
		goal = fmt.Sprintf("<= %.3g", w.goal)
	}
	if w.limit > 0 {
		goal = "<= " + w.limit.String()
	}
	if len(theirs) < 3 || theirs[1] == "FAILED" {
		return fmt.Sprintf("%s\t%v\tFAILED\t\t%s\t%s", w.title, ours, goal, strings.Join(theirs, " ")), false
	}
	seconds, errTime := strconv.ParseFloat(theirs[1], 64)
	value, errValue := strconv.ParseFloat(theirs[2], 64)
	if errTime != nil || errValue != nil {
		return w.title + "\tFAILED\tunreadable: " + strings.Join(theirs, " ") + "\t\t\t", false
	}
	ratio := ours.Seconds() / seconds
	verdict, ok := "", true
	if w.goal > 0 || w.limit > 0 {
		verdict = "ok"
	}
	if w.goal > 0 && ratio > w.goal || w.limit > 0 && ours > w.limit {
		verdict = "over the goal"
	}
	if w.tolerance >= 0 && math.Abs(answer-value) > w.tolerance*math.Abs(value) {
		verdict, ok = fmt.Sprintf("ANSWERS DIFFER: %v and %v", answer, value), false
	}
	return fmt.Sprintf("%s\t%v\t%v\t%.4f\t%s\t%s", w.title, ours.Round(time.Duration(math.Pow(10, math.Max(0, math.Floor(math.Log10(float64(ours)))-2)))),
		time.Duration(seconds*1e9).Round(100*time.Nanosecond), ratio, goal, verdict), ok
}

// processor is the number of cores and, where the system tells, their name.
func processor() string {
	name := ""
	info, err := os.ReadFile("/proc/cpuinfo")
	if err == nil {
		for line := range strings.Lines(string(info)) {
			if key, value, found := strings.Cut(line, ":"); found && strings.TrimSpace(key) == "model name" {
				name = " of " + strings.TrimSpace(value)
				break
			}
		}
	}
	return fmt.Sprintf("%d cores%s", runtime.NumCPU(), name)
}

// best times one run the way the peers are timed: the best of many, after a first one. Short runs are timed in batches.
func best(f func() (float64, error)) (time.Duration, float64, error) {
	begin := time.Now()
	answer, err := f()
	if err != nil {
		return 0, 0, err
	}
	batch := max(1, int(2*time.Millisecond/max(time.Since(begin), 1)))
	least := time.Duration(math.MaxInt64)
	for begin = time.Now(); time.Since(begin) < time.Second; {
		t := time.Now()
		for range batch {
			if answer, err = f(); err != nil {
				return 0, 0, err
			}
		}
		least = min(least, time.Since(t)/time.Duration(batch))
	}
	return least, answer, nil
}

// peers runs the script and returns its lines by task.
func peers(python, dir string, limit time.Duration) (map[string][]string, error) {
	script := filepath.Join(dir, "peer.py")
	if err := os.WriteFile(script, peer, 0o600); err != nil {
		return nil, err
	}
	ctx, stop := context.WithTimeout(context.Background(), limit)
	defer stop()
	cmd := exec.CommandContext(ctx, python, script, dir)
	cmd.Stderr = os.Stderr
	text, err := cmd.Output()
	found := map[string][]string{}
	for s := bufio.NewScanner(bytes.NewReader(text)); s.Scan(); {
		f := strings.Split(s.Text(), "\t")
		found[f[0]] = f
	}
	return found, err
}

// prepare makes the data, writes it for the peers and returns the tasks.
func prepare(dir string) ([]work, error) {
	g := &random{state: 7}
	columns, formula, table := g.regression(10_000, 9)
	series, list := g.series(100_000)
	first, second, groups := g.groups(100)
	for name, text := range map[string]string{"glm.csv": table, "series.csv": list, "groups.csv": groups} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			return nil, err
		}
	}
	ctx := context.Background()
	return []work{
		{"exact", "exact test and interval of 41/62 v 23/58", 0, 5 * time.Microsecond, 1e-9, func() (float64, error) {
			r, err := rate.Design{}.Compare(rate.Of(41).In(62, "looks"), rate.Of(23).In(58, "looks"))
			return r.P, err
		}},
		{"etest", "E-test and interval of the same v the test alone in statsmodels", 0, 0, 1e-9, func() (float64, error) {
			r, err := rate.Design{Method: rate.ETest}.Compare(rate.Of(41).In(62, "looks"), rate.Of(23).In(58, "looks"))
			return r.P, err
		}},
		{"glm", "Poisson GLM, 10,000 x 10, v statsmodels", 1.0 / 3, 0, 1e-6, func() (float64, error) {
			f, err := regression.Poisson(formula, columns)
			if err != nil {
				return 0, err
			}
			return f.Coefficients[1].Estimate, nil
		}},
		{"permutations", "10,000 permutations of 200 looks v a numpy loop", 1.0 / 20, 0, -1, func() (float64, error) {
			r, err := resample.Permutation(ctx, first, second, resample.Options{Draws: 10_000})
			return r.P, err
		}},
		{"pelt500", "partition of 500 counts v ruptures.Pelt (Python)", 1.0 / 10, 0, -1, func() (float64, error) {
			p, err := changepoint.Several(ctx, changepoint.Series{Counts: series.Counts[:500]}, 0)
			return float64(len(p.Changes)), err
		}},
		{"pelt", "partition of 100,000 counts v ruptures.KernelCPD (compiled C)", 1.0 / 10, 0, -1, func() (float64, error) {
			p, err := changepoint.Several(ctx, series, 0)
			return float64(len(p.Changes)), err
		}},
	}, nil
}

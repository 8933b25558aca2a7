// Command bench measures the image packages beside OpenCV, scikit-image, NumPy and GDAL (rasterio), on the same data in
// the same run, and prints a table of milliseconds and ratios. Run it from the module's root:
//
//	go run ./analysis/change/bench -python /path/to/python [-size 10980] [-dir /tmp/bench] [-only cva,file]
//
// Data that an earlier run left in -dir are used again. With -only some tasks are run, so that the whole can be done in
// pieces. Each task runs in a process of its own beside its peers.
//
// The Python needs numpy, opencv-python-headless, scikit-image and rasterio from PyPI. A peer that does not run is
// FAILED in the table, never left out. Data take about 60 bytes a pixel of -size squared in -dir.
package main

import (
	"bufio"
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

func main() {
	python := flag.String("python", "python3", "a Python with numpy, cv2, skimage and rasterio")
	size := flag.Int("size", 10980, "side of the images in pixels")
	dir := flag.String("dir", "", "folder for the data (default: a temporary one, removed after)")
	only := flag.String("only", "", "names of the tasks to run, with commas (default: all)")
	task := flag.String("task", "", "run only this task of Go and print its milliseconds (used by itself)")
	flag.Parse()
	if err := run(*python, *size, *dir, *only, *task); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(python string, size int, dir, only, task string) error {
	if size < 512 || size > 30000 {
		return fmt.Errorf("a size of %d pixels", size)
	}
	if task == "prepare" {
		return prepared(dir, size)
	}
	if task != "" {
		return child(context.Background(), dir, size, task)
	}
	if dir == "" {
		tmp, err := os.MkdirTemp("", "bench-imagery")
		if err != nil {
			return err
		}
		defer os.RemoveAll(tmp)
		dir = tmp
	}
	if err := inChildPrepared(dir, size); err != nil {
		return err
	}
	chosen, err := choose(only)
	if err != nil {
		return err
	}
	fmt.Println(machine(size, only))
	fmt.Println("\n| task | Sightline, ms | peer | ms | peer / Sightline | asked |\n|---|---|---|---|---|---|")
	memory, failed := 0.0, ""
	for _, t := range chosen { // each beside its peers, so that both find the machine alike
		if len(t.peers) == 0 {
			continue
		}
		ours, mib, err := inChild(dir, size, t.name)
		if err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
		if t.name == "file" {
			memory = mib
		}
		peers, err := runPeers(python, dir, size, t)
		if err != nil {
			failed += fmt.Sprintln(err)
		}
		for _, p := range t.peers {
			value, ratio := "FAILED", "FAILED"
			ms, ok := peers[t.name+"/"+p.name]
			if p.name == "memory copy" {
				if ms, _, err = inChild(dir, size, "floor"); err != nil {
					return fmt.Errorf("floor: %w", err)
				}
				ok = true
			}
			if ok {
				value, ratio = fmt.Sprintf("%.0f", ms), fmt.Sprintf("%.2f", ms/ours)
			}
			fmt.Printf("| %s | %.0f | %s | %s | %s | %s |\n", t.title, ours, p.name, value, ratio, p.asked)
		}
	}
	if memory > 0 {
		fmt.Printf("\npeak memory of the change from file to file: %.0f MiB (asked: 256)\n", memory)
	}
	if failed != "" {
		fmt.Printf("\nFAILED:\n\n```\n%s```\n", failed)
	}
	return nil
}

// inChildPrepared makes the data in a process of its own, whose memory is free when the peers run.
func inChildPrepared(dir string, size int) error {
	exe, err := os.Executable()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	cmd := exec.Command(exe, "-dir", dir, "-size", strconv.Itoa(size), "-task", "prepare")
	cmd.Stderr = os.Stderr
	return cmd.Run()
}

// prepared makes the data, unless an earlier run left them whole.
func prepared(dir string, size int) error {
	mark := filepath.Join(dir, fmt.Sprintf("data-of-%d-pixels", size))
	if _, err := os.Stat(mark); err == nil {
		return nil
	}
	if err := prepare(dir, size); err != nil {
		return err
	}
	return os.WriteFile(mark, nil, 0o644)
}

// choose returns the tasks with some names, all without any.
func choose(only string) ([]task, error) {
	if only == "" {
		return tasks(), nil
	}
	var out []task
	for name := range strings.SplitSeq(only, ",") {
		i := slices.IndexFunc(tasks(), func(t task) bool { return t.name == name })
		if i < 0 {
			return nil, fmt.Errorf("no task %q", name)
		}
		out = append(out, tasks()[i])
	}
	return out, nil
}

// inChild runs a task in a process of its own and returns its best time and the peak of its memory.
func inChild(dir string, size int, task string) (ms, mib float64, err error) {
	exe, err := os.Executable()
	if err != nil {
		return 0, 0, err
	}
	cmd := exec.Command(exe, "-dir", dir, "-size", strconv.Itoa(size), "-task", task)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return 0, 0, err
	}
	_, err = fmt.Sscan(string(out), &ms, &mib)
	return ms, mib, err
}

// enough reports whether a task ran often enough: three times, or for two seconds and up to thirty times, since what
// takes milliseconds is easily disturbed. peer.py goes by the same rule.
func enough(times int, took time.Duration) bool {
	return times >= 3 && (took > 2*time.Second || times >= 30)
}

// child runs a task several times and prints the best milliseconds and the peak memory in MiB.
func child(ctx context.Context, dir string, size int, name string) error {
	for _, t := range tasks() {
		if t.name != name {
			continue
		}
		work, err := t.make(ctx, dir, size)
		if err != nil {
			return err
		}
		best, first := time.Duration(1<<62), time.Now()
		for times := 0; !enough(times, time.Since(first)); times++ {
			start := time.Now()
			if err := work(); err != nil {
				return err
			}
			best = min(best, time.Since(start))
		}
		fmt.Println(float64(best.Microseconds())/1000, peak())
		return nil
	}
	return fmt.Errorf("no task %q", name)
}

// peak returns the most memory that this process held in MiB, as Linux tells it; 0 elsewhere.
func peak() float64 {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for s := bufio.NewScanner(bytes.NewReader(b)); s.Scan(); {
		if rest, ok := strings.CutPrefix(s.Text(), "VmHWM:"); ok {
			kib, _ := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 64)
			return kib / 1024
		}
	}
	return 0
}

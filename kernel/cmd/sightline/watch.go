package main

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/sightline-osint/sightline/kernel/internal/notebook"
	"github.com/sightline-osint/sightline/kernel/internal/stream"
)

// aliveDescriptor is a file that is open as long as the watcher lives.
const aliveDescriptor = 3

// watchDir is the environment variable by which a process learns that another one watches it run a notebook: the
// directory where it leaves what the watcher needs after a crash.
const watchDir = "SIGHTLINE_RUN_WATCHED"

// The files in that directory.
const (
	crashFile   = "crash"         // the Go runtime's report
	stateFile   = "state.json"    // a position
	partialFile = "partial.ipynb" // the notebook as far as it was run
)

// position is the cell that runs.
type position struct {
	Cell, Count int
}

// watch is the watched side: it leaves behind how far a run is.
type watch struct {
	dir     string
	started time.Time
	cost    time.Duration // of keeping the notebook
}

// watched is the watch of this process, or nil.
func watched() *watch {
	dir := os.Getenv(watchDir)
	if dir == "" {
		return nil
	}
	os.Unsetenv(watchDir) // commands that cells start are none of the watcher's
	return &watch{dir: dir, started: time.Now()}
}

// Started notes the cell that begins.
func (w *watch) Started(cell *notebook.Cell, index, _ int) {
	if text, err := json.Marshal(position{cell.Number, index}); err == nil {
		_ = os.WriteFile(filepath.Join(w.dir, stateFile), text, 0o600)
	}
}

// Progress is of no interest to the watcher.
func (w *watch) Progress(string) {}

// Ended is of no interest to the watcher: keep was called.
func (w *watch) Ended(*notebook.Cell, time.Duration, *notebook.CellError) {}

// keep leaves the notebook as it is. It spends little time on that: a fifth of a second, then a twentieth of the run.
func (w *watch) keep(n *notebook.Notebook) {
	start := time.Now()
	if w.cost > 200*time.Millisecond && w.cost > start.Sub(w.started)/20 {
		return
	}
	path := filepath.Join(w.dir, partialFile)
	if os.WriteFile(path+".new", n.Encode(), 0o600) == nil {
		_ = os.Rename(path+".new", path)
	}
	w.cost += time.Since(start)
}

// watchers tell several.
type watchers []notebook.Watcher

func (ws watchers) Started(cell *notebook.Cell, index, total int) {
	for _, w := range ws {
		w.Started(cell, index, total)
	}
}

func (ws watchers) Progress(text string) {
	for _, w := range ws {
		w.Progress(text)
	}
}

func (ws watchers) Ended(cell *notebook.Cell, took time.Duration, err *notebook.CellError) {
	for _, w := range ws {
		w.Ended(cell, took, err)
	}
}

// runWatched runs one notebook for the process that watches. Should that process end, so does the run.
func (f *runFlags) runWatched(ctx context.Context, w *watch, j job, out, errout io.Writer) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		_, _ = io.Copy(io.Discard, os.NewFile(aliveDescriptor, "watcher"))
		cancel()
	}()
	var capture *stream.Capture
	if c, err := stream.Start(); err == nil {
		defer c.Stop()
		capture, out, errout = c, c.Out, c.Err
	}
	if crash, err := os.Create(filepath.Join(w.dir, crashFile)); err == nil {
		_ = debug.SetCrashOutput(crash, debug.CrashOptions{})
		crash.Close()
	}
	w.keep(j.notebook)
	status, err := f.runOne(ctx, j, capture, w, out, errout)
	if err == nil && status != success {
		err = &exit{status: status}
	}
	return err
}

package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/term"

	"github.com/sightline-osint/sightline/kernel/internal/notebook"
)

// terminal shows how a run goes on: one line a cell, and on a terminal also what the running cell is doing.
type terminal struct {
	w     io.Writer
	live  bool
	width int

	mu       sync.Mutex
	head     string // of the running cell
	progress string
	started  time.Time
	done     chan struct{}
	ticking  sync.WaitGroup
}

func newTerminal(w io.Writer, path string) *terminal {
	t := &terminal{w: w, width: 100, done: make(chan struct{})}
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) && os.Getenv("TERM") != "dumb" {
		t.live = true
		if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 20 {
			t.width = width - 1
		}
		t.ticking.Go(t.tick)
	}
	fmt.Fprintln(w, path)
	return t
}

// tick redraws the running cell's line as long as the run lasts.
func (t *terminal) tick() {
	ticker := time.NewTicker(500 * time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case <-t.done:
			return
		case <-ticker.C:
			t.mu.Lock()
			t.draw()
			t.mu.Unlock()
		}
	}
}

func (t *terminal) close() {
	close(t.done)
	t.ticking.Wait()
}

// Started is told when a cell begins.
func (t *terminal) Started(cell *notebook.Cell, index, total int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	width := len(fmt.Sprint(total))
	t.head = fmt.Sprintf("[%*d/%d] %s", width, index, total, cell.Headline())
	t.progress, t.started = "", time.Now()
	t.draw()
}

// Progress is told what a progress bar of the running cell shows.
func (t *terminal) Progress(text string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.progress = text
	t.draw()
}

// Ended is told when a cell has ended.
func (t *terminal) Ended(_ *notebook.Cell, took time.Duration, err *notebook.CellError) {
	t.mu.Lock()
	defer t.mu.Unlock()
	status := "ok"
	switch {
	case err != nil && err.Expected:
		status = "ok (failed, as its tag says)"
	case err != nil:
		status = "FAILED"
	}
	line := fit(t.head, t.width-18)
	pad := strings.Repeat(" ", max(1, min(72, t.width-18)-utf8.RuneCountInString(line)))
	if t.live {
		fmt.Fprint(t.w, "\r\x1b[K")
	}
	fmt.Fprintf(t.w, "%s%s %s %s\n", line, pad, status, spent(took))
	t.head = ""
}

// draw shows the running cell on a terminal. t.mu is held.
func (t *terminal) draw() {
	if !t.live || t.head == "" {
		return
	}
	what := t.progress
	if took := time.Since(t.started); what == "" && took >= time.Second {
		what = spent(took)
	}
	line := t.head
	if what != "" {
		line = fit(t.head, max(12, t.width-utf8.RuneCountInString(what)-2)) + "  " + what
	}
	fmt.Fprint(t.w, "\r\x1b[K"+fit(line, t.width))
}

func spent(d time.Duration) string {
	switch {
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < time.Minute:
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	return d.Round(time.Second).String()
}

// fit cuts a line to a width.
func fit(s string, width int) string {
	if width < 1 || utf8.RuneCountInString(s) <= width {
		return s
	}
	return string([]rune(s)[:width-1]) + "…"
}

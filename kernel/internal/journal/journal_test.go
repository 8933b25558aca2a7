package journal

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func open(t *testing.T, dir string) *Journal {
	t.Helper()
	j, err := Open(filepath.Join(dir, "kernel-1.json"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	return j
}

// died is the journal of the next process after one that ran these cells and then one more, in which it ended.
func died(t *testing.T, dir string, last string, cells ...string) *Journal {
	t.Helper()
	j := open(t, dir)
	for i, code := range append(cells, last) {
		c := Cell{i + 1, code}
		if err := j.Begin(c); err != nil {
			t.Fatal(err)
		}
		if i < len(cells) {
			if err := j.Ended(true, c); err != nil {
				t.Fatal(err)
			}
		}
	}
	j.file.Close()
	return open(t, dir)
}

func codes(e *Earlier) string {
	var all []string
	for _, c := range e.Cells {
		all = append(all, c.Code)
	}
	return strings.Join(all, "|")
}

func TestTheNextProcessFindsWhatRanWellAndWhatWasRunning(t *testing.T) {
	e := died(t, t.TempDir(), "c\n\n\"ü\"", "a", "b").Earlier()
	if codes(e) != "a|b" || e.Crash == nil || e.Crash.Cell == nil || e.Crash.Cell.Code != "c\n\n\"ü\"" || e.Crash.Cell.Number != 3 {
		t.Errorf("%+v %+v", e, e.Crash)
	}
}

func TestASessionThatRanNothingHandsOnWhatTheOneBeforeRan(t *testing.T) {
	dir := t.TempDir()
	died(t, dir, "c", "a", "b")
	e := died(t, dir, "%replay").Earlier()
	if codes(e) != "a|b" || e.Crash.Cell.Code != "%replay" {
		t.Errorf("%+v", e)
	}
	if e := died(t, dir, "x", "y").Earlier(); codes(e) != "y" {
		t.Errorf("%+v", e)
	}
}

func TestALineThatWasCutOffIsSkipped(t *testing.T) {
	dir := t.TempDir()
	j := died(t, dir, "b", "a")
	f, err := os.OpenFile(j.path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	f.WriteString(`{"n":3,"code":"cut o`)
	f.Close()
	if e := open(t, dir).Earlier(); codes(e) != "a" || e.Crash.Cell.Code != "b" {
		t.Errorf("%+v", e)
	}
}

func TestASessionThatEndsAsAskedLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	j := open(t, dir)
	j.Begin(Cell{1, "a"})
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	j.Ended(true, Cell{1, "a"}) // by a cell that heeds nothing
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
	if e := open(t, dir).Earlier(); e != nil {
		t.Errorf("%+v", e)
	}
}

func TestANilJournalKeepsNothing(t *testing.T) {
	var j *Journal
	if j.Begin(Cell{}) != nil || j.Ended(true, Cell{}) != nil || j.Restarting() != nil || j.Close() != nil || j.Earlier().Notice() != "" {
		t.Error("a nil journal does something")
	}
}

func TestSweepRemovesOnlyWhatNoKernelWillRead(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run[1]time")
	os.Mkdir(dir, 0o700)
	now := time.Now()
	for name, age := range map[string]time.Duration{
		"old.sightline-journal": 8 * 24 * time.Hour, "old.sightline-crash": 8 * 24 * time.Hour, "young.sightline-journal": time.Hour,
		"alive.sightline-journal": 8 * 24 * time.Hour, "alive.json": 9 * 24 * time.Hour, "other.txt": 9 * 24 * time.Hour,
	} {
		path := filepath.Join(dir, name)
		os.WriteFile(path, nil, 0o600)
		os.Chtimes(path, now.Add(-age), now.Add(-age))
	}
	Sweep(filepath.Join(dir, "mine.json"), now)
	var left []string
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		left = append(left, e.Name())
	}
	if got := strings.Join(left, " "); got != "alive.json alive.sightline-journal other.txt young.sightline-journal" {
		t.Errorf("left: %s", got)
	}
}

func TestTheReasonIsFoundWhereTheRuntimeLeavesIt(t *testing.T) {
	for report, want := range map[string]string{
		"": Silent,
		"panic: boom\n\ngoroutine 1 [running]:\n":                                                        "boom",
		"fatal error: all goroutines are asleep":                                                         "all goroutines are asleep",
		"goroutine 7 [running]:\ninternal/sync.(*Mutex).unlockSlow(…)\n\ngoroutine 8:\nruntime.mallocgc": "unlock of an unlocked mutex",
		"runtime stack:\nruntime.throw({0x1fd7f74?, 0x44713a?})\n\truntime/panic.go:1229 +0x48\nruntime.newstack()\n\truntime/stack.go:1207 +0x5fd\n\n" +
			"goroutine 53 gp=0x24b m=6 [running]:\nruntime.deferreturn()\n\truntime/panic.go:658 +0x77\nfmt.(*pp).handleMethods(0x24b, 0x784?)\n\tfmt/print.go:680": "stack overflow in compiled code, in fmt.(*pp).handleMethods",
		"goroutine 8 [running]:\ninternal/runtime/maps.fatal({0x1, 0x2})\n\tx.go:1\ngithub.com/a/b.Fill(0x1)\n":    "concurrent use of a map by compiled code, in github.com/a/b.Fill",
		"goroutine 7 [running]:\ngithub.com/sightline-osint/sightline/kernel/internal/interp/engine/machine.f()\n": "an error that no code can catch",
	} {
		if got := Reason(report); got != want {
			t.Errorf("%q: %q, want %q", report, got, want)
		}
	}
}

func TestTheHeadlineIsTheFirstLineThatSaysSomething(t *testing.T) {
	for code, want := range map[string]string{"": "", "\n  a := 1\n\n": "a := 1", "a\nb": "a …", "äöüß": "äö …"} {
		width := 90
		if code == "äöüß" {
			width = 2
		}
		if got := (Cell{1, code}).Headline(width); got != want {
			t.Errorf("%q: %q, want %q", code, got, want)
		}
	}
}

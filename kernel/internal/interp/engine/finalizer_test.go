package engine_test

import (
	"strings"
	"testing"
)

// The runtime calls finalizers on a goroutine that it starts once: if a cell's function ended it, no finalizer of the
// process would run ever after.
func TestAPanicInAFinalizerIsReportedAndOthersStillRun(t *testing.T) {
	e := newEngine(t)
	cell := func(n int, code, want string) {
		t.Helper()
		if out := play(e, n, cellCase{code: code}); out != want {
			t.Errorf("cell %d:\n%s", n, out)
		}
	}
	cell(1, `import ("runtime"; "time"; "fmt")
type T struct{ name string; room [64]int }
ran := make(chan string, 100)
func set(name string, f func(*T)) { for range 5 { runtime.SetFinalizer(&T{name: name}, f) } }
func await(n int) (s string) {
	for range 500 {
		runtime.GC()
		select {
		case s = <-ran:
			if n--; n == 0 { return s }
		case <-time.After(10 * time.Millisecond):
		}
	}
	return "nothing ran"
}`, "")
	out := play(e, 2, cellCase{code: `set("bad", func(t *T) { ran <- t.name; panic("in a finalizer") })
await(3)`})
	if !strings.Contains(out, "= bad string") {
		t.Errorf("cell 2:\n%s", out)
	}
	cell(3, `set("good", func(t *T) { ran <- t.name })
for range 20 { if await(1) == "good" { fmt.Println("ran"); break } }`, "> ran\n")
	stopped := newEngine(t)
	play(stopped, 1, cellCase{code: `import "runtime"
type T struct{ name string; room [64]int }
for range 50 { runtime.SetFinalizer(&T{}, func(*T) { println("late") }) }`})
	stopped.Close()
	cell(4, `set("after", func(t *T) { ran <- t.name })
for range 50 { if await(1) == "after" { fmt.Println("still"); break } }`, "> still\n")
}

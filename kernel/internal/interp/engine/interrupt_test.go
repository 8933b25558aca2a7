package engine_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine"
	"github.com/sightline-osint/sightline/kernel/internal/symbols"
)

// started is an Output that says when the cell prints.
type started struct {
	screen
	first chan bool
}

func (s *started) Stdout() io.Writer { return s }

func (s *started) Write(b []byte) (int, error) {
	select {
	case s.first <- true:
	default:
	}
	return len(b), nil
}

// interrupted runs a cell that prints first, interrupts it then, and returns its error.
func interrupted(t *testing.T, e interp.Interpreter, code string) *interp.Error {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	out := &started{first: make(chan bool, 1)}
	go func() { <-out.first; cancel() }()
	_, err := e.Execute(ctx, interp.Cell{Number: 9, Name: "In[9]", Code: "fmt.Println(\"on\")\n" + code, Output: out})
	var failure *interp.Error
	if !errors.As(err, &failure) || failure.Name != "Interrupt" {
		t.Errorf("%s: %v", code, err)
	}
	return failure
}

func TestInterruptEndsTheCellAndKeepsTheSession(t *testing.T) {
	for _, code := range []string{
		"for {}",
		"for i := 0; ; i++ { _ = i * i }",
		"func loop() { loop2() }\nfunc loop2() { for { n++ } }\nloop()",
		"<-make(chan int)",
		"make(chan int) <- 1",
		"select {}",
		"select { case <-make(chan int): case make(chan string) <- `x`: }",
		"time.Sleep(time.Hour)",
		"for range time.Tick(time.Hour) {}",
		"s := make([]int, 1000)\nsort.Slice(s, func(i, j int) bool { for {} })",
		"defer func() { recover() }()\nfor {}",
		"var f func(int)\nf = func(k int) { for { n += k } }\nf(1)",
		"for x := range func(yield func(int) bool) { for yield(1) {} } { n = x }",
		"for { func() { defer func() { n++ }() }() }",
	} {
		e := after(t, "import (\"fmt\"; \"sort\"; \"time\")\nn := 0\nvar _, _ = sort.Ints, time.Now")
		interrupted(t, e, code)
		if got := play(e, 10, cellCase{code: "n >= 0"}); got != "= true bool\n" {
			t.Errorf("after %q: %s", code, got)
		}
	}
}

func TestACellBlockedInCompiledCodeIsLeftBehindWithANotice(t *testing.T) {
	e, err := engine.New(engine.Config{Tables: symbols.Entries(), Grace: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close() //nolint:errcheck // always nil
	play(e, 1, cellCase{code: "import (\"fmt\"; \"sync\")\nvar wg sync.WaitGroup\nwg.Add(1)"})
	failure := interrupted(t, e, "wg.Wait()")
	if failure != nil && !strings.Contains(failure.Message, "compiled code") {
		t.Error(failure)
	}
	if got := play(e, 3, cellCase{code: "wg.Done()\n1 + 1"}); got != "= 2 int\n" {
		t.Error(got)
	}
}

func TestInterruptLeavesGoroutinesOfOtherCellsAlone(t *testing.T) {
	e := after(t, "import \"fmt\"", "ch := make(chan int)\ngo func() { for i := 0; ; i++ { ch <- i } }()", "<-ch")
	interrupted(t, e, "for {}")
	if got := play(e, 10, cellCase{code: "<-ch"}); got != "= 1 int\n" {
		t.Error(got)
	}
}

func TestACancelledContextAfterTheCellDoesNotStopItsGoroutines(t *testing.T) {
	e := newEngine(t)
	ctx, cancel := context.WithCancel(context.Background())
	_, err := e.Execute(ctx, interp.Cell{Name: "In[1]", Code: "ch := make(chan int)\ngo func() { for i := 0; ; i++ { ch <- i } }()", Output: &screen{}})
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if got := play(e, 2, cellCase{code: "<-ch + <-ch"}); got != "= 1 int\n" {
		t.Error(got)
	}
}

func TestTheCauseOfAnInterruptIsItsMessage(t *testing.T) {
	e := after(t, "import \"fmt\"")
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(errors.New("the memory is full"))
	_, err := e.Execute(ctx, interp.Cell{Name: "In[2]", Code: "for {}", Output: &screen{}})
	var failure *interp.Error
	if !errors.As(err, &failure) || failure.Message != "the memory is full" {
		t.Error(err)
	}
}

func TestAThousandCells(t *testing.T) {
	e := newEngine(t)
	play(e, 0, cellCase{code: "total := 0\nimport \"fmt\""})
	for i := range 1000 {
		if got := play(e, i+1, cellCase{code: "type T struct{ n int }\nfunc (t T) Get() int { return t.n }\nfunc add(t T) { total += t.Get() }\nv := T{1}\nadd(v)"}); got != "" {
			t.Fatal(i, got)
		}
	}
	if got := play(e, 1002, cellCase{code: "total"}); got != "= 1000 int\n" {
		t.Error(got)
	}
}

func TestALargeCell(t *testing.T) {
	e := newEngine(t)
	code := "x := 0\n" + strings.Repeat("x += 1\n", 20000) + "x"
	if got := play(e, 1, cellCase{code: code}); got != "= 20000 int\n" {
		t.Errorf("%.200s", got)
	}
	if got := play(e, 2, cellCase{code: "y := " + strings.Repeat("(", 5000) + "1" + strings.Repeat(")", 5000) + "\ny"}); got != "= 1 int\n" {
		t.Errorf("%.200s", got)
	}
	if got := play(e, 3, cellCase{code: strings.Repeat("{[(", 100000)}); !strings.HasPrefix(got, "! ") {
		t.Errorf("%.200s", got)
	}
	if got := play(e, 4, cellCase{code: "\x00\xff garbage \x80 %%% ünïcödé §"}); !strings.HasPrefix(got, "! ") {
		t.Errorf("%.200s", got)
	}
}

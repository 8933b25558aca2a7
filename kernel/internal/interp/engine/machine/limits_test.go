package machine_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/machine"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/program"
)

// TestInterrupt stops programs that do not end by themselves.
func TestInterrupt(t *testing.T) {
	for name, body := range map[string]string{
		"empty loop":       `for { }`,
		"counting":         `k := 0; for { k++ }`,
		"calls":            `for { f(10) }`,
		"receive":          `<-make(chan int)`,
		"receive struct":   `<-make(chan [3]string)`,
		"send":             `make(chan string) <- "x"`,
		"empty select":     `select {}`,
		"select":           `a, b := make(chan int), make(chan bool); select { case <-a: case b <- true: }`,
		"nil channel":      `var c chan int; for range c { }`,
		"recover in loop":  `for { func() { defer func() { recover() }(); for { } }() }`,
		"callback":         `xs := make([]int, 1<<20); for { sort.Slice(xs, func(i, j int) bool { return (i*7919)%13 < (j*31)%17 }) }`,
		"goroutines":       `for range 50 { go func() { for { } }() }; for { }`,
		"swallowed by fmt": `for { _ = fmt.Sprint(T(1)) }`,
		"range over func":  `for range func(y func(int) bool) { for y(1) { } } { }`,
		"goto":             "again:\n goto again",
		"timer callback":   `c := make(chan bool); time.AfterFunc(0, func() { for { } }); <-c`,
	} {
		t.Run(name, func(t *testing.T) {
			p, err := program.Build("main.go", `package main
import ("fmt"; "sort"; "time")
type T int
func (T) String() string { for { } }
func f(n int) int { if n == 0 { return 0 }; return f(n-1) }
func main() { `+body+` }
var _ = fmt.Sprint; var _ = sort.Ints; var _ = time.Now`)
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithCancel(context.Background())
			back := make(chan error)
			go func() { back <- p.Run(ctx) }()
			select {
			case err := <-back:
				t.Fatal("ended by itself: ", err)
			case <-time.After(20 * time.Millisecond):
			}
			cancel()
			select {
			case err := <-back:
				if !errors.Is(err, machine.ErrInterrupted) {
					t.Error("error is ", err)
				}
			case <-time.After(10 * time.Second):
				t.Fatal("goes on")
			}
		})
	}
}

// TestLimits runs programs into the machine's limits: an error each, and the process lives.
func TestLimits(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"recursion", `f(0)`, "stack overflow"},
		{"recursion with defer", `g(0)`, "stack overflow"},
		{"recursion through compiled code", `h(0)`, "stack overflow"},
		{"recovered recursion", `func() { defer func() { recover() }(); f(0) }(); panic("alive")`, "alive"},
		{"make", `n := 1 << 40; _ = make([]int, n)`, "out of memory"},
		{"make of a constant size", `x := make([]int64, 1<<38); _ = x`, "out of memory"},
		{"make beyond everything", `n := 1 << 62; _ = make([]int, n)`, "len out of range"},
		{"make map", `n := 1 << 36; m := make(map[int]int, n); _ = m`, "out of memory"},
		{"make chan", `n := 1 << 36; c := make(chan int, n); _ = c`, "out of memory"},
		{"array", `var a [1 << 40]byte; p := &a; p[3] = 1`, "out of memory"},
		{"a local array", `var a [1 << 38]byte; a[3] = 1; fmt.Print(a[4])`, "out of memory"},
		{"a field", `var s struct { n int; a [1 << 38]byte }; s.n = 1; fmt.Print(s.a[4])`, "out of memory"},
		{"new", `p := new([1 << 38]byte); p[3] = 1; fmt.Print(p[4])`, "out of memory"},
		{"a composite", `p := &[1 << 38]byte{5: 1}; fmt.Print(p[4])`, "out of memory"},
		{"a value", `a := [1 << 38]byte{5: 1}; b := a; fmt.Print(b == a)`, "out of memory"},
		{"a parameter", `f := func(a [1 << 38]byte) int { return len(a) }; var p *[1 << 38]byte; fmt.Print(f(*p))`, "out of memory"},
		{"a result", `f := func() (a [1 << 38]byte) { return }; fmt.Print(len(f()))`, "out of memory"},
		{"an interface", `var p *[1 << 38]byte; var x any = *p; fmt.Print(x)`, "out of memory"},
		{"an element of a map", `m := map[int][1 << 38]byte{}; fmt.Print(m[3][4])`, "out of memory"},
		{"many fields", `type a [1 << 29]byte; var x struct { a, b, c, d, e, f, g, h a }; y := x; fmt.Print(y.a[3])`, "out of memory"},
		{"a global", `huge[3] = 1`, "out of memory"},
		{"doubling", `s := "x"; for { s += s }`, "out of memory"},
		{"appending", `b := make([]byte, 1<<20); for { b = append(b, b...) }`, "out of memory"},
		{"panic in a goroutine", `go func() { panic("in goroutine") }(); select {}`, "in goroutine"},
		{"panic in a goroutine of compiled code", `var wg sync.WaitGroup; wg.Go(func() { panic("in Go") }); wg.Wait(); select {}`, "in Go"},
		{"exit in a goroutine", `go func() { os.Exit(3) }(); select {}`, "exit status 3"},
		{"exit skips deferred calls", `defer panic("deferred"); os.Exit(4)`, "exit status 4"},
		{"exit inside a callback", `sort.Slice([]int{2, 1}, func(i, j int) bool { os.Exit(5); return true })`, "exit status 5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := execute(t, `package main
import ("fmt"; "sort"; "os"; "sync")
func h(n int) int { return sort.Search(2, func(i int) bool { return h(n+1) > 0 }) }
func f(n int) int { return f(n+1) + 1 }
func g(n int) (r int) { defer func() { r++ }(); return g(n + 1) }
func main() { `+c.body+` }
var _ = fmt.Sprint; var _ = sort.Ints; var _ = os.Exit; var _ sync.Mutex
var huge [1 << 38]byte`, 3*time.Minute)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error is %v, want one with %q", err, c.want)
			}
		})
	}
}

// TestConcurrentMaps uses maps on many goroutines at once, which would end a compiled program's process.
func TestConcurrentMaps(t *testing.T) {
	_, err := execute(t, `package main
import "sync"
func main() {
	m, s := map[int]int{}, map[string][]int{}
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 3000 {
				m[i%100] += g
				delete(m, i%50)
				s["k"] = []int{i, len(s["k"])}
				for k := range m { _ = k; break }
				_ = len(m)
				if i%500 == 0 { clear(m) }
			}
		}()
	}
	wg.Wait()
}`, 60*time.Second)
	if err != nil {
		t.Error(err)
	}
}

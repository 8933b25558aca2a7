package machine_test

import (
	"context"
	"fmt"
	"io"
	"math"
	"sort"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/program"
)

// tasks are the engine's speed targets: the source that the machine runs, and the same compiled. Compare the two lines of
// a task: go test -bench . -run XXX ./kernel/internal/interp/engine/machine
var tasks = []struct {
	name, decls, body string
	native            func() any
}{
	{"Fib30", `func fib(n int) int { if n < 2 { return n }; return fib(n-1) + fib(n-2) }`, `sink = fib(30)`,
		func() any { return fib(30) }},
	{"FloatSum10M", ``, `s := 0.0; for i := 0; i < 10000000; i++ { s += float64(i) }; sink = s`,
		func() any {
			s := 0.0
			for i := 0; i < 10000000; i++ {
				s += float64(i)
			}
			return s
		}},
	{"CompiledCall1M", ``, `s := 0.0; for i := 0; i < 1000000; i++ { s += math.Sqrt(float64(i)) }; sink = s`,
		func() any {
			s := 0.0
			for i := 0; i < 1000000; i++ {
				s += math.Sqrt(float64(i))
			}
			return s
		}},
	{"Method1M", `type counter struct{ n int }
func (c *counter) inc() { c.n++ }`, `c := &counter{}; for i := 0; i < 1000000; i++ { c.inc() }; sink = c.n`,
		func() any {
			c := &counter{}
			for i := 0; i < 1000000; i++ {
				c.inc()
			}
			return c.n
		}},
	{"InterfaceCall1M", `type area interface{ Area() float64 }
type square struct{ a float64 }
func (s square) Area() float64 { return s.a * s.a }`, `var a area = square{2}; s := 0.0; for i := 0; i < 1000000; i++ { s += a.Area() }; sink = s`,
		func() any {
			a := areaOf()
			s := 0.0
			for i := 0; i < 1000000; i++ {
				s += a.Area()
			}
			return s
		}},
	{"FloatSlice10M", ``, `xs := make([]float64, 1000); s := 0.0; for j := 0; j < 10000; j++ { for i := range xs { s += xs[i] } }; sink = s`,
		func() any {
			xs := make([]float64, 1000)
			s := 0.0
			for j := 0; j < 10000; j++ {
				for i := range xs {
					s += xs[i]
				}
			}
			return s
		}},
	{"SortSlice1M", ``, `xs := make([]int, 1000000); r := uint32(1); for i := range xs { r = r*1664525 + 1013904223; xs[i] = int(r >> 8) }
	sort.Slice(xs, func(i, j int) bool { return xs[i] < xs[j] }); sink = xs[0]`,
		func() any {
			xs := make([]int, 1000000)
			r := uint32(1)
			for i := range xs {
				r = r*1664525 + 1013904223
				xs[i] = int(r >> 8)
			}
			sort.Slice(xs, func(i, j int) bool { return xs[i] < xs[j] })
			return xs[0]
		}},
	{"MapInsert1M", ``, `m := map[int]int{}; for i := 0; i < 1000000; i++ { m[i*7] = i }; sink = len(m)`,
		func() any {
			m := map[int]int{}
			for i := 0; i < 1000000; i++ {
				m[i*7] = i
			}
			return len(m)
		}},
	{"StringBuilding", ``, `var b strings.Builder; for i := 0; i < 200000; i++ { fmt.Fprintf(&b, "%d,", i) }; sink = b.Len()`,
		func() any {
			var b strings.Builder
			for i := 0; i < 200000; i++ {
				fmt.Fprintf(&b, "%d,", i)
			}
			return b.Len()
		}},
	{"Channel200k", ``, `c := make(chan int); go func() { for i := 0; i < 200000; i++ { c <- i }; close(c) }(); s := 0; for v := range c { s += v }; sink = s`,
		func() any {
			c := make(chan int)
			go func() {
				for i := 0; i < 200000; i++ {
					c <- i
				}
				close(c)
			}()
			s := 0
			for v := range c {
				s += v
			}
			return s
		}},
	{"Matmul200", `func grid(n int) [][]float64 { m := make([][]float64, n); for i := range m { m[i] = make([]float64, n); for j := range m[i] { m[i][j] = float64(i + j) } }; return m }`,
		`n := 200; a, b, c := grid(n), grid(n), grid(n)
	for i := 0; i < n; i++ { for j := 0; j < n; j++ { s := 0.0; for k := 0; k < n; k++ { s += a[i][k] * b[k][j] }; c[i][j] = s } }; sink = c[3][4]`,
		func() any {
			n := 200
			a, b, c := grid(n), grid(n), grid(n)
			for i := 0; i < n; i++ {
				for j := 0; j < n; j++ {
					s := 0.0
					for k := 0; k < n; k++ {
						s += a[i][k] * b[k][j]
					}
					c[i][j] = s
				}
			}
			return c[3][4]
		}},
	{"StructValues1M", `type vec struct{ x, y float64 }
func (a vec) add(b vec) vec { return vec{a.x + b.x, a.y + b.y} }`, `v := vec{}; for i := 0; i < 1000000; i++ { v = v.add(vec{1, 2}) }; sink = v.x`,
		func() any {
			v := vec{}
			for i := 0; i < 1000000; i++ {
				v = v.add(vec{1, 2})
			}
			return v.x
		}},
}

func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}

type counter struct{ n int }

//go:noinline
func (c *counter) inc() { c.n++ }

type area interface{ Area() float64 }

type square struct{ a float64 }

func (s square) Area() float64 { return s.a * s.a }

//go:noinline
func areaOf() area { return square{2} }

func grid(n int) [][]float64 {
	m := make([][]float64, n)
	for i := range m {
		m[i] = make([]float64, n)
		for j := range m[i] {
			m[i][j] = float64(i + j)
		}
	}
	return m
}

type vec struct{ x, y float64 }

//go:noinline
func (a vec) add(b vec) vec { return vec{a.x + b.x, a.y + b.y} }

func BenchmarkTasks(b *testing.B) {
	for _, t := range tasks {
		b.Run(t.name+"/engine", func(b *testing.B) {
			p, err := program.Build("main.go", `package main
import ("fmt"; "math"; "sort"; "strings")
var _ = fmt.Sprint; var _ = math.Pi; var _ = sort.Ints; var _ strings.Builder
var sink any
`+t.decls+`
func main() { `+t.body+` }`)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if err := p.Run(context.Background()); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(t.name+"/native", func(b *testing.B) {
			for b.Loop() {
				fmt.Fprint(io.Discard, t.native())
			}
		})
	}
}

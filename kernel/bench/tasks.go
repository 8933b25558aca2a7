package main

import "github.com/sightline-osint/sightline/kernel/bench/runner"

// A task of the engine benchmark: Go source that every engine evaluates, and that is compiled for the native column.
// Setup declares the function work, run with n.
type task struct {
	name    string
	imports []string
	decls   string // types and helpers
	body    string // of func work(n int) R, where R is result
	result  string
	n       int
	native  float64 // the limit as a multiple of native time; 0: none stated
}

var tasks = []task{
	{name: "fib(30)", decls: "func fib(n int) int { if n < 2 { return n }; return fib(n-1) + fib(n-2) }", body: "return fib(n)", result: "int", n: 30, native: 12},
	{name: "float sum 10 M", body: "s := 0.0; for i := 0; i < n; i++ { s += float64(i) * 0.5 }; return s", result: "float64", n: 10_000_000, native: 8},
	{name: "compiled call 1 M", imports: []string{"math"}, body: "s := 0.0; for i := 0; i < n; i++ { s += math.Floor(float64(i) + 0.5) }; return s", result: "float64", n: 1_000_000},
	{name: "method call 1 M", decls: "type acc struct{ s float64 }\nfunc (a *acc) add(x float64) { a.s += x }", body: "a := &acc{}; for i := 0; i < n; i++ { a.add(float64(i)) }; return a.s", result: "float64", n: 1_000_000},
	{name: "interface call 1 M", decls: "type adder interface{ add(float64) }\ntype sum struct{ s float64 }\nfunc (a *sum) add(x float64) { a.s += x }", body: "a := &sum{}; var d adder = a; for i := 0; i < n; i++ { d.add(float64(i)) }; return a.s", result: "float64", n: 1_000_000},
	{name: "[]float64 loop 10 M", body: "x := make([]float64, 1000); for k := 0; k < n/1000; k++ { for i := 0; i < len(x); i++ { x[i] += float64(i) } }; return x[999]", result: "float64", n: 10_000_000, native: 15},
	{name: "sort.Slice 1 M", imports: []string{"sort"}, body: "x := make([]float64, n); s := uint32(1); for i := range x { s = s*1664525 + 1013904223; x[i] = float64(s) }; sort.Slice(x, func(i, j int) bool { return x[i] < x[j] }); return x[n/2]", result: "float64", n: 1_000_000, native: 6},
	{name: "map insert 1 M", body: "m := map[int]int{}; for i := 0; i < n; i++ { m[i*7] = i }; return len(m)", result: "int", n: 1_000_000, native: 1.6},
	{name: "string building 200 k", imports: []string{"strings"}, body: "var b strings.Builder; for i := 0; i < n; i++ { b.WriteString(\"ab\"); b.WriteByte('c') }; return b.Len()", result: "int", n: 200_000, native: 3},
	{name: "channel 200 k", body: "c := make(chan int, 128); go func() { for i := 0; i < n; i++ { c <- i }; close(c) }(); s := 0; for v := range c { s += v }; return s", result: "int", n: 200_000, native: 4},
	{name: "matmul 200", body: "a := make([]float64, n*n); b := make([]float64, n*n); c := make([]float64, n*n); for i := range a { a[i] = float64(i % 7); b[i] = float64(i % 5) }; for i := 0; i < n; i++ { for k := 0; k < n; k++ { v := a[i*n+k]; for j := 0; j < n; j++ { c[i*n+j] += v * b[k*n+j] } } }; return c[n*n-1]", result: "float64", n: 200, native: 10},
	{name: "struct values 1 M", decls: "type vec struct{ x, y, z float64 }\nfunc plus(a, b vec) vec { return vec{a.x + b.x, a.y + b.y, a.z + b.z} }", body: "v := vec{}; for i := 0; i < n; i++ { v = plus(v, vec{1, float64(i), 2}) }; return v.y", result: "float64", n: 1_000_000, native: 30},
}

// cell is the task as a notebook would hold it.
func (t task) cell(i int) runner.Task {
	var setup []string
	for _, p := range t.imports {
		setup = append(setup, "import \""+p+"\"")
	}
	if t.decls != "" {
		setup = append(setup, t.decls)
	}
	return runner.Task{Name: t.name, Setup: append(setup, t.work(i)), Run: t.call(i)}
}

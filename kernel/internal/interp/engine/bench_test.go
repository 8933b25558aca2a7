package engine_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine"
	"github.com/sightline-osint/sightline/kernel/internal/symbols"
)

// One cell with a type, a method, a function and three variables, in a session that grows.
func BenchmarkCell(b *testing.B) {
	e := newEngine(b)
	run := func(n int, code string) {
		_, err := e.Execute(context.Background(), interp.Cell{Number: n, Name: fmt.Sprintf("In[%d]", n), Code: code, Output: &screen{}})
		if err != nil {
			b.Fatal(err)
		}
	}
	run(0, "import \"fmt\"\nv0 := 1")
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	n := 0
	for b.Loop() {
		n++
		run(n, strings.NewReplacer("#", fmt.Sprint(n), "PREV", fmt.Sprint(n-1)).Replace(`type P# struct{ X, Y float64 }
func (p P#) Norm() float64 { return p.X*p.X + p.Y*p.Y }
func f#(a int) int { s := 0; for i := 0; i < a; i++ { s += i }; return s }
v# := f#(10) + vPREV%7
p# := P#{1, 2}
s# := fmt.Sprint(v#, p#.Norm())
v#`))
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(n)/1e3, "kB/cell")
	runtime.KeepAlive(e)
}

func benchmarkFirst(b *testing.B, cells ...string) {
	for b.Loop() {
		e, err := engine.New(engine.Config{Tables: symbols.Entries()})
		if err != nil {
			b.Fatal(err)
		}
		for i, c := range cells {
			if _, err := e.Execute(context.Background(), interp.Cell{Name: fmt.Sprintf("In[%d]", i+1), Code: c, Output: &screen{}}); err != nil {
				b.Fatal(err)
			}
		}
		e.Close() //nolint:errcheck // always nil
	}
}

func BenchmarkFirstSum(b *testing.B)    { benchmarkFirst(b, "1+1") }
func BenchmarkFirstFmt(b *testing.B)    { benchmarkFirst(b, "import \"fmt\"\nfmt.Println(1)") }
func BenchmarkFirstSlices(b *testing.B) { benchmarkFirst(b, "import \"slices\"\nslices.Max([]int{1})") }
func BenchmarkFirstHTTP(b *testing.B)   { benchmarkFirst(b, "import \"net/http\"\nhttp.StatusOK") }

func BenchmarkFirstPlot(b *testing.B) {
	benchmarkFirst(b, `import ("gonum.org/v1/plot"; "gonum.org/v1/plot/plotter"; "gonum.org/v1/plot/vg"; "os"; "path/filepath")
p := plot.New()
l, err := plotter.NewLine(plotter.XYs{{1, 2}, {2, 3}})
p.Add(l)
check(p.Save(10*vg.Centimeter, 10*vg.Centimeter, filepath.Join(os.TempDir(), "bench.png")))`)
}

func BenchmarkComplete(b *testing.B) {
	e := after(b, "import \"strings\"\ntype Point struct{ X, Y float64 }\npts := []Point{{1, 2}}\nvar bd strings.Builder")
	code := "for i := range pts {\n\tx := pts[i].X\n\tbd.Wri"
	for b.Loop() {
		if c := e.Complete(context.Background(), code, len(code)); len(c.Matches) == 0 {
			b.Fatal("no matches")
		}
	}
}

func BenchmarkCompleteName(b *testing.B) {
	e := after(b, "import \"strings\"\ntype Point struct{ X, Y float64 }\npts := []Point{{1, 2}}\nvar bd strings.Builder")
	for b.Loop() {
		if c := e.Complete(context.Background(), "p", 1); len(c.Matches) == 0 {
			b.Fatal("no matches")
		}
	}
}

func BenchmarkInspect(b *testing.B) {
	e := after(b, "import \"strings\"")
	for b.Loop() {
		if _, ok := e.Inspect(context.Background(), "strings.ToUpper(\"a\")", 10, 0); !ok {
			b.Fatal("nothing")
		}
	}
}

// Ten thousand lines through fmt.Println.
func BenchmarkPrint(b *testing.B) {
	e := after(b, "import \"fmt\"")
	for b.Loop() {
		_, err := e.Execute(context.Background(), interp.Cell{Name: "In[2]", Code: "for i := range 10000 { fmt.Println(\"line\", i) }", Output: &plain{}})
		if err != nil {
			b.Fatal(err)
		}
	}
}

package kernel_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/kernel"
	"github.com/sightline-osint/sightline/kernel/display"
	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine"
	"github.com/sightline-osint/sightline/kernel/internal/kerneltest"
	"github.com/sightline-osint/sightline/kernel/internal/symbols"
)

// goClient is a front end of a kernel that runs Go.
func goClient(t testing.TB, options ...kerneltest.Option) *kerneltest.Client {
	t.Helper()
	return limitedClient(t, 1<<30, options...)
}

// limitedClient is goClient with a session that may use so many bytes of memory.
func limitedClient(t testing.TB, memory uint64, options ...kerneltest.Option) *kerneltest.Client {
	t.Helper()
	in, err := engine.New(engine.Config{Tables: symbols.Entries(), MaxMemory: int64(memory)})
	if err != nil {
		t.Fatal(err)
	}
	render := func(r interp.Result) (display.Data, bool) {
		return display.RenderResult(r.Values, symbols.Foreign()...)
	}
	options = append([]kerneltest.Option{func(c *kernel.Config) { c.Render, c.MemoryLimit = render, memory }}, options...)
	return kerneltest.Start(t, in, options...).Client(t)
}

// TestACellCannotEndTheKernel runs what ends a compiled program, or makes it useless, and looks for the state afterwards.
func TestACellCannotEndTheKernel(t *testing.T) {
	c := goClient(t)
	c.Execute("import (\n\t\"fmt\"\n\t\"log\"\n\t\"os\"\n\t\"runtime\"\n\t\"sync\"\n)\nkept := map[string]int{\"a\": 1}")
	for _, cell := range []struct{ what, code, ename, stderr string }{
		{"os.Exit", "os.Exit(3)", "Exit", ""},
		{"log.Fatal", "log.Fatal(\"bye\")", "Exit", "bye\n"},
		{"a panic", "panic(\"no\")", "string", ""},
		{"a nil map", "var m map[int]int\nm[1] = 2", "runtime.Error", ""},
		{"a nil pointer", "var p *struct{ x int }\np.x = 1", "runtime.Error", ""},
		{"an index", "var s []int\ni := 5\ns[i]", "runtime.Error", ""},
		{"a division", "zero := 0\n1 / zero", "runtime.Error", ""},
		{"endless recursion", "func deep(n int) int { return deep(n+1) + 1 }\ndeep(0)", "runtime.Error", ""},
		{"a huge make", "_ = make([]byte, 1<<40)", "runtime.Error", ""},
		{"a huge make of a variable length", "n := 1 << 40\n_ = make([]int, n)", "runtime.Error", ""},
		{"hoarding", "var hoard [][]byte\nfor {\n\thoard = append(hoard, make([]byte, 1<<20))\n}", "OutOfMemory", ""},
		{"a huge variable", "var arr [1 << 38]byte", "runtime.Error", ""},
		{"a huge variable that is used", "var arr [1 << 38]byte\narr[5] = 1", "runtime.Error", ""},
		{"a huge variable of a struct type", "var rec struct {\n\tn int\n\tarr [1 << 38]byte\n}\nrec.n = 1", "runtime.Error", ""},
		{"a huge value", "x := [1 << 38]byte{3: 1}\nx[3]", "runtime.Error", ""},
		{"a closed stdout", "_ = os.Stdout.Close()", "", ""},
		{"a goroutine's panic", "var wg sync.WaitGroup\nwg.Add(1)\ngo func() {\n\tdefer wg.Done()\n\tpanic(\"aside\")\n}()\nwg.Wait()", "", "aside"},
		{"a negative wait group", "var wg sync.WaitGroup\nwg.Done()", "", ""},
		{"unlocking", "var mu sync.Mutex\n_ = &mu", "", ""},
		{"Goexit", "go runtime.Goexit()", "", ""},
		{"a type error", "var x int = \"s\"", "CompileError", ""},
		{"no Go at all", "¡hola! {{{", "CompileError", ""},
	} {
		r := c.Execute(cell.code)
		if cell.ename != "" {
			if got := r.Reply.Text("ename"); got != cell.ename && !(cell.ename == "string" && r.Reply.Text("status") == "error") {
				t.Errorf("%s: ename %q (%v), want %q", cell.what, got, r.Reply.Content["evalue"], cell.ename)
			}
		}
		if cell.stderr != "" && !strings.Contains(r.Stream("stderr"), cell.stderr) {
			t.Logf("%s: stderr %q", cell.what, r.Stream("stderr"))
		}
		look := c.Execute("kept[\"a\"]")
		kept, _ := look.First("execute_result")
		if got := kept.Data("text/plain"); got != "1" {
			t.Fatalf("after %s the session holds %v (%v)", cell.what, got, look.Reply.Content)
		}
		want(t, "stdout after "+cell.what, c.Execute("fmt.Println(\"out\")").Stream("stdout"), "out\n")
	}
}

// TestEveryWaitingCellCanBeInterrupted interrupts cells that would never end, and looks for the state afterwards.
func TestEveryWaitingCellCanBeInterrupted(t *testing.T) {
	c := goClient(t)
	want(t, "status", c.Execute("import (\n\t\"fmt\"\n\t\"sync\"\n\t\"time\"\n)\nkept := 41").Reply.Content["ename"], nil)
	for _, code := range []string{
		"for {\n}",
		"select {}",
		"<-make(chan int)",
		"var nobody chan int\nnobody <- 1",
		"for {\n\tfmt.Println(\"runaway\")\n}",
		"time.Sleep(time.Hour)",
		"var wg sync.WaitGroup\nwg.Add(1)\nwg.Wait()",
		"defer func() { recover() }()\nfor {\n}",
		"for {\n\tfunc() {\n\t\tdefer func() { recover() }()\n\t\tvar p *int\n\t\t*p = 1\n\t}()\n}",
	} {
		id := c.Send("shell", "execute_request", map[string]any{"code": code})
		c.Await("the cell to run", func(m kerneltest.Message) bool { return m.Type == "execute_input" && m.Parent == id })
		c.Ask("control", "interrupt_request", map[string]any{})
		r := c.Reply("shell", id)
		want(t, code, r.Text("ename"), "Interrupt")
		kept, _ := c.Execute("kept + 1").First("execute_result")
		want(t, "state after "+code, kept.Data("text/plain"), "42")
	}
}

// TestLateGoroutinesWriteUnderTheirOwnCell lets a goroutine of one cell write while the next one runs.
func TestLateGoroutinesWriteUnderTheirOwnCell(t *testing.T) {
	c := goClient(t)
	first := c.Execute("import \"fmt\"\ngo1, done := make(chan bool), make(chan bool)\ngo func() {\n\t<-go1\n\tfmt.Println(\"late\")\n\tdone <- true\n}()")
	want(t, "status", first.Reply.Text("status"), "ok")
	second := c.Send("shell", "execute_request", map[string]any{"code": "fmt.Println(\"second\")\ngo1 <- true\n<-done"})
	c.Reply("shell", second)
	seen := map[string]string{}
	for len(seen) < 2 {
		if m := c.Next("iopub"); m.Type == "stream" {
			seen[m.Text("text")] = m.Parent
		}
	}
	want(t, "parents", seen, map[string]string{"late\n": first.Reply.Parent, "second\n": second})
}

// TestScanAsksTheUser reads from standard input, which is the front end.
func TestScanAsksTheUser(t *testing.T) {
	c := goClient(t)
	id := c.Send("shell", "execute_request", map[string]any{"code": "import \"fmt\"\nvar name string\nvar n int\nfmt.Print(\"name and number? \")\nfmt.Scan(&name, &n)\nfmt.Sprint(name, n+1)"})
	q := c.Next("stdin")
	want(t, "parent", q.Parent, id)
	c.Send("stdin", "input_reply", map[string]any{"value": "Rajin 41"})
	want(t, "status", c.Reply("shell", id).Text("status"), "ok")
	r := kerneltest.Ran{Output: c.Outputs(id)}
	want(t, "stdout", r.Stream("stdout"), "name and number? ")
	value, _ := r.First("execute_result")
	want(t, "value", value.Data("text/plain"), "Rajin42")
}

// TestTheMemoryOfAFailedCellIsGivenBack runs a cell after one that took all the memory there is.
func TestTheMemoryOfAFailedCellIsGivenBack(t *testing.T) {
	c := goClient(t)
	want(t, "ename", c.Execute("var hoard [][]byte\nfor {\n\thoard = append(hoard, make([]byte, 1<<20))\n}").Reply.Text("ename"), "OutOfMemory")
	r := c.Execute("import (\n\t\"runtime\"\n\t\"time\"\n)\ntime.Sleep(100 * time.Millisecond)\nruntime.GC()\nvar m runtime.MemStats\nruntime.ReadMemStats(&m)\nm.HeapAlloc < 500<<20")
	value, _ := r.First("execute_result")
	want(t, "memory given back", value.Data("text/plain"), "true")
}

// TestTheMemoryOfACellIsLimited runs cells that hoard in several ways, and looks at how much they had when they were ended.
func TestTheMemoryOfACellIsLimited(t *testing.T) {
	const mib = 320 // what a few hundred more would show, these show in a third of the time
	c := limitedClient(t, mib<<20)
	want(t, "ename", c.Execute("import (\n\t\"bytes\"\n\t\"fmt\"\n\t\"strings\"\n)\ntype node struct {\n\tnext *node\n\tpad [62]int\n}").Reply.Content["ename"], nil)
	for _, cell := range []string{
		"var hoard [][]byte\nfor {\n\thoard = append(hoard, make([]byte, 1<<20))\n}",
		"var hoard [][]float64\nfor n := 1; ; n++ {\n\thoard = append(hoard, make([]float64, n))\n}",
		"var list *node\nfor {\n\tlist = &node{next: list}\n}",
		"all := map[int]string{}\nfor i := 0; ; i++ {\n\tall[i] = fmt.Sprint(i, strings.Repeat(\"x\", 2000))\n}",
		"var all []any\nfor i := 0; ; i++ {\n\tall = append(all, [100]int{i})\n}",
		"var all [][]byte\nfor {\n\tall = append(all, bytes.Repeat([]byte{1}, 1<<20))\n}",
		"s := \"x\"\nvar all []string\nfor {\n\ts += \"0123456789\"\n\tall = append(all, s)\n}",
		"fill := func() {\n\tvar mine [][]int\n\tfor {\n\t\tmine = append(mine, make([]int, 1<<14))\n\t}\n}\nfor range 8 {\n\tgo fill()\n}\nfill()",
	} {
		r := c.Execute(cell).Reply
		var used, limit int
		fmt.Sscanf(r.Text("evalue"), "the session uses %d MiB of memory and may use %d", &used, &limit)
		if r.Text("ename") != "OutOfMemory" || limit != mib || used < limit || used > limit+limit/4 {
			t.Errorf("%s\nended with %s: %s", cell, r.Text("ename"), r.Text("evalue"))
		}
		value, _ := c.Execute("6 * 7").First("execute_result")
		want(t, "the next cell", value.Data("text/plain"), "42")
	}
}

// TestLoadBringsADataSetIntoAVariable loads the project's own data set from a folder below the project.
func TestLoadBringsADataSetIntoAVariable(t *testing.T) {
	c := goClient(t)
	r := c.Execute("%load")
	if !strings.Contains(r.Stream("stdout"), "korea-russia-border\n") {
		t.Errorf("%%load lists %q", r.Stream("stdout"))
	}
	r = c.Execute("%load korea-russia-border border")
	want(t, "error", r.Reply.Content["evalue"], nil)
	if _, ok := r.First("execute_result"); !ok {
		t.Errorf("nothing is shown: %v", r.Types())
	}
	value, _ := c.Execute("len(border.Sightings) > 10").First("execute_result")
	want(t, "sightings", value.Data("text/plain"), "true")
	want(t, "an unknown set", c.Execute("%load atlantis").Reply.Text("status"), "error")
	want(t, "a wrong variable", c.Execute("%load korea-russia-border 3x").Reply.Text("ename"), "UsageError")
}

func TestWhoShowsTimesAsTheyAreRead(t *testing.T) {
	c := goClient(t)
	c.Execute("import \"time\"\nday := time.Date(2023, 9, 13, 0, 0, 0, 0, time.UTC)\nhour := day.Add(90 * time.Minute)\nvisit := struct{ When time.Time }{day}\nwait := 90 * time.Second")
	out := c.Execute("%who").Stream("stdout")
	for _, part := range []string{"2023-09-13\n", "2023-09-13 01:30:00 +0000 UTC\n", "{When:2023-09-13}\n", "1m30s\n"} {
		if !strings.Contains(out, part) {
			t.Errorf("%%who lacks %q:\n%s", part, out)
		}
	}
}

func TestACellThatReadsWhereNobodyCanTypeSaysSo(t *testing.T) {
	c := goClient(t)
	r := c.ExecuteWith(map[string]any{"code": "import \"fmt\"\nvar n int\nfmt.Scan(&n)\nfmt.Scan(&n)\nn", "allow_stdin": false})
	want(t, "stderr", r.Stream("stderr"), "the cell asks for input, and this front end takes none\n")
	want(t, "status", r.Reply.Text("status"), "ok")
}

// TestShowingAValueIsPartOfItsCell shows values whose methods misbehave: what loops ends with the interrupt, what panics says
// so in place of the value, and what prints does so in its cell.
func TestShowingAValueIsPartOfItsCell(t *testing.T) {
	c := goClient(t)
	c.Execute("import (\n\t\"fmt\"\n\t\"runtime\"\n\t\"sync/atomic\"\n)\nvar turns atomic.Int64\ntype Loop struct{}\n" +
		"func (Loop) HTML() string {\n\tfmt.Println(\"in the loop\")\n\tfor {\n\t\tturns.Add(1)\n\t}\n}\n" +
		"type Loud struct{}\nfunc (Loud) String() string { panic(\"aloud\") }\n" +
		"type Nil struct{}\nfunc (Nil) HTML() string { var m map[int]int; m[1]++; return \"\" }")
	id := c.Send("shell", "execute_request", map[string]any{"code": "Loop{}"})
	c.Await("the loop", func(m kerneltest.Message) bool { return m.Type == "stream" && m.Parent == id })
	c.Ask("control", "interrupt_request", map[string]any{})
	want(t, "an interrupted rendering", c.Reply("shell", id).Text("ename"), "Interrupt")
	still, _ := c.Execute("before := turns.Load()\nfor range 10_000 {\n\truntime.Gosched()\n}\nturns.Load() == before").First("execute_result")
	want(t, "the loop has ended", still.Data("text/plain"), "true")
	for code, text := range map[string]string{"Loud{}": "aloud", "Nil{}": "assignment to entry in nil map"} {
		r := c.Execute(code)
		shown, _ := r.First("execute_result")
		if got, _ := shown.Data("text/plain").(string); !strings.Contains(got, text) || r.Stream("stderr") != "" {
			t.Errorf("%s shows %q and says %q", code, got, r.Stream("stderr"))
		}
		r = c.ExecuteWith(map[string]any{"code": "", "user_expressions": map[string]string{"x": code}})
		if got := fmt.Sprint(r.Reply.Content["user_expressions"]); !strings.Contains(got, text) {
			t.Errorf("the user expression %s gives %s", code, got)
		}
	}
}

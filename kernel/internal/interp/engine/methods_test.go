package engine_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// tenMethods declares the type Trace anew, unlike any before, with ten methods that compiled code can call.
func tenMethods(n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "type Trace struct{ Name string; F%d int }\nfunc (t *Trace) String() string { return t.Name + \"-%d\" }\n", n, n)
	for i := range 9 {
		fmt.Fprintf(&b, "func (t *Trace) M%d(s string) string { return s + t.Name }\n", i)
	}
	b.WriteString("last := &Trace{Name: \"x\"}\nfmt.Sprint(last)")
	return b.String()
}

func TestASessionOfTenThousandMethods(t *testing.T) {
	if testing.Short() {
		t.Skip("slow")
	}
	e := newEngine(t)
	run := func(n int, code string) any {
		t.Helper()
		res, err := e.Execute(context.Background(), interp.Cell{Number: n, Name: fmt.Sprintf("In[%d]", n), Code: code, Output: &screen{}})
		if err != nil {
			t.Fatal(err)
		}
		if len(res.Values) == 0 {
			return nil
		}
		return res.Values[0]
	}
	run(1, "import (\"fmt\"; \"reflect\")\nvar all []fmt.Stringer")
	for i := range 1000 {
		if got, want := run(i+2, tenMethods(i)), fmt.Sprint("x-", i); got != want {
			t.Fatalf("cell %d: %v, not %s", i, got, want)
		}
		if i%100 == 0 {
			run(i+2, "all = append(all, last)")
		}
	}
	if got, want := run(2000, "fmt.Sprint(all)"), "[x-0 x-100 x-200 x-300 x-400 x-500 x-600 x-700 x-800 x-900]"; got != want {
		t.Error(got)
	}
	if got := run(2001, `reflect.ValueOf(all[3]).MethodByName("M8").Call([]reflect.Value{reflect.ValueOf("y")})[0].String()`); got != "yx" {
		t.Error(got)
	}
}

// crowded marks the process that uses up all stubs.
const crowded = "SIGHTLINE_ENGINE_CROWDED"

func TestACellThatDeclaresTooManyMethodsIsRefused(t *testing.T) {
	if os.Getenv(crowded) == "" {
		self, err := os.Executable()
		if err != nil {
			t.Fatal(err)
		}
		c := exec.CommandContext(t.Context(), self, "-test.run=^"+t.Name()+"$", "-test.v")
		c.Env = append(os.Environ(), crowded+"=1")
		if out, err := c.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS") {
			t.Fatalf("%v\n%s", err, out)
		}
		return
	}
	e := newEngine(t)
	if out := play(e, 1, cellCase{code: "import \"fmt\"\n" + tenMethods(1)}); out != "= x-1 string\n" {
		t.Fatal(out)
	}
	for mem.FreeStubs() > 4000 {
		if _, ok := mem.Stub(mem.FuncPtr(func() {})); !ok {
			t.Fatal("no stub")
		}
	}
	if out := play(e, 2, cellCase{code: tenMethods(2)}); !strings.Contains(out, "and 4000 are left: restart") {
		t.Error(out)
	}
	if out := play(e, 3, cellCase{code: "last.Name = \"y\"\nfmt.Sprint(last, struct{ *Trace }{last})"}); out != "= y-1 y-1 string\n" {
		t.Error(out)
	}
}

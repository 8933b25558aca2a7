package front_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/front"
	"github.com/sightline-osint/sightline/kernel/internal/symbols"
)

// Cells are apart by lines of "--". A cell that must fail begins with a comment "// error: text".
func TestCellsCompile(t *testing.T) {
	for _, src := range []string{
		"x := 1\n--\nx + 1",
		"import \"fmt\"\n--\nfmt.Println(\"a\")\n--\nimport \"fmt\"\nfmt.Sprint(1)",
		"x := 1\n--\nx := float64(x) * 2.5\nx",
		"x := 1\nx := \"a\"\nx := len(x)\nx",
		"type P struct{ x, y int }\n--\np := P{1, 2}\np.x\n--\nfunc (p P) Sum() int { return p.x + p.y }\np.Sum()\n--\np.Sum()",
		"type P struct{ x, y int }\n--\ntype P struct{ x, y int }\n--\nvar p P\n--\ntype P struct{ x, y  int }\np = P{}",
		"// error: undefined: foo\nfoo(1)",
		"func f() int { return g() }\nfunc g() int { return 1 }\nf()",
		"import \"slices\"\nx := []int{3,1}\nslices.Sort(x)\nx",
		"import \"os\"\n_ = os.Args[0]\nos.O_CREATE",
		"type S[T any] struct{ v []T }\nfunc (s *S[T]) Add(v T) { s.v = append(s.v, v) }\n--\nvar s S[int]\ns.Add(1)\ns.v",
		"v := must(3, error(nil))\nv",
		"type T struct{}\n--\ntype Q struct{}\nfunc (T) Make(q Q) Q { return q }\nt := T{}.Make(Q{})\nt",
		"T := 1\nT",
		"display.HTML(`<b>`)\n--\n{ Display(display.Markdown(`x`)) }",
		"display := 3\ndisplay\n--\nfunc Display(x int) int { return x }\n--\nDisplay(display) + 1",
		"import . \"github.com/sightline-osint/sightline/kernel/display\"\nDisplay(HTML(`x`))\n--\nDisplay(HTML(`x`))",
		"var a, b = 1, 2.5\nvar c string\nc",
		"// error: is not used\nx := 1\nx\nx",
		"nil",
		"for i := range 3 { _ = i }",
		"// error: unexpected )\nx )",
		"// error: never closed\nfunc f() {",
		"var z float64 = 1\n--\nz := z > 0\nz",
		"import \"strings\"\n--\nstrings := strings.Fields(\"a b\")\nstrings\n--\nlen(strings)",
		"defer func() {}()\nx, err := 1, error(nil)\n--\ny, err := 2, error(nil)\ny",
	} {
		f := front.New(symbols.Entries())
		for i, cell := range strings.Split(src, "\n--\n") {
			u, problems := f.Compile(fmt.Sprintf("In[%d]", i+1), cell)
			want := ""
			if strings.HasPrefix(cell, "// error: ") {
				want, _, _ = strings.Cut(cell[len("// error: "):], "\n")
			}
			got := ""
			for _, p := range problems {
				got += fmt.Sprintf("%s:%d:%d: %s (%s)\n", p.Cell, p.Line, p.Column, p.Message, p.Hint)
			}
			if want == "" && got != "" || want != "" && !strings.Contains(got, want) {
				t.Errorf("cell %q:\n%s", cell, got)
				break
			}
			if u != nil {
				u.Commit()
			}
		}
	}
}

func BenchmarkCell(b *testing.B) {
	f := front.New(symbols.Entries())
	u, _ := f.Compile("In[0]", "import \"fmt\"\nv := 1")
	u.Commit()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		n := fmt.Sprint(i)
		u, p := f.Compile("In["+n+"]", strings.ReplaceAll(`type P# struct{ X, Y float64 }
func (p P#) Norm() float64 { return p.X*p.X + p.Y*p.Y }
func f#(a int) int { s := 0; for i := 0; i < a; i++ { s += i }; return s }
v# := f#(10) + v
p# := P#{1, 2}
s# := fmt.Sprint(v#, p#.Norm())
v#`, "#", n))
		if p != nil {
			b.Fatal(p)
		}
		u.Commit()
	}
}

func BenchmarkImportFmt(b *testing.B) {
	for b.Loop() {
		f := front.New(symbols.Entries())
		if _, p := f.Compile("In[1]", "import \"fmt\"\nfmt.Println(1)"); p != nil {
			b.Fatal(p)
		}
	}
}

func BenchmarkImportSlices(b *testing.B) {
	for b.Loop() {
		f := front.New(symbols.Entries())
		if _, p := f.Compile("In[1]", "import \"slices\"\nslices.Max([]int{1})"); p != nil {
			b.Fatal(p)
		}
	}
}

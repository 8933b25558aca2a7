package engine_test

import (
	"slices"
	"testing"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine"
	"github.com/sightline-osint/sightline/kernel/internal/symbols"
	"github.com/sightline-osint/sightline/kernel/internal/symbols/generate"
)

// addedTable is the table of a package as "%packages add" makes it, but for the compiled values, and the generic names that
// cells cannot use.
func addedTable(t *testing.T, dir, pattern string) (*symbols.Table, []string) {
	t.Helper()
	set, err := generate.Load(dir, nil, pattern)
	if err != nil {
		t.Fatal(err)
	}
	p := set.Packages[0]
	export, err := p.Export()
	if err != nil {
		t.Fatal(err)
	}
	source, left, err := p.Source(symbols.Has)
	if err != nil {
		t.Fatal(err)
	}
	docs, _, err := p.Docs()
	if err != nil {
		t.Fatal(err)
	}
	return &symbols.Table{Path: p.Path, Name: p.Name, Export: string(export), Docs: string(docs), Source: string(source)}, left
}

func TestGenericCodeOfAnAddedPackage(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	table, left := addedTable(t, "../../symbols/generate", "./testdata/pipeline")
	if !slices.Equal(left, []string{"Counted"}) {
		t.Error("left out: ", left)
	}
	table.VarsNames, table.Vars = "ErrEmpty", []any{&errEmpty}
	e, err := engine.New(engine.Config{Tables: append(slices.Clone(symbols.Entries()), table.Entry())})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	for i, c := range []cellCase{
		{code: "import \"" + table.Path + "\"\npipeline.Double([]int{1, 2}), pipeline.Double([]float64{1.5})", want: "= [2 4] []int\n= [3] []float64\n"},
		{code: "type Metres float64\nm, err := pipeline.Max(Metres(3), 7)\nm, err", want: "= 7 main.Metres\n= <nil> error\n"},
		{code: "_, err := pipeline.Max[string]()\nerr == pipeline.ErrEmpty", want: "= true bool\n"},
		{code: "pipeline.Pair[string, int]{\"a\", 1}.Swap().First", want: "= 1 int\n"},
		{code: "pipeline.Any([]string{\"x\"}), pipeline.Tiny(int8(3))", want: "= x string\n= 3 int\n"},
	} {
		if got := play(e, i+1, c); got != c.want {
			t.Errorf("%s\ngot:\n%swant:\n%s", c.code, got, c.want)
		}
	}
}

var errEmpty = error(new(emptyError))

type emptyError struct{}

func (*emptyError) Error() string { return "empty" }

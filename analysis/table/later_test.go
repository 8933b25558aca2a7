package table

import (
	"slices"
	"sync"
	"testing"
)

// wide has enough rows that Where leaves copying to the reader.
func wide(n int) *Table {
	id, odd := make([]int64, n), make([]bool, n)
	f := make([]float64, n)
	words := make([]string, n)
	for i := range id {
		id[i], odd[i], f[i], words[i] = int64(i), i%2 == 1, float64(i)/2, []string{"a", "b", "c"}[i%3]
	}
	return New(Ints("id", "", id...), Bools("odd", odd...), Floats("f", "m", f...).WithMissing(3, 5), Texts("w", words...))
}

func TestChosenColumnsAreCopiedWhenRead(t *testing.T) {
	all := wide(8 * grain)
	half := all.Where(Is("odd", true))
	if half.cols[0].later == nil {
		t.Fatal("the columns were copied at once")
	}
	third := half.Where(Is("w", "b")).Select("f", "id", "w").Rename("id", "number")
	if half.cols[2].later.data.Load() != nil {
		t.Error("a column that nobody read was copied")
	}
	eager := all.Filter(func(r Row) bool { b, _ := r.Bool("odd"); return b && r.Text("w") == "b" })
	eager = eager.take(allRows(eager.Len())).Select("f", "id", "w").Rename("id", "number")
	var wg sync.WaitGroup
	for range 4 { // readers at the same time see the same
		wg.Add(1)
		go func() {
			defer wg.Done()
			for _, name := range []string{"number", "f", "w"} {
				a, err := third.Texts(name)
				b, err2 := eager.Texts(name)
				if err != nil || err2 != nil || !slices.Equal(a, b) {
					t.Errorf("column %s differs", name)
				}
			}
		}()
	}
	wg.Wait()
	if third.String() != eager.String() {
		t.Errorf("\n%s\n%s", third, eager)
	}
	if c, _ := half.Column("f"); c.Missing() != 2 || c.Unit() != "m" {
		t.Errorf("%s", c)
	}
	if few := all.Where(Below("id", 100)); few.cols[0].later != nil {
		t.Error("a few rows keep the large table in memory")
	}
}

func allRows(n int) []int32 {
	out := make([]int32, n)
	for i := range out {
		out[i] = int32(i)
	}
	return out
}

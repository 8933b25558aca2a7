package table

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// big makes a table large enough for several parts, with gaps.
func big(n int) *Table {
	r := rand.New(rand.NewPCG(1, 2))
	places := make([]string, n)
	lens, counts, at := make([]float64, n), make([]int64, n), make([]Stamp, n)
	for i := range n {
		places[i] = fmt.Sprintf("p%d", r.IntN(40))
		lens[i] = float64(r.IntN(4000)) / 10
		if r.IntN(50) == 0 {
			lens[i] = math.NaN()
		}
		counts[i] = int64(r.IntN(9)) - 4
		at[i] = Stamp{T: time.Date(2023, 1, 1, 0, 0, r.IntN(86400*365), 0, time.UTC), HasOffset: true, Precision: Second}
	}
	return New(Texts("place", places...), Floats("len", "m", lens...), Ints("count", "", counts...), Stamps("at", at...))
}

func TestGroupsOfALargeTableEqualASimpleCount(t *testing.T) {
	tb := big(200_000).WithMonth("month", "at")
	got := tb.GroupBy("place", "month").Aggregate(Count("n"), Sum("count"), Sum("len"), Min("at"), Max("count"), Median("len"), Distinct("count"))
	if got.Err() != nil {
		t.Fatal(got.Err())
	}
	type acc struct {
		n, sum int64
		lens   []float64
	}
	want := map[string]*acc{}
	var order []string
	for r := range tb.Rows() {
		s, _ := r.Stamp("at")
		k := r.Text("place") + "|" + s.T.Format("2006-01")
		a := want[k]
		if a == nil {
			a = &acc{}
			want[k] = a
			order = append(order, k)
		}
		a.n++
		c, _ := r.Int("count")
		a.sum += c
		if v, ok := r.Float("len"); ok {
			a.lens = append(a.lens, v)
		}
	}
	if got.Len() != len(want) {
		t.Fatalf("%d groups, want %d", got.Len(), len(want))
	}
	for i, k := range order {
		r := got.Row(i)
		if r.Text("place")+"|"+r.Text("month") != k {
			t.Fatalf("group %d is %s|%s, want %s", i, r.Text("place"), r.Text("month"), k)
		}
		n, _ := r.Int("n")
		sum, _ := r.Int("count_sum")
		med, _ := r.Float("len_median")
		lens := want[k].lens
		if n != want[k].n || sum != want[k].sum || med != quantile(slices.Clone(lens), .5) {
			t.Errorf("%s: n %d sum %d median %v, want %d %d", k, n, sum, med, want[k].n, want[k].sum)
		}
	}
}

func TestSortIsStableAndPutsMissingLast(t *testing.T) {
	for _, n := range []int{300, 70_000} {
		for _, keys := range [][]string{{"len"}, {"-len", "at"}, {"place", "-count"}, {"at", "len"}, {"count", "place", "len"}} {
			tb := big(n)
			var cols []*Column
			var down []bool
			for _, k := range keys {
				c, err := tb.Column(strings.TrimPrefix(k, "-"))
				if err != nil {
					t.Fatal(err)
				}
				cols, down = append(cols, c), append(down, k[0] == '-')
			}
			rows := sortRows(n, cols, down)
			for i := 1; i < n; i++ {
				d := 0
				for j, c := range cols {
					if d = compareMissing(c, int(rows[i-1]), int(rows[i]), down[j]); d != 0 {
						break
					}
				}
				if d > 0 || d == 0 && rows[i-1] > rows[i] {
					t.Fatalf("n %d, keys %v: rows %d and %d are in the wrong order", n, keys, rows[i-1], rows[i])
				}
			}
		}
	}
}

func TestSortOfAwkwardNumbers(t *testing.T) {
	vals := []float64{math.Inf(1), -0.5, 1e300, math.Inf(-1), 0, math.Copysign(0, -1), math.Pi, -1e-300, math.NaN(), 5}
	for len(vals) < 600 {
		vals = append(vals, vals[len(vals)%10])
	}
	got, err := New(Floats("v", "", vals...)).SortBy("v").Floats("v")
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i < len(got); i++ {
		if got[i] < got[i-1] || math.IsNaN(got[i-1]) && !math.IsNaN(got[i]) {
			t.Fatalf("at %d: %v after %v", i, got[i], got[i-1])
		}
	}
}

func TestConditionsOnMissingValuesAreNeitherTrueNorFalse(t *testing.T) {
	tb := New(Floats("v", "", 1, math.NaN(), 3))
	for _, c := range []struct {
		name string
		cond Cond
		want int
	}{
		{"is", Is("v", 1), 1}, {"is not", IsNot("v", 1), 1}, {"above", Above("v", 0), 2}, {"not above", Not(Above("v", 0)), 0},
		{"missing", Missing("v"), 1}, {"known", Known("v"), 2}, {"or missing", Or(Above("v", 2), Missing("v")), 2},
		{"in", In("v", 1, 3.0), 2}, {"between", Between("v", 1, 2), 1},
	} {
		if got := tb.Where(c.cond); got.Len() != c.want || got.Err() != nil {
			t.Errorf("%s: %d rows (%v), want %d", c.name, got.Len(), got.Err(), c.want)
		}
	}
}

func TestADayAsBoundMeansTheWholeDay(t *testing.T) {
	a, _ := ParseStamp("2023-09-13T23:59:59Z")
	b, _ := ParseStamp("2023-09-14T00:00:00Z")
	tb := New(Stamps("at", a, b))
	for cond, want := range map[string]Cond{"at most": AtMost("at", "2023-09-13"), "is": Is("at", "2023-09-13"), "after": Above("at", "2023-09-13")} {
		if got := tb.Where(want); got.Len() != 1 || got.Err() != nil {
			t.Errorf("%s: %d rows, %v", cond, got.Len(), got.Err())
		}
	}
	if got := tb.Where(Below("at", "2023-09-13T25:00Z")); got.Err() == nil {
		t.Error("a time that does not exist was accepted")
	}
}

func TestAMonthIsNeitherInsideNorOutsideOfAPartOfIt(t *testing.T) {
	stamp := func(text string) Stamp { s, _ := ParseStamp(text); return s }
	tb := New(Stamps("seen", stamp("2023-10"), stamp("2023-10-01"), stamp("2023"), stamp("2023-10-20")).WithMissing(3))
	for _, c := range []struct {
		cond        Cond
		yes, no     string
		description string
	}{
		{Between("seen", "2023-10-01", "2023-10-31"), "2023-10 2023-10-01", "", "the year reaches over both ends"},
		{Between("seen", "2023-09-24", "2023-10-06"), "2023-10-01", "", "the month reaches over an end"},
		{Is("seen", "2023-10-01"), "2023-10-01", "", "a month is not its first day, nor is it surely another one"},
		{Is("seen", "2023-10"), "2023-10 2023-10-01", "", "a day of the month"},
		{Above("seen", "2023-10"), "", "2023-10 2023-10-01", "the year may be later"},
		{Below("seen", "2023-12"), "2023-10 2023-10-01", "", "the year may be later"},
		{AtMost("seen", "2023"), "2023-10 2023-10-01 2023", "", "all of it"},
		{AtLeast("seen", "2024"), "", "2023-10 2023-10-01 2023", "nothing of it"},
	} {
		texts := func(cond Cond) string {
			out, err := tb.Where(cond).Texts("seen")
			if err != nil {
				t.Fatal(err)
			}
			return strings.Join(out, " ")
		}
		if yes, no := texts(c.cond), texts(Not(c.cond)); yes != c.yes || no != c.no {
			t.Errorf("%s: true %q, false %q; want %q and %q", c.description, yes, no, c.yes, c.no)
		}
	}
	months := tb.WithMonth("month", "seen").Pivot(nil, "month", Count("n"))
	if months.Err() != nil || months.Row(0).Text("2023-10") != "2" {
		t.Errorf("%v\n%s", months.Err(), months)
	}
}

func TestJoinEqualsNestedLoops(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	side := func(n, keys int, spread int64) *Table {
		k, w, v := make([]int64, n), make([]string, n), make([]int64, n)
		for i := range n {
			k[i], w[i], v[i] = int64(r.IntN(keys))*spread, fmt.Sprint(r.IntN(5)), int64(i)
		}
		return New(Ints("k", "", k...).WithMissing(3, 7), Texts("w", w...), Ints("v", "", v...))
	}
	for _, spread := range []int64{1, 1 << 40} {
		left, right := side(400, 60, spread), side(90, 60, spread)
		for _, keys := range [][]string{{"k"}, {"w", "k"}} {
			for _, how := range []Joined{Inner, Left, Anti, Semi} {
				var want []string
				for i := range left.n {
					hits := 0
					for j := range right.n {
						equal := true
						for _, k := range keys {
							a, b := left.Row(i).Value(k), right.Row(j).Value(k)
							equal = equal && a != nil && a == b
						}
						if !equal {
							continue
						}
						if hits++; how == Inner || how == Left {
							want = append(want, fmt.Sprint(i, "-", j))
						}
					}
					if hits == 0 && how == Left {
						want = append(want, fmt.Sprint(i, "-"))
					}
					if hits == 0 && how == Anti || hits > 0 && how == Semi {
						want = append(want, fmt.Sprint(i))
					}
				}
				var got []string
				res := left.Join(right, how, keys...)
				for row := range res.Rows() {
					s := row.Text("v")
					if how == Inner || how == Left {
						s += "-" + row.Text("v_right")
						s = strings.Replace(s, "-", " - ", 1)
						s = strings.TrimSuffix(s, " ")
					}
					got = append(got, s)
				}
				for i := range want {
					want[i] = strings.ReplaceAll(want[i], "-", " - ")
					want[i] = strings.Join(strings.Fields(want[i]), " ")
				}
				if !slices.Equal(got, want) {
					t.Errorf("spread %d keys %v how %d: %d rows, want %d", spread, keys, how, len(got), len(want))
				}
			}
		}
	}
}

func TestErrorsTravelThroughEveryVerb(t *testing.T) {
	bad := big(10).Select("nosuch")
	for name, got := range map[string]*Table{
		"where": bad.Where(Is("a", 1)), "group": bad.GroupBy("a").Aggregate(Count("n")), "sort": bad.SortBy("a"),
		"join": big(3).Join(bad, Inner, "a"), "pivot": bad.Pivot([]string{"a"}, "b", Count("n")), "stack": Stack(bad, bad),
		"month": bad.WithMonth("m", "a"), "describe": bad.Describe(), "mutate": bad.Mutate("x", func(Row) any { return 1 }),
	} {
		if got.Err() == nil || !strings.Contains(got.Err().Error(), `"nosuch"`) {
			t.Errorf("%s: error %v", name, got.Err())
		}
		if !strings.Contains(got.String(), "nosuch") || !strings.Contains(got.HTML(), "nosuch") {
			t.Errorf("%s: the error is not shown", name)
		}
	}
}

func TestSumsThatOverflowAreErrors(t *testing.T) {
	tb := New(Ints("v", "", math.MaxInt64, 1))
	if err := tb.GroupBy().Aggregate(Sum("v")).Err(); err == nil || !strings.Contains(err.Error(), "overflow") {
		t.Errorf("error %v", err)
	}
	mean, err := tb.GroupBy().Aggregate(Mean("v")).Floats("v_mean")
	if err != nil || mean[0] != math.Ldexp(1, 62) {
		t.Errorf("mean %v, %v", mean, err)
	}
}

func TestStackKeepsGapsAndSources(t *testing.T) {
	a := New(Texts("w", "x", "y"), Floats("v", "m", 1, math.NaN())).From("a.csv", 2)
	b := New(Texts("w", "y", "z"), Floats("v", "m", math.NaN(), 4)).From("b.csv", 2)
	both := Stack(a, b)
	if m, _ := both.Column("v"); m.Missing() != 2 || !m.Known(3) || both.Row(2).Text("w") != "y" {
		t.Errorf("stacked wrongly:\n%v", both)
	}
	if got := fmt.Sprint(both.Trace(3)); got != "[b.csv:3]" {
		t.Errorf("trace %s", got)
	}
	if err := Stack(a, New(Texts("w"), Floats("v", "km"))).Err(); err == nil {
		t.Error("metres and kilometres were stacked")
	}
}

func TestAppendBitsAtEveryOffset(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		n, m := r.IntN(150), r.IntN(150)
		a, b := newBitmap(n), newBitmap(m)
		var want []bool
		for i := range n {
			on := r.IntN(2) == 0
			if on {
				a.set(i)
			}
			want = append(want, on)
		}
		for i := range m {
			on := r.IntN(2) == 0
			if on {
				b.set(i)
			}
			want = append(want, on)
		}
		got := appendBits(a, n, b, m)
		for i, w := range want {
			if got.get(i) != w {
				t.Fatalf("n %d m %d: bit %d", n, m, i)
			}
		}
	}
}

package table

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"
)

// moments are times of all precisions and offsets, some missing, from 1700 to 2200.
func moments(n int) []Stamp {
	r := rand.New(rand.NewPCG(3, 5))
	out := make([]Stamp, n)
	for i := range out {
		if r.IntN(10) == 0 {
			continue
		}
		at := time.Date(1700+r.IntN(500), time.Month(1+r.IntN(12)), 1+r.IntN(31), r.IntN(24), r.IntN(60), r.IntN(60), r.IntN(1e9), time.UTC)
		switch p := Precision(r.IntN(6)); p {
		case Day:
			out[i] = Stamp{T: at.Truncate(24 * time.Hour), Precision: p}
		case Month:
			out[i] = Stamp{T: time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC), Precision: p}
		case Year:
			out[i] = Stamp{T: time.Date(at.Year(), 1, 1, 0, 0, 0, 0, time.UTC), Precision: p}
		default:
			out[i] = Stamp{T: at.In(time.FixedZone("", (r.IntN(27)-12)*3600)), Precision: p, HasOffset: true}
		}
	}
	return out
}

func TestCalendarUnitsAreThoseOfTheTimePackage(t *testing.T) {
	for _, n := range []int{0, 1, 300, 3 * grain} { // the last is copied only when it is read
		all := moments(n)
		tb := New(Stamps("t", all...)).WithDay("day", "t").WithMonth("month", "t").WithYear("year", "t")
		for unit, name := range map[Precision]string{Day: "day", Month: "month", Year: "year"} {
			c, err := tb.Column(name)
			if err != nil {
				t.Fatal(err)
			}
			for i, s := range all {
				want := ""
				if !s.T.IsZero() && s.Precision <= unit {
					want = s.T.Format(stampLayouts[unit])
				}
				if got := c.Format(i); got != want {
					t.Fatalf("%s of %s is %q, want %q", name, s, got, want)
				}
			}
		}
	}
}

func TestMonthsGroupAlikeReadOrNot(t *testing.T) {
	all := moments(3 * grain)
	unread := New(Stamps("t", all...), Ints("i", "", make([]int64, len(all))...)).WithMonth("month", "t")
	read := unread.With(unread.cols[2].full())
	unread = New(Stamps("t", all...), unread.cols[1]).WithMonth("month", "t")
	for _, keys := range [][]string{{"month"}, {"i", "month"}, {"month", "t"}} {
		a, b := unread.GroupBy(keys...).Aggregate(Count("n")), read.GroupBy(keys...).Aggregate(Count("n"))
		for _, name := range a.Names() {
			x, _ := a.Texts(name)
			y, _ := b.Texts(name)
			if a.Len() != b.Len() || !slices.Equal(x, y) {
				t.Errorf("%v: column %s differs", keys, name)
			}
		}
	}
	if unread.cols[2].pending() == nil {
		t.Error("grouping copied the months")
	}
	if n := unread.Where(Known("month")).Where(Is("i", 0)).Len(); n != len(all)-unread.cols[2].full().Missing() {
		t.Errorf("%d rows", n)
	}
}

func TestADayIsNoMonthAndNoInstantAsAKey(t *testing.T) {
	of := func(texts ...string) *Column {
		var s []Stamp
		for _, x := range texts {
			v, err := ParseStamp(x)
			if err != nil {
				t.Fatal(err)
			}
			s = append(s, v)
		}
		return Stamps("t", s...)
	}
	c := of("2023-10", "2023-10-01", "2023-10-01T00:00Z", "2023", "2023-01", "2023-01-01", "2023-10-01T09:00:00+09:00", "2023-10-01", "1699-12-31")
	got := New(c).GroupBy("t").Aggregate(Count("n"))
	names, _ := got.Texts("t")
	counts, _ := got.Ints("n")
	if !slices.Equal(names, []string{"2023-10", "2023-10-01", "2023-10-01T00:00Z", "2023", "2023-01", "2023-01-01", "1699-12-31"}) || !slices.Equal(counts, []int64{1, 2, 2, 1, 1, 1, 1}) {
		t.Errorf("%q %v", names, counts)
	}
	right := New(of("2023-10-01", "2023-10-01T00:00:00Z", "2023-10"), Ints("i", "", 1, 2, 3))
	joined := New(c).Join(right, Left, "t")
	if is, _ := joined.Texts("i"); !slices.Equal(is, []string{"3", "1", "2", "", "", "", "2", "1", ""}) {
		t.Errorf("%q", is)
	}
	local := Stamps("t", Stamp{T: time.Date(2023, 9, 24, 0, 0, 0, 0, time.FixedZone("", 9*3600)), Precision: Day, HasOffset: true},
		Stamp{T: time.Date(2023, 9, 24, 0, 0, 0, 0, time.UTC), Precision: Day})
	if n := New(local).GroupBy("t").Len(); n != 1 {
		t.Errorf("one date is %d keys", n)
	}
}

func TestSumsDoNotDependOnTheProcessors(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	n := 40 * grain
	key, v, w := make([]int64, n), make([]float64, n), make([]int64, n)
	for i := range key {
		key[i], v[i], w[i] = int64(r.IntN(7)), (r.Float64()-0.5)*math.Pow(10, float64(r.IntN(30))), r.Int64()-r.Int64()
	}
	tb := New(Ints("k", "", key...), Floats("v", "", v...).WithMissing(5, 77), Ints("w", "", w...).WithMissing(9))
	var first string
	for _, procs := range []int{1, 2, 5} {
		was := runtime.GOMAXPROCS(procs)
		got := tb.GroupBy("k").Aggregate(Count("n"), CountKnown("v"), Sum("v"), Mean("v"), Mean("w"))
		runtime.GOMAXPROCS(was)
		text := ""
		for row := range got.Rows() {
			for _, name := range got.Names() {
				text += row.Text(name) + " "
			}
		}
		if first == "" {
			first = text
		}
		if text != first || got.Err() != nil {
			t.Errorf("%d processors: %v\n%s\n%s", procs, got.Err(), text, first)
		}
	}
}

func TestASumThatFitsIsNoOverflow(t *testing.T) {
	big := New(Ints("v", "", math.MaxInt64, math.MaxInt64, math.MinInt64, math.MinInt64, 2, 7))
	if s := big.GroupBy().Aggregate(Sum("v")); s.Err() != nil || s.Row(0).Text("v_sum") != "7" {
		t.Errorf("%v %s", s.Err(), s)
	}
	if s := big.Head(2).GroupBy().Aggregate(Sum("v")); s.Err() == nil {
		t.Errorf("a sum beyond 64 bits is %s", s)
	}
	if m := big.Head(2).GroupBy().Aggregate(Mean("v")); m.Row(0).Text("v_mean") != "9.223372036854776e+18" {
		t.Errorf("%s", m)
	}
}

func TestKeysThatLieFarApart(t *testing.T) {
	keys := []int64{math.MinInt64, math.MaxInt64, -1, 0, 1, math.MinInt64, 1 << 40, math.MaxInt64}
	got := New(Ints("k", "", keys...).WithMissing(3)).GroupBy("k").Aggregate(Count("n"))
	names, _ := got.Texts("k")
	counts, _ := got.Ints("n")
	if !slices.Equal(names, []string{"-9223372036854775808", "9223372036854775807", "-1", "", "1", "1099511627776"}) || !slices.Equal(counts, []int64{2, 2, 1, 1, 1, 1}) {
		t.Errorf("%q %v", names, counts)
	}
}

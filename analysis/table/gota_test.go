package table

import (
	"context"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
)

// The tests of this file show, for each verb of gota that is wrong, gota's result and ours. Their names are the headings of
// gota.md.

func TestGotaMergesGroupsWhoseNamesContainAnUnderscore(t *testing.T) {
	a, b := []string{"a", "a_b"}, []string{"b_c", "c"}
	df := dataframe.New(series.New(a, series.String, "x"), series.New(b, series.String, "y"))
	if n := len(df.GroupBy("x", "y").GetGroups()); n != 1 {
		t.Errorf("gota makes %d groups: it was mended, change gota.md", n)
	}
	if n := New(Texts("x", a...), Texts("y", b...)).GroupBy("x", "y").Len(); n != 2 {
		t.Errorf("ours makes %d groups", n)
	}
}

func TestGotaMergesNumbersThatAgreeInSixDecimals(t *testing.T) {
	v := []float64{1e-7, 2e-7}
	if n := len(dataframe.New(series.New(v, series.Float, "v")).GroupBy("v").GetGroups()); n != 1 {
		t.Errorf("gota makes %d groups: it was mended, change gota.md", n)
	}
	if n := New(Floats("v", "", v...)).GroupBy("v").Len(); n != 2 {
		t.Errorf("ours makes %d groups", n)
	}
}

func TestGotaPanicsWhenAnEmptyResultIsGrouped(t *testing.T) {
	df := dataframe.New(series.New([]string{"a"}, series.String, "place"), series.New([]float64{1}, series.Float, "v"))
	none := df.Filter(dataframe.F{Colname: "place", Comparator: series.Eq, Comparando: "nowhere"})
	panicked := func() (p bool) {
		defer func() { p = recover() != nil }()
		none.GroupBy("place").Aggregation([]dataframe.AggregationType{dataframe.Aggregation_SUM}, []string{"v"})
		return false
	}()
	if !panicked {
		t.Error("gota does not panic: it was mended, change gota.md")
	}
	ours := New(Texts("place", "a"), Floats("v", "", 1)).Where(Is("place", "nowhere")).GroupBy("place").Aggregate(Sum("v"))
	if ours.Err() != nil || ours.Len() != 0 || ours.Width() != 2 {
		t.Errorf("ours: %v", ours)
	}
}

const ships = "imo,len\n0123456,120\n9161003,many\n"

func TestGotaReadsAnIMONumberWithALeadingZeroAsANumber(t *testing.T) {
	df := dataframe.ReadCSV(strings.NewReader(ships))
	if got := df.Col("imo").Elem(0).String(); got != "123456" {
		t.Errorf("gota reads %s: it was mended, change gota.md", got)
	}
	ours, err := CSV{}.Read(context.Background(), strings.NewReader(ships))
	if err != nil || ours.Row(0).Text("imo") != "0123456" {
		t.Errorf("ours: %v, %v", ours, err)
	}
}

func TestGotaTurnsCellsItCannotReadIntoNaNWithoutAWord(t *testing.T) {
	df := dataframe.ReadCSV(strings.NewReader(ships), dataframe.WithTypes(map[string]series.Type{"len": series.Float}))
	if df.Err != nil || !df.Col("len").Elem(1).IsNA() {
		t.Errorf("gota says %v: it was mended, change gota.md", df.Err)
	}
	_, err := CSV{Source: "ships.csv", Schema: Schema{{"len", Float, "m"}}}.Read(context.Background(), strings.NewReader(ships))
	if err == nil || !strings.Contains(err.Error(), `ships.csv:3: column "len": not a number ("many")`) {
		t.Errorf("ours: %v", err)
	}
}

func TestGotaAddsWholeNumbersThroughFloat64(t *testing.T) {
	v := []int{1 << 53, 1, 1}
	if got := series.New(v, series.Int, "v").Sum(); got != 1<<53 {
		t.Errorf("gota's sum is %v: it was mended, change gota.md", got)
	}
	ours, err := New(Ints("v", "", 1<<53, 1, 1)).GroupBy().Aggregate(Sum("v")).Ints("v_sum")
	if err != nil || ours[0] != 1<<53+2 {
		t.Errorf("ours: %v, %v", ours, err)
	}
}

func TestGotaAggregatesOneMissingValueToNaN(t *testing.T) {
	df := dataframe.New(series.New([]string{"a", "a"}, series.String, "g"), series.New([]float64{1, math.NaN()}, series.Float, "v"))
	got := df.GroupBy("g").Aggregation([]dataframe.AggregationType{dataframe.Aggregation_MEAN}, []string{"v"})
	if !math.IsNaN(got.Col("v_MEAN").Elem(0).Float()) {
		t.Errorf("gota's mean is %v: it was mended, change gota.md", got)
	}
	ours := New(Texts("g", "a", "a"), Floats("v", "", 1, math.NaN())).GroupBy("g").Aggregate(Mean("v"))
	if v, _ := ours.Floats("v_mean"); v[0] != 1 || len(ours.Warnings()) != 1 {
		t.Errorf("ours: %v", ours)
	}
}

func TestThePageOnGotaNamesEveryTest(t *testing.T) {
	page, err := os.ReadFile("gota.md")
	if err != nil {
		t.Fatal(err)
	}
	src, err := os.ReadFile("gota_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(src), "\n") {
		if name, ok := strings.CutPrefix(line, "func TestGota"); ok {
			name = "TestGota" + name[:strings.IndexByte(name, '(')]
			if !strings.Contains(string(page), name) {
				t.Errorf("gota.md does not name %s", name)
			}
		}
	}
}

func TestThereAndBackThroughGota(t *testing.T) {
	day, _ := ParseStamp("2023-09-24")
	at, _ := ParseStamp("2022-11-04T10:24+09:00")
	tb := New(Texts("place", "yard", "port").WithMissing(1), Floats("len", "m", 225.123456789, math.NaN()), Ints("n", "", 3, -4),
		Bools("moving", true, false).WithMissing(0), Stamps("seen", day, at))
	df, err := tb.Gota()
	if err != nil {
		t.Fatal(err)
	}
	back, err := FromGota(df, tb.Schema())
	if err != nil {
		t.Fatal(err)
	}
	if back.String() != tb.String() {
		t.Errorf("got\n%v\nwant\n%v", back, tb)
	}
}

func TestConversionsThatWouldLoseSomethingAreErrors(t *testing.T) {
	df := dataframe.New(series.New([]float64{1.5, 2}, series.Float, "v"), series.New([]string{"2023-02-30", "x"}, series.String, "t"))
	_, err := FromGota(df, Schema{{"v", Int, ""}, {"t", Time, ""}})
	for _, want := range []string{`column "v": not a whole number ("1.5")`, `column "t": no such day`, `column "t": not a date or time`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v lacks %s", err, want)
		}
	}
	if _, err := FromGota(df, Schema{{"w", Int, ""}}); err == nil || !strings.Contains(err.Error(), `no column "w"`) {
		t.Errorf("error %v", err)
	}
	if _, err := New(Texts("v", "NaN")).Gota(); err == nil {
		t.Error("the text NaN was given to gota")
	}
	if _, err := FromGota(df.Select("nosuch"), nil); err == nil {
		t.Error("a data frame with an error was accepted")
	}
}

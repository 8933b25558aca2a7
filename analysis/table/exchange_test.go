package table

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/paulmach/orb"
)

// mixed has every kind, with gaps, and times of differing offset and precision.
func mixed() *Table {
	s := func(text string) Stamp { v, _ := ParseStamp(text); return v }
	return New(Texts("place", "두만강", "", "port", "yard").WithMissing(2), Floats("len", "m", 225.1, math.NaN(), -0.5, math.Inf(1)),
		Ints("n", "train", 3, math.MaxInt64, math.MinInt64, 0).WithMissing(3), Bools("moving", true, false, true, false).WithMissing(1),
		Stamps("seen", s("2023-09-24"), s("2022-11-04T10:24+09:00"), Stamp{}, s("2023-09")),
		Stamps("day", s("2023-09-24"), s("2023-09-25"), s("2023-09-26"), s("2023-09-27")),
		Geometries("where", orb.Point{130.6, 42.4}, nil, orb.LineString{{1, 2}, {3, 4}}, orb.Point{0, 0}))
}

func sameTable(t *testing.T, got, want *Table) {
	t.Helper()
	if got.Schema().String() != want.Schema().String() || got.n != want.n {
		t.Fatalf("columns %s, %d rows\nwant    %s, %d rows", got.Schema(), got.n, want.Schema(), want.n)
	}
	for i, c := range want.cols {
		for r := range want.n {
			if got.cols[i].Known(r) != c.Known(r) || got.cols[i].Format(r) != c.Format(r) {
				t.Errorf("column %s row %d: %q, want %q", c.name, r, got.cols[i].Format(r), c.Format(r))
			}
		}
	}
}

func TestParquetRoundTrip(t *testing.T) {
	for name, tb := range map[string]*Table{"mixed": mixed(), "long": big(150_000), "empty": big(0)} {
		path := filepath.Join(t.TempDir(), "t.parquet")
		if err := tb.SaveParquet(path); err != nil {
			t.Fatal(name, err)
		}
		got, err := ReadParquet(path)
		if err != nil {
			t.Fatal(name, err)
		}
		sameTable(t, got, tb)
		if name == "mixed" && got.Sources()[0] != "t.parquet" {
			t.Error("the source is lost")
		}
	}
}

func TestDamagedParquetIsAnErrorNotAPanic(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "t.parquet")
	if err := big(2000).SaveParquet(path); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	bad := filepath.Join(dir, "bad.parquet")
	failed := 0
	for at := 0; at < len(raw); at += len(raw)/150 + 1 {
		damaged := bytes.Clone(raw)
		damaged[at] ^= 0x5a
		os.WriteFile(bad, damaged, 0o644)
		if _, err := ReadParquet(bad); err != nil {
			failed++
		}
		os.WriteFile(bad, raw[:at], 0o644)
		if _, err := ReadParquet(bad); err == nil {
			t.Errorf("a file cut at byte %d was read", at)
		}
	}
	if failed == 0 {
		t.Error("no damage was noticed")
	}
}

func TestJSONLinesRoundTrip(t *testing.T) {
	tb := mixed().Take(0, 1, 2) // JSON has no infinity
	var b bytes.Buffer
	if err := tb.WriteJSONLines(&b); err != nil {
		t.Fatal(err)
	}
	got, err := ReadJSONLines(&b, "t.jsonl", tb.Schema())
	if err != nil {
		t.Fatal(err)
	}
	sameTable(t, got, tb)
	if err := mixed().WriteJSONLines(&b); err == nil || !strings.Contains(err.Error(), `column "len"`) {
		t.Errorf("infinity: error %v", err)
	}
}

func TestBadJSONLinesAreAllReported(t *testing.T) {
	in := "{\"len\": 1}\nnot json\n{\"len\": \"x\", \"extra\": 1}\n\n{\"at\": 5}\n"
	tb, err := ReadJSONLines(strings.NewReader(in), "t.jsonl", Schema{{"len", Float, "m"}, {"at", Time, ""}})
	for _, want := range []string{"t.jsonl:2: not a JSON object", `t.jsonl:3: column "len": not a number`, `t.jsonl:3: column "extra"`, `t.jsonl:5: column "at": not a text`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v lacks %s", err, want)
		}
	}
	if tb.Len() != 4 {
		t.Errorf("%d rows", tb.Len())
	}
}

func TestForeignParquetTypesAreReadExactlyOrNotAtAll(t *testing.T) {
	write := func(rows any) string {
		path := filepath.Join(t.TempDir(), "f.parquet")
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		w := parquet.NewWriter(f, parquet.SchemaOf(rows))
		if err := w.Write(rows); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return path
	}
	tb, err := ReadParquet(write(struct {
		Big   uint32 `parquet:"big"`
		Price int64  `parquet:"price,decimal(2:12)"`
		Small int32  `parquet:"small,decimal(1:5)"`
	}{4_000_000_000, -1234567, 12}))
	if err != nil {
		t.Fatal(err)
	}
	if r := tb.Row(0); r.Text("big") != "4000000000" || r.Text("price") != "-12345.67" || r.Text("small") != "1.2" {
		t.Errorf("\n%s", tb)
	}
	for want, rows := range map[string]any{
		"outside the range": struct {
			N uint64 `parquet:"n"`
		}{1 << 63},
		"more digits": struct {
			N int64 `parquet:"n,decimal(2:18)"`
		}{123456789012345678},
		"not valid UTF-8": struct {
			N string `parquet:"n"`
		}{"a\xff"},
		"UUID": struct {
			N [16]byte `parquet:"n,uuid"`
		}{},
	} {
		if _, err := ReadParquet(write(rows)); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), `"n"`) {
			t.Errorf("%s: %v", want, err)
		}
	}
}

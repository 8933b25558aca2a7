package table

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
)

func readString(s string, o CSV) (*Table, error) {
	return o.Read(context.Background(), strings.NewReader(s))
}

func TestSniffedKindsKeepLeadingZerosAndAreShown(t *testing.T) {
	tb, err := readString("imo,mmsi,speed,seen,loading,big,note\n"+
		"0123456,273000001,11.5,2023-09-24T10:24+09:00,true,12345678901234567890,a\n"+
		"9161003,273000002,7,2023-09-24T01:24Z,false,1,\"b, \"\"c\"\"\nd\"\n", CSV{Source: "ais.csv"})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := tb.Schema().String(), "imo text, mmsi int, speed float, seen time, loading bool, big text, note text"; got != want {
		t.Errorf("kinds %s\nwant  %s", got, want)
	}
	if !strings.Contains(tb.String(), "kinds found by reading") {
		t.Error("the kinds found are not shown")
	}
	if got := tb.Row(0).Text("imo"); got != "0123456" {
		t.Errorf("imo %q", got)
	}
	if got := tb.Row(1).Text("note"); got != "b, \"c\"\nd" {
		t.Errorf("note %q", got)
	}
	if got := tb.Row(0).Text("seen"); got != "2023-09-24T10:24+09:00" {
		t.Errorf("seen %q", got)
	}
}

func TestEveryBadCellIsReported(t *testing.T) {
	in := "place,len,n,at\n" +
		"yard,225,3,2023-09-24\n" +
		"yard,many,3,2023-02-30\n" +
		"yard,NaN,+Inf,3/4/2023\n" +
		"yard,12\n" +
		"ya\xffrd,1,012,2023-09-24T10:24\n" +
		"yard,1e999,99999999999999999999,2023-09-24,extra\n"
	tb, err := readString(in, CSV{Source: "looks.csv", Schema: Schema{{"place", Text, ""}, {"len", Float, "m"}, {"n", Int, ""}, {"at", Time, ""}}})
	var bad *BadCells
	if !errors.As(err, &bad) {
		t.Fatalf("error %v", err)
	}
	want := []BadCell{
		{3, "len", "many", notANumber}, {3, "at", "2023-02-30", noSuchDay},
		{4, "len", "NaN", notFinite}, {4, "n", "+Inf", notWhole}, {4, "at", "3/4/2023", ambiguous},
		{5, "", "", "2 cells under 4 headings"},
		{6, "place", "ya\xffrd", notUTF8}, {6, "n", "012", leadingZero}, {6, "at", "2023-09-24T10:24", needOffset},
		{7, "", "extra", "5 cells under 4 headings"}, {7, "len", "1e999", "too large for a 64-bit floating-point number"}, {7, "n", "99999999999999999999", tooLarge},
	}
	if !slices.Equal(bad.Cells, want) {
		t.Errorf("got %v\nwant %v", bad.Cells, want)
	}
	if tb.Len() != 6 || !strings.Contains(err.Error(), `looks.csv:3: column "len": not a number ("many")`) {
		t.Errorf("%d rows; %v", tb.Len(), err)
	}
}

func TestLinesOfRowsAreKeptAcrossBlocksQuotesAndBlankLines(t *testing.T) {
	var b strings.Builder
	b.WriteString("\xef\xbb\xbfid,text\r\n")
	var lines []int
	line := 2
	for i := range 400_000 {
		if i%1000 == 7 {
			b.WriteString("\r\n")
			line++
		}
		lines = append(lines, line)
		if i%997 == 5 {
			fmt.Fprintf(&b, "%d,\"two\nlines, and \"\"marks\"\"\"\r\n", i)
			line++
		} else {
			fmt.Fprintf(&b, "%d,plain\r\n", i)
		}
		line++
	}
	tb, err := readString(b.String(), CSV{Source: "f"})
	if err != nil || tb.Len() != 400_000 {
		t.Fatalf("%d rows, %v", tb.Len(), err)
	}
	for i, want := range lines {
		if got := tb.Trace(i); got[0].Line != want {
			t.Fatalf("row %d is said to be on line %d, want %d", i, got[0].Line, want)
		}
		if v, _ := tb.Row(i).Int("id"); v != int64(i) {
			t.Fatalf("row %d holds %d", i, v)
		}
	}
}

func TestAnUnclosedQuotationMarkEndsWithAnErrorNotWithTheMemory(t *testing.T) {
	endless := io.MultiReader(strings.NewReader("a,b\n1,\""), io.LimitReader(forever{}, 1<<30))
	_, err := CSV{Source: "f", MaxCell: 1 << 20}.Read(context.Background(), endless)
	if err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("error %v", err)
	}
}

type forever struct{}

func (forever) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 'x'
	}
	return len(b), nil
}

func TestHeadingsThatCannotBeUsed(t *testing.T) {
	for in, want := range map[string]string{
		"":           "empty",
		"a,a\n1,2\n": `two columns are named "a"`,
		"a,\n1,2\n":  "column 2 has no name",
		"b\n1\n":     `declared column "len" is not in the file`,
	} {
		_, err := readString(in, CSV{Source: "f", Schema: Schema{{"len", Float, "m"}}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %s", in, err, want)
		}
	}
}

func TestReadingCanBeCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	err := CSV{}.Stream(ctx, io.MultiReader(strings.NewReader("a\n"), linesForever{}), func(tb *Table, _ *BadCells) error {
		if n++; n == 2 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

type linesForever struct{}

func (linesForever) Read(b []byte) (int, error) {
	n := copy(b, bytes.Repeat([]byte("1\n"), len(b)/2))
	return n, nil
}

func TestCSVRoundTrip(t *testing.T) {
	tb := big(5000).With(Texts("odd", slices.Repeat([]string{"", " x", "a,b", "c\"d", "e\nf"}, 1000)...).WithMissing(5))
	var b bytes.Buffer
	if err := tb.WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	first := b.String()
	again, err := readString(first, CSV{Schema: tb.Schema()})
	if err != nil {
		t.Fatal(err)
	}
	b.Reset()
	if err := again.WriteCSV(&b); err != nil || b.String() != first {
		t.Errorf("the second file differs (%v)", err)
	}
	if c, _ := again.Column("odd"); c.Missing() != 1 || !c.Known(0) {
		t.Errorf("empty and missing texts were mixed up: %v", c)
	}
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte("a,b\n1,2\n"))
	f.Add([]byte("a,b\n\"x\"\"y\",\"2\n3\"\r\n\r\n4"))
	f.Add([]byte("\xef\xbb\xbfa\n\"\n"))
	f.Add([]byte("t\n2023-02-30\n2023-09-24T10:24+09:00\n"))
	f.Add([]byte("a,b\n\"x\"y,2\n,\n"))
	f.Fuzz(func(t *testing.T, in []byte) {
		tb, err := CSV{AllText: true}.Read(context.Background(), bytes.NewReader(in))
		if _, err2 := (CSV{}).Read(context.Background(), bytes.NewReader(in)); (err == nil) && err2 != nil && tb == nil {
			t.Errorf("sniffing failed where text did not: %v", err2)
		}
		if err != nil || tb.Width() < 2 {
			return
		}
		// What we accept without complaint, the standard library reads as the same cells.
		r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(in, []byte("\xef\xbb\xbf"))))
		want, err := r.ReadAll()
		if err != nil || len(want) == 0 {
			return
		}
		if tb.Len() != len(want)-1 {
			t.Fatalf("%d rows, encoding/csv has %d", tb.Len(), len(want)-1)
		}
		for i, rec := range want[1:] {
			for j, w := range rec {
				if got := tb.cols[j].Format(i); strings.ReplaceAll(got, "\r\n", "\n") != w {
					t.Fatalf("row %d column %d: %q, encoding/csv has %q", i, j, got, w)
				}
			}
		}
	})
}

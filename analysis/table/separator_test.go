package table

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAWrongSeparatorIsNamed(t *testing.T) {
	read := func(o CSV, text string) (*Table, string) {
		tb, err := o.Read(context.Background(), strings.NewReader(text))
		said := ""
		if err != nil {
			said = err.Error()
		}
		return tb, said
	}
	for _, c := range []struct {
		o          CSV
		text, hint string
	}{
		{CSV{}, "day;ships\n2023-09-24;3\n", `the separator looks like ';', set Comma`},
		{CSV{}, "\xef\xbb\xbfday;tons\n2023-09-24;3,5\n", `the separator looks like ';', set Comma`}, // cells too many
		{CSV{Schema: Schema{{Name: "ships", Kind: Int}}}, "day;ships\n2023-09-24;3\n", `the separator looks like ';', set Comma`},
		{CSV{}, "day\tships\n2023-09-24\t3\n", `the separator looks like '\t', set Comma`},
		{CSV{Comma: ';'}, "day,ships\n2023-09-24,3\n", `the separator looks like ',', set Comma`},
	} {
		tb, said := read(c.o, c.text)
		if tb != nil {
			if noted := strings.Join(tb.Warnings(), "\n"); strings.Count(noted, c.hint) != 1 {
				t.Errorf("%q: warnings %q", c.text, noted)
			}
		}
		if (tb == nil || strings.Contains(said, "could not be read")) && strings.Count(said, c.hint) != 1 {
			t.Errorf("%q: error %s", c.text, said)
		}
	}
	for _, text := range []string{"day,a;b\n1,2\n", "note\na;b\n", "\"a;b\"\n1\n"} {
		if tb, said := read(CSV{}, text); said != "" || strings.Contains(strings.Join(tb.Warnings(), "\n"), "separator") {
			t.Errorf("%q: %s %q", text, said, tb.Warnings())
		}
	}
	path := filepath.Join(t.TempDir(), "ships.csv")
	if err := os.WriteFile(path, []byte("day;ships\n2023-09-24;3\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadCSV(path, Field{Name: "ships", Kind: Int}); err == nil || !strings.Contains(err.Error(), "the separator looks like ';', set Comma") {
		t.Errorf("ReadCSV: %v", err)
	}
}

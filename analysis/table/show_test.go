package table_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/table"
)

func TestShortIdentifiersStayOnOneLine(t *testing.T) {
	html := table.New(table.Texts("id", "S1-01", "two words", "an-identifier-that-is-rather-long")).HTML()
	for text, unbroken := range map[string]bool{"S1-01": true, "two words": false, "an-identifier-that-is-rather-long": false} {
		before, _, found := strings.Cut(html, ">"+text+"</td>")
		cell := before[strings.LastIndex(before, "<td"):]
		if !found || strings.Contains(cell, "white-space:nowrap") != unbroken {
			t.Errorf("%q is in %s", text, cell)
		}
	}
}

func TestTablesOfOddSizesAndTextsAreShown(t *testing.T) {
	var cols []*table.Column
	for i := range 1000 {
		cols = append(cols, table.Ints(fmt.Sprintf("c%d", i), "m", int64(i)))
	}
	wide := table.New(cols...)
	for _, shown := range []string{wide.String(), wide.HTML()} {
		for name, there := range map[string]bool{"c0": true, "c23": true, "…": true, "c24": false, "c987": false, "c988": true, "c999": true, "1,000 columns": true} {
			if strings.Contains(shown, name) != there {
				t.Errorf("%q shown: %v", name, !there)
			}
		}
	}
	if n := len(wide.HTML()); n > 40_000 {
		t.Errorf("%d bytes of HTML", n)
	}
	for _, empty := range []*table.Table{table.New(), table.New(table.Texts("a")), wide.Head(0)} {
		if !strings.Contains(empty.String(), "0 rows") || !strings.Contains(empty.HTML(), "0 rows") {
			t.Errorf("%s", empty)
		}
	}
	odd := table.New(table.Texts("<b>\nname", "<script>x</script>", "two\nlines", "a\x00b\x1b[31m", "\u202egnp.exe", strings.Repeat("long ", 1000), "日本語", "e\u0301"), table.Ints("n", "", 1, 2, 3, 4, 5, 6, 7))
	text, html := odd.String(), odd.HTML()
	for _, bad := range []string{"\x00", "\x1b", "\u202e", "<script>", "<b>", "long\n"} {
		if strings.Contains(html, bad) || !strings.HasPrefix(bad, "<") && strings.Contains(text, bad) {
			t.Errorf("%q is shown", bad)
		}
	}
	for line := range strings.Lines(text) { // the numbers stand below each other
		if f := strings.Fields(line); len(f) == 2 && f[1] == "6" && !strings.HasSuffix(line, strings.Repeat(" ", 56)+"6\n") || len(f) == 2 && f[1] == "7" && !strings.HasSuffix(line, strings.Repeat(" ", 61)+"7\n") {
			t.Errorf("%q", line)
		}
	}
	if len(html) > 4000 {
		t.Errorf("%d bytes of HTML", len(html))
	}
}

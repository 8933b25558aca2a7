package table_test

import (
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

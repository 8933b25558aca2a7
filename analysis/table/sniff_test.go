package table

import (
	"fmt"
	"strings"
	"testing"
)

// One cell that is no number makes a sniffed column text; the reader is told which one.
func TestTheCellThatMakesAColumnTextIsNamed(t *testing.T) {
	for name, c := range map[string]struct{ cell, want string }{
		"a decimal comma":           {`"12,5"`, `line 4: "12,5" is not a number: if the comma is a decimal mark, write a point.`},
		"a thousands mark":          {`"1.234,5"`, `line 4: "1.234,5" is not a number: if the comma is a decimal mark`},
		"a word":                    {"n/a", `line 4: "n/a" is not a number.`},
		"NaN":                       {"NaN", `line 4: "NaN" is not a finite number.`},
		"infinity":                  {"+Inf", `line 4: "+Inf" is not a finite number.`},
		"a unit":                    {"225 m", `line 4: "225 m" is not a number.`},
		"more digits than are kept": {"22500000000000000001", `line 4: "22500000000000000001" is a whole number of more digits`},
		"not UTF-8":                 {"\xff", "line 4: \"\ufffd\" is not a number"},
	} {
		tb, _ := readString("place,len\nyard,225\n\"ya\nrd\","+c.cell+"\nyard,110.5\nyard,60\n", CSV{})
		want := strings.Replace(c.want, "line 4", "line 3", 1) // the line on which the record begins
		if notes := strings.Join(tb.Warnings(), "\n"); !strings.Contains(notes, `column "len" is read as text, though most of the 4 cells looked at are numbers, because of `+want) {
			t.Errorf("%s: %s", name, notes)
		}
	}
	two, err := readString("len\n1\nx\n2\ny\n3\n", CSV{})
	if err != nil || !strings.Contains(fmt.Sprint(two.Warnings()), `line 3: "x" is not a number and 1 like it`) {
		t.Errorf("%v %v", two.Warnings(), err)
	}
	for cell, want := range map[string]string{
		"3/4/2023": ambiguous, "2023-02-30": noSuchDay, "2023-09-24T10:24": needOffset,
	} {
		tb, err := readString("seen\n2023-09-24\n2023-09-25\n"+cell+"\n", CSV{})
		if err != nil || !strings.Contains(fmt.Sprint(tb.Warnings()), fmt.Sprintf("most of the 3 cells looked at are times, because of line 4: %q is %s", cell, want)) {
			t.Errorf("%s: %v %v", cell, tb.Warnings(), err)
		}
		all, err := readString("seen\n"+strings.Repeat(cell+"\n", 3), CSV{})
		if err != nil || !strings.Contains(fmt.Sprint(all.Warnings()), fmt.Sprintf("line 2: %q is %s and 2 like it", cell, want)) {
			t.Errorf("only %s: %v %v", cell, all.Warnings(), err)
		}
	}
	for name, quiet := range map[string]string{
		"texts": "place\nyard\nport\n", "mixed": "id\n1\nabc\ndef\n", "leading zeros": "imo\n0123456\n9161003\n9161004\n", "long numbers": "id\n12345678901234567890\n12345678901234567891\n",
	} {
		tb, err := readString(quiet, CSV{})
		if err != nil || strings.Contains(fmt.Sprint(tb.Warnings()), "read as text") {
			t.Errorf("%s: %v %v", name, tb.Warnings(), err)
		}
	}
}

func TestWholeNumbersThatAFloatColumnWouldRoundAreReported(t *testing.T) {
	in := "v\n9007199254740993\n9007199254740992\n100000000000000000000\n12345678901234567890\n0.1\n"
	tb, err := readString(in, CSV{Schema: Schema{{"v", Float, ""}}})
	if err == nil || strings.Count(err.Error(), tooExact) != 2 || !strings.Contains(err.Error(), "9007199254740993") || tb.Row(1).Text("v") != "9.007199254740992e+15" {
		t.Errorf("%v\n%s", err, tb)
	}
	if sniffed, err := readString("v\n9007199254740993\n0.5\n", CSV{}); err != nil || sniffed.Schema()[0].Kind != Text {
		t.Errorf("%v\n%s", err, sniffed)
	}
}

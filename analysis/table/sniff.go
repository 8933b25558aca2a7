package table

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"unicode/utf8"
)

func validText(s string) bool { return utf8.ValidString(s) }

// sniffed is how many bytes decide about kinds that are not declared.
const sniffed = 1 << 20

// choose decides the kind of every column: declared, or sniffed from the first block.
func (p *plan) choose(first block) {
	p.fields = make([]Field, len(p.names))
	want := map[string]bool{}
	for _, n := range p.o.Columns {
		want[n] = true
	}
	var guess []*sniffer
	any := false
	for i, n := range p.names {
		f, declared := p.o.Schema.Field(n)
		guess = append(guess, nil)
		switch {
		case len(want) > 0 && !want[n]:
		case declared:
			p.fields[i] = f
		case p.o.AllText:
			p.fields[i] = Field{Name: n, Kind: Text}
		default:
			guess[i], any = &sniffer{}, true
		}
	}
	if !any {
		return
	}
	workers := min(runtime.GOMAXPROCS(0), len(guess))
	inTurn(workers, func(w int) { p.sniff(first, guess, w, workers) })
	var found Schema
	for i, g := range guess {
		if g != nil {
			p.fields[i] = Field{Name: p.names[i], Kind: g.kind()}
			found = append(found, p.fields[i])
		}
	}
	p.notes = append(p.notes, "kinds found by reading, not declared: "+found.String())
	for i, g := range guess {
		if g != nil {
			p.notes = append(p.notes, g.why(p.names[i])...)
		}
	}
}

// sniff shows the guesses of every step-th column from start on the cells of the block's first megabyte.
func (p *plan) sniff(first block, guess []*sniffer, start, step int) {
	var rec record
	line := first.line
	for data, seen := first.data, 0; len(data) > 0 && seen < sniffed; {
		taken := rec.read(data, p.o.Comma, false)
		for i := start; i < min(len(guess), rec.len()); i += step {
			if g := guess[i]; g != nil {
				if cell := rec.cell(i); len(cell) > 0 && !p.missing[string(cell)] {
					g.see(cell, line)
				}
			}
		}
		line += bytes.Count(data[:taken], []byte{'\n'})
		data, seen = data[taken:], seen+taken
	}
}

// sniffer narrows the kinds that fit all cells seen.
type sniffer struct {
	seen                       int
	notInt, notFloat, notTruth bool
	notTime                    bool
	numbers, times             fit
}

// fit is how well one kind suits the cells.
type fit struct {
	good, near int // cells that are of the kind; cells that were meant to be but cannot be read
	bad        int
	first      BadCell // the first of those that are not of the kind
}

func (f *fit) see(cell []byte, line int, cause string, near bool) {
	if cause == "" {
		f.good++
		return
	}
	if near {
		f.near++
	}
	if f.bad++; f.bad == 1 {
		f.first = BadCell{Line: line, Text: clip(strings.ToValidUTF8(string(cell[:min(len(cell), 200)]), "\ufffd")), Cause: cause}
	}
}

func (g *sniffer) see(cell []byte, line int) {
	g.seen++
	_, whole := parseInt(cell)
	_, cause := parseFloat(cell)
	if whole != "" || len(cell) > 18 {
		g.notInt = true
	}
	long := whole == "" && len(cell) > 18 || whole == tooLarge // no number: digits would be lost
	g.notFloat = g.notFloat || cause != "" || long || whole == leadingZero
	g.numbers.see(cell, line, cause, cause == notFinite || cause == decimalComma)
	if !g.notTruth {
		_, cause := parseBool(cell)
		g.notTruth = cause != ""
	}
	_, _, prec, cause := scanStamp(cell)
	g.notTime = g.notTime || cause != "" || prec == Year // a bare year is rather a number
	g.times.see(cell, line, cause, cause == ambiguous || cause == needOffset || cause == noSuchDay || cause == noSuchTime)
}

func (g *sniffer) kind() Kind {
	switch {
	case g.seen == 0:
		return Text
	case !g.notTruth:
		return Bool
	case !g.notTime:
		return Time
	case !g.notInt:
		return Int
	case !g.notFloat:
		return Float
	}
	return Text
}

// why names the first cell that kept a column of numbers or times from being one. A leading zero is no such cell: keeping
// it is why the column is text.
func (g *sniffer) why(column string) []string {
	if g.kind() != Text {
		return nil
	}
	what, f := "numbers", g.numbers
	if t := g.times; t.good+t.near > f.good+f.near {
		what, f = "times", t
	}
	if 2*(f.good+f.near) <= g.seen || f.bad == 0 || f.first.Cause == leadingZero {
		return nil
	}
	rest := ""
	if f.bad > 1 {
		rest = fmt.Sprintf(" and %s like it", thousands(f.bad-1))
	}
	return []string{fmt.Sprintf("column %q is read as text, though most of the %s looked at are %s, because of line %d: %q is %s%s. "+
		"Mend it, list it in CSV.Missing if it means that nothing is known, or declare the column", column, plural(g.seen, "cell"), what, f.first.Line, f.first.Text, f.first.Cause, rest)}
}

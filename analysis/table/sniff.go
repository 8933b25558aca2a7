package table

import (
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
	var rec record
	for data, seen := first.data, 0; len(data) > 0 && seen < sniffed; {
		taken := rec.read(data, p.o.Comma, false)
		data, seen = data[taken:], seen+taken
		for i, g := range guess {
			if g != nil && i < rec.len() {
				if cell := rec.cell(i); len(cell) > 0 && !p.missing[string(cell)] {
					g.see(cell)
				}
			}
		}
	}
	var found Schema
	for i, g := range guess {
		if g != nil {
			p.fields[i] = Field{Name: p.names[i], Kind: g.kind()}
			found = append(found, p.fields[i])
		}
	}
	p.notes = append(p.notes, "kinds found by reading, not declared: "+found.String())
}

// sniffer narrows the kinds that fit all cells seen.
type sniffer struct {
	seen                       int
	notInt, notFloat, notTruth bool
	notTime                    bool
}

func (g *sniffer) see(cell []byte) {
	g.seen++
	if !g.notInt {
		if _, cause := parseInt(cell); cause != "" || len(cell) > 18 {
			g.notInt = true
			g.notFloat = g.notFloat || cause == "" || cause == leadingZero || cause == tooLarge
		}
	}
	if g.notInt && !g.notFloat {
		_, cause := parseFloat(cell)
		g.notFloat = cause != ""
	}
	if !g.notTruth {
		_, cause := parseBool(cell)
		g.notTruth = cause != ""
	}
	if !g.notTime {
		_, _, prec, cause := scanStamp(cell)
		g.notTime = cause != "" || prec == Year // a bare year is rather a number
	}
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

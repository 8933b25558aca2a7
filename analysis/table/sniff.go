package table

import (
	"unicode/utf8"
)

func validText(s string) bool { return utf8.ValidString(s) }

// choose decides the kind of every column: declared, or sniffed from the first block.
func (p *plan) choose(first block) {
	p.fields = make([]Field, len(p.names))
	want := map[string]bool{}
	for _, n := range p.o.Columns {
		want[n] = true
	}
	var guess []*sniffer
	sniffed := false
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
			guess[i], sniffed = &sniffer{}, true
		}
	}
	if !sniffed {
		return
	}
	var rec record
	for data := first.data; len(data) > 0; {
		data = data[rec.read(data, p.o.Comma):]
		for i, g := range guess {
			if g != nil && i < len(rec.cells) && len(rec.cells[i]) > 0 && !p.missing[string(rec.cells[i])] {
				g.see(rec.cells[i])
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

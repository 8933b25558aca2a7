package notebook

import (
	"html"
	"strings"
	"unicode"
)

// mathML writes a formula in the part of LaTeX that notebooks use as MathML, which browsers show without any script. A
// formula with a command that is not known stands as its LaTeX source.
func mathML(tex string, block bool) string {
	tex = strings.TrimSpace(tex)
	tex = strings.TrimSuffix(strings.TrimPrefix(tex, `\[`), `\]`)
	p := &texParser{in: []rune(tex), block: block}
	body := p.row("")
	if p.bad || p.at < len(p.in) {
		return `<code>` + html.EscapeString(tex) + `</code>`
	}
	mode := "inline"
	if block {
		mode = "block"
	}
	return `<math display="` + mode + `"><semantics><mrow>` + body + `</mrow><annotation encoding="application/x-tex">` +
		html.EscapeString(tex) + `</annotation></semantics></math>`
}

// texParser reads a formula from left to right.
type texParser struct {
	in    []rune
	at    int
	depth int
	block bool
	bad   bool // something is not known
}

func (p *texParser) peek() rune {
	if p.at < len(p.in) {
		return p.in[p.at]
	}
	return 0
}

func (p *texParser) rest() string { return string(p.in[p.at:]) }

// ends reports whether the row ends here: at a closing brace, a cell of a table, or the given command.
func (p *texParser) ends(closing string) bool {
	switch {
	case p.at >= len(p.in) || p.bad:
		return true
	case p.peek() == '}' || p.peek() == '&':
		return true
	}
	rest := p.rest()
	return strings.HasPrefix(rest, `\\`) || strings.HasPrefix(rest, `\end`) || closing != "" && strings.HasPrefix(rest, closing)
}

// row reads atoms with their indices up to the end of a group.
func (p *texParser) row(closing string) string {
	if p.depth++; p.depth > 50 {
		p.bad = true
	}
	defer func() { p.depth-- }()
	var b strings.Builder
	for {
		for unicode.IsSpace(p.peek()) {
			p.at++
		}
		if p.ends(closing) {
			return b.String()
		}
		b.WriteString(p.scripted())
	}
}

// scripted is one atom with what is written below and above it.
func (p *texParser) scripted() string {
	limits := p.block && largeOperator(p.rest())
	var atom string
	if c := p.peek(); c == '^' || c == '_' {
		atom = "<mrow></mrow>"
	} else {
		atom = p.atom()
	}
	var low, high string
	for {
		switch c := p.peek(); {
		case c == '_' && low == "":
			p.at++
			low = p.argument()
			continue
		case c == '^' && high == "":
			p.at++
			high = p.argument()
			continue
		case c == '\'' && high == "":
			for p.peek() == '\'' {
				high += "′"
				p.at++
			}
			high = "<mo>" + high + "</mo>"
			continue
		}
		break
	}
	under, over, both := "msub", "msup", "msubsup"
	if limits {
		under, over, both = "munder", "mover", "munderover"
	}
	switch {
	case low != "" && high != "":
		return element(both, atom+low+high)
	case low != "":
		return element(under, atom+low)
	case high != "":
		return element(over, atom+high)
	}
	return atom
}

// argument is the next group or single atom.
func (p *texParser) argument() string {
	for unicode.IsSpace(p.peek()) {
		p.at++
	}
	if p.at >= len(p.in) {
		p.bad = true
		return ""
	}
	return p.atom()
}

// atom is a group, a number, a letter, an operator or a command.
func (p *texParser) atom() string {
	c := p.peek()
	switch {
	case c == '{':
		p.at++
		body := p.row("")
		if p.peek() != '}' {
			p.bad = true
			return ""
		}
		p.at++
		return element("mrow", body)
	case c == '\\':
		return p.command()
	case c >= '0' && c <= '9':
		start := p.at
		for unicode.IsDigit(p.peek()) || p.peek() == '.' && p.at+1 < len(p.in) && unicode.IsDigit(p.in[p.at+1]) {
			p.at++
		}
		return element("mn", string(p.in[start:p.at]))
	case unicode.IsLetter(c):
		p.at++
		return element("mi", string(c))
	case c == '-':
		p.at++
		return "<mo>−</mo>"
	case c == '~':
		p.at++
		return `<mspace width="0.3em"/>`
	case c == '#' || c == '%' || c == '$' || c == '}' || c == '&' || c == 0:
		p.bad = true
		return ""
	}
	p.at++
	return element("mo", html.EscapeString(string(c)))
}

// raw is the text between braces as it stands.
func (p *texParser) raw() string {
	for unicode.IsSpace(p.peek()) {
		p.at++
	}
	if p.peek() != '{' {
		p.bad = true
		return ""
	}
	p.at++
	start := p.at
	for depth := 1; p.at < len(p.in); p.at++ {
		switch p.in[p.at] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				p.at++
				return string(p.in[start : p.at-1])
			}
		}
	}
	p.bad = true
	return ""
}

func element(name, body string) string { return "<" + name + ">" + body + "</" + name + ">" }

func largeOperator(rest string) bool {
	for _, name := range []string{`\sum`, `\prod`, `\lim`, `\max`, `\min`, `\bigcup`, `\bigcap`, `\sup`, `\inf`} {
		if tail, ok := strings.CutPrefix(rest, name); ok && (tail == "" || !unicode.IsLetter([]rune(tail)[0])) {
			return true
		}
	}
	return false
}

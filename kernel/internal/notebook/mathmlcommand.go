package notebook

import (
	"html"
	"strings"
	"unicode"
)

// texSymbols are commands that stand for one character: letters first, then operators.
var texLetters = map[string]string{
	"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ",
	"vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ",
	"tau": "τ", "upsilon": "υ", "phi": "ϕ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ",
	"Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "infty": "∞", "ell": "ℓ",
	"hbar": "ℏ", "partial": "∂", "nabla": "∇", "emptyset": "∅", "Re": "ℜ", "Im": "ℑ",
}

var texOperators = map[string]string{
	"pm": "±", "mp": "∓", "times": "×", "div": "÷", "cdot": "⋅", "ast": "∗", "circ": "∘", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥",
	"ne": "≠", "neq": "≠", "approx": "≈", "sim": "∼", "simeq": "≃", "equiv": "≡", "propto": "∝", "ll": "≪", "gg": "≫", "in": "∈",
	"notin": "∉", "subset": "⊂", "subseteq": "⊆", "cup": "∪", "cap": "∩", "setminus": "∖", "to": "→", "rightarrow": "→", "leftarrow": "←",
	"Rightarrow": "⇒", "Leftarrow": "⇐", "leftrightarrow": "↔", "iff": "⟺", "implies": "⟹", "mapsto": "↦", "forall": "∀", "exists": "∃",
	"neg": "¬", "land": "∧", "wedge": "∧", "lor": "∨", "vee": "∨", "sum": "∑", "prod": "∏", "int": "∫", "oint": "∮", "bigcup": "⋃",
	"bigcap": "⋂", "ldots": "…", "dots": "…", "cdots": "⋯", "vdots": "⋮", "mid": "∣", "vert": "|", "Vert": "‖", "langle": "⟨", "rangle": "⟩",
	"lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "perp": "⊥", "parallel": "∥", "oplus": "⊕", "otimes": "⊗", "prime": "′",
	"{": "{", "}": "}", "%": "%", "&": "&amp;", "_": "_", "#": "#", "$": "$", "|": "‖", "degree": "°", "lbrace": "{", "rbrace": "}",
}

var texSpaces = map[string]string{
	",": "0.17em", ":": "0.22em", ";": "0.28em", " ": "0.25em", "!": "-0.17em", "quad": "1em", "qquad": "2em",
}

var texAccents = map[string]string{
	"hat": "^", "widehat": "^", "bar": "¯", "overline": "¯", "tilde": "~", "widetilde": "~", "dot": "˙", "ddot": "¨", "vec": "→",
}

// texFunctions are names that stand upright.
const texFunctions = " sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh exp log ln lg lim max min sup inf det dim gcd Pr arg "

// command reads \name with its arguments.
func (p *texParser) command() string {
	p.at++
	start := p.at
	if p.at == len(p.in) {
		p.bad = true
		return ""
	}
	for unicode.IsLetter(p.peek()) {
		p.at++
	}
	if p.at == start {
		p.at++
	}
	name := string(p.in[start:p.at])
	if s, ok := texLetters[name]; ok {
		return element("mi", s)
	}
	if s, ok := texOperators[name]; ok {
		return element("mo", s)
	}
	if s, ok := texSpaces[name]; ok {
		return `<mspace width="` + s + `"/>`
	}
	if s, ok := texAccents[name]; ok {
		return `<mover accent="true">` + p.argument() + "<mo>" + s + "</mo></mover>"
	}
	if strings.Contains(texFunctions, " "+name+" ") {
		return element("mi", name)
	}
	return p.structure(name)
}

// structure reads the commands that build something from their arguments.
func (p *texParser) structure(name string) string {
	switch name {
	case "frac", "dfrac", "tfrac":
		return element("mfrac", p.argument()+p.argument())
	case "binom":
		return `<mrow><mo>(</mo><mfrac linethickness="0">` + p.argument() + p.argument() + `</mfrac><mo>)</mo></mrow>`
	case "sqrt":
		if p.peek() == '[' {
			p.at++
			degree := p.row("]")
			if p.peek() != ']' {
				p.bad = true
				return ""
			}
			p.at++
			return element("mroot", p.argument()+element("mrow", degree))
		}
		return element("msqrt", p.argument())
	case "underline":
		return element("munder", p.argument()+"<mo>_</mo>")
	case "text", "textrm", "mbox":
		return element("mtext", html.EscapeString(p.raw()))
	case "mathrm", "operatorname", "mathit", "mathsf":
		return `<mi mathvariant="normal">` + html.EscapeString(p.raw()) + "</mi>"
	case "mathbf", "boldsymbol", "mathbb", "mathcal":
		return p.styled(name)
	case "left":
		return p.fenced()
	case "big", "Big", "bigg", "Bigg", "displaystyle", "textstyle", "limits", "nolimits", "right", "bigl", "bigr", "Bigl", "Bigr":
		if name == "right" {
			p.bad = true
		}
		return ""
	case "begin":
		return p.environment()
	}
	p.bad = true
	return ""
}

func (p *texParser) styled(name string) string {
	text := strings.TrimSpace(p.raw())
	switch {
	case name == "mathbb" && len(text) == 1:
		if s, ok := map[string]string{"R": "ℝ", "N": "ℕ", "Z": "ℤ", "Q": "ℚ", "C": "ℂ", "P": "ℙ", "E": "𝔼"}[text]; ok {
			return element("mi", s)
		}
	case name == "mathcal":
		return element("mi", html.EscapeString(text))
	}
	inner := &texParser{in: []rune(text), block: p.block, depth: p.depth + 1}
	body := inner.row("")
	p.bad = p.bad || inner.bad || inner.at < len(inner.in)
	return `<mrow style="font-weight:bold">` + body + "</mrow>"
}

// fenced reads \left( … \right).
func (p *texParser) fenced() string {
	open := p.delimiter()
	body := p.row(`\right`)
	if !strings.HasPrefix(p.rest(), `\right`) {
		p.bad = true
		return ""
	}
	p.at += len(`\right`)
	return "<mrow>" + open + body + p.delimiter() + "</mrow>"
}

func (p *texParser) delimiter() string {
	for unicode.IsSpace(p.peek()) {
		p.at++
	}
	c := p.peek()
	switch c {
	case 0:
		p.bad = true
		return ""
	case '.':
		p.at++
		return ""
	case '\\':
		return p.command()
	}
	p.at++
	return `<mo stretchy="true">` + html.EscapeString(string(c)) + "</mo>"
}

// environment reads \begin{…} rows and cells \end{…}.
func (p *texParser) environment() string {
	name := p.raw()
	open, close := "", ""
	switch strings.TrimSuffix(name, "*") {
	case "matrix", "aligned", "align", "gathered", "equation", "split":
	case "pmatrix":
		open, close = "<mo>(</mo>", "<mo>)</mo>"
	case "bmatrix":
		open, close = "<mo>[</mo>", "<mo>]</mo>"
	case "vmatrix":
		open, close = "<mo>|</mo>", "<mo>|</mo>"
	case "cases":
		open = "<mo>{</mo>"
	default:
		p.bad = true
		return ""
	}
	var b strings.Builder
	b.WriteString("<mtr><mtd>")
	for !p.bad && p.at < len(p.in) {
		b.WriteString(p.row(""))
		rest := p.rest()
		switch {
		case strings.HasPrefix(rest, "&"):
			p.at++
			b.WriteString("</mtd><mtd>")
		case strings.HasPrefix(rest, `\\`):
			p.at += 2
			b.WriteString("</mtd></mtr><mtr><mtd>")
		case strings.HasPrefix(rest, `\end`):
			p.at += len(`\end`)
			if p.raw() != name {
				p.bad = true
			}
			b.WriteString("</mtd></mtr>")
			return "<mrow>" + open + "<mtable>" + b.String() + "</mtable>" + close + "</mrow>"
		default:
			p.bad = true
		}
	}
	p.bad = true
	return ""
}

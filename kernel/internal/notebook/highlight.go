package notebook

import (
	"go/scanner"
	"go/token"
	"html"
	"strings"
)

// highlight is Go code as HTML with classes for keywords, text, numbers, comments, calls and types. Go's own scanner finds
// the words: general highlighters register hundreds of languages when a program starts, which the kernel cannot afford.
func highlight(code string) string {
	if strings.HasPrefix(strings.TrimSpace(code), "%%") {
		first, rest, _ := strings.Cut(code, "\n")
		return span("mag", first) + "\n" + html.EscapeString(rest)
	}
	var b strings.Builder
	pending := 0 // start of the lines that are Go
	flush := func(end int) {
		b.WriteString(highlightGo(code[pending:end]))
	}
	at := 0
	for line := range strings.Lines(code) {
		if t := strings.TrimSpace(line); strings.HasPrefix(t, "%") || strings.HasPrefix(t, "!") || strings.HasPrefix(t, "$") {
			flush(at)
			b.WriteString(span("mag", line))
			pending = at + len(line)
		}
		at += len(line)
	}
	flush(len(code))
	return b.String()
}

func highlightGo(code string) string {
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(code))
	var s scanner.Scanner
	s.Init(file, []byte(code), func(token.Position, string) {}, scanner.ScanComments)
	var b strings.Builder
	written := 0
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			break
		}
		if tok == token.SEMICOLON && lit == "\n" {
			continue
		}
		if lit == "" {
			lit = tok.String()
		}
		from := file.Offset(pos)
		to := min(from+len(lit), len(code))
		if from < written || to < from {
			continue
		}
		b.WriteString(html.EscapeString(code[written:from]))
		b.WriteString(span(class(tok, code[from:to], code[to:]), code[from:to]))
		written = to
	}
	b.WriteString(html.EscapeString(code[written:]))
	return b.String()
}

// class is how a token is shown; rest is what follows it.
func class(tok token.Token, lit, rest string) string {
	switch {
	case tok.IsKeyword():
		return "kw"
	case tok == token.COMMENT:
		return "com"
	case tok == token.STRING || tok == token.CHAR:
		return "str"
	case tok == token.INT || tok == token.FLOAT || tok == token.IMAG:
		return "num"
	case tok == token.IDENT:
		switch lit {
		case "true", "false", "nil", "iota":
			return "num"
		case "bool", "byte", "rune", "string", "error", "any", "int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32",
			"uint64", "uintptr", "float32", "float64", "complex64", "complex128", "comparable":
			return "typ"
		}
		if strings.HasPrefix(rest, "(") {
			return "fn"
		}
	}
	return ""
}

func span(class, text string) string {
	if class == "" || text == "" {
		return html.EscapeString(text)
	}
	return `<span class="` + class + `">` + html.EscapeString(text) + "</span>"
}

package notebook

import (
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"
)

// overwrite does what a terminal does with carriage returns: the text after one replaces what stands before it.
func overwrite(text string) string {
	if !strings.Contains(text, "\r") {
		return text
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	rows := strings.Split(text, "\n")
	for i, row := range rows {
		parts := strings.Split(row, "\r")
		line := []rune(parts[0])
		for _, p := range parts[1:] {
			over := []rune(p)
			if len(over) >= len(line) {
				line = over
			} else {
				copy(line, over)
			}
		}
		rows[i] = string(line)
	}
	return strings.Join(rows, "\n")
}

var (
	escape = regexp.MustCompile("\x1b\\[([0-9;:]*)m|\x1b\\[[0-9;?]*[A-Za-z]|\x1b\\][^\x07\x1b]*(?:\x07|\x1b\\\\)|\x1b.")
	// palette are the sixteen colours of a terminal, chosen to be readable on white and on black.
	palette = [16]string{"#4b5563", "#c62828", "#2e7d32", "#9a6700", "#1d6fb8", "#8e44ad", "#0b7c86", "#6b7280",
		"#6b7280", "#e53935", "#43a047", "#b58105", "#2f81d6", "#a55bc9", "#1295a1", "#9aa5b1"}
)

// ansi turns text with terminal colours into HTML; other control sequences are left out.
func ansi(text string) string {
	var b strings.Builder
	var s style
	open := false
	for len(text) > 0 {
		m := escape.FindStringSubmatchIndex(text)
		if m == nil {
			b.WriteString(html.EscapeString(text))
			break
		}
		b.WriteString(html.EscapeString(text[:m[0]]))
		if m[2] >= 0 {
			s.apply(text[m[2]:m[3]])
			if open {
				b.WriteString("</span>")
			}
			css := s.css()
			if open = css != ""; open {
				b.WriteString(`<span style="` + css + `">`)
			}
		}
		text = text[m[1]:]
	}
	if open {
		b.WriteString("</span>")
	}
	return b.String()
}

// style is the state of a terminal's pen.
type style struct {
	front, back                  string
	bold, dim, italic, underline bool
}

func (s *style) apply(codes string) {
	list := strings.FieldsFunc(codes, func(r rune) bool { return r == ';' || r == ':' })
	if len(list) == 0 {
		*s = style{}
	}
	for i := 0; i < len(list); i++ {
		n, _ := strconv.Atoi(list[i])
		switch {
		case n == 0:
			*s = style{}
		case n == 1:
			s.bold = true
		case n == 2:
			s.dim = true
		case n == 3:
			s.italic = true
		case n == 4:
			s.underline = true
		case n == 22:
			s.bold, s.dim = false, false
		case n == 23:
			s.italic = false
		case n == 24:
			s.underline = false
		case n >= 30 && n <= 37:
			s.front = palette[n-30]
		case n >= 90 && n <= 97:
			s.front = palette[n-82]
		case n >= 40 && n <= 47:
			s.back = palette[n-40]
		case n >= 100 && n <= 107:
			s.back = palette[n-92]
		case n == 39:
			s.front = ""
		case n == 49:
			s.back = ""
		case n == 38 || n == 48:
			colour, used := extended(list[i+1:])
			i += used
			if n == 38 {
				s.front = colour
			} else {
				s.back = colour
			}
		}
	}
}

// extended reads 5;n or 2;r;g;b.
func extended(list []string) (colour string, used int) {
	at := func(i int) int {
		n, _ := strconv.Atoi(list[i])
		return min(max(n, 0), 255)
	}
	switch {
	case len(list) >= 2 && list[0] == "5":
		return indexed(at(1)), 2
	case len(list) >= 4 && list[0] == "2":
		return fmt.Sprintf("#%02x%02x%02x", at(1), at(2), at(3)), 4
	}
	return "", len(list)
}

func indexed(n int) string {
	switch {
	case n < 16:
		return palette[n]
	case n < 232:
		step := [6]int{0, 95, 135, 175, 215, 255}
		n -= 16
		return fmt.Sprintf("#%02x%02x%02x", step[n/36], step[n/6%6], step[n%6])
	}
	g := 8 + 10*(n-232)
	return fmt.Sprintf("#%02x%02x%02x", g, g, g)
}

func (s style) css() string {
	var parts []string
	add := func(ok bool, css string) {
		if ok {
			parts = append(parts, css)
		}
	}
	add(s.front != "", "color:"+s.front)
	add(s.back != "", "background:"+s.back)
	add(s.bold, "font-weight:bold")
	add(s.dim, "opacity:.7")
	add(s.italic, "font-style:italic")
	add(s.underline, "text-decoration:underline")
	return strings.Join(parts, ";")
}

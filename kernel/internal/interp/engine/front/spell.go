package front

import (
	"go/token"
	"slices"
	"strings"
	"unicode"
)

// didYouMean names what is spelt most like name, if anything is spelt alike.
func didYouMean(name string, among []string) string { return quoted(nearest(name, among, 0)) }

func quoted(name string) string {
	if name == "" {
		return ""
	}
	return `did you mean "` + name + `"?`
}

// nearest is what is spelt most like name: one letter in four may differ, or as many as lenient in names of three letters
// and more; two letters may be swapped in any.
func nearest(name string, among []string, lenient int) string {
	if len(name) < 2 {
		return ""
	}
	among = slices.Sorted(slices.Values(among))
	best, least := "", min(len(name)/4, 3)
	if len(name) > 2 {
		least = max(least, lenient)
	}
	for _, n := range among {
		if n == name || hidden(n) || len(n) < 2 {
			continue
		}
		d := distance(strings.ToLower(n), strings.ToLower(name))
		if d == 1 && len(n) == len(name) && swapped(n, name) {
			d = 0
		}
		if d > 0 && len(name) <= 3 && !strings.EqualFold(n[:1], name[:1]) { // a third of so few letters is much
			continue
		}
		if d < least || d == least && (best == "" || begins(n, name) && !begins(best, name)) {
			best, least = n, d
		}
	}
	return best
}

// begins says whether a word begins with another, in any case of letters.
func begins(word, with string) bool {
	return len(word) >= len(with) && strings.EqualFold(word[:len(with)], with)
}

// swapped says whether two words of a length have the same letters.
func swapped(a, b string) bool {
	x, y := []byte(a), []byte(b)
	slices.Sort(x)
	slices.Sort(y)
	return string(x) == string(y)
}

// syntaxHint proposes the keyword that the word before a syntax error may be, or what else the parser's words hide.
func syntaxHint(src string, x Problem) string {
	if strings.Contains(x.Message, "found assignment") {
		return quoted("==")
	}
	if strings.HasSuffix(x.Message, "illegal rune literal") {
		return `a single character stands in '…', text in "…"`
	}
	if strings.Contains(x.Message, "illegal character U+00A0") {
		return "a no-break space, which pages on the web have; write an ordinary one"
	}
	lines := strings.Split(src, "\n")
	if x.Line <= len(lines) && strings.HasPrefix(strings.TrimSpace(lines[x.Line-1]), "import ") && strings.Contains(x.Message, "import path") {
		return `the path of an import is text: import "fmt"`
	}
	if x.Line <= len(lines) {
		if hint := foreign(lines[x.Line-1], x); hint != "" {
			return hint
		}
	}
	if !strings.Contains(x.Message, "expected ';'") && !strings.Contains(x.Message, "found newline") || x.Line > len(lines) {
		return ""
	}
	words := strings.Fields(lines[x.Line-1][:min(x.Column-1, len(lines[x.Line-1]))])
	if len(words) == 0 {
		return ""
	}
	var keywords []string
	for t := token.BREAK; t <= token.VAR; t++ {
		keywords = append(keywords, t.String())
	}
	return didYouMean(words[len(words)-1], keywords)
}

// foreign says how Go writes what a word of another language stands for, at or before the place of a syntax error.
func foreign(line string, x Problem) string {
	at := min(x.Column-1, len(line))
	before := strings.Fields(line[:at])
	next := strings.FieldsFunc(line[at:], func(r rune) bool { return !unicode.IsLetter(r) })
	word := ""
	if len(next) > 0 && strings.HasPrefix(line[at:], next[0]) {
		word = next[0]
	}
	switch {
	case word == "in" && len(before) > 1 && strings.Trim(before[0], "(") == "for":
		return "Go writes: for i, x := range list { … }, or for i := range 10 { … }"
	case word == "and" || word == "or":
		return "Go writes && and || for and and or"
	case len(before) == 0:
		return ""
	}
	switch before[0] {
	case "while":
		return "Go writes: for x < 10 { … }"
	case "def", "function", "fn":
		return "Go writes: func f(x int) int { … }"
	case "elif", "}elif":
		return "Go writes: } else if x > 3 { … }"
	case "try":
		return "Go has no exceptions: v, err := f(); if err != nil { … }; must(f()) ends the cell"
	case "class":
		return "Go writes: type T struct { … }"
	case "from":
		return `Go writes: import "math"`
	case "let", "auto":
		return "Go writes: x := 3"
	}
	return ""
}

// distance counts the letters to insert, delete, change or swap with their neighbour.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	prev2, prev, cur := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(s); i++ {
		cur[0] = i
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return prev[len(t)]
}

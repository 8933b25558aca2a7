package regression

import (
	"slices"
	"strconv"
	"strings"
)

// formula is a parsed model formula.
type formula struct {
	text      string
	response  string
	terms     [][]string // each a product of variables; sorted by order
	offsets   []string
	intercept bool
}

// parse reads "count ~ a + b*c + a:b + offset(log(looks))". The operators are those of R: + adds, * crosses, : is the
// interaction alone, - 1 and + 0 drop the intercept. A variable is a column name, log(x), sqrt(x) or factor(x).
func parse(text string) (formula, error) {
	bad := func(cause string) (formula, error) {
		return formula{}, &InputError{Room: "regression", What: "formula", Value: strconv.Quote(text), Cause: cause}
	}
	left, right, ok := strings.Cut(text, "~")
	f := formula{text: strings.Join(strings.Fields(text), " "), response: strings.TrimSpace(left), intercept: true}
	if !ok || f.response == "" || strings.TrimSpace(right) == "" {
		return bad(`must read "response ~ terms"`)
	}
	if !balanced(right) {
		return bad("has unbalanced brackets")
	}
	for _, part := range summands(right) {
		body := strings.ReplaceAll(part[1:], " ", "")
		minus := part[0] == '-'
		switch {
		case body == "":
			return bad("has an empty term")
		case body == "1" || body == "0":
			f.intercept = (body == "1") != minus
		case minus:
			return bad("only the intercept can be taken away (- 1)")
		case strings.HasPrefix(body, "offset(") && strings.HasSuffix(body, ")"):
			f.offsets = append(f.offsets, body[len("offset("):len(body)-1])
		default:
			f.cross(body)
		}
	}
	for _, t := range f.terms {
		for _, v := range t {
			if v == "" || strings.ContainsAny(v, "^%|/~") {
				return bad("cannot read the term " + strconv.Quote(strings.Join(t, ":")))
			}
		}
	}
	slices.SortStableFunc(f.terms, func(a, b []string) int { return len(a) - len(b) })
	if len(f.terms) == 0 && !f.intercept {
		return bad("has no term at all")
	}
	return f, nil
}

// balanced reports whether the round brackets pair up.
func balanced(s string) bool {
	depth := 0
	for _, r := range s {
		if r == '(' {
			depth++
		} else if r == ')' {
			depth--
		}
		if depth < 0 {
			return false
		}
	}
	return depth == 0
}

// summands cuts at + and - outside brackets; every piece starts with its sign.
func summands(s string) []string {
	var out []string
	depth, sign, start := 0, "+", 0
	for i, r := range s {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth--
		case depth == 0 && (r == '+' || r == '-'):
			if piece := strings.TrimSpace(s[start:i]); piece != "" || i > 0 && strings.TrimSpace(s[:i]) != "" {
				out = append(out, sign+piece)
			}
			sign, start = string(r), i+1
		}
	}
	return append(out, sign+strings.TrimSpace(s[start:]))
}

// cross adds a term: a*b gives a, b and a:b.
func (f *formula) cross(body string) {
	var all [][]string
	for _, factor := range strings.Split(body, "*") {
		product := strings.Split(factor, ":")
		next := append(slices.Clone(all), product)
		for _, a := range all {
			next = append(next, append(slices.Clone(a), product...))
		}
		all = next
	}
	for _, t := range all {
		if !slices.ContainsFunc(f.terms, func(u []string) bool { return same(t, u) }) {
			f.terms = append(f.terms, t)
		}
	}
}

// same reports whether two products hold the same variables.
func same(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for _, v := range a {
		if !slices.Contains(b, v) {
			return false
		}
	}
	return true
}

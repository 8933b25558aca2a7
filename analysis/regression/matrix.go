package regression

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// matrix is the model matrix, by columns, with the response and the offset.
type matrix struct {
	formula formula
	names   []string
	cols    [][]float64
	y       []float64
	offset  []float64
}

// build reads the data into a model matrix with treatment contrasts, and lists every row it refuses.
func build(text string, data Columns) (*matrix, error) {
	f, err := parse(text)
	if err != nil {
		return nil, err
	}
	m := &matrix{formula: f}
	var faults []error
	response, bad := data.variable(f.response)
	faults = append(faults, bad...)
	if response.levels != nil {
		faults = append(faults, &InputError{Room: "regression", What: "response", Value: strconv.Quote(f.response), Cause: "must be numbers"})
	}
	m.y = response.numbers
	n := len(m.y)
	for i, v := range m.y {
		if v < 0 || v != math.Trunc(v) {
			faults = append(faults, &InputError{Room: "regression", What: "count", Row: i + 1, Value: fmt.Sprint(v), Cause: "must be a whole number, 0 or more"})
		}
	}
	m.offset = make([]float64, n)
	vars := map[string]column{}
	fetch := func(name string) column {
		if c, ok := vars[name]; ok {
			return c
		}
		c, bad := data.variable(name)
		faults = append(faults, bad...)
		if len(bad) == 0 && c.size() != n {
			faults = append(faults, &InputError{Room: "regression", What: "column", Value: strconv.Quote(name), Cause: fmt.Sprintf("has %d rows, the response %d", c.size(), n)})
		}
		vars[name] = c
		return c
	}
	for _, o := range f.offsets {
		c := fetch(o)
		if c.levels != nil {
			faults = append(faults, &InputError{Room: "regression", What: "offset", Value: o, Cause: "must be numbers"})
		}
		for i := range min(n, len(c.numbers)) {
			m.offset[i] += c.numbers[i]
		}
	}
	for _, t := range f.terms {
		for _, v := range t {
			fetch(v)
		}
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	if n == 0 {
		return nil, &InputError{Room: "regression", What: "response", Value: strconv.Quote(f.response), Cause: "has no rows"}
	}
	m.fill(n, vars)
	return m, nil
}

// variable reads a column or a function of one.
func (data Columns) variable(text string) (column, []error) {
	call, inner, isCall := strings.Cut(text, "(")
	if !isCall {
		return data.read(text, false)
	}
	inner = strings.TrimSuffix(inner, ")")
	if call == "factor" {
		return data.read(inner, true)
	}
	f, ok := map[string]func(float64) float64{"log": math.Log, "sqrt": math.Sqrt, "I": func(x float64) float64 { return x }}[call]
	if !ok {
		return column{}, []error{&InputError{Room: "regression", What: "function", Value: strconv.Quote(call), Cause: "is none of log, sqrt, factor and offset"}}
	}
	c, faults := data.variable(inner)
	if len(faults) > 0 {
		return c, faults
	}
	if c.levels != nil {
		return c, []error{&InputError{Room: "regression", What: call, Value: strconv.Quote(inner), Cause: "is a factor, not a number"}}
	}
	out := column{name: text, numbers: make([]float64, len(c.numbers))}
	for i, x := range c.numbers {
		out.numbers[i] = f(x)
		if math.IsNaN(out.numbers[i]) || math.IsInf(out.numbers[i], 0) {
			faults = append(faults, &InputError{Room: "regression", What: text, Row: i + 1, Value: fmt.Sprint(x), Cause: "has no finite " + call})
		}
	}
	return out, faults
}

// fill lays out the columns. A factor in a term is coded by contrasts when the term without it is in the model, by all
// its levels otherwise, as R does.
func (m *matrix) fill(n int, vars map[string]column) {
	if m.formula.intercept {
		ones := make([]float64, n)
		for i := range ones {
			ones[i] = 1
		}
		m.names, m.cols = []string{"(Intercept)"}, [][]float64{ones}
	}
	for _, t := range m.formula.terms {
		names, cols := []string{""}, [][]float64{nil}
		for k, v := range t {
			rest := slices.Delete(slices.Clone(t), k, k+1)
			contrast := len(rest) == 0 && m.formula.intercept ||
				slices.ContainsFunc(m.formula.terms, func(u []string) bool { return len(rest) > 0 && same(rest, u) })
			vn, vc := vars[v].dummies(contrast)
			names, cols = product(names, cols, vn, vc)
		}
		m.names, m.cols = append(m.names, names...), append(m.cols, cols...)
	}
}

func (c column) dummies(contrast bool) (names []string, cols [][]float64) {
	if c.levels == nil {
		return []string{c.name}, [][]float64{c.numbers}
	}
	for k, level := range c.levels {
		if contrast && k == 0 {
			continue
		}
		d := make([]float64, len(c.codes))
		for i, code := range c.codes {
			if code == k {
				d[i] = 1
			}
		}
		names, cols = append(names, c.name+level), append(cols, d)
	}
	return names, cols
}

// product multiplies every column of one list by every column of another; the first list runs fastest.
func product(an []string, ac [][]float64, bn []string, bc [][]float64) (names []string, cols [][]float64) {
	for j := range bn {
		for i := range an {
			if ac[i] == nil {
				names, cols = append(names, bn[j]), append(cols, bc[j])
				continue
			}
			c := make([]float64, len(bc[j]))
			for r := range c {
				c[r] = ac[i][r] * bc[j][r]
			}
			names, cols = append(names, an[i]+":"+bn[j]), append(cols, c)
		}
	}
	return names, cols
}

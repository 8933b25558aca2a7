package regression

import (
	"fmt"
	"maps"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// Columns is the data of a model: names to []float64, []int, []bool, []string or a
// Category, all of one length. Text columns become factors whose levels are sorted; bool columns become 0 and 1.
type Columns map[string]any

// Category is a factor with its levels in a chosen order; the first level is the one the others are compared with.
type Category struct {
	Values []string
	Levels []string
}

// Factor makes a Category from text, whole numbers or booleans. Without levels they are sorted, numbers by value.
func Factor[T string | int | float64 | bool](values []T, levels ...string) Category {
	c := Category{Levels: levels}
	for _, v := range values {
		c.Values = append(c.Values, fmt.Sprint(v))
	}
	if len(levels) == 0 {
		c.Levels = sortedLevels(c.Values)
	}
	return c
}

func sortedLevels(values []string) []string {
	levels := slices.Clone(values)
	slices.Sort(levels)
	levels = slices.Compact(levels)
	sort.SliceStable(levels, func(i, j int) bool {
		a, errA := strconv.ParseFloat(levels[i], 64)
		b, errB := strconv.ParseFloat(levels[j], 64)
		return errA == nil && errB == nil && a < b
	})
	return levels
}

// column is one variable: numbers, or a factor when levels is set.
type column struct {
	name    string
	numbers []float64
	levels  []string
	codes   []int
}

func (c column) size() int {
	if c.levels != nil {
		return len(c.codes)
	}
	return len(c.numbers)
}

// read turns the named column into numbers or codes and returns every row it refuses.
func (data Columns) read(name string, asFactor bool) (column, []error) {
	raw, ok := data[name]
	if !ok {
		return column{}, []error{&InputError{Room: "regression", What: "column", Value: strconv.Quote(name), Cause: data.lacks()}}
	}
	c := column{name: name}
	switch v := raw.(type) {
	case []float64:
		c.numbers = v
	case []int:
		c.numbers = make([]float64, len(v))
		for i, x := range v {
			c.numbers[i] = float64(x)
		}
	case []bool:
		for _, x := range v {
			c.numbers = append(c.numbers, map[bool]float64{true: 1}[x])
		}
	case []string:
		return coded(name, Factor(v))
	case Category:
		return coded(name, v)
	default:
		return column{}, []error{&InputError{Room: "regression", What: "column", Value: strconv.Quote(name), Cause: fmt.Sprintf("has type %T; give []float64, []int, []bool, []string or a Category", raw)}}
	}
	var faults []error
	for i, x := range c.numbers {
		if x-x != 0 { // NaN or infinite
			faults = append(faults, &InputError{Room: "regression", What: "column " + strconv.Quote(name), Row: i + 1, Value: fmt.Sprint(x), Cause: "is missing or not finite; leave the row out of every column"})
		}
	}
	if asFactor && len(faults) == 0 {
		return coded(name, Factor(c.numbers))
	}
	return c, faults
}

// lacks says that a column is not there, and which are.
func (data Columns) lacks() string {
	if len(data) == 0 {
		return "is not in the data, which has no columns"
	}
	return "is not in the data, which has " + strings.Join(slices.Sorted(maps.Keys(data)), ", ")
}

func coded(name string, f Category) (column, []error) {
	c := column{name: name, levels: f.Levels, codes: make([]int, len(f.Values))}
	var faults []error
	for i, v := range f.Values {
		c.codes[i] = slices.Index(f.Levels, v)
		if c.codes[i] < 0 || v == "" {
			faults = append(faults, &InputError{Room: "regression", What: "column " + strconv.Quote(name), Row: i + 1, Value: strconv.Quote(v), Cause: "is missing or none of the levels"})
		}
	}
	if len(c.levels) == 1 && len(faults) == 0 {
		faults = append(faults, &InputError{Room: "regression", What: "column " + strconv.Quote(name), Value: strconv.Quote(c.levels[0]), Cause: "is the only level: there is nothing to compare it with; leave the column out"})
	}
	if c.levels == nil {
		c.levels = []string{}
	}
	return c, faults
}

package effort

import (
	"context"
	"errors"
	"math"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/draws"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
)

// AssociationOptions of Association. The zero value is level 0.95, 99,999 draws, seed 1.
type AssociationOptions struct {
	Question string
	Level    float64 // the test uses 1 - Level
	Draws    int     // random tables where there are too many to go through
	Seed     uint64  // 0 stands for 1
}

// Association asks whether two classifications of the same things go together: kinds of ship against ports, wagon types
// against months. counts has one row a class of the first and one column a class of the second, two of each at least.
//
// Null hypothesis: the classes are independent, given how many there are of each (Fisher's exact test of a table of any
// size). P is the share of the tables with these margins, weighted by their probability, that are no more likely than
// the one seen; there is no other side. Tables too large to go through exactly are drawn at random instead, Draws of
// them, and the result says so. The estimate is Cramér's V, 0 for independence and 1 for classes that determine each
// other; it has no interval here. Not for looks at the same thing again and again, which are not independent, and not
// for ordered classes, whose order it ignores (length.MannWhitney does not). For two by two use CompareOccupancy, which
// gives an odds ratio with its interval.
//
// Errors (*InputError, every cell): fewer than two rows or columns with anything in them, rows of unequal length,
// negative counts, a level outside (0,1); the context's error. Agrees with R's fisher.test.
// Source: Freeman and Halton, Biometrika 38 (1951) 141; Mehta and Patel, JASA 78 (1983) 427.
func Association(ctx context.Context, counts [][]int, o AssociationOptions) (inference.Result, error) {
	level, err := inference.Level("effort", o.Level)
	c, faults := cross(counts)
	faults = append(faults, err)
	o.Draws, o.Seed, err = draws.Fill("effort", "draws", o.Draws, 99_999, o.Seed)
	if err := errors.Join(append(faults, err)...); err != nil {
		return inference.Result{}, err
	}
	r := inference.Result{
		Question: o.Question, Method: "Fisher's exact test of a table", Null: "the rows and columns are independent", Side: inference.Greater,
		Quantity: "Cramér's V", Estimate: c.cramer(), Tested: true, Alpha: math.Round((1-level)*1e12) / 1e12, N: c.total,
		Interval: inference.Interval{Low: math.NaN(), High: math.NaN(), Method: "none: the exact test has no interval of V"},
		Exposure: []inference.Exposure{{Name: "table", Amount: float64(c.total), Unit: "values", Count: c.total}},
		Provenance: inference.Provenance{Design: "level " + strconv.FormatFloat(level, 'g', -1, 64), Inputs: strconv.Itoa(len(c.rows)) + " by " + strconv.Itoa(len(c.columns)) + " classes",
			Source: "Freeman and Halton 1951; R fisher.test"},
	}
	logP, exact, err := c.enumerate(ctx)
	if err == nil && !exact {
		logP, err = c.sample(ctx, o)
		r.Method = "Fisher's test of a table, random tables"
		r.Provenance.Inputs += ", " + strconv.Itoa(o.Draws) + " random tables"
		r.Provenance.Seed = strconv.FormatUint(o.Seed, 10)
	}
	if err != nil {
		return inference.Result{}, err
	}
	r.LogP, r.P = logP, math.Exp(logP)
	verb := "is not shown"
	if r.Rejected() {
		verb = "is shown"
	}
	r.Finding = "Cramér's V is " + sheet.Number(r.Estimate) + "; that the two classifications go together " + verb + " (P = " + r.PText() + ")."
	if c.total < 20 {
		r.Warnings = append(r.Warnings, "fewer than 20 things in the table: only a very strong association could be shown")
	}
	return r, nil
}

// crossed is a table without its empty rows and columns; there are no more rows than columns.
type crossed struct {
	cells         [][]int
	rows, columns []int // sums
	total         int
	logs          []float64 // logarithms of factorials, 0 … total
}

// cross reads a table and returns every fault of it.
func cross(counts [][]int) (crossed, []error) {
	var faults []error
	bad := func(row int, what, value, cause string) {
		faults = append(faults, &InputError{Room: "effort", What: what, Row: row, Value: value, Cause: cause})
	}
	wide := 0
	for _, row := range counts {
		wide = max(wide, len(row))
	}
	c := crossed{}
	columns := make([]int, wide)
	for i, row := range counts {
		if len(row) != wide {
			bad(i+1, "row of the table", strconv.Itoa(len(row))+" cells", "must have as many as the widest row, "+strconv.Itoa(wide))
		}
		for j, v := range row {
			if v < 0 || v > limitOfCell {
				bad(i+1, "column "+strconv.Itoa(j+1), strconv.Itoa(v), "must be a count from 0 to 100 million")
				continue
			}
			columns[j] += v
		}
	}
	if len(faults) > 0 {
		return c, faults
	}
	keep := func(sums []int) (at []int) {
		for i, s := range sums {
			if s > 0 {
				at = append(at, i)
			}
		}
		return at
	}
	sums := make([]int, len(counts))
	for i, row := range counts {
		for _, v := range row {
			sums[i] += v
		}
	}
	across, down := keep(columns), keep(sums)
	if len(across) < 2 || len(down) < 2 {
		bad(0, "table", strconv.Itoa(len(down))+" by "+strconv.Itoa(len(across)), "needs two rows and two columns with something in them")
		return c, faults
	}
	at := func(i, j int) int { return counts[down[i]][across[j]] }
	if len(down) > len(across) {
		down, across = across, down
		at = func(i, j int) int { return counts[across[j]][down[i]] }
	}
	c.rows, c.columns = make([]int, len(down)), make([]int, len(across))
	for i := range down {
		c.cells = append(c.cells, make([]int, len(across)))
		for j := range across {
			v := at(i, j)
			c.cells[i][j] = v
			c.rows[i] += v
			c.columns[j] += v
			c.total += v
		}
	}
	return c, faults
}

// limitOfCell keeps the sums of a table far from the largest integer.
const limitOfCell = 100_000_000

// cramer is Cramér's V.
func (c crossed) cramer() float64 {
	chi := 0.0
	for i, row := range c.cells {
		for j, v := range row {
			e := float64(c.rows[i]) * float64(c.columns[j]) / float64(c.total)
			chi += (float64(v) - e) * (float64(v) - e) / e
		}
	}
	return math.Sqrt(chi / float64(c.total) / float64(min(len(c.rows), len(c.columns))-1))
}

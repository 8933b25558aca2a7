package regression

import (
	"math"

	"github.com/sightline-osint/sightline/analysis/table"
)

// From makes the columns of a table ready for a formula: float and whole-number columns become numbers, booleans 0 and
// 1, text becomes factors. Columns of other kinds (times, shapes) are left out. Missing cells stay missing, and a model
// that uses their column refuses their rows by number; drop the rows first where that is meant. The error is the
// table's own.
func From(t *table.Table) (Columns, error) {
	if err := t.Err(); err != nil {
		return nil, err
	}
	data := Columns{}
	for _, c := range t.Columns() {
		switch c.Kind() {
		case table.Float, table.Int:
			data[c.Name()] = numbersOf(c)
		case table.Bool:
			values := make([]float64, c.Len())
			for i := range values {
				if v, known := c.Bool(i); !known {
					values[i] = missing()
				} else if v {
					values[i] = 1
				}
			}
			data[c.Name()] = values
		case table.Text:
			values := make([]string, c.Len())
			for i := range values {
				values[i], _ = c.Text(i)
			}
			data[c.Name()] = values
		}
	}
	return data, nil
}

func numbersOf(c *table.Column) []float64 {
	values := make([]float64, c.Len())
	for i := range values {
		if c.Kind() == table.Int {
			v, known := c.Int(i)
			values[i] = float64(v)
			if !known {
				values[i] = missing()
			}
			continue
		}
		v, known := c.Float(i)
		values[i] = v
		if !known {
			values[i] = missing()
		}
	}
	return values
}

// missing is the number that stands for a missing cell; a model refuses it by row.
func missing() float64 { return math.NaN() }

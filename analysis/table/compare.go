package table

import (
	"cmp"
	"strings"
)

// compareRows orders two known values of a column: negative if a is before b. Geometry has no order: always 0.
func (c *Column) compareRows(a, b int) int {
	switch c.kind {
	case Float:
		return cmp.Compare(c.floats[a], c.floats[b])
	case Int, Time:
		return cmp.Compare(c.ints[a], c.ints[b])
	case Text:
		return strings.Compare(c.dict.words[c.codes[a]], c.dict.words[c.codes[b]])
	case Bool:
		switch {
		case c.bools[a] == c.bools[b]:
			return 0
		case c.bools[b]:
			return -1
		}
		return 1
	}
	return 0
}

package table

import (
	"fmt"
	"math"
	"time"
)

type comparison uint8

const (
	below comparison = iota
	atMost
	above
	atLeast
)

func compare(column string, value any, how comparison) Cond {
	return Cond{func(t *Table) (test, error) {
		c, err := t.Column(column)
		if err != nil {
			return nil, err
		}
		if c.kind == Text {
			return nil, fmt.Errorf("table: column %q holds text: an order of texts is not offered as a condition", column)
		}
		lo, hi, err := bounds(c, value)
		if err != nil {
			return nil, err
		}
		least, most := bound{math.Inf(-1), math.MinInt64}, bound{math.Inf(1), math.MaxInt64}
		switch how {
		case below: // up to the value before
			if c.kind == Float && math.IsInf(lo.f, -1) || lo.i == math.MinInt64 && c.kind != Float {
				return inside(c, most, least).bind(t)
			}
			return inside(c, least, bound{math.Nextafter(lo.f, math.Inf(-1)), lo.i - 1}).bind(t)
		case atMost:
			return inside(c, least, hi).bind(t)
		case above: // from the value after
			if c.kind == Float && math.IsInf(hi.f, 1) || hi.i == math.MaxInt64 && c.kind != Float {
				return inside(c, most, least).bind(t)
			}
			return inside(c, bound{math.Nextafter(hi.f, math.Inf(1)), hi.i + 1}, most).bind(t)
		}
		return inside(c, lo, most).bind(t)
	}}
}

// bound is an end of a closed range of a column, as float64 or as int64.
type bound struct {
	f float64
	i int64
}

// bounds is the closed range of stored values that equal v.
func bounds(c *Column, v any) (lo, hi bound, err error) {
	if c.kind == Time {
		s, ok := v.(Stamp)
		switch v := v.(type) {
		case time.Time:
			s, ok = Stamp{T: v, HasOffset: true}, true
		case string:
			if s, err = ParseStamp(v); err != nil {
				return lo, hi, err
			}
			ok = true
		}
		if !ok {
			return lo, hi, fmt.Errorf("table: column %q holds times and is compared with %v (%T)", c.name, v, v)
		}
		return bound{i: s.T.UnixNano()}, bound{i: s.End().UnixNano() - 1}, nil
	}
	f, i, whole, ok := number(v)
	if !ok {
		return lo, hi, fmt.Errorf("table: column %q holds %s and is compared with %v (%T)", c.name, c.kind, v, v)
	}
	if c.kind == Int && !whole {
		return bound{i: ceilInt(f)}, bound{i: floorInt(f)}, nil
	}
	return bound{f, i}, bound{f, i}, nil
}

func ceilInt(f float64) int64  { return clampInt(math.Ceil(f)) }
func floorInt(f float64) int64 { return clampInt(math.Floor(f)) }

func clampInt(f float64) int64 {
	switch {
	case f >= math.MaxInt64:
		return math.MaxInt64
	case f <= math.MinInt64:
		return math.MinInt64
	}
	return int64(f)
}

func number(v any) (f float64, i int64, whole, ok bool) {
	switch v := v.(type) {
	case int:
		return float64(v), int64(v), true, true
	case int64:
		return float64(v), v, true, true
	case int32:
		return float64(v), int64(v), true, true
	case float64:
		w := v == math.Trunc(v) && math.Abs(v) < 1<<53
		if !w {
			return v, 0, false, !math.IsNaN(v)
		}
		return v, int64(v), true, true
	}
	return 0, 0, false, false
}

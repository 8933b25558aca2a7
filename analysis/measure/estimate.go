package measure

import (
	"fmt"
	"math"
	"strings"
)

// Version names the methods of this package in rows; it changes when results change.
const Version = "3"

// z95 is the normal quantile of a two-sided 95 % interval.
const z95 = 1.959964

// Estimate is a measured quantity. A quantity that the image cannot show whole has AtLeast set.
type Estimate struct {
	Value   float64
	SE      float64 // standard error
	Unit    string  // "m" or "m2"
	AtLeast bool    // it reaches past what was searched: the value is a lower bound

	// Below and Above are how far the ends of the 95 % interval lie from Value where it is not symmetric. Both are 0
	// where it is: then it is Value ± 1.96 SE.
	Below, Above float64
}

// Low and High are the ends of the 95 % interval; Low is not below zero.
func (e Estimate) Low() float64 {
	if e.Below != 0 || e.Above != 0 {
		return math.Max(0, e.Value-e.Below)
	}
	return math.Max(0, e.Value-z95*e.SE)
}

func (e Estimate) High() float64 {
	if e.Below != 0 || e.Above != 0 {
		return e.Value + e.Above
	}
	return e.Value + z95*e.SE
}

// metres is an estimate by the ends of its interval, none below zero; its standard error is that of a normal one as wide.
func metres(value, low, high float64) Estimate {
	low = math.Max(0, math.Min(low, value))
	high = math.Max(high, value)
	return Estimate{Value: value, SE: (high - low) / (2 * z95), Unit: "m", Below: value - low, Above: high - value}
}

// String returns "224.6 m (95 %: 223.9 to 225.3)", "at least" before a lower bound.
func (e Estimate) String() string {
	digits := 1
	if e.SE >= 5 {
		digits = 0
	}
	s := fmt.Sprintf("%.*f %s (95 %%: %.*f to %.*f)", digits, e.Value, e.Unit, digits, e.Low(), digits, e.High())
	if e.AtLeast {
		return "at least " + s
	}
	return s
}

// short is the value with half the width of its interval, "224.9 ± 1.1 m", or with its ends: "90 (45 to 150) m".
func (e Estimate) short() string {
	if e.Below != 0 || e.Above != 0 {
		return fmt.Sprintf("%.0f (%.0f to %.0f) %s", e.Value, e.Low(), e.High(), strings.Replace(e.Unit, "m2", "m²", 1))
	}
	s := fmt.Sprintf("%.1f ± %.1f %s", e.Value, z95*e.SE, strings.Replace(e.Unit, "m2", "m²", 1))
	if e.AtLeast {
		return "≥ " + s
	}
	return s
}

func number(v float64) string { return fmt.Sprintf("%.0f", v) }

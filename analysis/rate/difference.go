package rate

import (
	"math"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
	"github.com/sightline-osint/sightline/analysis/internal/tail"
)

// difference compares by rate1 - rate2. Exact and MidP test 0 by the conditional law, where difference 0 and ratio 1
// are one hypothesis, and take the interval from the single limits (MOVER: Li, Tang and Wong 2014). Score and ETest
// use the rates estimated under the null difference.
func (p plan) difference(c pair, first Sample) (inference.Result, error) {
	if math.IsNaN(p.Null) || math.IsInf(p.Null, 0) {
		return inference.Result{}, &InputError{Room: "rate", What: "null difference", Value: strconv.FormatFloat(p.Null, 'g', -1, 64), Cause: "must be finite"}
	}
	if math.Abs(p.Null)*math.Max(c.t1, c.t2) > 1e15 {
		return inference.Result{}, &InputError{Room: "rate", What: "null difference", Value: strconv.FormatFloat(p.Null, 'g', -1, 64), Cause: "expects more than 1e15 events"}
	}
	if p.Null != 0 && (p.Method == Exact || p.Method == MidP) {
		return inference.Result{}, &InputError{Room: "rate", What: "null difference", Value: strconv.FormatFloat(p.Null, 'g', -1, 64),
			Cause: "the conditional test exists for a difference of 0 only; use Score or ETest"}
	}
	if p.Method == SquareRoot {
		return inference.Result{}, &InputError{Room: "rate", What: "method", Value: p.Method.String(), Cause: "compares ratios only"}
	}
	r := inference.Result{Quantity: "rate difference", N: c.x1 + c.x2, Tested: true, Alpha: p.alpha, Side: p.Side}
	if first.Unit != "" {
		r.Quantity += " per " + singular(first.Unit)
	}
	r.Estimate = float64(c.x1)/c.t1 - float64(c.x2)/c.t2
	r.Null = "the rate difference is " + sheet.Number(p.Null)
	low, high := p.tails()
	r.Interval = inference.Interval{Low: math.Inf(-1), High: math.Inf(1), Level: p.Level}
	p.differenceLimits(c, low, high, &r.Interval)
	switch p.Method {
	case Exact, MidP:
		q := p
		q.Null = 1
		r.LogP, r.Statistic = q.ratioP(c)
	default:
		z := c.differenceZ(p.Method, float64(c.x1), float64(c.x2), p.Null)
		r.Statistic = inference.Statistic{Name: "z", Value: z}
		r.LogP = logNormal(z, p.Side)
		if p.Method == ETest || p.Method == ETestWald {
			r.LogP = c.logDifferenceETest(p.Method, p.Null, p.Side)
		}
	}
	r.P = math.Exp(r.LogP)
	return r, nil
}

// constrained returns the most likely rates when they differ by d.
func (c pair) constrained(x1, x2, d float64) (rate1, rate2 float64) {
	t := c.t1 + c.t2
	if d >= 0 {
		b := x1 + x2 - t*d
		rate2 = largerRoot(b, 4*t*x2*d) / (2 * t)
		return rate2 + d, rate2
	}
	b := x1 + x2 + t*d
	rate1 = largerRoot(b, -4*t*x1*d) / (2 * t)
	return rate1, rate1 - d
}

// largerRoot returns b + sqrt(b^2 + c) for c >= 0 without cancellation.
func largerRoot(b, c float64) float64 {
	s := math.Sqrt(b*b + c)
	if b >= 0 {
		return b + s
	}
	return c / (s - b)
}

// differenceZ is the statistic of a null difference d.
func (c pair) differenceZ(m Method, x1, x2, d float64) float64 {
	top := x1/c.t1 - x2/c.t2 - d
	var variance float64
	if m == Wald || m == ETestWald {
		variance = x1/c.t1/c.t1 + x2/c.t2/c.t2
	} else {
		a, b := c.constrained(x1, x2, d)
		variance = a/c.t1 + b/c.t2
	}
	if top == 0 {
		return 0
	}
	if variance == 0 {
		return math.Copysign(math.MaxFloat64, top)
	}
	return top / math.Sqrt(variance)
}

// logDifferenceETest is the E-test of a null difference.
func (c pair) logDifferenceETest(m Method, d float64, side Side) float64 {
	a, b := c.constrained(float64(c.x1), float64(c.x2), d)
	f := field{mean1: a * c.t1, mean2: b * c.t2, at: func(y1, y2 float64) float64 { return c.differenceZ(m, y1, y2, d) }}
	return f.logP(f.at(float64(c.x1), float64(c.x2)), side)
}

func (p plan) differenceLimits(c pair, low, high float64, i *inference.Interval) {
	switch p.Method {
	case Exact, MidP:
		i.Method = "MOVER from " + [...]string{"Garwood", "mid-p"}[p.Method] + " limits"
		r1, r2 := float64(c.x1)/c.t1, float64(c.x2)/c.t2
		if low > 0 {
			l1, _ := p.meanLimits(c.x1, low, 0)
			_, u2 := p.meanLimits(c.x2, 0, low)
			i.Low = r1 - r2 - math.Hypot(r1-l1/c.t1, u2/c.t2-r2)
		}
		if high > 0 {
			_, u1 := p.meanLimits(c.x1, 0, high)
			l2, _ := p.meanLimits(c.x2, high, 0)
			i.High = r1 - r2 + math.Hypot(u1/c.t1-r1, r2-l2/c.t2)
		}
	case Wald:
		i.Method = "Wald"
		d := float64(c.x1)/c.t1 - float64(c.x2)/c.t2
		se := math.Hypot(math.Sqrt(float64(c.x1))/c.t1, math.Sqrt(float64(c.x2))/c.t2)
		i.Low, i.High = d-upperZ(low)*se, d+upperZ(high)*se
		if se == 0 {
			i.Low, i.High = d, d
		}
	default:
		i.Method = "inverted score"
		if low > 0 {
			i.Low = c.scoreDifference(upperZ(low))
		}
		if high > 0 {
			i.High = c.scoreDifference(-upperZ(high))
		}
		if p.Method != Score {
			i.Method = "inverted one-sided E-tests"
			p.etestDifference(c, low, high, i)
		}
	}
}

// scoreDifference solves z(d) = z for d; z falls as d grows.
func (c pair) scoreDifference(z float64) float64 {
	x1, x2 := float64(c.x1), float64(c.x2)
	scale := (math.Sqrt(x1) + 1 + math.Abs(z)) / c.t1
	scale += (math.Sqrt(x2) + 1 + math.Abs(z)) / c.t2
	at := x1/c.t1 - x2/c.t2
	f := func(t float64) float64 { return z - c.differenceZ(Score, x1, x2, at+t*scale) }
	lo, hi := tail.Widen(f, -1, 1)
	t, _ := tail.Root(f, lo, hi)
	return at + t*scale
}

// etestDifference moves the score limits to where the one-sided E-tests reach low and high.
func (p plan) etestDifference(c pair, low, high float64, i *inference.Interval) {
	step := (i.High - i.Low) / 20
	if math.IsInf(step, 0) {
		step = (math.Sqrt(float64(c.x1))+1)/c.t1/5 + (math.Sqrt(float64(c.x2))+1)/c.t2/5
	}
	solve := func(from, goal float64, side Side, sign float64) float64 {
		f := func(t float64) float64 { return c.logDifferenceETest(p.Method, from+sign*t*step, side) - goal }
		lo, hi := tail.Widen(f, -0.5, 0.5)
		t, _ := tail.Root(f, lo, hi)
		return from + sign*t*step
	}
	if low > 0 {
		i.Low = solve(i.Low, math.Log(low), Greater, 1)
	}
	if high > 0 {
		i.High = solve(i.High, math.Log(high), Less, -1)
	}
}

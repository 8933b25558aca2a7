package rate

import (
	"math"

	"github.com/sightline-osint/sightline/analysis/internal/tail"
)

// field is a statistic over pairs of counts, rising in y1 and falling in y2, with the two Poisson means under the null
// hypothesis.
type field struct {
	mean1, mean2 float64
	at           func(y1, y2 float64) float64
}

// manyEvents is where the sums give way to the normal law of the statistic; for a thousand million events in each sample
// the two still differ by less than 1e-9 of P.
const manyEvents = 1e10

// logP returns the log probability of the pairs whose statistic is at least as far out as seen.
func (f field) logP(seen float64, side Side) float64 {
	if f.mean1 > manyEvents || f.mean2 > manyEvents {
		return logNormal(seen, side)
	}
	edge := math.Abs(seen) * (1 - 1e-10) // ties count as "at least as far"
	switch side {
	case Greater:
		return math.Min(0, f.logUpper(seen-1e-10*math.Abs(seen)))
	case Less:
		return math.Min(0, f.logLower(seen+1e-10*math.Abs(seen)))
	}
	if edge == 0 {
		return 0
	}
	return math.Min(0, tail.LogSum(f.logUpper(edge), f.logLower(-edge)))
}

// region is the pairs on one side of a border: y2 up to it (upper) or from it on. The border rises with y1.
type region struct {
	field
	upper  bool
	border func(y1, guess int) int
}

// logUpper sums the pairs with a statistic of c or more: for each y1 these are y2 <= some border.
func (f field) logUpper(c float64) float64 {
	return region{f, true, func(y1, guess int) int {
		return firstTrue(0, 1<<52, guess+1, func(y2 int) bool { return f.at(float64(y1), float64(y2)) < c }) - 1
	}}.sum()
}

// logLower sums the pairs with a statistic of c or less: for each y1 these are y2 >= some border.
func (f field) logLower(c float64) float64 {
	return region{f, false, func(y1, guess int) int {
		return firstTrue(0, 1<<52, guess, func(y2 int) bool { return f.at(float64(y1), float64(y2)) <= c })
	}}.sum()
}

// tail is the log chance of the y2 that belong to a border.
func (r region) tail(border int) float64 {
	if border < 0 {
		return math.Inf(-1)
	}
	lower, upper := tail.LogPoissonTails(border, r.mean2)
	if r.upper {
		return lower
	}
	return upper
}

// least is the depth below the largest term, in logarithms, at which terms are left out: what lies beyond on both
// sides adds less than 1e-15 to the sum, relatively, since the terms fall ever faster.
const least = 45

// sum adds P(Y1 = y1) times the chance of the y2 that belong to it. The terms rise to one peak and fall from it.
func (r region) sum() float64 {
	guess := int(r.mean2)
	term := func(y1 int) float64 {
		l := tail.LogPoisson(float64(y1), r.mean1)
		if math.IsInf(l, -1) {
			return l
		}
		b := r.border(y1, max(guess, 0))
		guess = b
		return l + r.tail(b)
	}
	peak, height := r.peak(term)
	if math.IsInf(height, -1) {
		return height
	}
	high := func(y int) bool { return term(y) >= height-least }
	from := firstTrue(0, peak, peak-int(8*math.Sqrt(r.mean1)), high)
	to := firstTrue(peak+1, 1<<52, peak+int(8*math.Sqrt(r.mean1)), func(y int) bool { return !high(y) }) - 1
	if to-from >= 16 && r.border(to, max(guess, 0))-r.border(from, max(guess, 0)) < 50_000_000 {
		if total, ok := r.stream(from, to); ok {
			return total
		}
	}
	total := math.Inf(-1)
	for y := from; y <= to; y++ {
		total = tail.LogSum(total, term(y))
	}
	return total
}

// stream adds the terms one by one, in the direction in which the chance of y2 grows, so that it too is a running sum.
// false: the border turned back, as Wald's can, which has its variance from the counts.
func (r region) stream(from, to int) (float64, bool) {
	y, end, step := from, to, 1
	if !r.upper {
		y, end, step = to, from, -1
	}
	one := newLadder(y, r.mean1)
	var two *ladder // the chance of y2 on the border
	held := math.Inf(-1)
	chance := 0.0 // of all y2 of the border, in the unit of two
	at := r.border(y, int(r.mean2))
	pace := 0 // how far the border moved last
	total, part := held, 0.0
	flush := func() {
		if part > 0 {
			total = tail.LogSum(total, math.Log(part)+one.unit+two.unit)
			part = 0
		}
	}
	for ; y != end+step; y += step {
		next := r.border(y, max(at+pace, 0))
		pace = next - at
		if two == nil && next >= 0 {
			two, chance = newLadder(next, r.mean2), 1
			two.rebase(r.tail(next))
		} else if two != nil {
			if (next-two.at)*step < 0 {
				return 0, false
			}
			for two.at != next {
				two.move(step)
				if chance += two.value; chance > 1e150 {
					flush()
					chance *= two.lower(math.Log(chance))
				}
			}
		}
		at = next
		if two != nil {
			part += one.value * chance
		}
		if one.value > 1e120 || one.value < 1e-120 || part > 1e120 {
			flush()
			one.lower(math.Log(one.value))
		}
		one.move(step)
	}
	flush()
	return total, true
}

// ladder is the chance of one Poisson count, moved from a count to the next; unit is the log of what value is given in.
type ladder struct {
	at          int
	mean, value float64
	unit        float64
}

func newLadder(at int, mean float64) *ladder {
	return &ladder{at, mean, 1, tail.LogPoisson(float64(at), mean)}
}

func (l *ladder) move(step int) {
	if step > 0 {
		l.at++
		l.value *= l.mean / float64(l.at)
		return
	}
	l.value *= float64(l.at) / l.mean
	l.at--
}

// rebase gives the value in another unit.
func (l *ladder) rebase(unit float64) {
	l.value *= math.Exp(l.unit - unit)
	l.unit = unit
}

// lower raises the unit by a logarithm and returns the factor on what is given in it.
func (l *ladder) lower(by float64) float64 {
	l.unit += by
	factor := math.Exp(-by)
	l.value *= factor
	return factor
}

// peak walks uphill from the mean of the first count, with steps that double and then halve, to the largest term. Where
// nothing belongs to the mean, as with a second mean of 0, what belongs lies at small first counts below a border and
// at large ones above it.
func (r region) peak(term func(int) float64) (int, float64) {
	best := int(r.mean1)
	height := term(best)
	if math.IsInf(height, -1) && !r.upper {
		best, height = 0, term(0)
	}
	for step := 1 + int(math.Sqrt(r.mean1)); step > 0; {
		moved := false
		for _, y := range [2]int{best + step, best - step} {
			if y < 0 {
				y = 0
			}
			if h := term(y); h > height || (math.IsInf(height, -1) && y > best) {
				best, height, moved = y, h, true
				break
			}
		}
		if moved {
			step *= 2
		} else {
			step /= 2
		}
		if step > 1<<40 {
			break
		}
	}
	return best, height
}

package length

import (
	"errors"
	"math"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
)

// Class is a kind of object with the lengths it comes in.
type Class struct {
	Name  string
	Mean  float64 // metres
	SD    float64 // spread of lengths within the class, metres, >= 0
	Share float64 // of the class in the traffic, before the measurement
}

// Chance is the probability of a class after the measurement.
type Chance struct {
	Name        string
	Likelihood  float64 // density of the measured length in this class, per metre
	Probability float64
}

// Classes is the answer of Classify, in the order of the classes, "other" last. Its Result estimates the probability of the
// class that fits best; there is neither a test nor an interval, because the shares are the user's.
type Classes struct {
	inference.Result
	Length, SD float64
	Chances    []Chance
}

// Classify weighs a measured length against classes of objects and against "other", which is always among them: a
// length anywhere between otherLow and otherHigh metres with the share that is left.
//
// sd is the standard deviation of the measurement. Shares are the user's and must leave something for "other". The
// probabilities are only as good as the shares; two classes of like length stay undecided. Errors (*InputError, every
// row): no classes, lengths or spreads that are not positive, shares that add up to 1 or more.
func Classify(length, sd float64, classes []Class, otherLow, otherHigh float64) (*Classes, error) {
	var faults []error
	bad := func(what, value, cause string, row int) {
		faults = append(faults, &InputError{Room: "length", What: what, Value: value, Cause: cause, Row: row})
	}
	if !(length > 0 && sd > 0) || math.IsInf(length+sd, 1) {
		bad("length and sd", sheet.Number(length)+", "+sheet.Number(sd), "must be positive", 0)
	}
	if len(classes) == 0 || !(otherHigh > otherLow && otherLow >= 0) {
		bad("classes", strconv.Itoa(len(classes)), "need at least one, and a range for other", 0)
	}
	rest := 1.0
	for i, c := range classes {
		if !(c.Mean > 0 && c.SD >= 0 && c.Share > 0) {
			bad("class "+strconv.Quote(c.Name), sheet.Number(c.Mean)+" ± "+sheet.Number(c.SD)+", share "+sheet.Number(c.Share), "needs a positive length and share", i+1)
		}
		rest -= c.Share
	}
	if !(rest > 1e-9) {
		bad("shares", sheet.Number(1-rest), "must leave something for other", 0)
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	out := &Classes{Length: length, SD: sd}
	total := 0.0
	for _, c := range classes {
		s := math.Hypot(sd, c.SD)
		z := (length - c.Mean) / s
		l := math.Exp(-z*z/2) / (s * math.Sqrt(2*math.Pi))
		out.Chances = append(out.Chances, Chance{Name: c.Name, Likelihood: l, Probability: l * c.Share})
		total += l * c.Share
	}
	cdf := func(x float64) float64 { return 0.5 * math.Erfc(-(x-length)/(sd*math.Sqrt2)) }
	other := (cdf(otherHigh) - cdf(otherLow)) / (otherHigh - otherLow)
	out.Chances = append(out.Chances, Chance{Name: "other", Likelihood: other, Probability: other * rest})
	total += other * rest
	best := 0
	for i := range out.Chances {
		if total > 0 {
			out.Chances[i].Probability /= total
		} else {
			out.Chances[i].Probability = 0
		}
		if out.Chances[i].Probability > out.Chances[best].Probability {
			best = i
		}
	}
	out.conclude(classes, best, total)
	if total == 0 {
		out.Warnings = append(out.Warnings, "the length fits no class and lies outside the range of other: nothing can be said")
	} else if out.Chances[best].Probability < 0.8 {
		out.Warnings = append(out.Warnings, "the length does not decide between the classes")
	}
	out.doubt(classes, best, otherLow, otherHigh)
	return out, nil
}

// doubt warns where the best class wins only because nothing better was offered.
func (c *Classes) doubt(classes []Class, best int, otherLow, otherHigh float64) {
	if best < len(classes) && c.Chances[best].Probability > 0 {
		if z := math.Abs(c.Length-classes[best].Mean) / math.Hypot(c.SD, classes[best].SD); z > 3 {
			c.Warnings = append(c.Warnings, "the length lies "+sheet.Digits(z, 3)+" standard deviations from "+classes[best].Name+": it fits none of the classes well")
		}
	}
	if c.Length < otherLow || c.Length > otherHigh {
		c.Warnings = append(c.Warnings, "the length lies outside the range of other, "+sheet.Number(otherLow)+" to "+sheet.Number(otherHigh)+" m, so that other could hardly win: widen it")
	}
}

// conclude writes the most probable class as a result.
func (c *Classes) conclude(classes []Class, best int, total float64) {
	text := ""
	for i, x := range classes {
		if i > 0 {
			text += ", "
		}
		text += x.Name + " " + sheet.Number(x.Mean) + " ± " + sheet.Number(x.SD) + " m with share " + sheet.Number(x.Share)
	}
	c.Result = inference.Result{
		Method: "classes weighed by length, normal errors", Null: "none: classes are weighed, not tested", Quantity: "probability of " + c.Chances[best].Name, Estimate: c.Chances[best].Probability,
		P: math.NaN(), N: 1, Exposure: []inference.Exposure{{Name: "length", Amount: c.Length, Unit: "m ± " + sheet.Number(c.SD), Count: inference.Uncounted}}, Finding: c.Sentence(),
		Interval:   inference.Interval{Low: math.NaN(), High: math.NaN(), Method: "none: the probability rests on the shares given"},
		Provenance: inference.Provenance{Design: text + "; the rest other", Inputs: "one length", Source: "Bayes' rule"},
	}
	if total == 0 {
		c.Quantity, c.Estimate = "probability of the best class", math.NaN()
	}
}

// Sentence names the most probable class.
func (c *Classes) Sentence() string {
	best, sum := c.Chances[0], 0.0
	for _, x := range c.Chances {
		if x.Probability > best.Probability {
			best = x
		}
		sum += x.Probability
	}
	if sum == 0 {
		return "A length of " + sheet.Number(c.Length) + " ± " + sheet.Number(c.SD) + " m fits none of the classes."
	}
	return "A length of " + sheet.Number(c.Length) + " ± " + sheet.Number(c.SD) + " m fits " + best.Name + " best (probability " + sheet.Digits(best.Probability, 3) + " with the shares given)."
}

// String is the text form.
func (c *Classes) String() string { return c.sheet().Text() }

// SimpleRender shows the classes, one sentence and warnings.
func (c *Classes) SimpleRender() map[string]any { return c.sheet().Render() }

func (c *Classes) sheet() sheet.Sheet {
	s := sheet.Sheet{Title: "Class by length", Head: []string{"class", "likelihood per m", "probability"}, Lines: []string{c.Sentence()}, Warnings: c.Warnings, Source: c.Result.Sheet().Source}
	for _, x := range c.Chances {
		s.Rows = append(s.Rows, []string{x.Name, sheet.Digits(x.Likelihood, 3), sheet.Digits(x.Probability, 3)})
	}
	return s
}

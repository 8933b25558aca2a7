package corroborate

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
	"github.com/sightline-osint/sightline/analysis/internal/tail"
)

// Fix is one timed position along a line (a railway, a fairway), with what marks the object.
type Fix struct {
	At    time.Time
	KM    float64  // distance along the line
	SD    float64  // standard deviation of KM, > 0
	Marks []string // in order, such as the colours of the cars; "" where it could not be told
}

// Setting is what is supposed about the line and the traffic; every number is the user's.
type Setting struct {
	MinKMH, MaxKMH float64            // speeds, stops included, at which the object may have moved; 0 <= Min < Max
	StretchKM      float64            // length of line on which another object could as well have been seen
	Frequency      map[string]float64 // share of each mark in the traffic, for marks that agree by chance
	Misread        float64            // chance that a mark is read wrongly, inside (0, 0.5)
}

// Identity is the evidence that two fixes are of one object. Its Result estimates the likelihood ratio of one object
// against another; it rests on the setting, so there is neither a test nor an interval.
type Identity struct {
	inference.Result
	LogPosition       float64 // natural log likelihood ratio of the positions, same object against another
	LogMarks          float64 // of the marks, in their order
	LogFactor         float64 // both
	SpeedLow, HighKMH float64 // speeds that two standard deviations of the distance allow, km/h
	Excluded          bool    // whether the speeds allowed miss the setting's altogether
	Agree, Compared   int     // marks
}

// SameObject weighs whether two fixes are of one object: by what speed it would have needed, and by its marks in order.
//
// Under "same" the speed is uniform between the setting's bounds and the distance has the errors of both fixes; under
// "another" the second position is uniform on the stretch. A mark that agrees counts (1 - misread) over its share in the
// traffic, one that differs counts misread over what the share leaves. Speed bounds exclude little: a train that waits
// may have any mean speed; the order of colours carries the identity. Marks are taken as independent, which cars of one
// train are not: the marks' factor is an upper bound and a warning says so. The result moves odds and is no probability.
// Errors (*InputError): times out of order or equal, errors not positive, a setting that makes no sense, a mark without
// a frequency.
// Not for marks that all traffic shares; their frequencies must come from elsewhere.
func SameObject(first, second Fix, s Setting) (*Identity, error) {
	if err := identityFaults(first, second, s); err != nil {
		return nil, err
	}
	hours := second.At.Sub(first.At).Hours()
	distance := math.Abs(second.KM - first.KM)
	sd := math.Hypot(first.SD, second.SD)
	id := &Identity{SpeedLow: math.Max(0, distance-2*sd) / hours, HighKMH: (distance + 2*sd) / hours}
	id.Excluded = id.SpeedLow > s.MaxKMH || id.HighKMH < s.MinKMH
	low, high := s.MinKMH*hours, s.MaxKMH*hours
	id.LogPosition = logBetween((low-distance)/sd, (high-distance)/sd) + math.Log(s.StretchKM/(high-low))
	for i := range min(len(first.Marks), len(second.Marks)) {
		a, b := first.Marks[i], second.Marks[i]
		if a == "" || b == "" {
			continue
		}
		id.Compared++
		if a == b {
			id.Agree++
			id.LogMarks += math.Log((1 - s.Misread) / s.Frequency[b])
		} else {
			id.LogMarks += math.Log(s.Misread / (1 - s.Frequency[a]))
		}
	}
	id.LogFactor = id.LogPosition + id.LogMarks
	id.conclude(hours, s)
	id.warn(first, second)
	return id, nil
}

// logBetween is the logarithm of the probability of a standard normal between a and b, a below b.
func logBetween(a, b float64) float64 {
	if a > 0 { // both in the upper tail, which mirrors the lower one
		a, b = -b, -a
	}
	if b-a < 1e-6 { // too narrow for a difference of tails
		m := (a + b) / 2
		return math.Log(b-a) - m*m/2 - math.Log(2*math.Pi)/2
	}
	upper, lower := tail.LogNormalUpper(-b), tail.LogNormalUpper(-a)
	return upper + math.Log1p(-math.Exp(lower-upper))
}

func identityFaults(first, second Fix, s Setting) error {
	var faults []error
	bad := func(what, value, cause string) {
		faults = append(faults, &InputError{Room: "corroborate", What: what, Value: value, Cause: cause})
	}
	if !second.At.After(first.At) {
		bad("times", first.At.Format(time.RFC3339)+", "+second.At.Format(time.RFC3339), "must be in order")
	}
	if !(first.SD > 0 && second.SD > 0) || math.IsNaN(first.KM) || math.IsNaN(second.KM) || math.IsInf(first.SD+second.SD+first.KM+second.KM, 0) {
		bad("positions", sheet.Number(first.SD)+", "+sheet.Number(second.SD), "need finite places and errors above 0")
	}
	if !(s.MinKMH >= 0 && s.MaxKMH > s.MinKMH && s.StretchKM > 0) || math.IsInf(s.MaxKMH+s.StretchKM, 1) {
		bad("setting", sheet.Number(s.MinKMH)+" to "+sheet.Number(s.MaxKMH)+" km/h on "+sheet.Number(s.StretchKM)+" km", "needs 0 <= min < max and a stretch above 0")
	}
	marks := len(first.Marks) > 0 && len(second.Marks) > 0
	if marks && !(s.Misread > 0 && s.Misread < 0.5) {
		bad("misread", strconv.FormatFloat(s.Misread, 'g', -1, 64), "must lie between 0 and 0.5")
	}
	seen := map[string]bool{}
	for _, m := range append(append([]string(nil), first.Marks...), second.Marks...) {
		if f := s.Frequency[m]; marks && m != "" && !seen[m] && !(f > 0 && f < 1) {
			bad("frequency of "+strconv.Quote(m), strconv.FormatFloat(f, 'g', -1, 64), "must lie between 0 and 1")
		}
		seen[m] = true
	}
	return errors.Join(faults...)
}

// conclude writes the likelihood ratio as a result.
func (id *Identity) conclude(hours float64, s Setting) {
	id.Result = inference.Result{
		Question: "Are two sightings one object?", Method: "likelihood ratio of timed positions and marks", Null: "none: one object is weighed against another, not tested",
		Quantity: "likelihood ratio, same object against another", Estimate: math.Exp(id.LogFactor), P: math.NaN(), N: 2, Finding: id.Sentence(),
		Interval:  inference.Interval{Low: math.NaN(), High: math.NaN(), Method: "none: the ratio rests on the setting"},
		Statistic: inference.Statistic{Name: "log likelihood ratio", Value: id.LogFactor},
		Exposure:  []inference.Exposure{{Name: "time between the fixes", Amount: hours, Unit: "h", Count: inference.Uncounted}},
		Provenance: inference.Provenance{Design: sheet.Number(s.MinKMH) + " to " + sheet.Number(s.MaxKMH) + " km/h, " + sheet.Number(s.StretchKM) + " km of line, misread " + sheet.Number(s.Misread),
			Inputs: "2 fixes, " + plural(id.Compared, "mark") + " compared", Source: "likelihood ratio; the setting is the user's"},
	}
}

func (id *Identity) warn(first, second Fix) {
	if id.Excluded {
		id.Warnings = append(id.Warnings, "the speed needed lies outside the bounds: one object is excluded as far as the bounds hold")
	} else {
		id.Warnings = append(id.Warnings, "that the speed fits excludes little: another object could have stood there as well")
	}
	if id.Compared > 1 {
		id.Warnings = append(id.Warnings, "marks are counted as independent, which cars of one train are not: their factor is an upper bound")
	}
	if len(first.Marks) != len(second.Marks) {
		id.Warnings = append(id.Warnings, strconv.Itoa(len(first.Marks))+" marks in one fix and "+strconv.Itoa(len(second.Marks))+" in the other: the surplus was left out")
	}
}

// Sentence is the evidence in one sentence.
func (id *Identity) Sentence() string {
	text := "One object would have moved at " + sheet.Digits(id.SpeedLow, 3) + " to " + sheet.Digits(id.HighKMH, 3) + " km/h; the positions make one object " + times(id.LogPosition)
	if id.Compared > 0 {
		text += ", the marks (" + strconv.Itoa(id.Agree) + " of " + strconv.Itoa(id.Compared) + " agree in order) " + times(id.LogMarks)
	}
	return strings.ReplaceAll(text, "credible", "likely than another") + "."
}

// String is the text form.
func (id *Identity) String() string { return id.sheet().Text() }

// SimpleRender shows the factors, one sentence and warnings.
func (id *Identity) SimpleRender() map[string]any { return id.sheet().Render() }

func (id *Identity) sheet() sheet.Sheet {
	return sheet.Sheet{Title: id.Question, Lines: []string{id.Sentence()}, Warnings: id.Warnings, Source: id.Result.Sheet().Source,
		Rows: [][]string{{"factor of the positions", factor(id.LogPosition)}, {"factor of the marks", factor(id.LogMarks)},
			{"together", factor(id.LogFactor)}}}
}

// SpeedBounds returns the lowest and highest mean speed in km/h over a distance known to lie between lowKM and highKM,
// covered in the time given. Errors (*InputError): a reversed distance, a time that is not positive.
// Not for a route whose length is uncertain beyond the two distances.
func SpeedBounds(lowKM, highKM float64, in time.Duration) (inference.Interval, error) {
	if !(lowKM >= 0 && highKM >= lowKM) || in <= 0 || math.IsInf(highKM, 1) {
		return inference.Interval{}, &InputError{Room: "corroborate", What: "distance and time", Value: sheet.Number(lowKM) + " to " + sheet.Number(highKM) + " km in " + in.String(), Cause: "must run from low to high in a positive time"}
	}
	return inference.Interval{Low: lowKM / in.Hours(), High: highKM / in.Hours(), Level: 1, Method: "bounds"}, nil
}

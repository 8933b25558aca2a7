package resample

import (
	"errors"
	"fmt"
	"math"
	"sort"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
)

// Placebos is the claimed date beside every other date that could have been claimed.
type Placebos struct {
	inference.Result
	Dates  []PlaceboDate // every admissible date in order
	Rank   int           // of the claimed date, 1 for the largest change
	labels []string
}

// PlaceboDate is one admissible date: the second period begins with the K-th count.
type PlaceboDate struct {
	K        int     // first count of the second period, from 1
	LogRatio float64 // log of (after + 1/2) / (before + 1/2) per exposure
	Claimed  bool
}

// Placebo asks how special the claimed date is: it takes every date that leaves at least least counts on both sides,
// computes the change of the rate there, and gives the rank of the claimed one. exposure may be nil, labels too.
//
// Null hypothesis: the claimed date is one of the admissible dates like any other. P is its rank divided by their
// number, exact by enumeration, so it cannot be below 1 / number. A slow trend makes all dates look alike and the
// claimed one unremarkable, which is the point. Neighbouring dates share most of their data: this is a comparison of
// places, not a test of growth. Errors (*InputError): unequal lengths, negative counts, no event at all, exposure not positive, a date
// that leaves too few counts. Source: Abadie, Diamond and Hainmueller, JASA 105 (2010) 493 (placebo in time).
func Placebo(counts []int, exposure []float64, claimed, least int, labels []string, o Options) (*Placebos, error) {
	o, err := o.filled()
	n := len(counts)
	var faults []error
	bad := func(what, value, cause string, row int) {
		faults = append(faults, &InputError{Room: "resample", What: what, Value: value, Cause: cause, Row: row})
	}
	if exposure != nil && len(exposure) != n || labels != nil && len(labels) != n {
		bad("exposure and labels", fmt.Sprint(len(exposure), " and ", len(labels)), "must be one a count, or nil", 0)
	}
	if least < 1 || claimed-1 < least || n-claimed+1 < least {
		bad("claimed date", strconv.Itoa(claimed), "must leave at least "+strconv.Itoa(max(least, 1))+" counts on each side of "+strconv.Itoa(n), 0)
	}
	x, e := make([]float64, n+1), make([]float64, n+1)
	for i, c := range counts {
		w := 1.0
		if exposure != nil && i < len(exposure) {
			w = exposure[i]
		}
		if c < 0 {
			bad("count", strconv.Itoa(c), "cannot be negative", i+1)
		}
		if !(w > 0) || math.IsInf(w, 1) {
			bad("exposure", fmt.Sprint(w), "must be positive and finite", i+1)
		}
		x[i+1], e[i+1] = x[i]+float64(c), e[i]+w
	}
	if len(faults) == 0 && x[n] == 0 {
		bad("counts", "0 events", "hold nothing that could change", 0)
	}
	if err := errors.Join(append(faults, err)...); err != nil {
		return nil, err
	}
	p := &Placebos{labels: labels}
	seen := 0.0
	for k := least + 1; k <= n-least+1; k++ {
		d := PlaceboDate{K: k, Claimed: k == claimed}
		d.LogRatio = math.Log((x[n]-x[k-1]+0.5)/(e[n]-e[k-1])) - math.Log((x[k-1]+0.5)/e[k-1])
		if d.Claimed {
			seen = d.LogRatio
		}
		p.Dates = append(p.Dates, d)
	}
	for _, d := range p.Dates {
		if extreme(o.Side, d.LogRatio, seen, 1e-12) {
			p.Rank++
		}
	}
	p.conclude(seen, o, x[n])
	return p, nil
}

func (p *Placebos) conclude(seen float64, o Options, events float64) {
	m := len(p.Dates)
	r := inference.Result{
		Question: o.Question, Method: "placebo dates, all tried", Null: "the claimed date is like any other", Side: o.Side, Quantity: "rate ratio at the claimed date",
		Estimate: math.Exp(seen), Interval: inference.Interval{Low: math.NaN(), High: math.NaN(), Method: "none: dates are ranked, not estimated"}, P: float64(p.Rank) / float64(m), Tested: true, Alpha: round(1 - o.Level),
		N: m, Exposure: []inference.Exposure{{Name: "admissible dates", Amount: float64(m), Unit: "dates", Count: int(events)}},
		Provenance: inference.Provenance{Design: o.Side.String(), Inputs: strconv.Itoa(m) + " admissible dates", Source: "Abadie, Diamond and Hainmueller 2010"},
	}
	r.LogP = math.Log(r.P)
	r.Finding = "The claimed date ranks " + strconv.Itoa(p.Rank) + " of " + strconv.Itoa(m) + " admissible dates by the change of the rate (P = " + r.PText() + ")."
	if float64(m) < 1/r.Alpha {
		r.Warnings = append(r.Warnings, "only "+strconv.Itoa(m)+" admissible dates: P cannot be below "+sheet.Digits(1/float64(m), 3))
	}
	p.Result = r
}

// String is the text form.
func (p *Placebos) String() string { return p.sheet().Text() }

// SimpleRender shows the dates with the largest changes, one sentence and warnings.
func (p *Placebos) SimpleRender() map[string]any { return p.sheet().Render() }

func (p *Placebos) sheet() sheet.Sheet {
	s := p.Result.Sheet()
	s.Head = []string{"second period begins at", "rate ratio", ""}
	s.Rows = nil
	order := append([]PlaceboDate(nil), p.Dates...)
	sort.SliceStable(order, func(i, j int) bool { return math.Abs(order[i].LogRatio) > math.Abs(order[j].LogRatio) })
	for i, d := range order {
		if i >= 5 && !d.Claimed {
			continue
		}
		label, mark := "count "+strconv.Itoa(d.K), ""
		if p.labels != nil {
			label = p.labels[d.K-1]
		}
		if d.Claimed {
			mark = "claimed"
		}
		s.Rows = append(s.Rows, []string{label, sheet.Number(math.Exp(d.LogRatio)), mark})
	}
	return s
}

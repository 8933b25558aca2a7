package effort

import (
	"errors"
	"math"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/internal/sheet"
	"github.com/sightline-osint/sightline/analysis/internal/tail"
)

// Occupancy is the share of looks at which something was there, with the exact (Clopper-Pearson) interval.
//
// It is presence per look, not visits: one train that stays for ten looks counts ten times. Null hypothesis: the share
// is 1/2 (as R's binom.test by default) is not tested; only the estimate is given. Errors (*InputError): no looks,
// present below 0 or above looks, a level outside (0,1). Source: Clopper and Pearson, Biometrika 26 (1934) 404.
func Occupancy(present, looks int, level float64) (inference.Result, error) {
	level, err := inference.Level("effort", level)
	faults := []error{err}
	if looks < 1 {
		faults = append(faults, &InputError{Room: "effort", What: "looks", Value: strconv.Itoa(looks), Cause: "must be 1 or more"})
	}
	if looks > inference.MostEvents {
		faults = append(faults, &InputError{Room: "effort", What: "looks", Value: strconv.Itoa(looks), Cause: "are more than 100 billion"})
	}
	if present < 0 || present > looks {
		faults = append(faults, &InputError{Room: "effort", What: "present", Value: strconv.Itoa(present), Cause: "must lie between 0 and the looks"})
	}
	if err := errors.Join(faults...); err != nil {
		return inference.Result{}, err
	}
	r := inference.Result{
		Method: "share of looks, exact interval", Null: "none: nothing was tested", Quantity: "occupancy per look", Estimate: float64(present) / float64(looks),
		P: math.NaN(), Alpha: 1 - level, N: looks, Exposure: []inference.Exposure{{Name: "present", Amount: float64(looks), Unit: "looks", Count: present}},
		Interval:   inference.Interval{Low: 0, High: 1, Level: level, Method: "Clopper-Pearson"},
		Provenance: inference.Provenance{Design: "level " + strconv.FormatFloat(level, 'g', -1, 64), Source: "Clopper and Pearson 1934"},
	}
	out := math.Log((1 - level) / 2)
	if present > 0 {
		r.Interval.Low = share(tail.BetaOdds(float64(present), float64(looks-present)+1, out))
	}
	if present < looks {
		r.Interval.High = 1 / (1 + tail.BetaOdds(float64(looks-present), float64(present)+1, out))
	}
	r.Finding = "Something was there at " + sheet.Digits(100*r.Estimate, 3) + " % of the looks (" + inference.Percent(level) + " interval " +
		sheet.Digits(100*r.Interval.Low, 3) + " to " + sheet.Digits(100*r.Interval.High, 3) + " %); this is presence per look, not a number of visits."
	if looks < 10 {
		r.Warnings = append(r.Warnings, "fewer than 10 looks")
	}
	return r, nil
}

func share(odds float64) float64 { return odds / (1 + odds) }

// LooksToSee returns how many looks are needed to see something at least once with the chance wanted, when each look
// finds it with the chance perLook (presence times detection). Both must lie inside (0,1).
// Not for looks in a row, which see the same thing or miss it together.
func LooksToSee(perLook, wanted float64) (int, error) {
	if !(perLook > 0 && perLook < 1) || !(wanted > 0 && wanted < 1) {
		return 0, &InputError{Room: "effort", What: "chances", Value: sheet.Number(perLook) + ", " + sheet.Number(wanted), Cause: "must lie between 0 and 1"}
	}
	return int(math.Ceil(math.Log1p(-wanted)/math.Log1p(-perLook) - 1e-12)), nil
}

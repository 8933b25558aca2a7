package rate

import (
	"math"
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
)

// InputError says which value was refused and why.
type InputError = inference.InputError

// Sample is a number of events and the amount of looking in which they were seen. Write it as a sentence:
// rate.Of(41).In(62, "looks").
type Sample struct {
	Name     string  // label in tables; "first" and "second" when empty
	Count    int     // events, >= 0
	Exposure float64 // amount of looking, > 0: looks, days, km², whatever the rate is per
	Unit     string  // unit of Exposure; two samples that are compared must share it
	Looks    []int   // counts of the single looks where they are known, else nil; Count is their sum; they feed the dispersion warning
}

// Of starts a sample with its number of events. Nothing is counted until In gives the exposure.
func Of(count int) Sample { return Sample{Count: count} }

// In returns the sample with the exposure in which its events were seen and the unit of that exposure.
func (s Sample) In(exposure float64, unit string) Sample {
	s.Exposure, s.Unit = exposure, unit
	return s
}

// Named returns the sample with a label for tables and sentences.
func (s Sample) Named(name string) Sample {
	s.Name = name
	return s
}

// Each makes a sample from the counts of single looks, zeros included: the exposure is the number of looks. A look at
// which nothing could be counted must be left out, not given as 0.
func Each(counts []int) Sample {
	s := Sample{Exposure: float64(len(counts)), Unit: "looks", Looks: append([]int{}, counts...)}
	for _, c := range counts {
		s.Count += c
	}
	return s
}

// Rate is Count / Exposure.
func (s Sample) Rate() float64 { return float64(s.Count) / s.Exposure }

// check returns every fault of the sample.
func (s Sample) check(fallback string) []error {
	name := s.label(fallback)
	var faults []error
	if s.Count < 0 {
		faults = append(faults, &InputError{Room: "rate", What: name + ": count", Value: strconv.Itoa(s.Count), Cause: "a count cannot be negative"})
	}
	if s.Count > inference.MostEvents {
		faults = append(faults, &InputError{Room: "rate", What: name + ": count", Value: strconv.Itoa(s.Count), Cause: "is above 100 billion"})
	}
	if !(s.Exposure > 0) || math.IsInf(s.Exposure, 1) {
		cause := "must be a positive, finite amount of looking; give it with In(amount, unit)"
		if s.Looks != nil && len(s.Looks) == 0 {
			cause = "no looks were given"
		}
		faults = append(faults, &InputError{Room: "rate", What: name + ": exposure", Value: strconv.FormatFloat(s.Exposure, 'g', -1, 64), Cause: cause})
	}
	if s.Exposure > 0 && !math.IsInf(s.Exposure, 1) && (s.Exposure < 1e-100 || s.Exposure > 1e100) {
		faults = append(faults, &InputError{Room: "rate", What: name + ": exposure", Value: strconv.FormatFloat(s.Exposure, 'g', -1, 64), Cause: "must lie between 1e-100 and 1e100; give it in another unit"})
	}
	sum := 0
	for i, c := range s.Looks {
		sum += c
		if c < 0 {
			faults = append(faults, &InputError{Room: "rate", What: name + ": count of a look", Row: i + 1, Value: strconv.Itoa(c), Cause: "a count cannot be negative"})
		}
	}
	if len(s.Looks) > 0 && sum != s.Count {
		faults = append(faults, &InputError{Room: "rate", What: name + ": count", Value: strconv.Itoa(s.Count), Cause: "is not the sum of its looks, " + strconv.Itoa(sum)})
	}
	return faults
}

func (s Sample) label(fallback string) string {
	if s.Name == "" {
		return fallback
	}
	return s.Name
}

func (s Sample) shown(fallback string) inference.Exposure {
	return inference.Exposure{Name: s.label(fallback), Amount: s.Exposure, Unit: s.Unit, Count: s.Count}
}

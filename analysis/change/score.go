package change

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/sightline-osint/sightline/analysis/raster"
	"github.com/sightline-osint/sightline/analysis/register"
)

// Score is how much each pixel changed, with all that was done to get there.
type Score struct {
	Method                      string        // "CVA magnitude", "IR-MAD", …
	Unit                        string        // of the score, empty for a bare number
	Normalise                   Normalisation // what ran
	Bands                       []string      // names of the bands compared
	Before                      raster.Header // the earlier image
	After                       raster.Header // the later image
	Shift                       register.Shift
	Signed                      bool         // gains are positive and losses negative; otherwise no change is zero or the least value
	Plane                       raster.Plane // the score of each pixel, NaN where it has none
	Valid                       int          // pixels with a score
	Missing                     int          // pixels without a value at one date
	Ignored                     int          // pixels left out because Options.Ignore covers them
	Threshold                   float64      // scores above it count as change; of a signed score, sizes above it; +Inf when the scores have none
	ThresholdBy                 Threshold
	Warnings                    []string
	share                       float64 // of the scored pixels that changed, when the plane is reduced
	reduced                     bool    // the plane is a smaller picture of the scores, which lie in a file
	beforePicture, afterPicture picture
}

// Changed returns the mask of pixels whose score (its size, when signed) is above the threshold.
func (s *Score) Changed() raster.Mask { return s.Above(s.Threshold) }

// Above returns the mask of pixels whose score (its size, when signed) is above a threshold of your own.
func (s *Score) Above(threshold float64) raster.Mask {
	m := raster.NewMask(s.Plane.Width, s.Plane.Height)
	for i, v := range s.Plane.Pix {
		x := float64(v)
		if s.Signed {
			x = math.Abs(x)
		}
		if x > threshold {
			m.Bits[i] = 1
		}
	}
	return m
}

// Share returns the share of the scored pixels that changed, 0 to 1.
func (s *Score) Share() float64 {
	if s.reduced {
		return s.share
	}
	return float64(s.Changed().Count()) / float64(max(1, s.Valid))
}

// Image returns the scores as a float32 image on the same grid, with the method in its tags, ready for raster.Write.
func (s *Score) Image() (*raster.Image, error) {
	m, err := raster.FromPlanes(s.Plane)
	if err != nil {
		return nil, err
	}
	m.Name, m.Geo, m.Taken = "change", s.Before.Geo, s.After.Taken
	m.Tags = s.Tags()
	m.Rename(s.Method)
	return m, nil
}

// Tags returns what was done as metadata items: method, normalisation, shift, threshold, images, and the SIMULATED
// mark of either image.
func (s *Score) Tags() map[string]string {
	t := map[string]string{
		"CHANGE_METHOD": s.Method, "CHANGE_NORMALISATION": string(s.Normalise), "CHANGE_SHIFT": s.Shift.String(),
		"CHANGE_THRESHOLD": strings.Join(strings.Fields(thresholdTag(s.Threshold, s.ThresholdBy)), " "), "CHANGE_BEFORE": s.Before.Name, "CHANGE_AFTER": s.After.Name,
	}
	if s.simulated() {
		t["STATUS"] = "SIMULATED"
	}
	return t
}

func (s *Score) simulated() bool {
	return s.Before.Simulated() || s.After.Simulated()
}

// String returns what was done and what came out, one fact a line, warnings last.
func (s *Score) String() string {
	var b strings.Builder
	day := func(h raster.Header) string {
		if h.Taken.IsZero() {
			return h.Name
		}
		return h.Name + " (" + h.Taken.UTC().Format("2006-01-02") + ")"
	}
	fmt.Fprintf(&b, "%s of %s against %s\n", s.Method, day(s.After), day(s.Before))
	fmt.Fprintf(&b, "bands %s, normalisation %s, %v\n", strings.Join(s.Bands, " "), s.Normalise, s.Shift)
	b.WriteString(s.verdict())
	fmt.Fprintf(&b, "; left out: %d missing, %d ignored", s.Missing, s.Ignored)
	if s.simulated() {
		b.WriteString("\nSIMULATED images")
	}
	for _, w := range s.Warnings {
		b.WriteString("\nwarning: " + w)
	}
	return b.String()
}

// verdict returns how much changed in a sentence, or why nothing counts as changed.
func (s *Score) verdict() string {
	if !math.IsInf(s.Threshold, 1) {
		t := fmt.Sprintf("%.2f %% of %d pixels above %.4g (%s)", 100*s.Share(), s.Valid, s.Threshold, s.ThresholdBy)
		if s.Unit != "" {
			t += " in " + s.Unit
		}
		return t
	}
	low, high, _ := s.Plane.Range()
	switch {
	case s.Valid == 0:
		return "no pixel has a score"
	case low == high && low == 0 && s.Method != "SSIM":
		return fmt.Sprintf("no change: both dates agree in all %d pixels", s.Valid)
	case low == high:
		return fmt.Sprintf("no pixel counts as changed: all %d scores are %.4g", s.Valid, low)
	}
	return fmt.Sprintf("no pixel counts as changed: %s finds no threshold among %d scores from %.4g to %.4g", s.ThresholdBy, s.Valid, low, high)
}

// finish puts the scores of the valid pixels into a plane and chooses the threshold.
func (p *pair) finish(method string, signed bool, values []float32) (*Score, error) {
	s := &Score{Method: method, Normalise: p.o.Normalise, Shift: p.shift, Signed: signed, Before: p.before.Header, After: p.after.Header,
		Missing: p.missing, Ignored: p.ignored, ThresholdBy: p.o.Threshold, Warnings: p.warnings}
	s.Plane = raster.NewPlane(p.before.Width, p.before.Height)
	nan := float32(math.NaN())
	for i := range s.Plane.Pix {
		s.Plane.Pix[i] = nan
	}
	for k, i := range p.valid {
		s.Plane.Pix[i] = values[k]
		if v := values[k]; v-v == 0 {
			s.Valid++
		}
	}
	s.Missing += len(p.valid) - s.Valid
	s.name(p)
	var err error
	if s.Threshold, err = choose(p.o.Threshold, values); err != nil {
		s.Threshold = math.Inf(1)
		if !errors.Is(err, errNoThreshold) { // then the verdict says it
			s.Warnings = append(s.Warnings, err.Error())
		}
	}
	if s.beforePicture, err = look(p.o.context(), p.before); err != nil {
		return nil, fmt.Errorf("change: %w", err)
	}
	s.afterPicture, err = look(p.o.context(), p.after)
	return s, err
}

func (s *Score) name(p *pair) {
	for _, b := range p.o.Bands {
		n := p.before.Bands[b].Name
		if n == "" {
			n = fmt.Sprint(b + 1)
		}
		s.Bands = append(s.Bands, n)
	}
}

package change

import (
	"context"

	"github.com/sightline-osint/sightline/analysis/raster"
	"github.com/sightline-osint/sightline/analysis/register"
)

// Normalisation is how differences of light and haze between the dates are removed, band by band, before comparing.
type Normalisation string

// The normalisations.
const (
	AsIs            Normalisation = "none"             // the files' own numbers
	ZScore          Normalisation = "z-score"          // each date less its mean, divided by its standard deviation
	HistogramMatch  Normalisation = "histogram match"  // the later date takes on the distribution of the earlier one
	PseudoInvariant Normalisation = "pseudo-invariant" // a line through the pixels that IR-MAD finds unchanged
)

// Threshold is how the score that counts as change is chosen from the scores themselves.
type Threshold string

// The thresholds; see the functions of the same names.
const (
	ByOtsu    Threshold = "otsu"
	ByKittler Threshold = "kittler-illingworth"
	ByRosin   Threshold = "rosin"
	ByKMeans  Threshold = "k-means"
)

// Registration is what is done about a shift between the dates.
type Registration string

// The registrations.
const (
	FindShift   Registration = "find" // find it and undo it; where it cannot be told, compare as is and warn
	IgnoreShift Registration = "as is"
	GivenShift  Registration = "given" // undo Options.Shift
)

// Options say how two dates are compared. The zero value compares all bands as they are, finds and undoes the shift,
// and takes Otsu's threshold.
type Options struct {
	Context      context.Context // to stop and to report progress by; nil means never and nowhere
	Bands        []int           // bands to compare; empty means all but an alpha band
	Normalise    Normalisation   // "" means AsIs
	Registration Registration    // "" means FindShift
	Shift        register.Shift  // for GivenShift
	Resampling   register.Method // "" means bilinear
	Ignore       raster.Mask     // pixels without a score: clouds, shadow; an empty mask means none
	Smooth       int             // side in pixels of the square over which values are averaged first; 0 and 1 mean not at all
	Threshold    Threshold       // "" means ByOtsu
	Window       int             // side of the window of SSIM (0 means 7) and of PCA-kmeans (0 means 4)
	Range        float64         // span of the values for SSIM; 0 means that of both dates

	rows int // rows that ToFile reads at a time at most; 0 means as many as fit into its memory
}

func (o Options) context() context.Context {
	if o.Context == nil {
		return context.Background()
	}
	return o.Context
}

func (o Options) filled() Options {
	if o.Normalise == "" {
		o.Normalise = AsIs
	}
	if o.Registration == "" {
		o.Registration = FindShift
	}
	if o.Threshold == "" {
		o.Threshold = ByOtsu
	}
	return o
}

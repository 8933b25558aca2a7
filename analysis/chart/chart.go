// Package chart draws the figures of a study of dated sightings, in one house style.
//
// Each constructor takes plain slices, checks them, and returns a *Figure: events on a timeline, counts of single looks,
// lengths of two groups, a calendar of effort, sensitivity to effort, coefficients, the profile of a change point, places
// on a graticule. A Figure gives its *plot.Plot, a PNG at twice the screen's resolution, SVG, PDF and Vega-Lite v5, all from
// the same rows, and renders itself in a notebook. Rows that cannot be drawn are errors that name every one of them; what
// can be drawn but misleads (missing dates, characters without a font) is in Warnings and printed under the figure.
//
// Place in the flow: sightings -> table -> rate -> chart -> notebook. The package knows none of the others: a look of
// package sighting becomes a chart.Look in one line.
package chart

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg/draw"
)

// Figure is a finished figure. Its methods may be called from several goroutines as long as nobody changes the Plot.
type Figure struct {
	Title    string
	Warnings []string // what a reader must know before believing the figure; printed under it

	plot        *plot.Plot
	notes       []string
	width       float64 // points
	height      float64 // points
	rows        rows
	spec        map[string]any // Vega-Lite, without data and title
	interactive bool
	letters     *letters
	markRows    int // rows of labels of marks over the panel

	mu      sync.Mutex
	picture []byte // the PNG, if it was drawn
	given   bool   // the plot was given out and may be changed
}

// Plot is the figure as a gonum plot: add plotters to it, or draw it elsewhere. The notes under the figure are not in it.
func (f *Figure) Plot() *plot.Plot {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.given = true
	return f.plot
}

// Size is the width and height of the figure in points (1/72 inch).
func (f *Figure) Size() (width, height float64) { return f.width, f.height }

// Notes are the lines under the figure: what its data do not say, then its warnings.
func (f *Figure) Notes() []string {
	notes := append([]string(nil), f.notes...)
	for _, w := range f.Warnings {
		notes = append(notes, "Warning: "+w)
	}
	return notes
}

// String is the figure for those who cannot see it: title, data and notes as text.
func (f *Figure) String() string {
	var b strings.Builder
	if f.Title != "" {
		fmt.Fprintln(&b, f.Title)
	}
	f.rows.writeText(&b)
	for _, n := range f.Notes() {
		fmt.Fprintln(&b, n)
	}
	return strings.TrimRight(b.String(), "\n")
}

// Option changes one thing about a figure.
type Option func(*settings)

type settings struct {
	title, subtitle string
	xlabel, ylabel  string
	notes           []string
	marks           []mark
	shown           []mark // those of marks that lie on the axis, in order, with the places of their labels
	from, to        time.Time
	zone            *time.Location
	width, height   float64
	interactive     bool
	ratio           bool
	binWidth        float64
	whiskers        func(count float64) (low, high float64)
	whiskersName    string
	north           float64
	northKnown      bool
	lines           []Line
	warnings        []string
}

// mark is a dated event that a figure over time shows as a vertical line.
type mark struct {
	at    time.Time
	label string
	row   int             // of its label over the panel, from below
	align draw.XAlignment // of its label, at the line
}

// Title is the headline: better the finding than the kind of figure.
func Title(text string) Option { return func(s *settings) { s.title = text } }

// Subtitle stands under the title, smaller: what is counted, where, by whom.
func Subtitle(text string) Option { return func(s *settings) { s.subtitle = text } }

// Note adds a line under the figure: source, denominator, what is not known.
func Note(text string) Option { return func(s *settings) { s.notes = append(s.notes, text) } }

// Mark draws a vertical line at a date on every figure whose horizontal axis is time, with its label above the data.
func Mark(at time.Time, label string) Option {
	return func(s *settings) { s.marks = append(s.marks, mark{at: at, label: label}) }
}

// Between fixes the range of the time axis; what lies outside is not drawn, and counted under the figure.
func Between(from, to time.Time) Option { return func(s *settings) { s.from, s.to = from, to } }

// In sets the zone whose days and months the axis shows; without it, it is the zone of the first date.
func In(zone *time.Location) Option { return func(s *settings) { s.zone = zone } }

// Size sets width and height in points (1/72 inch). A height of 0 lets the figure choose.
func Size(width, height float64) Option {
	return func(s *settings) { s.width, s.height = width, height }
}

// XLabel names the horizontal axis, YLabel the vertical one, both with their unit.
func XLabel(text string) Option { return func(s *settings) { s.xlabel = text } }

// YLabel names the vertical axis.
func YLabel(text string) Option { return func(s *settings) { s.ylabel = text } }

// Interactive adds the Vega-Lite v5 form (hover and zoom) to what a notebook shows. Front ends that know it prefer it to
// the picture.
func Interactive() Option { return func(s *settings) { s.interactive = true } }

const (
	defaultWidth = 520 // points: a page's text width, and 1387 pixels at two pixels a CSS pixel
	minimumWidth = 240
)

func apply(options []Option) (*settings, error) {
	s := &settings{width: defaultWidth}
	for _, o := range options {
		o(s)
	}
	if s.width < minimumWidth || s.width > 5000 || s.height < 0 || s.height > 5000 || s.width != s.width || s.height != s.height {
		return nil, fmt.Errorf("chart: size %g x %g points: width must be %d to 5000, height 0 (free) to 5000", s.width, s.height, minimumWidth)
	}
	if !s.from.IsZero() && !s.to.After(s.from) {
		return nil, fmt.Errorf("chart: range from %s to %s is empty", s.from.Format(time.DateOnly), s.to.Format(time.DateOnly))
	}
	return s, nil
}

// badRows joins what is wrong with rows into one error that names them all; nil if nothing is.
func badRows(figure string, problems []string) error {
	if len(problems) == 0 {
		return nil
	}
	return errors.New("chart: " + figure + ": " + strings.Join(problems, "; "))
}

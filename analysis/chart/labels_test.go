package chart

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// crossings counts labels of marks that overlap another label, or that the line of another mark runs through.
func crossings(titles []title) (n int) {
	for i, a := range titles {
		for j, b := range titles {
			if i == j {
				continue
			}
			box := a.box()
			if a.row == b.row && i < j && box.meets(b.box()) || a.row < b.row && b.x > box.from && b.x < box.to {
				n++
			}
		}
	}
	return n
}

func TestLabelsOfMarksMeetNothing(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 5))
	for trial := range 2000 {
		titles := make([]title, 1+rng.IntN(9))
		const panel = 520.0
		for i := range titles {
			titles[i] = title{x: rng.Float64() * panel, width: 20 + 130*rng.Float64()}
			if i > 0 && rng.IntN(3) == 0 { // close to the one before
				titles[i].x = min(panel, titles[i-1].x+8*rng.Float64())
			}
		}
		slices.SortFunc(titles, func(a, b title) int { return int(1e6 * (a.x - b.x)) })
		rows := arrange(titles, panel)
		if n := crossings(titles); n > 0 {
			t.Errorf("trial %d: %d crossings: %+v", trial, n, titles)
		}
		for _, l := range titles {
			if b := l.box(); b.from < -20.5 || b.to > panel+8.5 {
				t.Errorf("trial %d: the label at %v runs from %v to %v, out of the figure", trial, l.x, b.from, b.to)
			}
			if l.row >= rows || l.row < 0 {
				t.Errorf("row %d of %d", l.row, rows)
			}
		}
		if t.Failed() {
			return
		}
	}
}

func TestOneMarkIsCentred(t *testing.T) {
	titles := []title{{x: 100, width: 60}, {x: 300, width: 60}}
	if rows := arrange(titles, 400); rows != 1 || titles[0].box() != (extent{70, 130}) || titles[1].box() != (extent{270, 330}) {
		t.Errorf("%d rows, %+v", rows, titles)
	}
}

// On dense random timelines no label overlaps another label or event, and none has the line of a mark in it while there
// is a place that has not.
func TestLabelsOfEventsMeetNothing(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 3))
	begin := time.Date(2023, 9, 1, 0, 0, 0, 0, time.UTC)
	crossed, labels := 0, 0
	for range 200 {
		var options []Option
		for range rng.IntN(5) {
			options = append(options, Mark(begin.AddDate(0, 0, rng.IntN(90)), "mark"))
		}
		s, err := apply(options)
		if err != nil {
			t.Fatal(err)
		}
		var events []Event
		for range 3 + rng.IntN(30) {
			e := Event{Start: begin.Add(time.Duration(rng.IntN(90*24)) * time.Hour), Lane: []string{"yard", "port", "bridge"}[rng.IntN(3)],
				Precision: []string{"minute", "day", "range", "month", "before", "after", "fuzzy"}[rng.IntN(7)],
				Label:     strings.Repeat("train ", rng.IntN(6))}
			if e.Precision == "range" {
				e.End = e.Start.AddDate(0, 0, rng.IntN(12))
			}
			events = append(events, e)
		}
		tl := timeline{letters: newLetters(), kinds: kindColors(events), axis: newTimeAxis(s, instants(events), 480)}
		for _, m := range s.marks {
			tl.lines = append(tl.lines, tl.axis.points(m.at))
		}
		tl.pack(events, laneNames(events))
		rows := map[int][]extent{}
		for _, p := range tl.placed {
			from, to := tl.drawn(p.Event)
			rows[p.row] = append(rows[p.row], extent{from, to})
			if p.label == "" {
				continue
			}
			width := tl.letters.width(p.label, tickSize, false)
			box := extent{to + 4 + p.shift, to + 4 + p.shift + width}
			if p.left {
				box = extent{from - 4 - p.shift - width, from - 4 - p.shift}
			}
			labels++
			if p.shift < 0 { // on its own bar
				if box.from < from || box.to > to {
					t.Errorf("the label %q from %v to %v leaves its bar from %v to %v", p.label, box.from, box.to, from, to)
				}
				continue
			}
			for _, x := range tl.lines {
				if x > box.from && x < box.to {
					crossed++
					if _, clear := spotFor(extent{from, to}, tl.letters.width(p.Label, tickSize, false), tl.axis.panel, tl.lines); clear {
						t.Errorf("the line at %v runs through the label %q from %v to %v", x, p.label, box.from, box.to)
					}
				}
			}
			rows[p.row] = append(rows[p.row], box)
		}
		for row, boxes := range rows {
			for i, a := range boxes {
				for _, b := range boxes[:i] {
					if a.meets(b) {
						t.Errorf("row %d: %v overlaps %v", row, a, b)
					}
				}
			}
		}
		if t.Failed() {
			return
		}
	}
	if labels < 1000 || crossed > labels/50 {
		t.Errorf("%d of %d labels have a line in them", crossed, labels)
	}
}

package chart

import (
	"time"

	"gonum.org/v1/plot"
)

// calendarTicks puts ticks on the boundaries of hours, days, weeks, months or years in one zone, the finest that leaves
// each label its room, and names the larger unit (day, year) below the first tick and wherever it changes.
type calendarTicks struct {
	zone  *time.Location
	width float64 // points that the axis has
}

// pace is one way to walk the calendar: where to start at or before t, how to go on, and how to write a tick.
type pace struct {
	floor  func(time.Time) time.Time
	next   func(time.Time) time.Time
	label  string
	larger string  // the line below, written when it changes
	room   float64 // points a label needs
	typic  time.Duration
}

// Ticks implements plot.Ticker; values are seconds since 1970 in UTC.
func (c calendarTicks) Ticks(low, high float64) []plot.Tick {
	from, to := instant(low, c.zone), instant(high, c.zone)
	for _, p := range paces() {
		if float64(to.Sub(from))/float64(p.typic)*p.room > c.width {
			continue
		}
		var ticks []plot.Tick
		last := ""
		for t := p.floor(from); !t.After(to); t = p.next(t) {
			if t.Before(from) {
				continue
			}
			label := t.Format(p.label)
			if p.larger != "" {
				if l := t.Format(p.larger); l != last {
					label += "\n" + l
					last = l
				}
			}
			ticks = append(ticks, plot.Tick{Value: seconds(t), Label: label})
		}
		return ticks
	}
	return nil
}

// seconds since 1970 is what the time axes count in; fractions keep milliseconds.
func seconds(t time.Time) float64 { return float64(t.UnixMilli()) / 1000 }

func instant(s float64, zone *time.Location) time.Time {
	return time.UnixMilli(int64(s * 1000)).In(zone)
}

const day = 24 * time.Hour

func paces() []pace {
	var out []pace
	for _, n := range []int{5, 15, 30} {
		out = append(out, pace{clockFloor(time.Duration(n) * time.Minute), clockNext(time.Duration(n) * time.Minute), "15:04", "2 Jan 2006", 42, time.Duration(n) * time.Minute})
	}
	for _, n := range []int{1, 2, 3, 6, 12} {
		out = append(out, pace{clockFloor(time.Duration(n) * time.Hour), clockNext(time.Duration(n) * time.Hour), "15:04", "2 Jan 2006", 42, time.Duration(n) * time.Hour})
	}
	for _, n := range []int{1, 2} {
		out = append(out, pace{dayFloor(n), dayNext(n), "2 Jan", "2006", 34, time.Duration(n) * day})
	}
	for _, n := range []int{1, 2} {
		out = append(out, pace{weekFloor, weekNext(n), "2 Jan", "2006", 36, time.Duration(n) * 7 * day})
	}
	for _, n := range []int{1, 2, 3, 6} {
		out = append(out, pace{monthFloor(n), monthNext(n), "Jan", "2006", 30, time.Duration(n) * 30 * day})
	}
	for _, n := range []int{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000} {
		out = append(out, pace{yearFloor(n), yearNext(n), "2006", "", 34, time.Duration(n) * 365 * day})
	}
	return out
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// Clock steps count from the day's midnight, so that they stay on round hours when a zone's clock is changed.
func clockFloor(step time.Duration) func(time.Time) time.Time {
	return func(t time.Time) time.Time { return clockAt(t, step, 0) }
}

func clockNext(step time.Duration) func(time.Time) time.Time {
	return func(t time.Time) time.Time { return clockAt(t, step, 1) }
}

func clockAt(t time.Time, step time.Duration, on int) time.Time {
	minutes := int(step / time.Minute)
	at := ((t.Hour()*60+t.Minute())/minutes + on) * minutes
	next := time.Date(t.Year(), t.Month(), t.Day(), 0, at, 0, 0, t.Location())
	if on > 0 && !next.After(t) { // the hour that a clock shows twice
		return t.Add(step)
	}
	return next
}

func dayFloor(n int) func(time.Time) time.Time {
	return func(t time.Time) time.Time {
		t = midnight(t)
		return t.AddDate(0, 0, -((t.Day() - 1) % n))
	}
}

func dayNext(n int) func(time.Time) time.Time {
	return func(t time.Time) time.Time {
		next := t.AddDate(0, 0, n)
		if n > 1 && (next.Month() != t.Month() || next.AddDate(0, 0, n-1).Month() != t.Month()) {
			return time.Date(t.Year(), t.Month()+1, 1, 0, 0, 0, 0, t.Location())
		}
		return next
	}
}

// Weeks start on Monday.
func weekFloor(t time.Time) time.Time {
	t = midnight(t)
	return t.AddDate(0, 0, -(int(t.Weekday())+6)%7)
}

func weekNext(n int) func(time.Time) time.Time {
	return func(t time.Time) time.Time { return t.AddDate(0, 0, 7*n) }
}

func monthFloor(n int) func(time.Time) time.Time {
	return func(t time.Time) time.Time {
		return time.Date(t.Year(), t.Month()-time.Month((int(t.Month())-1)%n), 1, 0, 0, 0, 0, t.Location())
	}
}

func monthNext(n int) func(time.Time) time.Time {
	return func(t time.Time) time.Time { return t.AddDate(0, n, 0) }
}

func yearFloor(n int) func(time.Time) time.Time {
	return func(t time.Time) time.Time {
		return time.Date(t.Year()-t.Year()%n, 1, 1, 0, 0, 0, 0, t.Location())
	}
}

func yearNext(n int) func(time.Time) time.Time {
	return func(t time.Time) time.Time { return t.AddDate(n, 0, 0) }
}

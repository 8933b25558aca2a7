package table

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// Stamp is one time: an instant, how finely it is known, and whether it was written with an offset from UTC. A day
// without an offset is a calendar date: its instant is midnight UTC, which orders dates but is no statement about hours.
type Stamp struct {
	T         time.Time
	Precision Precision
	HasOffset bool
}

// noOffset marks a calendar date in the column of offsets.
const noOffset = math.MinInt16

// layouts of Stamp.String, by precision; with an offset the zone is appended.
var stampLayouts = [...]string{
	Nanosecond: "2006-01-02T15:04:05.999999999",
	Second:     "2006-01-02T15:04:05",
	Minute:     "2006-01-02T15:04",
	Day:        "2006-01-02",
	Month:      "2006-01",
	Year:       "2006",
}

// String writes the time as ISO 8601, no finer than it is known: 2023-09, 2023-09-24, 2022-11-04T10:24+09:00.
func (s Stamp) String() string {
	text := s.T.Format(stampLayouts[s.Precision])
	if s.HasOffset && s.Precision < Day {
		text += s.T.Format("Z07:00")
	}
	return text
}

// End is the first instant after the stamp: the next day for a day, the next month for a month.
func (s Stamp) End() time.Time {
	switch s.Precision {
	case Second:
		return s.T.Add(time.Second)
	case Minute:
		return s.T.Add(time.Minute)
	case Day:
		return s.T.AddDate(0, 0, 1)
	case Month:
		return s.T.AddDate(0, 1, 0)
	case Year:
		return s.T.AddDate(1, 0, 0)
	}
	return s.T.Add(1)
}

// ParseStamp reads a date or a time in ISO 8601: a year, a month, a day, or a time with its offset ("Z" or "+09:00").
// A time without an offset, a date that does not exist (2023-02-30) and a form such as 3/4/2023 are errors that say so.
func ParseStamp(text string) (Stamp, error) {
	ns, off, prec, cause := scanStamp([]byte(text))
	if cause != "" {
		return Stamp{}, fmt.Errorf("table: %q: %s", text, cause)
	}
	return makeStamp(ns, off, prec), nil
}

func makeStamp(ns int64, off int16, prec Precision) Stamp {
	t := time.Unix(0, ns).UTC()
	if off == noOffset {
		return Stamp{T: t, Precision: prec}
	}
	if off != 0 {
		t = t.In(time.FixedZone("", int(off)*60))
	}
	return Stamp{T: t, Precision: prec, HasOffset: true}
}

const (
	needOffset  = "a time without an offset from UTC (write 2022-11-04T10:24+09:00 or …Z)"
	ambiguous   = "an ambiguous date: day and month could be exchanged (write 2023-04-03)"
	notATime    = "not a date or time (write 2023-09-24 or 2022-11-04T10:24+09:00)"
	noSuchDay   = "no such day in the calendar"
	noSuchTime  = "no such time of day"
	yearsBounds = "outside the years 1678 to 2261"
)

// scanStamp reads a time; cause is empty when it succeeds.
func scanStamp(b []byte) (ns int64, off int16, prec Precision, cause string) {
	if ns, ok := scanZulu(b); ok {
		return ns, 0, Second, ""
	}
	y, ok := digits(b, 0, 4)
	if !ok || (len(b) > 4 && b[4] != '-') {
		return 0, 0, 0, whyNoTime(b)
	}
	if y < 1678 || y > 2261 {
		return 0, 0, 0, yearsBounds
	}
	m, d := 1, 1
	prec = Year
	if len(b) > 4 {
		if m, ok = digits(b, 5, 2); !ok || (len(b) > 7 && b[7] != '-') {
			return 0, 0, 0, whyNoTime(b)
		}
		if m < 1 || m > 12 {
			return 0, 0, 0, noSuchDay
		}
		prec = Month
	}
	if len(b) > 7 {
		if d, ok = digits(b, 8, 2); !ok {
			return 0, 0, 0, whyNoTime(b)
		}
		if d < 1 || d > daysIn(y, m) {
			return 0, 0, 0, noSuchDay
		}
		prec = Day
	}
	ns = daysBefore(y, m, d) * 86400e9
	if len(b) <= 10 {
		return ns, noOffset, prec, ""
	}
	if b[10] != 'T' && b[10] != ' ' && b[10] != 't' {
		return 0, 0, 0, notATime
	}
	return scanClock(b, ns)
}

// scanZulu reads 2006-01-02T15:04:05Z, the commonest form by far, without looking at its parts more than once; false if b is
// anything else, or no such time.
func scanZulu(b []byte) (ns int64, ok bool) {
	if len(b) != 20 || b[4] != '-' || b[7] != '-' || b[10] != 'T' || b[13] != ':' || b[16] != ':' || b[19] != 'Z' {
		return 0, false
	}
	y1, y2, m, d := twoDigits(b[0], b[1]), twoDigits(b[2], b[3]), twoDigits(b[5], b[6]), twoDigits(b[8], b[9])
	hh, mm, ss := twoDigits(b[11], b[12]), twoDigits(b[14], b[15]), twoDigits(b[17], b[18])
	y := 100*y1 + y2
	if y1|y2|m|d >= 1<<7 || m-1 > 11 || d-1 > 27 && int(d) > daysIn(int(y), int(m)) || d == 0 || hh > 23 || mm > 59 || ss > 59 || y < 1678 || y > 2261 {
		return 0, false
	}
	return (daysBefore(int(y), int(m), int(d))*86400 + int64(hh*3600+mm*60+ss)) * 1e9, true
}

// twoDigits is the number of two digits; something above 127 if one of them is none.
func twoDigits(a, b byte) uint {
	a, b = a-'0', b-'0'
	if a > 9 || b > 9 {
		return 1 << 7
	}
	return uint(a)*10 + uint(b)
}

// scanClock reads the time of day from b[11:] and adds it to midnight.
func scanClock(b []byte, midnight int64) (ns int64, off int16, prec Precision, cause string) {
	hh, ok1 := digits(b, 11, 2)
	mm, ok2 := digits(b, 14, 2)
	if !ok1 || !ok2 || b[13] != ':' {
		return 0, 0, 0, notATime
	}
	at, ss, frac := 16, 0, int64(0)
	prec = Minute
	if len(b) > at && b[at] == ':' {
		if ss, ok1 = digits(b, 17, 2); !ok1 {
			return 0, 0, 0, notATime
		}
		at, prec = 19, Second
		if len(b) > at && (b[at] == '.' || b[at] == ',') {
			unit := int64(100_000_000)
			at++
			start := at
			for ; at < len(b) && b[at] >= '0' && b[at] <= '9'; at++ {
				frac += int64(b[at]-'0') * unit
				unit /= 10
			}
			if at == start || at-start > 9 {
				return 0, 0, 0, notATime
			}
			prec = Nanosecond
		}
	}
	if hh > 23 || mm > 59 || ss > 59 {
		return 0, 0, 0, noSuchTime
	}
	minutes, cause := scanOffset(b[at:])
	if cause != "" {
		return 0, 0, 0, cause
	}
	return midnight + (int64(hh)*3600+int64(mm)*60+int64(ss))*1e9 + frac - int64(minutes)*60e9, minutes, prec, ""
}

func scanOffset(b []byte) (int16, string) {
	if len(b) == 0 {
		return 0, needOffset
	}
	if len(b) == 1 && (b[0] == 'Z' || b[0] == 'z') {
		return 0, ""
	}
	if b[0] != '+' && b[0] != '-' {
		return 0, notATime
	}
	h, ok := digits(b, 1, 2)
	m := 0
	switch {
	case len(b) == 6 && b[3] == ':':
		var ok2 bool
		m, ok2 = digits(b, 4, 2)
		ok = ok && ok2
	case len(b) == 5:
		var ok2 bool
		m, ok2 = digits(b, 3, 2)
		ok = ok && ok2
	case len(b) == 3:
	default:
		ok = false
	}
	if !ok || h > 14 || m > 59 {
		return 0, "no such offset from UTC"
	}
	minutes := int16(h*60 + m)
	if b[0] == '-' {
		minutes = -minutes
	}
	return minutes, ""
}

func whyNoTime(b []byte) string {
	if len(b) == 0 || b[0]-'0' > 9 {
		return notATime
	}
	if s := string(b); len(s) < 40 && strings.Count(s, "/")+strings.Count(s, ".") == 2 && strings.Trim(s, "0123456789/.") == "" {
		return ambiguous
	}
	return notATime
}

func digits(b []byte, at, n int) (int, bool) {
	if len(b) < at+n {
		return 0, false
	}
	v := 0
	for _, c := range b[at : at+n] {
		if c < '0' || c > '9' {
			return 0, false
		}
		v = v*10 + int(c-'0')
	}
	return v, true
}

func daysIn(y, m int) int {
	switch m {
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// daysBefore is the number of days from 1970-01-01 to the given day of the proleptic Gregorian calendar.
// Source: H. Hinnant, "chrono-compatible low-level date algorithms", 2013.
func daysBefore(y, m, d int) int64 {
	if m <= 2 {
		y--
		m += 12
	}
	era := y / 400
	yoe := y - era*400
	doy := (153*(m-3)+2)/5 + d - 1
	doe := yoe*365 + yoe/4 - yoe/100 + doy
	return int64(era)*146097 + int64(doe) - 719468
}

// civil is the day of the calendar that is days after 1970-01-01. Source: as daysBefore.
func civil(days int64) (y, m, d int) {
	z := days + 719468
	era := z / 146097
	if z < 0 {
		era = (z - 146096) / 146097
	}
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	d = int(doy - (153*mp+2)/5 + 1)
	m = int(mp + 3)
	if m > 12 {
		m -= 12
	}
	y = int(yoe + era*400)
	if m <= 2 {
		y++
	}
	return y, m, d
}

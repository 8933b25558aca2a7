package sighting

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/sightline-osint/sightline/analysis/table"
)

// Redaction says what is dropped or made coarser before a data set is shared.
type Redaction struct {
	Drop           []string // columns, as "sightings.note"; "note" means the column of that name in every table
	DatesTo        string   // "day", "month" or "year"; empty leaves dates as they are
	PositionsToDeg float64  // positions are rounded to a grid of this many degrees; 0 leaves them
}

// Redact is a copy of the data set that holds less. Columns that every record needs cannot be dropped; columns that need a
// reason for being empty hold "[withheld]"; others vanish. Times become at most as fine as DatesTo, and looks get numbers for
// keys, because keys often hold a date. Positions are rounded,
// and their accuracy is widened to the cell. Other files and resources of the package are not copied, because nobody knows
// what they would give away; LeftOut names them. The copy is checked, and its notes that could give away what was
// withheld are the caller's to drop.
func (d *Dataset) Redact(r Redaction) (*Dataset, error) {
	out := *d
	out.raw, out.desc = nil, descriptor{}
	out.sheets = map[string]*sheet{}
	out.leftOut = d.others()
	for name, s := range d.sheets {
		if !isTable(name) {
			continue
		}
		c := *s
		c.header, c.raw = slices.Clone(s.header), nil
		out.sheets[name] = &c
	}
	out.Sources = share(d.Sources, out.sheets[resSources])
	out.Places = share(d.Places, out.sheets[resPlaces])
	out.Distances = share(d.Distances, out.sheets[resDistances])
	out.Looks = share(d.Looks, out.sheets[resLooks])
	out.Sightings = share(d.Sightings, out.sheets[resSightings])
	out.Claims = share(d.Claims, out.sheets[resClaims])
	for _, col := range r.Drop {
		if err := out.drop(col); err != nil {
			return nil, err
		}
	}
	if r.DatesTo != "" {
		p := slices.Index([]string{"", "", "", "day", "month", "year"}, r.DatesTo)
		if p < int(table.Day) {
			return nil, fmt.Errorf("sighting: dates can be coarsened to day, month or year, not %q", r.DatesTo)
		}
		out.coarsen(table.Precision(p))
		out.renumberLooks()
	}
	if g := r.PositionsToDeg; g != 0 {
		if !(g > 0 && g <= 10) {
			return nil, fmt.Errorf("sighting: positions can be rounded to a grid of more than 0 and at most 10 degrees, not %v", g)
		}
		for i := range out.Places {
			out.Places[i].round(g)
		}
	}
	if found := out.Check(); len(found) > 0 {
		return nil, &Invalid{Dir: d.Dir, Findings: found}
	}
	return &out, nil
}

// others are the files of the package besides its tables and the two that Save writes anew.
func (d *Dataset) others() []string {
	var out []string
	tables := []string{packageName, manifestName}
	for name, s := range d.sheets {
		if isTable(name) {
			tables = append(tables, s.name)
		} else {
			out = append(out, s.name)
		}
	}
	if _, err := os.Stat(filepath.Join(d.Dir, packageName)); err != nil { // not from a folder
		return out
	}
	for _, f := range filesOf(d.Dir) {
		if !slices.Contains(tables, f) && !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	slices.Sort(out)
	return out
}

// share copies records so that they belong to the new sheet and own their cells.
func share[T any](recs []T, s *sheet) []T {
	out := slices.Clone(recs)
	for i := range out {
		o := any(&out[i]).(record).origin()
		if o.sheet != nil {
			o.sheet, o.cells = s, slices.Clone(o.cells)
		}
	}
	return out
}

func (d *Dataset) drop(column string) error {
	tab, name, one := strings.Cut(column, ".")
	if !one {
		tab, name = "", column
	}
	hit := false
	var err error
	try := func(t string, f func(string, *sheet) (bool, error)) {
		if err == nil && (tab == "" || tab == t) && d.sheets[t] != nil {
			var h bool
			h, err = f(name, d.sheets[t])
			hit = hit || h
		}
	}
	try(resSources, func(n string, s *sheet) (bool, error) { return dropColumn(d.Sources, sourceFields(), s, n) })
	try(resPlaces, func(n string, s *sheet) (bool, error) { return dropColumn(d.Places, placeFields(), s, n) })
	try(resDistances, func(n string, s *sheet) (bool, error) { return dropColumn(d.Distances, distanceFields(), s, n) })
	try(resLooks, func(n string, s *sheet) (bool, error) { return dropColumn(d.Looks, lookFields(), s, n) })
	try(resSightings, func(n string, s *sheet) (bool, error) { return dropColumn(d.Sightings, sightingFields(), s, n) })
	try(resClaims, func(n string, s *sheet) (bool, error) { return dropColumn(d.Claims, claimFields(), s, n) })
	if err == nil && !hit {
		err = fmt.Errorf("sighting: there is no column %q to drop", column)
	}
	return err
}

// dropColumn empties a column of the records and takes it out of the sheet.
func dropColumn[T any](recs []T, fields []field[T], s *sheet, name string) (bool, error) {
	at := slices.Index(s.header, name)
	if at < 0 {
		return false, nil
	}
	for _, f := range fields {
		if f.name != name {
			continue
		}
		if f.required {
			return false, fmt.Errorf("sighting: %s: every record needs column %q: it cannot be dropped", s.name, name)
		}
		for i := range recs {
			zero(f.at(&recs[i]))
			if o := any(&recs[i]).(record).origin(); f.reason && o.sheet == s {
				o.cells[at] = "[withheld]"
			}
		}
		if f.reason {
			return true, nil
		}
	}
	s.header = slices.Delete(slices.Clone(s.header), at, at+1)
	for i := range recs {
		if o := any(&recs[i]).(record).origin(); o.sheet == s {
			o.cells = slices.Delete(slices.Clone(o.cells), at, at+1)
		}
	}
	return true, nil
}

func zero(p any) {
	switch p := p.(type) {
	case *string:
		*p = ""
	case *[]string:
		*p = nil
	case *Num:
		*p = Num{}
	case *table.Stamp:
		*p = table.Stamp{}
	}
}

// renumberLooks gives the looks keys without a meaning, in their order.
func (d *Dataset) renumberLooks() {
	fresh := map[string]string{}
	for i := range d.Looks {
		fresh[d.Looks[i].ID] = fmt.Sprintf("look-%04d", i+1)
	}
	for i := range d.Looks {
		l := &d.Looks[i]
		l.ID, l.SameAs = fresh[l.ID], slices.Clone(l.SameAs)
		for j, k := range l.SameAs {
			l.SameAs[j] = fresh[k]
		}
	}
	for i := range d.Sightings {
		d.Sightings[i].LookID = fresh[d.Sightings[i].LookID]
	}
}

func (d *Dataset) coarsen(p table.Precision) {
	for i := range d.Looks {
		d.Looks[i].Time.coarsen(p, &d.Looks[i].OffsetBasis)
	}
	for i := range d.Sightings {
		x := &d.Sightings[i]
		x.Time.coarsen(p, &x.OffsetBasis)
		x.ReportDate = coarseReport(x.ReportDate, p)
	}
	for i := range d.Claims {
		c := &d.Claims[i]
		c.Time.coarsen(p, &c.OffsetBasis)
		c.ReportDate = coarseReport(c.ReportDate, p)
	}
}

// coarsen cuts both ends to the precision and names what is left.
func (s *Span) coarsen(p table.Precision, basis *string) {
	s.Start, s.End = cut(s.Start, p), cut(s.End, p)
	if s.Start.T.IsZero() && s.End.T.IsZero() {
		return
	}
	*basis = ""
	if s.Precision == "minute" || s.Precision == "day" || s.Precision == "month" {
		s.Precision = map[table.Precision]string{table.Day: "day", table.Month: "month", table.Year: "year"}[max(p, precisionOf(s.Precision))]
		if s.Start.String() != s.End.String() {
			s.Precision = "range"
		}
	}
}

func precisionOf(name string) table.Precision {
	switch name {
	case "month":
		return table.Month
	case "minute", "day":
		return table.Day
	}
	return table.Year
}

func cut(s table.Stamp, p table.Precision) table.Stamp {
	if s.T.IsZero() {
		return s
	}
	m, day := s.T.Month(), s.T.Day()
	if p >= table.Month {
		day = 1
	}
	if p == table.Year {
		m = 1
	}
	return table.Stamp{T: time.Date(s.T.Year(), m, day, 0, 0, 0, 0, time.UTC), Precision: max(p, s.Precision)}
}

func coarseReport(report string, p table.Precision) string {
	if report == "" {
		return ""
	}
	first, last, err := reportSpan(report)
	if err != nil {
		return report
	}
	a, b := cut(first, p).String(), cut(last, p).String()
	if a == b {
		return a
	}
	return a + "/" + b
}

// round puts a position on the grid and widens its accuracy by half the diagonal of a cell.
func (p *Place) round(deg float64) {
	if !p.Lat.Known || !p.Lon.Known {
		return
	}
	grid := func(v float64) float64 { return math.Round(math.Round(v/deg)*deg*1e6) / 1e6 }
	p.Lat.Value, p.Lon.Value = grid(p.Lat.Value), grid(p.Lon.Value)
	const metresPerDegree = 111_320 // of a great circle, rounded up
	p.AccuracyM = N(math.Ceil(p.AccuracyM.Value + deg*metresPerDegree*math.Sqrt2/2))
}

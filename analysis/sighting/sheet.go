package sighting

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/sightline-osint/sightline/analysis/table"
)

// sheet is a CSV file as it was read: the cells as they stand there, and all bytes.
type sheet struct {
	name   string // file name within the package
	header []string
	rows   [][]string
	lines  []int
	raw    []byte
	broken bool // some cells could not be read: never write this sheet again
}

// maxCell is the longest cell of a data package: a record of words and numbers, not of pictures.
const maxCell = 1 << 20

// readSheet cuts a file into cells. What cannot be read is found, the rest is kept.
func readSheet(name string, raw []byte) (*sheet, Findings) {
	s := &sheet{name: name, raw: raw}
	var found Findings
	if bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")) {
		found = append(found, Finding{File: name, Line: 1, Rule: "encoding", Cause: "begins with a byte order mark"})
	}
	if i := bytes.IndexByte(raw, '\r'); i >= 0 {
		why := "holds a carriage return (end lines with LF)"
		if bytes.HasPrefix(raw[i:], []byte("\r\n")) {
			why = "lines end with CR LF (write LF)"
		}
		found = append(found, Finding{File: name, Line: 1 + bytes.Count(raw[:i], []byte("\n")), Rule: "encoding", Cause: why})
	}
	if i := bytes.IndexByte(raw, 0); i >= 0 {
		found = append(found, Finding{File: name, Line: 1 + bytes.Count(raw[:i], []byte("\n")), Rule: "encoding", Cause: "holds a NUL byte"})
	}
	if n := len(raw); n > 0 && raw[n-1] != '\n' {
		found = append(found, Finding{File: name, Line: 1 + bytes.Count(raw, []byte("\n")), Rule: "truncated", Cause: "the last line does not end: was the file cut off?"})
	}
	t, err := table.CSV{AllText: true, Source: name, MaxCell: maxCell}.Read(context.Background(), bytes.NewReader(raw))
	var bad *table.BadCells
	if errors.As(err, &bad) {
		s.broken = true
		for _, c := range bad.Cells {
			found = append(found, Finding{File: name, Line: c.Line, Column: c.Column, Rule: "csv", Cause: fmt.Sprintf("%s (%q)", c.Cause, c.Text)})
		}
	}
	if t == nil {
		s.broken = true
		return s, append(found, Finding{File: name, Rule: "csv", Cause: strings.TrimPrefix(err.Error(), "table: ")})
	}
	s.header = t.Names()
	if at := strings.IndexAny(s.header[0], ";\t|"); at > 0 && len(s.header) == 1 {
		found = append(found, Finding{File: name, Line: 1, Rule: "csv", Cause: fmt.Sprintf("cells are separated by %q, not by commas", s.header[0][at])})
	}
	cols := t.Columns()
	for r := range t.Len() {
		cells := make([]string, len(cols))
		for i, c := range cols {
			cells[i] = c.Format(r)
		}
		s.rows = append(s.rows, cells)
		s.lines = append(s.lines, t.Trace(r)[0].Line)
	}
	return s, found
}

// record is what every kind of record has.
type record interface{ origin() *Origin }

// decode turns the rows of a sheet into records and checks every cell by its field.
func decode[T any](s *sheet, fields []field[T]) ([]T, Findings) {
	var found Findings
	at := make([]int, len(fields))
	for i, f := range fields {
		at[i] = -1
		for j, h := range s.header {
			if h == f.name {
				at[i] = j
			}
		}
		if at[i] < 0 && (f.required || f.reason) {
			found = append(found, Finding{File: s.name, Line: 1, Column: f.name, Rule: "column", Cause: "the column is not there"})
		}
	}
	out := make([]T, len(s.rows))
	for r, cells := range s.rows {
		rec := &out[r]
		*any(rec).(record).origin() = Origin{File: s.name, Line: s.lines[r], sheet: s, cells: cells}
		for i, f := range fields {
			if at[i] < 0 {
				continue
			}
			cell, p := cells[at[i]], f.at(rec)
			rule, cause := "type", ""
			if err := f.parse(p, cell); err != nil {
				cause = err.Error()
			} else {
				rule, cause = f.check(p, cell)
			}
			if cause != "" {
				found = append(found, Finding{File: s.name, Line: s.lines[r], Column: f.name, Rule: rule, Cause: fmt.Sprintf("%s (%q)", cause, short(cell))})
			}
		}
	}
	return out, found
}

func short(s string) string {
	if len(s) > 60 {
		return strings.ToValidUTF8(s[:57], "") + "…"
	}
	return s
}

// encode writes records as CSV. A cell that still means what it meant keeps its very text; a sheet in which no cell
// changed keeps its very bytes.
func encode[T any](s *sheet, fields []field[T], recs []T) []byte {
	header := make([]string, 0, len(fields))
	if s != nil {
		header = s.header
	} else {
		for _, f := range fields {
			header = append(header, f.name)
		}
	}
	byName := map[string]field[T]{}
	for _, f := range fields {
		byName[f.name] = f
	}
	changed := s == nil || s.raw == nil || len(recs) != len(s.rows)
	var b bytes.Buffer
	writeRow(&b, header)
	for r := range recs {
		o := any(&recs[r]).(record).origin()
		row := make([]string, len(header))
		for i, h := range header {
			raw := ""
			if o.sheet != nil && o.sheet == s {
				raw = o.cells[i]
			}
			row[i] = raw
			if f, ok := byName[h]; ok {
				row[i] = f.rewrite(&recs[r], raw)
			}
			if !changed && row[i] != s.rows[r][i] {
				changed = true
			}
		}
		writeRow(&b, row)
	}
	if !changed {
		return s.raw
	}
	return b.Bytes()
}

// rewrite is the cell of a record: raw if that still means the same, else the value written anew.
func (f field[T]) rewrite(rec *T, raw string) string {
	cell := f.format(f.at(rec))
	var was T
	p := f.at(&was)
	if f.parse(p, raw) == nil && f.format(p) == cell {
		return raw
	}
	return cell
}

func writeRow(b *bytes.Buffer, cells []string) {
	for i, c := range cells {
		if i > 0 {
			b.WriteByte(',')
		}
		if strings.ContainsAny(c, ",\"\n\r") || strings.HasPrefix(c, " ") {
			b.WriteString(`"` + strings.ReplaceAll(c, `"`, `""`) + `"`)
			continue
		}
		b.WriteString(c)
	}
	b.WriteByte('\n')
}

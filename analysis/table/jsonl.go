package table

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/paulmach/orb/geojson"
)

// WriteJSONLines writes one JSON object a row, with the columns in their order. A missing value is null; a time is text in
// ISO 8601, a geometry is GeoJSON.
func (t *Table) WriteJSONLines(w io.Writer) error {
	if t.err != nil {
		return t.err
	}
	out := bufio.NewWriterSize(w, 1<<16)
	cols := t.all()
	keys := make([][]byte, len(cols))
	for i, c := range cols {
		keys[i], _ = json.Marshal(c.name) // a text always can
	}
	for r := range t.n {
		out.WriteByte('{')
		for i, c := range cols {
			if i > 0 {
				out.WriteByte(',')
			}
			out.Write(keys[i])
			out.WriteByte(':')
			v, err := c.json(r)
			if err != nil {
				return fmt.Errorf("table: row %d, column %q: %w", r, c.name, err)
			}
			out.Write(v)
		}
		if _, err := out.WriteString("}\n"); err != nil {
			return err
		}
	}
	return out.Flush()
}

func (c *Column) json(row int) ([]byte, error) {
	if !c.Known(row) {
		return []byte("null"), nil
	}
	switch c.kind {
	case Int:
		return strconv.AppendInt(nil, c.ints[row], 10), nil
	case Time:
		return json.Marshal(c.Format(row))
	case Geometry:
		return json.Marshal(geojson.NewGeometry(c.geoms[row]))
	}
	return json.Marshal(c.Value(row))
}

// ReadJSONLines reads one JSON object a line, as WriteJSONLines writes them. The schema declares the columns; keys it does
// not name are an error, keys that are not there are missing values. Without a schema the columns are found in the first
// megabyte, and values that hold others, or are of several kinds, are kept as their JSON text. Bad cells and keys that stand
// twice are listed in a *BadCells error; bad cells are missing in the table that comes with it.
func ReadJSONLines(r io.Reader, source string, schema Schema) (*Table, error) {
	j := &jsonReader{bad: &BadCells{Source: source}, trail: lineTrail{source: source}}
	if len(schema) > 0 {
		j.declare(schema, nil)
	}
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 16<<20)
	var first []jsonLine
	line, seen := 0, 0
	for sc.Scan() {
		line++
		text := sc.Bytes()
		if line == 1 {
			text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
		}
		if text = bytes.TrimSpace(text); len(text) == 0 {
			continue
		}
		if j.order != nil {
			j.add(readJSONLine(line, text))
			continue
		}
		seen += len(text)
		if first = append(first, readJSONLine(line, bytes.Clone(text))); seen >= sniffed {
			j.begin(first)
			first = nil
		}
	}
	if err := sc.Err(); err != nil {
		if errors.Is(err, bufio.ErrTooLong) {
			err = errors.New("longer than the 16 MiB that are allowed")
		}
		return nil, fmt.Errorf("table: %s:%d: %w", source, line+1, err)
	}
	if j.order == nil {
		j.begin(first)
	}
	if j.order == nil && j.bad.Total == 0 {
		return nil, fmt.Errorf("table: %s: there is no object and no schema that would say which columns there are", source)
	}
	return j.table()
}

// jsonReader grows the columns of JSON lines.
type jsonReader struct {
	order  []*builder
	byName map[string]*builder
	mixed  map[string]bool
	bad    *BadCells
	trail  lineTrail
	notes  []string
}

func (j *jsonReader) declare(s Schema, mixed map[string]bool) {
	j.byName, j.mixed = map[string]*builder{}, mixed
	for _, f := range s {
		b := newBuilder(f.Name, f.Unit, f.Kind)
		j.byName[f.Name] = b
		j.order = append(j.order, b)
	}
}

// begin finds the columns of the first lines and reads them.
func (j *jsonReader) begin(first []jsonLine) {
	schema, mixed, notes := sniffJSON(first)
	j.notes = notes
	j.declare(schema, mixed)
	for _, l := range first {
		j.add(l)
	}
}

func (j *jsonReader) add(l jsonLine) {
	if l.cause != "" {
		j.bad.add(BadCell{Line: l.line, Text: string(l.text), Cause: l.cause})
		l.value = nil
	}
	for _, k := range l.twice {
		j.bad.add(BadCell{Line: l.line, Column: k, Text: string(l.text), Cause: "the key stands twice: the first value is kept"})
	}
	for _, k := range l.keys {
		if j.byName[k] == nil {
			j.bad.add(BadCell{Line: l.line, Column: k, Text: string(l.value[k]), Cause: "a key that the schema does not declare"})
		}
	}
	for _, b := range j.order {
		v := l.value[b.c.name]
		if j.mixed[b.c.name] && len(v) > 0 && v[0] != '"' && string(v) != "null" {
			b.add(string(v))
			continue
		}
		if cause := b.parseJSON(v); cause != "" {
			j.bad.add(BadCell{Line: l.line, Column: b.c.name, Text: string(v), Cause: cause})
		}
	}
	j.trail.lines = append(j.trail.lines, uint32(l.line))
}

func (j *jsonReader) table() (*Table, error) {
	cols := make([]*Column, len(j.order))
	for i, b := range j.order {
		cols[i] = b.column()
	}
	t := New(cols...)
	if t.err == nil {
		t.trail, t.warnings = j.trail, j.notes
		t.n = len(j.trail.lines)
	}
	if j.bad.Total > 0 {
		return t, j.bad
	}
	return t, t.err
}

// parseJSON appends one value; on a cause it appends a missing one.
func (b *builder) parseJSON(v json.RawMessage) (cause string) {
	if len(v) == 0 || string(v) == "null" {
		b.missing()
		return ""
	}
	cell := []byte(v)
	switch b.c.kind {
	case Text, Time:
		var s string
		if json.Unmarshal(v, &s) != nil {
			b.missing()
			return "not a text"
		}
		cell = []byte(s)
	case Geometry:
		g, err := geojson.UnmarshalGeometry(v)
		if err != nil || g.Geometry() == nil {
			b.missing()
			return "not a GeoJSON geometry"
		}
		b.add(g.Geometry())
		return ""
	}
	if cause = b.parse(cell); cause != "" {
		b.missing()
	}
	return cause
}

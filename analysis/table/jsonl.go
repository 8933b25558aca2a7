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
// not name are an error, keys that are not there are missing values. Bad cells are listed in a *BadCells error and are
// missing in the table that comes with it.
func ReadJSONLines(r io.Reader, source string, schema Schema) (*Table, error) {
	if len(schema) == 0 {
		return nil, errors.New("table: ReadJSONLines needs a schema")
	}
	builders := map[string]*builder{}
	var order []*builder
	for _, f := range schema {
		b := newBuilder(f.Name, f.Unit, f.Kind)
		builders[f.Name] = b
		order = append(order, b)
	}
	bad := &BadCells{Source: source}
	tr := lineTrail{source: source}
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 16<<20)
	for line := 1; sc.Scan(); line++ {
		text := bytes.TrimSpace(sc.Bytes())
		if len(text) == 0 {
			continue
		}
		var obj map[string]json.RawMessage
		if err := json.Unmarshal(text, &obj); err != nil {
			bad.add(BadCell{Line: line, Text: string(text), Cause: "not a JSON object: " + err.Error()})
		}
		for k := range obj {
			if builders[k] == nil {
				bad.add(BadCell{Line: line, Column: k, Text: string(obj[k]), Cause: "a key that the schema does not declare"})
			}
		}
		for _, b := range order {
			if cause := b.parseJSON(obj[b.c.name]); cause != "" {
				bad.add(BadCell{Line: line, Column: b.c.name, Text: string(obj[b.c.name]), Cause: cause})
			}
		}
		tr.lines = append(tr.lines, uint32(line))
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("table: %s: %w", source, err)
	}
	cols := make([]*Column, len(order))
	for i, b := range order {
		cols[i] = b.column()
	}
	t := New(cols...)
	if t.err == nil {
		t.trail = tr
	}
	if bad.Total > 0 {
		return t, bad
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

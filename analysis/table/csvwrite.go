package table

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// WriteCSV writes a heading and all rows, without loss. A missing value is an empty cell, the empty text is "".
func (t *Table) WriteCSV(w io.Writer) error {
	if t.err != nil {
		return t.err
	}
	out := bufio.NewWriterSize(w, 1<<16)
	head := csv.NewWriter(out)
	if err := head.Write(t.Names()); err != nil {
		return err
	}
	head.Flush()
	cols := t.all()
	for r := range t.n {
		for i, c := range cols {
			if i > 0 {
				out.WriteByte(',')
			}
			s := c.Format(r)
			switch {
			case s == "" && c.Known(r):
				out.WriteString(`""`)
			case needsQuotes(s):
				quote(out, s)
			default:
				out.WriteString(s)
			}
		}
		if err := out.WriteByte('\n'); err != nil {
			return fmt.Errorf("table: %w", err)
		}
	}
	return out.Flush()
}

func needsQuotes(s string) bool {
	for i := range len(s) {
		switch s[i] {
		case ',', '"', '\n', '\r':
			return true
		}
	}
	return s != "" && (s[0] == ' ' || s[0] == '\t')
}

func quote(out *bufio.Writer, s string) {
	out.WriteByte('"')
	for i := range len(s) {
		if s[i] == '"' {
			out.WriteByte('"')
		}
		out.WriteByte(s[i])
	}
	out.WriteByte('"')
}

// SaveCSV writes the table to a file, which appears only when it is complete.
func (t *Table) SaveCSV(path string) error { return saveTo(path, t.WriteCSV) }

// saveTo writes to a temporary file beside path and renames it.
func saveTo(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("table: %w", err)
	}
	defer os.Remove(f.Name())
	err = write(f)
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	return err
}

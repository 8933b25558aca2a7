package symbols

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"io"
	"os"

	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
)

// boundInput is what reads from the run's os.Stdin when it is given that: as a file it is always at its end.
func boundInput(path string) binding {
	switch path {
	case "bufio":
		return binding{
			"NewReader": func(r registry.Run) any {
				return func(rd io.Reader) *bufio.Reader { return bufio.NewReader(input(r, rd)) }
			},
			"NewReaderSize": func(r registry.Run) any {
				return func(rd io.Reader, size int) *bufio.Reader {
					room(r, size, 1)
					return bufio.NewReaderSize(input(r, rd), size)
				}
			},
			"NewScanner": func(r registry.Run) any {
				return func(rd io.Reader) *bufio.Scanner { return bufio.NewScanner(input(r, rd)) }
			},
		}
	case "io":
		return boundIO()
	case "encoding/json":
		return binding{"NewDecoder": func(r registry.Run) any {
			return func(rd io.Reader) *json.Decoder { return json.NewDecoder(input(r, rd)) }
		}}
	case "encoding/csv":
		return binding{"NewReader": func(r registry.Run) any {
			return func(rd io.Reader) *csv.Reader { return csv.NewReader(input(r, rd)) }
		}}
	case "encoding/xml":
		return binding{"NewDecoder": func(r registry.Run) any {
			return func(rd io.Reader) *xml.Decoder { return xml.NewDecoder(input(r, rd)) }
		}}
	}
	return nil
}

func boundIO() binding {
	return binding{
		"ReadAll": func(r registry.Run) any {
			return func(rd io.Reader) ([]byte, error) { return io.ReadAll(input(r, rd)) }
		},
		"ReadFull": func(r registry.Run) any {
			return func(rd io.Reader, p []byte) (int, error) { return io.ReadFull(input(r, rd), p) }
		},
		"Copy": func(r registry.Run) any {
			return func(dst io.Writer, src io.Reader) (int64, error) { return io.Copy(dst, input(r, src)) }
		},
		"CopyN": func(r registry.Run) any {
			return func(dst io.Writer, src io.Reader, n int64) (int64, error) { return io.CopyN(dst, input(r, src), n) }
		},
		"TeeReader": func(r registry.Run) any {
			return func(rd io.Reader, w io.Writer) io.Reader { return io.TeeReader(input(r, rd), w) }
		},
		"LimitReader": func(r registry.Run) any {
			return func(rd io.Reader, n int64) io.Reader { return io.LimitReader(input(r, rd), n) }
		},
	}
}

func stdin(r registry.Run) io.Reader {
	if f, ok := r.Output().(Files); ok {
		return f.Reader(r.Context())
	}
	return os.Stdin
}

// input puts the user's lines in the place of the run's os.Stdin, which cannot ask for them.
func input(r registry.Run, rd io.Reader) io.Reader {
	if f, ok := rd.(*os.File); ok && f != nil && (f == os.Stdin || f == *file(r, 0)) {
		return stdin(r)
	}
	return rd
}

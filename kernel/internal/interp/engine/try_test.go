package engine_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/kernel/display"
	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine"
	"github.com/sightline-osint/sightline/kernel/internal/symbols"
)

type sink struct{ out, err bytes.Buffer }

func (s *sink) Stdout() io.Writer                         { return &s.out }
func (s *sink) Stderr() io.Writer                         { return &s.err }
func (s *sink) Display(d display.Data, update bool) error { return nil }
func (s *sink) ClearOutput(wait bool) error               { return nil }
func (s *sink) Input(ctx context.Context, prompt string, password bool) (string, error) {
	return "", io.EOF
}

func TestTry(t *testing.T) {
	f := os.Getenv("CELLS")
	if f == "" {
		t.Skip()
	}
	b, _ := os.ReadFile(f)
	e, err := engine.New(engine.Config{Tables: symbols.Entries()})
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range strings.Split(string(b), "\n--\n") {
		s := &sink{}
		res, err := e.Execute(context.Background(), interp.Cell{Number: i + 1, Name: fmt.Sprintf("In[%d]", i+1), Code: c, Output: s})
		fmt.Printf("%s%s", s.out.String(), s.err.String())
		if err != nil {
			fmt.Println(strings.Join(err.(*interp.Error).Traceback, "\n"))
		}
		for i, v := range res.Values {
			fmt.Printf("=> %v %s\n", v, res.Types[i])
		}
	}
}

package engine

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"sync"

	"github.com/sightline-osint/sightline/kernel/display"
	"github.com/sightline-osint/sightline/kernel/internal/interp"
)

// output lends a cell's Output to running code. Where code wants os.Stdout or os.Stderr as files of the operating system, the
// file is a pipe into the Output; from then on everything that the cell writes to that stream goes through the pipe, so that
// the order stays. The cells of a session share the pipes (streams.go); code that runs beside them has pipes of its own, which
// close when nothing refers to them any more.
type output struct {
	interp.Output
	shared *streams
	mu     sync.Mutex
	files  [3]*os.File
	pumps  [3]*pump // its own
	lines  *lines
}

func newOutput(out interp.Output, shared *streams) *output {
	return &output{Output: out, shared: shared}
}

// Stdout is where fmt.Print writes.
func (o *output) Stdout() io.Writer { return o.stream(1) }

// Stderr is where log.Print and panics of goroutines write.
func (o *output) Stderr() io.Writer { return o.stream(2) }

func (o *output) stream(number int) io.Writer {
	o.mu.Lock()
	defer o.mu.Unlock()
	w := o.direct(number)
	if p := o.pump(number); p != nil {
		w = piped{p.in, w}
	}
	if other := o.pump(3 - number); other != nil {
		w = behind{other, w}
	}
	return w
}

// direct is the stream without the pipe.
func (o *output) direct(number int) io.Writer {
	if number == 2 {
		return o.Output.Stderr()
	}
	return o.Output.Stdout()
}

// pump is the pipe that the stream goes through; nil if there is none.
func (o *output) pump(number int) *pump {
	if p := o.pumps[number]; p != nil {
		return p
	}
	return o.shared.pump(o, number)
}

// behind writes after what is still in the pipe of the other stream, so that the two keep their order.
type behind struct {
	other *pump
	io.Writer
}

func (b behind) Write(text []byte) (int, error) {
	b.other.flush()
	return b.Writer.Write(text)
}

// piped writes to a pipe, or directly once the cell has closed it.
type piped struct {
	pipe   *os.File
	direct io.Writer
}

func (p piped) Write(b []byte) (int, error) {
	n, err := p.pipe.Write(b)
	if errors.Is(err, os.ErrClosed) {
		return p.direct.Write(b)
	}
	return n, err
}

// File is the variable os.Stdin, os.Stdout or os.Stderr of the cell.
func (o *output) File(number int) **os.File {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.files[number] == nil {
		o.open(number)
	}
	return &o.files[number]
}

func (o *output) open(number int) {
	if number > 0 {
		if p := o.shared.open(o, number); p != nil {
			o.files[number] = p.in
			return
		}
	}
	r, w, err := os.Pipe()
	if err != nil { // no pipes on this system
		o.files[number] = [...]*os.File{os.Stdin, os.Stdout, os.Stderr}[number]
		return
	}
	if number == 0 { // code that reads the file itself finds it at its end
		w.Close() //nolint:errcheck // nothing was written
		o.files[0] = r
		return
	}
	o.files[number], o.pumps[number] = w, newPump(r, w, o.direct(number))
}

// flush waits until what the cell has written to files has arrived.
func (o *output) flush() {
	o.mu.Lock()
	pumps := [...]*pump{o.pump(1), o.pump(2)}
	o.mu.Unlock()
	for _, p := range pumps {
		if p != nil && !p.flush() {
			o.shared.forget(p)
		}
	}
}

// Display shows a bundle behind what was written before it.
func (o *output) Display(d display.Data, update bool) error {
	o.flush()
	return o.Output.Display(d, update)
}

// ClearOutput clears what was written before it.
func (o *output) ClearOutput(wait bool) error {
	o.flush()
	return o.Output.ClearOutput(wait)
}

// OpenComm opens a comm behind what was written before it.
func (o *output) OpenComm(target string, m display.CommMessage, events display.CommEvents) (display.CommLink, error) {
	if s, ok := o.Output.(display.CommSurface); ok {
		o.flush()
		return s.OpenComm(target, m, events)
	}
	return nil, display.ErrNoFrontEnd
}

// HandleComm hands on who takes comms.
func (o *output) HandleComm(target string, opened func(display.CommLink, display.CommMessage) display.CommEvents) {
	if s, ok := o.Output.(display.CommSurface); ok {
		s.HandleComm(target, opened)
	}
}

// Input asks behind what was written before it.
func (o *output) Input(ctx context.Context, prompt string, password bool) (string, error) {
	o.flush()
	return o.Output.Input(ctx, prompt, password)
}

// Reader reads the user's lines.
func (o *output) Reader(ctx context.Context) io.Reader {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.lines == nil {
		o.lines = &lines{ask: func() (string, error) { return o.Input(ctx, "", false) }}
		o.lines.Reader = bufio.NewReader(o.lines.source())
	}
	return o.lines
}

// lines asks for a line whenever a read finds none left. Unread runes go back, as fmt.Scan wants it.
type lines struct {
	*bufio.Reader
	ask func() (string, error)
}

func (l *lines) source() io.Reader { return &asked{ask: l.ask} }

type asked struct {
	ask  func() (string, error)
	left string
}

func (a *asked) Read(b []byte) (int, error) {
	if a.left == "" {
		line, err := a.ask()
		if err != nil {
			return 0, io.EOF
		}
		a.left = line + "\n"
	}
	n := copy(b, a.left)
	a.left = a.left[n:]
	return n, nil
}

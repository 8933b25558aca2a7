package engine

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/sightline-osint/sightline/kernel/display"
	"github.com/sightline-osint/sightline/kernel/internal/interp"
)

// output lends a cell's Output to running code. Where code wants os.Stdout or os.Stderr as files of the operating system, the
// file is a pipe into the Output; from then on everything that the cell writes to that stream goes through the pipe, so that
// the order stays. The files close when nothing refers to them any more.
type output struct {
	interp.Output
	mu    sync.Mutex
	files [3]*os.File
	pumps [3]*pump
	lines *lines
}

func newOutput(out interp.Output) *output { return &output{Output: out} }

// Stdout is where fmt.Print writes.
func (o *output) Stdout() io.Writer { return o.stream(1, o.Output.Stdout) }

// Stderr is where log.Print and panics of goroutines write.
func (o *output) Stderr() io.Writer { return o.stream(2, o.Output.Stderr) }

func (o *output) stream(number int, direct func() io.Writer) io.Writer {
	o.mu.Lock()
	defer o.mu.Unlock()
	w := direct()
	if p := o.pumps[number]; p != nil {
		w = piped{p.in, w}
	}
	if other := o.pumps[3-number]; other != nil {
		w = behind{other, w}
	}
	return w
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
	to := o.Output.Stdout()
	if number == 2 {
		to = o.Output.Stderr()
	}
	p := &pump{in: w, mark: []byte("\x00" + rand.Text() + "\x00"), seen: make(chan bool, 1)}
	o.files[number], o.pumps[number] = w, p
	go copyOut(r, to, p.mark, p.seen)
}

// flush waits until what the cell has written to files has arrived.
func (o *output) flush() {
	o.mu.Lock()
	pumps := o.pumps
	o.mu.Unlock()
	for _, p := range pumps {
		if p != nil {
			p.flush()
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

// pump is the writing end of a pipe into the Output.
type pump struct {
	in   *os.File
	mark []byte
	seen chan bool
	one  sync.Mutex // held during a flush
}

// flush sends a mark through the pipe and waits for it.
func (p *pump) flush() {
	p.one.Lock()
	defer p.one.Unlock()
	if _, err := p.in.Write(p.mark); err != nil {
		return // the cell has closed its file
	}
	select {
	case <-p.seen:
	case <-time.After(time.Second): // someone else reads the pipe, or the Output takes nothing
	}
}

// copyOut copies a pipe until its end and reports marks, which it leaves out.
func copyOut(r *os.File, w io.Writer, mark []byte, seen chan<- bool) {
	defer r.Close() //nolint:errcheck // read only
	buf := make([]byte, 64<<10)
	held := 0 // bytes at the start of buf that may begin a mark
	for {
		n, err := r.Read(buf[held:])
		data := string(buf[:held+n])
		for {
			before, after, found := strings.Cut(data, string(mark))
			if !found {
				break
			}
			io.WriteString(w, before) //nolint:errcheck // nobody to tell
			select {
			case seen <- true:
			default:
			}
			data = after
		}
		held = tail(data, string(mark))
		if err != nil {
			held = 0
		}
		if out := data[:len(data)-held]; out != "" {
			io.WriteString(w, out) //nolint:errcheck // nobody to tell
		}
		copy(buf, data[len(data)-held:])
		if err != nil {
			return
		}
	}
}

// tail is the length of the longest end of data that begins mark.
func tail(data, mark string) int {
	for n := min(len(data), len(mark)-1); n > 0; n-- {
		if strings.HasPrefix(mark, data[len(data)-n:]) {
			return n
		}
	}
	return 0
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

package engine

import (
	"crypto/rand"
	"io"
	"os"
	"strings"
	"sync"
	"time"
)

// streams are the pipes behind os.Stdout and os.Stderr that the cells of a session share: what an earlier cell has made of
// such a file, a logger or a buffered writer, writes to the cell that runs, or to the last one if none does.
type streams struct {
	mu    sync.Mutex
	cell  *output // that runs, or ran last
	pumps [3]*pump
}

// enter makes o the cell that runs; leave puts back the one before, for code that runs within another cell's time.
func (f *streams) enter(o *output) (leave func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	was := f.cell
	f.cell = o
	return func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		if f.cell == o && was != nil {
			f.cell = was
		}
	}
}

// pump is what the stream of o goes through; nil if o is not the cell that runs, or there is no pipe.
func (f *streams) pump(o *output, number int) *pump {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.cell != o {
		return nil
	}
	return f.pumps[number]
}

// open is pump, with a pipe made if there is none yet.
func (f *streams) open(o *output, number int) *pump {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.cell != o {
		return nil
	}
	if f.pumps[number] == nil {
		r, w, err := os.Pipe()
		if err != nil {
			return nil
		}
		f.pumps[number] = newPump(r, w, shown{f, number})
	}
	return f.pumps[number]
}

// forget leaves a pipe that a cell has closed to whoever still holds it.
func (f *streams) forget(p *pump) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range f.pumps {
		if f.pumps[i] == p {
			f.pumps[i] = nil
		}
	}
}

// close ends the pipes.
func (f *streams) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, p := range f.pumps {
		if p != nil {
			p.in.Close() //nolint:errcheck // nobody to tell
		}
	}
	f.pumps = [3]*pump{}
}

// shown writes to the cell that runs.
type shown struct {
	files  *streams
	number int
}

func (s shown) Write(b []byte) (int, error) {
	s.files.mu.Lock()
	o := s.files.cell
	s.files.mu.Unlock()
	return o.direct(s.number).Write(b)
}

// pump is the writing end of a pipe into the Output.
type pump struct {
	in   *os.File
	mark []byte
	seen chan bool
	one  sync.Mutex // held during a flush
}

func newPump(r, w *os.File, to io.Writer) *pump {
	p := &pump{in: w, mark: []byte("\x00" + rand.Text() + "\x00"), seen: make(chan bool, 1)}
	go copyOut(r, to, p.mark, p.seen)
	return p
}

// flush sends a mark through the pipe and waits for it. It says whether the pipe is still open.
func (p *pump) flush() bool {
	p.one.Lock()
	defer p.one.Unlock()
	if _, err := p.in.Write(p.mark); err != nil {
		return false // the cell has closed its file
	}
	select {
	case <-p.seen:
	case <-time.After(time.Second): // someone else reads the pipe, or the Output takes nothing
	}
	return true
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

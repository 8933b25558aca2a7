package stream

import (
	"bytes"
	"crypto/rand"
	"io"
	"os"
	"sync"
)

// Capture stands in for the process's standard output and error. What compiled code writes there arrives at the writers
// attached last, in order. The descriptors are replaced once, not for each cell, so goroutines never lose theirs.
type Capture struct {
	std sync.Mutex // of os.Stdout and os.Stderr

	// Out and Err are the descriptors that the process was started with, for the kernel's own log.
	Out, Err *os.File

	pipes [2]*pipe
	undo  func()
}

// pipe is one captured descriptor.
type pipe struct {
	read, write *os.File // write is a private duplicate: closing os.Stdout does not close it
	token       []byte   // in the stream, it marks that everything before has arrived

	reading sync.Mutex // held from before a read until what it gave has been handed on, where the system allows it
	held    int        // bytes read that may be the beginning of a token

	mu    sync.Mutex
	to    io.Writer
	marks chan struct{}
	sync  sync.Mutex // one Sync at a time
}

// Start replaces the descriptors. On systems where that cannot be done it returns an error, and nothing has changed.
func Start() (*Capture, error) {
	c := &Capture{}
	for i := range c.pipes {
		r, w, err := os.Pipe()
		if err != nil {
			return nil, err
		}
		token := make([]byte, 16)
		rand.Read(token)
		c.pipes[i] = &pipe{read: r, write: w, token: append([]byte{0}, token...), marks: make(chan struct{}, 1)}
	}
	if err := c.redirect(); err != nil {
		return nil, err
	}
	for _, p := range c.pipes {
		go p.copy()
	}
	return c, nil
}

// Attach sends what is written from now on to the given writers. It repairs os.Stdout and os.Stderr if a cell closed them.
func (c *Capture) Attach(stdout, stderr io.Writer) {
	for i, w := range []io.Writer{stdout, stderr} {
		p := c.pipes[i]
		p.mu.Lock()
		p.to = w
		p.mu.Unlock()
	}
	c.std.Lock()
	defer c.std.Unlock()
	c.repair()
}

// Sync returns when everything written before the call has been handed on.
func (c *Capture) Sync() {
	for _, p := range c.pipes {
		if p.idle() { // the usual case, without waking anybody
			continue
		}
		p.sync.Lock()
		if _, err := p.write.Write(p.token); err == nil {
			<-p.marks
		}
		p.sync.Unlock()
	}
}

// Stop gives the process its own descriptors back.
func (c *Capture) Stop() {
	c.Sync()
	c.std.Lock()
	c.undo()
	c.std.Unlock()
	for _, p := range c.pipes {
		p.write.Close()
	}
}

// copy hands on what arrives in the pipe until its last writer is closed. A token is at most PIPE_BUF bytes, so it arrives
// whole, though a read may cut it.
func (p *pipe) copy() {
	defer close(p.marks)
	buf := make([]byte, 64<<10)
	have := 0
	for {
		n, err := p.fill(buf[have:])
		have += n
		data := buf[:have]
		for {
			at := bytes.Index(data, p.token)
			if at < 0 {
				break
			}
			p.deliver(data[:at])
			p.marks <- struct{}{}
			data = data[at+len(p.token):]
		}
		hold := 0
		if err == nil {
			hold = tokenStart(data, p.token)
		}
		p.deliver(data[:len(data)-hold])
		have = copy(buf, data[len(data)-hold:])
		p.held = have
		p.reading.Unlock()
		if err != nil {
			return
		}
	}
}

// tokenStart returns how many bytes at the end of data may be the beginning of token.
func tokenStart(data, token []byte) int {
	for n := min(len(token)-1, len(data)); n > 0; n-- {
		if bytes.HasSuffix(data, token[:n]) {
			return n
		}
	}
	return 0
}

func (p *pipe) deliver(text []byte) {
	if len(text) == 0 {
		return
	}
	p.mu.Lock()
	to := p.to
	p.mu.Unlock()
	if to != nil {
		to.Write(text)
	}
}

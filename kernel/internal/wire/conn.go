package wire

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"
)

// Conn is a ZMTP connection with one peer. Sending queues and returns; a goroutine of the connection writes.
type Conn struct {
	nc       net.Conn
	r        *bufio.Reader
	limits   Limits
	identity []byte

	// subscribe is told about SUBSCRIBE and CANCEL commands, if it is not nil.
	subscribe func(topic string, on bool)

	mu      sync.Mutex
	changed *sync.Cond // of queue, closed
	queue   net.Buffers
	size    int // of queue and of what is being written
	closed  bool
	started bool          // the write loop runs
	ending  bool          // close when the queue is empty
	written chan struct{} // closed when the write loop has ended
}

func newConn(nc net.Conn, limits Limits) *Conn {
	c := &Conn{nc: nc, r: bufio.NewReaderSize(nc, 16<<10), limits: limits, written: make(chan struct{})}
	c.changed = sync.NewCond(&c.mu)
	return c
}

// Dial connects to a socket as a client of the given type ("DEALER", "SUB", "REQ"). The kernel itself only listens; this is
// for clients in tests and benchmarks.
func Dial(ctx context.Context, network, address, socketType string, identity []byte) (*Conn, error) {
	var d net.Dialer
	nc, err := d.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	c := newConn(nc, Limits{}.orDefault())
	if err := c.handshake(ctx, socketType, identity, false); err != nil {
		nc.Close()
		return nil, err
	}
	return c, nil
}

// Subscribe asks a publisher for the messages whose topic begins with prefix.
func (c *Conn) Subscribe(prefix string) error {
	return c.enqueue([][]byte{command{"SUBSCRIBE", []byte(prefix)}.encode()})
}

// Send queues one message. It waits while the queue is over its limit; a peer that takes nothing for too long is cut off.
func (c *Conn) Send(frames [][]byte) error { return c.enqueue(appendMessage(nil, frames)) }

func (c *Conn) enqueue(buffers [][]byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.size > c.limits.Queue && !c.closed {
		c.waitForSpace()
	}
	if c.closed {
		return net.ErrClosed
	}
	for _, b := range buffers {
		c.size += len(b)
	}
	c.queue = append(c.queue, buffers...)
	c.changed.Broadcast()
	return nil
}

// waitForSpace waits until the queue is within its limit; if that takes too long it closes the connection.
func (c *Conn) waitForSpace() {
	stalled := false
	timer := time.AfterFunc(c.limits.Stall, func() {
		c.mu.Lock()
		stalled = true
		c.mu.Unlock()
		c.changed.Broadcast()
	})
	defer timer.Stop()
	for c.size > c.limits.Queue && !c.closed && !stalled {
		c.changed.Wait()
	}
	if c.size > c.limits.Queue {
		c.closeLocked()
	}
}

// start starts the write loop, unless the connection was closed meanwhile.
func (c *Conn) start() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.started = !c.closed; c.started {
		go c.writeLoop()
	}
}

// writeLoop writes what is queued until the connection is closed.
func (c *Conn) writeLoop() {
	defer close(c.written)
	for {
		c.mu.Lock()
		for len(c.queue) == 0 && !c.closed && !c.ending {
			c.changed.Wait()
		}
		if c.closed || len(c.queue) == 0 {
			c.closeLocked()
			c.mu.Unlock()
			return
		}
		batch := c.queue
		c.queue = nil
		c.mu.Unlock()
		n, err := batch.WriteTo(c.nc)
		c.mu.Lock()
		c.size -= int(n)
		if err != nil {
			c.closeLocked()
		}
		c.mu.Unlock()
		c.changed.Broadcast()
	}
}

// Receive returns the next message. Commands are answered on the way.
func (c *Conn) Receive() ([][]byte, error) {
	var frames [][]byte
	room := c.limits.Message
	for {
		f, err := readFrame(c.r, room)
		if err != nil {
			return nil, err
		}
		if f.flags&flagCommand != 0 {
			if err := c.command(f.body); err != nil {
				return nil, err
			}
			continue
		}
		room -= len(f.body)
		frames = append(frames, f.body)
		if len(frames) > c.limits.Frames {
			return nil, fmt.Errorf("%w: more than %d frames", errTooLarge, c.limits.Frames)
		}
		if f.flags&flagMore == 0 {
			return frames, nil
		}
	}
}

// command obeys one command of the peer. Unknown ones are ignored, as ZMTP asks.
func (c *Conn) command(body []byte) error {
	cmd, err := parseCommand(body)
	if err != nil {
		return err
	}
	switch cmd.name {
	case "PING": // two bytes of time to live, then the context that PONG repeats
		if len(cmd.data) < 2 {
			return errors.New("wire: PING cut short")
		}
		return c.enqueue([][]byte{command{"PONG", bytes.Clone(cmd.data[2:min(len(cmd.data), 18)])}.encode()})
	case "SUBSCRIBE", "CANCEL":
		if c.subscribe != nil {
			c.subscribe(string(cmd.data), cmd.name == "SUBSCRIBE")
		}
	case "ERROR":
		return fmt.Errorf("wire: the peer reports an error: %q", cmd.data)
	}
	return nil
}

// Close closes the connection at once.
func (c *Conn) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closeLocked()
	return nil
}

func (c *Conn) closeLocked() {
	if !c.closed {
		c.closed = true
		c.nc.Close()
	}
	c.changed.Broadcast()
}

// closeBy closes the connection when everything queued has been written, or at the deadline.
func (c *Conn) closeBy(deadline time.Time) {
	c.mu.Lock()
	c.ending = true
	if !c.started { // the peer has not even greeted
		c.closeLocked()
		c.mu.Unlock()
		return
	}
	c.mu.Unlock()
	c.changed.Broadcast()
	c.nc.SetDeadline(deadline)
	timer := time.AfterFunc(time.Until(deadline), func() { c.Close() })
	defer timer.Stop()
	<-c.written
}

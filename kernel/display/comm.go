package display

import (
	"errors"
	"sync"
)

// CommMessage is what one side of a comm sends to the other.
type CommMessage struct {
	Data     any            // any value with a JSON form, nil for an empty object; what comes from the front end is a map[string]any
	Metadata map[string]any // of the message; widgets want {"version": "2.1.0"} where a comm is opened
	Buffers  [][]byte       // binary data beside the JSON
}

// CommSurface is a Surface with a front end that comms lead to.
type CommSurface interface {
	// OpenComm opens a comm to what the front end knows as target.
	OpenComm(target string, m CommMessage, events CommEvents) (CommLink, error)
	// HandleComm takes the comms that front ends open under target from now on.
	HandleComm(target string, opened func(link CommLink, m CommMessage) CommEvents)
}

// CommLink is how a comm reaches the front end.
type CommLink interface {
	ID() string
	Send(m CommMessage) error
	Close() error
}

// CommEvents is what the front end does with a comm. The functions return at once.
type CommEvents struct {
	Message func(m CommMessage)
	Closed  func()
}

// ErrNoFrontEnd is the error of comms where no front end is: in a compiled program, or in "sightline run".
var ErrNoFrontEnd = errors.New("display: a comm needs a Jupyter front end")

// Comm is an open connection between the session and a part of the front end, such as a widget. Its methods may be called
// from many goroutines.
type Comm struct {
	target string
	link   CommLink

	mu      sync.Mutex
	change  *sync.Cond
	waiting []CommMessage
	message func(CommMessage)
	closed  func()
	over    bool
}

// waitingMax is how many messages a comm keeps for a function that is slow, or not there yet. Later ones are lost.
const waitingMax = 4096

// OpenComm opens a comm to what the front end knows as target. data is its first message: any value with a JSON form, or a
// CommMessage. What the comm receives waits until OnMsg says what to do with it.
//
//	slider, err := display.OpenComm("my-extension.slider", map[string]any{"max": 10})
//	slider.OnMsg(func(m display.CommMessage) { fmt.Println(m.Data) })
func OpenComm(target string, data any) (*Comm, error) { return Cell{}.OpenComm(target, data) }

// OnComm calls f for each comm that a front end opens under target from now on, with the first message. A later call for the
// same target replaces f.
func OnComm(target string, f func(c *Comm, m CommMessage)) error { return Cell{}.OnComm(target, f) }

// OpenComm is the cell's twin of the package function.
func (c Cell) OpenComm(target string, data any) (*Comm, error) {
	surface, ok := c.Output.(CommSurface)
	if !ok {
		return nil, ErrNoFrontEnd
	}
	comm := newComm(target)
	link, err := surface.OpenComm(target, commMessage(data), comm.events())
	if err != nil {
		return nil, err
	}
	comm.link = link
	go comm.serve()
	return comm, nil
}

// OnComm is the cell's twin of the package function.
func (c Cell) OnComm(target string, f func(c *Comm, m CommMessage)) error {
	surface, ok := c.Output.(CommSurface)
	if !ok {
		return ErrNoFrontEnd
	}
	// The goroutine belongs to the cell, so that what f prints is the cell's. Opened comms come from the kernel's own.
	opened := make(chan func(), 64)
	go func() {
		for open := range opened {
			open()
		}
	}()
	surface.HandleComm(target, func(link CommLink, m CommMessage) CommEvents {
		comm := newComm(target)
		comm.link = link
		opened <- func() {
			go func() { f(comm, m) }()
			go comm.serve()
		}
		return comm.events()
	})
	return nil
}

func newComm(target string) *Comm {
	c := &Comm{target: target}
	c.change = sync.NewCond(&c.mu)
	return c
}

// commMessage makes a message of what a user sends.
func commMessage(data any) CommMessage {
	if m, ok := data.(CommMessage); ok {
		return m
	}
	return CommMessage{Data: data}
}

// ID is the comm's id, by which messages and widgets name it.
func (c *Comm) ID() string { return c.link.ID() }

// Target is the name under which the comm was opened.
func (c *Comm) Target() string { return c.target }

// Send sends a message to the front end: any value with a JSON form, or a CommMessage.
func (c *Comm) Send(data any) error {
	c.mu.Lock()
	over := c.over
	c.mu.Unlock()
	if over {
		return errors.New("display: the comm is closed")
	}
	return c.link.Send(commMessage(data))
}

// OnMsg calls f for each message from the front end, one after the other, in the order they came. f may take its time: cells
// and other comms do not wait for it. What it prints appears under the cell that opened the comm.
func (c *Comm) OnMsg(f func(m CommMessage)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.message = f
	c.change.Broadcast()
}

// OnClose calls f once, when the front end closes the comm.
func (c *Comm) OnClose(f func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = f
}

// Close closes the comm. Functions given to OnMsg and OnClose are not called any more.
func (c *Comm) Close() error {
	c.mu.Lock()
	again := c.over
	c.over, c.waiting, c.closed = true, nil, nil
	c.change.Broadcast()
	c.mu.Unlock()
	if again {
		return nil
	}
	return c.link.Close()
}

func (c *Comm) events() CommEvents {
	return CommEvents{
		Message: func(m CommMessage) {
			c.mu.Lock()
			defer c.mu.Unlock()
			if !c.over && len(c.waiting) < waitingMax {
				c.waiting = append(c.waiting, m)
				c.change.Broadcast()
			}
		},
		Closed: func() {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.over = true
			c.change.Broadcast()
		},
	}
}

// serve hands on messages until the comm is closed. Each call has a goroutine of its own, so that one that panics does not end
// the comm.
func (c *Comm) serve() {
	for {
		c.mu.Lock()
		for !c.over && (c.message == nil || len(c.waiting) == 0) {
			c.change.Wait()
		}
		call := c.closed
		last := c.over && (c.message == nil || len(c.waiting) == 0)
		if !last {
			f, m := c.message, c.waiting[0]
			c.waiting = c.waiting[1:]
			call = func() { f(m) }
		}
		c.mu.Unlock()
		if call != nil {
			done := make(chan struct{})
			go func() {
				defer close(done)
				call()
			}()
			<-done
		}
		if last {
			return
		}
	}
}

package session

import (
	"context"
	"encoding/json"

	"github.com/sightline-osint/sightline/kernel/display"
)

// OpenComm lets a cell open a comm (display.OpenComm). What the cell wrote before arrives before.
func (o *output) OpenComm(target string, m display.CommMessage, events display.CommEvents) (link display.CommLink, err error) {
	o.text.Do(func() {
		var c *Comm
		if c, err = o.s.OpenComm(o.parent, target, cellTarget{events: events}, m.Data, m.Metadata, m.Buffers); err == nil {
			link = cellLink{o, c}
		}
	})
	return link, err
}

// HandleComm lets a cell take the comms that front ends open (display.OnComm).
func (o *output) HandleComm(target string, opened func(display.CommLink, display.CommMessage) display.CommEvents) {
	cs := o.s.comms
	cs.mu.Lock()
	defer cs.mu.Unlock()
	if cs.targets == nil {
		cs.targets = map[string]Target{}
	}
	cs.targets[target] = &cellTargets{o: o, opened: opened}
}

// cellLink is a comm in the hands of a cell.
type cellLink struct {
	o *output
	c *Comm
}

func (l cellLink) ID() string { return l.c.ID }

func (l cellLink) Send(m display.CommMessage) (err error) {
	l.o.text.Do(func() { err = l.c.Send(m.Data, m.Metadata, m.Buffers) })
	return err
}

func (l cellLink) Close() (err error) {
	l.o.text.Do(func() { err = l.c.Close(nil) })
	return err
}

// cellTarget is the kernel's end of a comm that a cell has opened.
type cellTarget struct{ events display.CommEvents }

func (t cellTarget) Open(context.Context, *Comm, json.RawMessage, [][]byte) error { return nil }

func (t cellTarget) Message(_ context.Context, _ *Comm, data json.RawMessage, buffers [][]byte) error {
	m, err := received(data, buffers)
	if err == nil {
		t.events.Message(m)
	}
	return err
}

func (t cellTarget) Closed(*Comm) { t.events.Closed() }

// cellTargets opens comms for a cell: each gets an end of its own.
type cellTargets struct {
	o      *output
	opened func(display.CommLink, display.CommMessage) display.CommEvents
}

func (t *cellTargets) Open(_ context.Context, c *Comm, data json.RawMessage, buffers [][]byte) error {
	m, err := received(data, buffers)
	if err == nil {
		c.target = cellTarget{t.opened(cellLink{t.o, c}, m)}
	}
	return err
}

func (t *cellTargets) Message(context.Context, *Comm, json.RawMessage, [][]byte) error { return nil }
func (t *cellTargets) Closed(*Comm)                                                    {}

// received is a message of the front end as cells see it.
func received(data json.RawMessage, buffers [][]byte) (m display.CommMessage, err error) {
	object := map[string]any{}
	if len(data) > 0 {
		err = json.Unmarshal(data, &object)
	}
	return display.CommMessage{Data: object, Buffers: buffers}, err
}

package session

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/sightline-osint/sightline/kernel/internal/protocol"
)

// Target answers the comms that front ends open under its name. Its work runs beside the running cell, one message at a
// time.
type Target interface {
	// Open takes a new comm. An error closes it again.
	Open(ctx context.Context, c *Comm, data json.RawMessage, buffers [][]byte) error
	// Message takes what the front end sends.
	Message(ctx context.Context, c *Comm, data json.RawMessage, buffers [][]byte) error
	// Closed is told that the front end closed the comm.
	Closed(c *Comm)
}

// Comm is one open connection between a front end and a Target.
type Comm struct {
	ID, Name string

	s      *Session
	target Target

	mu     sync.Mutex
	parent protocol.Header // of the latest message from the front end
}

// Send sends data to the front end. It fails if data has no JSON form.
func (c *Comm) Send(data any, metadata map[string]any, buffers [][]byte) error {
	return c.post("comm_msg", data, metadata, buffers)
}

// Close closes the comm from the kernel's side.
func (c *Comm) Close(data any) error {
	if !c.s.comms.remove(c.ID) {
		return nil
	}
	return c.post("comm_close", data, nil, nil)
}

func (c *Comm) post(kind string, data any, metadata map[string]any, buffers [][]byte) error {
	if data == nil {
		data = map[string]any{}
	}
	text, err := protocol.Encode(data)
	if err != nil {
		return err
	}
	c.mu.Lock()
	parent := c.parent
	c.mu.Unlock()
	c.s.send(Message{Type: kind, Parent: parent, Content: protocol.CommMessage{ID: c.ID, Data: text}, Metadata: metadata, Buffers: buffers})
	return nil
}

// OpenComm opens a comm from the kernel's side, for example a widget's. parent is the message that led to it.
func (s *Session) OpenComm(parent protocol.Header, name string, target Target, data any, metadata map[string]any, buffers [][]byte) (*Comm, error) {
	if data == nil {
		data = map[string]any{}
	}
	text, err := protocol.Encode(data)
	if err != nil {
		return nil, err
	}
	c := &Comm{ID: rand.Text(), Name: name, s: s, target: target, parent: parent}
	s.comms.add(c)
	s.send(Message{Type: "comm_open", Parent: parent, Metadata: metadata, Buffers: buffers,
		Content: protocol.CommOpen{ID: c.ID, Target: name, Data: text}})
	return c, nil
}

// comms are the open comms by id.
type comms struct {
	s    *Session
	mu   sync.Mutex
	open map[string]*Comm

	targets map[string]Target // that cells have added
}

// target finds who takes the comms of a name.
func (cs *comms) target(name string) (Target, bool) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	if t, ok := cs.targets[name]; ok {
		return t, true
	}
	t, ok := cs.s.cfg.Targets[name]
	return t, ok
}

func newComms(s *Session) *comms { return &comms{s: s, open: map[string]*Comm{}} }

func (cs *comms) add(c *Comm) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	cs.open[c.ID] = c
}

func (cs *comms) remove(id string) bool {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	_, ok := cs.open[id]
	delete(cs.open, id)
	return ok
}

// find returns an open comm, and makes parent the one of what is sent on it from now on.
func (cs *comms) find(id string, parent protocol.Header) *Comm {
	cs.mu.Lock()
	c := cs.open[id]
	cs.mu.Unlock()
	if c != nil {
		c.mu.Lock()
		c.parent = parent
		c.mu.Unlock()
	}
	return c
}

func commInfo(s *Session, r Request) (string, any, error) {
	var req protocol.CommInfoRequest
	if err := protocol.Decode(r.Content, &req); err != nil {
		return "", nil, err
	}
	list := map[string]protocol.CommInfo{}
	s.comms.mu.Lock()
	defer s.comms.mu.Unlock()
	for id, c := range s.comms.open {
		if req.Target == "" || req.Target == c.Name {
			list[id] = protocol.CommInfo{Target: c.Name}
		}
	}
	return "comm_info_reply", protocol.CommInfoReply{Status: protocol.OK, Comms: list}, nil
}

func commOpen(s *Session, r Request) (string, any, error) {
	var req protocol.CommOpen
	if err := protocol.Decode(r.Content, &req); err != nil {
		return "", nil, err
	}
	if req.ID == "" {
		return "", nil, errors.New("comm_open without comm_id")
	}
	target, ok := s.comms.target(req.Target)
	if !ok {
		s.cfg.Log.Warn("comm_open for an unknown target", "target", req.Target)
		s.publish("comm_close", r.Header, protocol.CommMessage{ID: req.ID, Data: json.RawMessage("{}")})
		return "", nil, nil
	}
	c := &Comm{ID: req.ID, Name: req.Target, s: s, target: target, parent: r.Header}
	s.comms.add(c)
	if err := target.Open(s.ctx, c, req.Data, r.Buffers); err != nil {
		return "", nil, errors.Join(err, c.Close(map[string]any{"error": err.Error()}))
	}
	return "", nil, nil
}

func commMessage(s *Session, r Request) (string, any, error) {
	var req protocol.CommMessage
	if err := protocol.Decode(r.Content, &req); err != nil {
		return "", nil, err
	}
	c := s.comms.find(req.ID, r.Header)
	if c == nil {
		return "", nil, fmt.Errorf("comm_msg for comm %q, which is not open", req.ID)
	}
	return "", nil, c.target.Message(s.ctx, c, req.Data, r.Buffers)
}

func commClose(s *Session, r Request) (string, any, error) {
	var req protocol.CommMessage
	if err := protocol.Decode(r.Content, &req); err != nil {
		return "", nil, err
	}
	if c := s.comms.find(req.ID, r.Header); c != nil {
		s.comms.remove(req.ID)
		c.target.Closed(c)
	}
	return "", nil, nil
}

package wire

import (
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net"
	"sync"
)

// router is a socket whose peers are told apart by their identities: shell, control and stdin.
type router struct {
	name   string
	sign   *signer
	seen   *replayGuard
	handle Handler
	log    *slog.Logger

	handling sync.Mutex
	mu       sync.Mutex
	peers    map[string]*Conn
}

// serve takes the messages of one peer until it leaves. What is no valid message is dropped.
func (r *router) serve(c *Conn) error {
	identity := string(c.identity)
	if identity == "" {
		identity = "\x00" + rand.Text()
	}
	r.mu.Lock()
	if old := r.peers[identity]; old != nil {
		old.Close() // the same front end came back before its old connection was found dead
	}
	r.peers[identity] = c
	r.mu.Unlock()
	defer func() {
		r.mu.Lock()
		if r.peers[identity] == c {
			delete(r.peers, identity)
		}
		r.mu.Unlock()
	}()
	for {
		frames, err := c.Receive()
		if err != nil {
			return unlessGone(err)
		}
		m, err := decode(frames, r.sign, r.seen)
		if err != nil {
			r.log.Warn("message dropped", "channel", r.name, "error", err)
			continue
		}
		m.Identities = append([][]byte{[]byte(identity)}, m.Identities...)
		r.handling.Lock()
		r.handle(r.name, m)
		r.handling.Unlock()
	}
}

// send sends a message to the peer that its first identity names.
func (r *router) send(m Message) error {
	if len(m.Identities) == 0 {
		return errShape
	}
	r.mu.Lock()
	c := r.peers[string(m.Identities[0])]
	r.mu.Unlock()
	if c == nil {
		return net.ErrClosed
	}
	m.Identities = m.Identities[1:]
	return c.Send(m.encode(r.sign))
}

// unlessGone is nil for the ways in which a connection ends without fault.
func unlessGone(err error) error {
	var op *net.OpError
	if errors.Is(err, io.EOF) || errors.Is(err, net.ErrClosed) || errors.As(err, &op) {
		return nil
	}
	return err
}

// echo sends every message back: the heartbeat.
func echo(c *Conn) error {
	for {
		frames, err := c.Receive()
		if err != nil {
			return unlessGone(err)
		}
		if err := c.Send(frames); err != nil {
			return unlessGone(err)
		}
	}
}

// Package wire is the kernel's end of Jupyter's five sockets: connection file, ZeroMQ framing, signatures.
//
// It speaks ZMTP 3.1 (and so 3.0) with the NULL mechanism over TCP and Unix sockets itself: the kernel needs one ROUTER
// pattern, one publisher and one echo, and each peer must have its own goroutines from the first byte, so that one that says
// nothing holds up nobody. A message reaches the Handler only if its frames are complete, its signature is right and it was
// not seen before; everything else is dropped and logged, and the connection, unless it broke the framing, stays.
//
// Messages are bytes here: package protocol knows what they mean.
package wire

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"time"
)

// Handler takes a message from the named channel: "shell", "control" or "stdin". It is called for one message of a channel at
// a time.
type Handler func(channel string, m Message)

// Sockets are the five open sockets of one kernel.
type Sockets struct {
	Connection Connection // with the ports that are really open

	sign    *signer
	routers map[string]*router
	iopub   *publisher
	closers []func() error
	log     *slog.Logger

	mu    sync.Mutex
	conns map[*Conn]bool
	wait  sync.WaitGroup
	done  bool
}

// Config says what the sockets do with what arrives.
type Config struct {
	Handle Handler
	// Welcome makes the message for a front end that subscribed to topic on iopub, or is nil.
	Welcome func(topic string) Message
	Limits  Limits
	Log     *slog.Logger
}

// Limits bound what a peer can make the kernel hold. The zero Limits means the defaults named here.
type Limits struct {
	Message   int           // bytes of one message (256 MiB)
	Frames    int           // of one message (4096)
	Handshake time.Duration // until a new peer must have said who it is (30 s)
	Queue     int           // bytes that wait for a slow peer before the sender has to wait (64 MiB)
	Stall     time.Duration // how long the sender waits before the peer is cut off (10 s)
}

func (l Limits) orDefault() Limits {
	if l == (Limits{}) {
		return Limits{Message: 256 << 20, Frames: 4096, Handshake: 30 * time.Second, Queue: 64 << 20, Stall: 10 * time.Second}
	}
	return l
}

// Open opens the sockets that a connection file asks for, and nothing else. Ports that are 0 are chosen by the system and
// filled in.
func Open(c Connection, cfg Config) (*Sockets, error) {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	cfg.Limits = cfg.Limits.orDefault()
	sign, err := newSigner(c.Scheme, c.Key)
	if err != nil {
		return nil, err
	}
	s := &Sockets{Connection: c, sign: sign, routers: map[string]*router{}, log: cfg.Log, conns: map[*Conn]bool{}}
	seen := newReplayGuard(replayDepth)
	for _, channel := range []struct {
		name string
		port *int
	}{{"shell", &s.Connection.Shell}, {"control", &s.Connection.Control}, {"stdin", &s.Connection.Stdin}} {
		r := &router{name: channel.name, sign: sign, seen: seen, handle: cfg.Handle, log: cfg.Log, peers: map[string]*Conn{}}
		s.routers[channel.name] = r
		if err := s.listen(channel.port, "ROUTER", cfg.Limits, r.serve); err != nil {
			return nil, errors.Join(fmt.Errorf("wire: %s: %w", channel.name, err), s.Close())
		}
	}
	s.iopub = &publisher{sign: sign, welcome: cfg.Welcome, log: cfg.Log, peers: map[*Conn]*subscriptions{}}
	if err := s.listen(&s.Connection.IOPub, "PUB", cfg.Limits, s.iopub.serve); err != nil {
		return nil, errors.Join(fmt.Errorf("wire: iopub: %w", err), s.Close())
	}
	if err := s.listen(&s.Connection.HB, "REP", cfg.Limits, echo); err != nil {
		return nil, errors.Join(fmt.Errorf("wire: heartbeat: %w", err), s.Close())
	}
	return s, nil
}

// Reply sends a message on a channel to the peer whose identities it carries. A peer that is gone gets nothing.
func (s *Sockets) Reply(channel string, m Message) error {
	r := s.routers[channel]
	if r == nil {
		return fmt.Errorf("wire: no channel %q", channel)
	}
	return r.send(m)
}

// Publish sends a message under a topic to every front end that subscribed to it. It waits for slow ones, within the limits.
func (s *Sockets) Publish(topic string, m Message) { s.iopub.publish(topic, m) }

// Close closes the sockets after what was sent has left, or at the latest after one second, and removes the files of Unix
// sockets.
func (s *Sockets) Close() error {
	s.mu.Lock()
	if s.done {
		s.mu.Unlock()
		return nil
	}
	s.done = true
	var errs []error
	for _, closeListener := range s.closers {
		errs = append(errs, closeListener())
	}
	deadline := time.Now().Add(time.Second)
	for c := range s.conns {
		go c.closeBy(deadline)
	}
	s.mu.Unlock()
	s.wait.Wait()
	return errors.Join(errs...)
}

// listen opens one socket and serves each of its peers in a goroutine of its own.
func (s *Sockets) listen(port *int, socketType string, limits Limits, serve func(*Conn) error) error {
	l, err := s.Connection.listen(port)
	if err != nil {
		return err
	}
	s.closers = append(s.closers, l.Close)
	s.wait.Add(1)
	go func() {
		defer s.wait.Done()
		for {
			nc, err := l.Accept()
			if errors.Is(err, net.ErrClosed) {
				return
			}
			if err != nil { // too many open files, for example: a short pause, then on
				time.Sleep(10 * time.Millisecond)
				continue
			}
			s.wait.Add(1)
			go func() {
				defer s.wait.Done()
				s.servePeer(nc, socketType, limits, serve)
			}()
		}
	}()
	return nil
}

// servePeer greets one peer and serves it until it leaves.
func (s *Sockets) servePeer(nc net.Conn, socketType string, limits Limits, serve func(*Conn) error) {
	c := newConn(nc, limits)
	s.mu.Lock()
	if s.done {
		s.mu.Unlock()
		nc.Close()
		return
	}
	s.conns[c] = true
	s.mu.Unlock()
	defer func() {
		c.Close()
		s.mu.Lock()
		delete(s.conns, c)
		s.mu.Unlock()
	}()
	if err := c.handshake(context.Background(), socketType, nil, true); err != nil {
		s.log.Warn("peer refused", "socket", socketType, "error", err)
		return
	}
	if err := serve(c); err != nil {
		s.log.Warn("peer cut off", "socket", socketType, "error", err)
	}
}

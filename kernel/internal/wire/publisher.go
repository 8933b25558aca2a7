package wire

import (
	"log/slog"
	"strings"
	"sync"
)

// publisher is the iopub socket.
type publisher struct {
	sign    *signer
	welcome func(topic string) Message
	log     *slog.Logger

	mu    sync.Mutex
	peers map[*Conn]*subscriptions
}

// subscriptions counts the topic prefixes that one peer asked for.
type subscriptions map[string]int

func (s subscriptions) match(topic string) bool {
	for prefix := range s {
		if strings.HasPrefix(topic, prefix) {
			return true
		}
	}
	return false
}

// serve follows the subscriptions of one peer until it leaves.
func (p *publisher) serve(c *Conn) error {
	p.mu.Lock()
	p.peers[c] = &subscriptions{}
	p.mu.Unlock()
	defer func() {
		p.mu.Lock()
		delete(p.peers, c)
		p.mu.Unlock()
	}()
	c.subscribe = func(topic string, on bool) { p.subscribe(c, topic, on) }
	for {
		frames, err := c.Receive()
		if err != nil {
			return unlessGone(err)
		}
		// Before version 3.1 of the protocol a subscription is a message: 1 or 0, then the topic.
		if body := frames[0]; len(frames) == 1 && len(body) > 0 && body[0] <= 1 {
			p.subscribe(c, string(body[1:]), body[0] == 1)
		}
	}
}

// maxTopics bounds the subscriptions of one peer.
const maxTopics = 1024

func (p *publisher) subscribe(c *Conn, topic string, on bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	subs := *p.peers[c]
	switch {
	case on && len(subs) < maxTopics:
		subs[topic]++
		if p.welcome != nil {
			m := p.welcome(topic)
			m.Identities = [][]byte{[]byte(topic)}
			c.Send(m.encode(p.sign))
		}
	case subs[topic] > 1:
		subs[topic]--
	default:
		delete(subs, topic)
	}
}

// publish sends a message to all who subscribed to its topic.
func (p *publisher) publish(topic string, m Message) {
	p.mu.Lock()
	var to []*Conn
	for c, subs := range p.peers {
		if subs.match(topic) {
			to = append(to, c)
		}
	}
	p.mu.Unlock()
	if len(to) == 0 {
		return
	}
	m.Identities = [][]byte{[]byte(topic)}
	buffers := appendMessage(nil, m.encode(p.sign))
	for _, c := range to {
		if err := c.enqueue(buffers); err != nil {
			p.log.Warn("a front end takes nothing from iopub and is cut off", "error", err)
		}
	}
}

package kernel

import (
	"cmp"
	"crypto/rand"
	"encoding/json"
	"os"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/sightline-osint/sightline/kernel/display"
	"github.com/sightline-osint/sightline/kernel/internal/extend"
	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/magic"
	"github.com/sightline-osint/sightline/kernel/internal/protocol"
	"github.com/sightline-osint/sightline/kernel/internal/session"
	"github.com/sightline-osint/sightline/kernel/internal/wire"
)

// sessionConfig connects the session to the sockets.
func (k *Kernel) sessionConfig(cfg Config) session.Config {
	c := k.sockets.Connection
	if cfg.Render == nil {
		cfg.Render = func(r interp.Result) (display.Data, bool) { return display.RenderResult(r.Values) }
	}
	if cfg.Magics == nil {
		cfg.Magics = append(magic.Builtin(), extend.Command())
	}
	return session.Config{
		Interp: cfg.Interp, Render: cfg.Render, Magics: cfg.Magics, Targets: cfg.Targets,
		Publish: k.publish, Reply: k.reply, Ask: k.ask, Shutdown: k.shutdown,
		Info:    protocol.KernelInfoReply{ImplementationVersion: cfg.Version},
		Connect: protocol.ConnectReply{Shell: c.Shell, IOPub: c.IOPub, Stdin: c.Stdin, HB: c.HB, Control: c.Control},
		Capture: cfg.Capture, Journal: cfg.Journal, Limit: cfg.OutputLimit, HistoryFile: cfg.HistoryFile, MemoryLimit: cfg.MemoryLimit, Log: k.log,
	}
}

// shutdown ends Wait. A kernel that is to start again leaves its journal for %replay.
func (k *Kernel) shutdown(restart bool) {
	if restart {
		if err := k.journal.Restarting(); err != nil {
			k.log.Warn("the journal cannot be written", "error", err)
		}
	}
	close(k.over)
}

// handle reads a verified message and gives it to the session. One without a readable header is dropped.
func (k *Kernel) handle(channel string, m wire.Message) {
	<-k.ready
	var h protocol.Header
	if err := json.Unmarshal(m.Header, &h); err != nil || h.Type == "" {
		k.log.Warn("message with a wrong header dropped", "channel", channel, "error", err)
		return
	}
	k.session.Handle(session.Request{
		Channel: session.Channel(channel), Header: h, Metadata: m.Metadata, Content: m.Content, Buffers: m.Buffers, Origin: m.Identities,
	})
}

// publish sends a message to all front ends.
func (k *Kernel) publish(m session.Message) {
	if out, err := k.encode(m); err != nil {
		k.log.Error("message not sent", "type", m.Type, "error", err)
	} else {
		k.sockets.Publish(m.Type, out)
	}
}

// reply sends a message back to where the request came from.
func (k *Kernel) reply(r session.Request, m session.Message) { k.sendTo(string(r.Channel), r, m) }

// ask sends a message to the stdin socket of the front end that sent the request.
func (k *Kernel) ask(r session.Request, m session.Message) { k.sendTo(string(session.Stdin), r, m) }

func (k *Kernel) sendTo(channel string, r session.Request, m session.Message) {
	out, err := k.encode(m)
	if err != nil {
		k.log.Error("message not sent", "type", m.Type, "error", err)
		m.Content = protocol.NewErrorReply("InternalError", err.Error(), nil)
		if out, err = k.encode(m); err != nil {
			return
		}
	}
	out.Identities, _ = r.Origin.([][]byte)
	if err := k.sockets.Reply(channel, out); err != nil {
		k.log.Warn("reply not delivered", "type", m.Type, "error", err)
	}
}

// welcome answers a new subscription, so that a front end knows when it misses nothing more.
func (k *Kernel) welcome(topic string) wire.Message {
	out, _ := k.encode(session.Message{Type: "iopub_welcome", Content: protocol.Welcome{Subscription: topic}})
	return out
}

// encode gives a message its header and makes it JSON.
func (k *Kernel) encode(m session.Message) (out wire.Message, err error) {
	if out.Header, err = protocol.Encode(k.head.next(m.Type)); err != nil {
		return out, err
	}
	if out.Parent, err = protocol.Encode(m.Parent); err != nil {
		return out, err
	}
	if len(m.Metadata) > 0 {
		if out.Metadata, err = protocol.Encode(m.Metadata); err != nil {
			return out, err
		}
	}
	out.Content, err = protocol.Encode(m.Content)
	out.Buffers = m.Buffers
	return out, err
}

// headers makes the headers of one kernel's messages.
type headers struct {
	session, username string
	count             atomic.Int64
}

func newHeaders() *headers {
	h := &headers{session: rand.Text(), username: "kernel"}
	if name := cmp.Or(os.Getenv("USER"), os.Getenv("USERNAME")); name != "" {
		h.username = name
	}
	return h
}

func (h *headers) next(kind string) protocol.Header {
	return protocol.Header{
		ID:      h.session + "_" + strconv.FormatInt(h.count.Add(1), 10),
		Session: h.session, Username: h.username, Type: kind, Version: protocol.Version,
		Date: time.Now().UTC().Format("2006-01-02T15:04:05.000000Z"),
	}
}

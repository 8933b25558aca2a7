package kerneltest

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sightline-osint/sightline/kernel/internal/wire"
)

// Client is one front end with its own connections to the five sockets.
type Client struct {
	t      testing.TB
	name   string
	conns  map[string]*wire.Conn
	codec  *wire.Codec
	in     map[string]chan Message
	number atomic.Int64
}

// clients counts the front ends of this process, for their names.
var clients atomic.Int64

// Client connects a front end and waits until it is subscribed to iopub.
func (k *Kernel) Client(t testing.TB) *Client {
	t.Helper()
	return Connect(t, k.Connection)
}

// Connect connects a front end to any kernel.
func Connect(t testing.TB, connection wire.Connection) *Client {
	t.Helper()
	codec, err := wire.NewCodec(connection)
	if err != nil {
		t.Fatal(err)
	}
	c := &Client{t: t, name: fmt.Sprintf("client-%d", clients.Add(1)), codec: codec, conns: map[string]*wire.Conn{}, in: map[string]chan Message{}}
	ctx, cancel := context.WithTimeout(context.Background(), Timeout)
	defer cancel()
	for _, channel := range []string{"shell", "control", "stdin", "iopub"} {
		socket, identity := "DEALER", []byte(c.name)
		if channel == "iopub" {
			socket, identity = "SUB", nil
		}
		network, address := connection.Address(port(connection, channel))
		conn, err := wire.Dial(ctx, network, address, socket, identity)
		if err != nil {
			t.Fatalf("%s: %v", channel, err)
		}
		t.Cleanup(func() { conn.Close() })
		c.conns[channel] = conn
		in := make(chan Message, 1<<16)
		c.in[channel] = in
		go c.receive(channel, conn, in)
	}
	if err := c.conns["iopub"].Subscribe(""); err != nil {
		t.Fatal(err)
	}
	if m := c.Next("iopub"); m.Type != "iopub_welcome" {
		t.Fatalf("first message on iopub is %s", m.Type)
	}
	return c
}

// receive reads a channel until its connection ends.
func (c *Client) receive(channel string, conn *wire.Conn, in chan<- Message) {
	defer close(in)
	for {
		frames, err := conn.Receive()
		if err != nil {
			return
		}
		m, err := c.codec.Decode(frames)
		if err != nil {
			c.t.Errorf("%s: the kernel sent what does not verify: %v", channel, err)
			return
		}
		in <- message(c.t, channel, m)
	}
}

// Close ends the front end without a word, as a crash does.
func (c *Client) Close() {
	for _, conn := range c.conns {
		conn.Close()
	}
}

// Next returns the next message of a channel.
func (c *Client) Next(channel string) Message {
	c.t.Helper()
	select {
	case m, ok := <-c.in[channel]:
		if !ok {
			c.t.Fatalf("%s: the connection ended", channel)
		}
		return m
	case <-time.After(Timeout):
		c.t.Fatalf("%s: nothing within %s", channel, Timeout)
	}
	panic("not reached")
}

// Send sends a request and returns its id. The content is anything with a JSON form.
func (c *Client) Send(channel, kind string, content any) (id string) {
	c.t.Helper()
	id = fmt.Sprintf("%s-%d", c.name, c.number.Add(1))
	c.SendMessage(channel, c.Message(id, kind, content))
	return id
}

// Message makes a message without sending it.
func (c *Client) Message(id, kind string, content any) wire.Message {
	c.t.Helper()
	header := map[string]any{
		"msg_id": id, "msg_type": kind, "session": c.name, "username": "tester", "version": "5.4",
		"date": time.Now().UTC().Format(time.RFC3339Nano),
	}
	var m wire.Message
	var err error
	if m.Header, err = json.Marshal(header); err != nil {
		c.t.Fatal(err)
	}
	if m.Content, err = json.Marshal(content); err != nil {
		c.t.Fatal(err)
	}
	return m
}

// SendMessage signs and sends a message.
func (c *Client) SendMessage(channel string, m wire.Message) {
	c.t.Helper()
	c.SendFrames(channel, c.codec.Encode(m))
}

// SendFrames sends frames as they are.
func (c *Client) SendFrames(channel string, frames [][]byte) {
	c.t.Helper()
	if err := c.conns[channel].Send(frames); err != nil {
		c.t.Fatalf("%s: %v", channel, err)
	}
}

// Frames returns the signed frames of a message.
func (c *Client) Frames(m wire.Message) [][]byte { return c.codec.Encode(m) }

// Ask sends a request and returns its reply, which must be the next message of the channel.
func (c *Client) Ask(channel, kind string, content any) Message {
	c.t.Helper()
	id := c.Send(channel, kind, content)
	return c.Reply(channel, id)
}

// Reply returns the next message of the channel, which must be the reply to the request with that id.
func (c *Client) Reply(channel, id string) Message {
	c.t.Helper()
	m := c.Next(channel)
	if m.Parent != id {
		c.t.Fatalf("%s: %s answers %q, not %q", channel, m.Type, m.Parent, id)
	}
	return m
}

// Ran is what came of one cell.
type Ran struct {
	Reply  Message
	Output []Message // on iopub, between busy and idle, without both
}

// Execute runs a cell with the default flags and returns when it is idle.
func (c *Client) Execute(code string) Ran {
	c.t.Helper()
	return c.ExecuteWith(map[string]any{"code": code})
}

// ExecuteWith runs a cell with the given content.
func (c *Client) ExecuteWith(content map[string]any) Ran {
	c.t.Helper()
	id := c.Send("shell", "execute_request", content)
	return Ran{Reply: c.Reply("shell", id), Output: c.Outputs(id)}
}

// Outputs returns what iopub says about a request, from its busy to its idle status, without both. Messages with other parents
// are passed over.
func (c *Client) Outputs(id string) []Message {
	c.t.Helper()
	var out []Message
	began := false
	for {
		m := c.Next("iopub")
		switch {
		case m.Parent != id:
		case m.Type != "status":
			if !began {
				c.t.Fatalf("%s came before busy", m.Type)
			}
			out = append(out, m)
		case m.Text("execution_state") == "idle":
			return out
		default:
			began = true
		}
	}
}

// Await returns the first message on iopub that f accepts.
func (c *Client) Await(what string, f func(Message) bool) Message {
	c.t.Helper()
	for {
		if m := c.Next("iopub"); f(m) {
			return m
		}
	}
}

// Stream joins the text of one stream.
func (r Ran) Stream(name string) string {
	var b strings.Builder
	for _, m := range r.Output {
		if m.Type == "stream" && m.Text("name") == name {
			b.WriteString(m.Text("text"))
		}
	}
	return b.String()
}

// Types lists the types of the output messages.
func (r Ran) Types() []string {
	types := []string{}
	for _, m := range r.Output {
		types = append(types, m.Type)
	}
	return types
}

// First returns the first output of a type.
func (r Ran) First(kind string) (Message, bool) {
	for _, m := range r.Output {
		if m.Type == kind {
			return m, true
		}
	}
	return Message{}, false
}

// Heartbeat sends one beat and returns what comes back.
func (k *Kernel) Heartbeat(t testing.TB, text string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), Timeout)
	defer cancel()
	network, address := k.Connection.Address(k.Connection.HB)
	conn, err := wire.Dial(ctx, network, address, "REQ", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.Send([][]byte{{}, []byte(text)}); err != nil {
		t.Fatal(err)
	}
	frames, err := conn.Receive()
	if err != nil || len(frames) != 2 {
		t.Fatal(frames, err)
	}
	return string(frames[1])
}

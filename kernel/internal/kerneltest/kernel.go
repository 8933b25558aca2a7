// Package kerneltest drives a kernel through real sockets on the loopback interface: Start opens one in this process, a
// Client is its front end, and Raw is a front end that does not follow the rules.
//
// A test never sleeps: it waits for messages, and a message that does not come within Timeout fails it.
package kerneltest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/sightline-osint/sightline/kernel"
	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/wire"
)

// Timeout is how long a test waits for a message that must come.
const Timeout = 2 * time.Minute

// Key signs the messages of kernels under test.
const Key = "4f7a1c52-test-key"

// Kernel is a kernel in this process.
type Kernel struct {
	*kernel.Kernel
	File       string
	Connection wire.Connection
}

// Option changes the configuration of a kernel before it starts.
type Option func(*kernel.Config)

// Start opens a kernel on free TCP ports of the loopback interface. It ends with the test.
func Start(t testing.TB, in interp.Interpreter, options ...Option) *Kernel {
	t.Helper()
	return StartOn(t, wire.Connection{Transport: "tcp", IP: "127.0.0.1", Scheme: "hmac-sha256", Key: Key}, in, options...)
}

// StartIPC opens a kernel on Unix sockets in a directory of the test.
func StartIPC(t testing.TB, in interp.Interpreter, options ...Option) *Kernel {
	t.Helper()
	dir, err := os.MkdirTemp("", "k") // short: the name of a Unix socket has about 100 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return StartOn(t, wire.Connection{Transport: "ipc", IP: filepath.Join(dir, "s"), Scheme: "hmac-sha256", Key: Key}, in, options...)
}

// StartOn opens a kernel with the given connection file.
func StartOn(t testing.TB, c wire.Connection, in interp.Interpreter, options ...Option) *Kernel {
	t.Helper()
	file := filepath.Join(t.TempDir(), "connection.json")
	if err := c.Write(file); err != nil {
		t.Fatal(err)
	}
	cfg := kernel.Config{ConnectionFile: file, Interp: in, Version: "test"}
	for _, o := range options {
		o(&cfg)
	}
	k, err := kernel.Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := k.Close(); err != nil {
			t.Error(err)
		}
	})
	written, warning, err := wire.ReadConnection(file)
	if err != nil || warning != "" {
		t.Fatal(err, warning)
	}
	return &Kernel{Kernel: k, File: file, Connection: written}
}

// port returns the port of a channel.
func port(c wire.Connection, channel string) int {
	switch channel {
	case "shell":
		return c.Shell
	case "control":
		return c.Control
	case "stdin":
		return c.Stdin
	case "iopub":
		return c.IOPub
	}
	return c.HB
}

// Message is a received message, decoded as far as tests need it.
type Message struct {
	Channel string
	ID      string
	Type    string
	Parent  string // msg_id of its parent
	Content map[string]any
	Raw     wire.Message
}

func message(t testing.TB, channel string, m wire.Message) Message {
	t.Helper()
	var head, parent struct {
		ID   string `json:"msg_id"`
		Type string `json:"msg_type"`
	}
	out := Message{Channel: channel, Raw: m}
	for _, part := range []struct {
		text []byte
		to   any
	}{{m.Header, &head}, {m.Parent, &parent}, {m.Content, &out.Content}} {
		if err := json.Unmarshal(part.text, part.to); err != nil {
			t.Errorf("%s: %v in %s", channel, err, part.text)
		}
	}
	out.ID, out.Type, out.Parent = head.ID, head.Type, parent.ID
	return out
}

// Text returns a string of the content, or "".
func (m Message) Text(key string) string {
	s, _ := m.Content[key].(string)
	return s
}

// Data returns one MIME type of the content's bundle, or nil.
func (m Message) Data(mime string) any {
	data, _ := m.Content["data"].(map[string]any)
	return data[mime]
}

// Package session runs the cells of one notebook and answers everything else a front end asks, without knowing how messages
// travel: the kernel connects it to sockets, "sightline run" to a notebook file. Both go through the same code.
//
// A run without sockets needs two things, an interpreter and a function that takes the published messages:
//
//	s := session.New(session.Config{
//		Interp: engine,
//		Render: func(r interp.Result) (display.Data, bool) { return display.RenderResult(r.Values) },
//		Publish: func(m session.Message) {
//			switch content := m.Content.(type) {
//			case protocol.Stream: // text of the cell that m.Parent names
//			case protocol.DisplayData, protocol.ExecuteResult, protocol.ErrorOutput, protocol.ClearOutput:
//			}
//		},
//	})
//	defer s.Close()
//	reply := s.Execute(ctx, protocol.Header{ID: "cell 1", Type: "execute_request"}, protocol.NewExecuteRequest(code))
//
// Execute returns when all that the cell wrote has been published; cancelling ctx interrupts the cell. A kernel calls Handle
// with each verified message instead, which queues cells and returns at once.
package session

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"sync"
	"time"

	"github.com/sightline-osint/sightline/kernel/display"
	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/journal"
	"github.com/sightline-osint/sightline/kernel/internal/magic"
	"github.com/sightline-osint/sightline/kernel/internal/protocol"
	"github.com/sightline-osint/sightline/kernel/internal/stream"
)

// Channel is the socket that a request came from and its reply goes to.
type Channel string

// The channels of requests.
const (
	Shell   Channel = "shell"
	Control Channel = "control"
	Stdin   Channel = "stdin"
)

// Request is one message from a front end, already verified.
type Request struct {
	Channel  Channel
	Header   protocol.Header
	Metadata json.RawMessage
	Content  json.RawMessage
	Buffers  [][]byte
	Origin   any // who sent it, for Config.Reply and Config.Ask; the session does not look inside
}

// Message is one message to front ends.
type Message struct {
	Type   string
	Parent protocol.Header
	// Content is one of the types of package protocol. MIME bundles in it are final: each value is a string (pictures in
	// base64) or a json.RawMessage.
	Content  any
	Metadata map[string]any
	Buffers  [][]byte
}

// Config says what a session works with. Only Interp and Publish are required.
type Config struct {
	Interp  interp.Interpreter
	Publish func(Message)          // takes what all front ends see; called for one message at a time, in order
	Reply   func(Request, Message) // answers a request on its own channel
	Ask     func(Request, Message) // sends input_request to the front end that sent the request

	// Input asks the user of Execute for a line. Nil: cells can ask for no input.
	Input func(ctx context.Context, prompt string, password bool) (string, error)
	// Render makes the bundle of a cell's value; ok is false if there is nothing to show. Nil: fmt's text.
	Render func(interp.Result) (bundle display.Data, ok bool)
	// Shutdown is called once, after the reply to a shutdown_request.
	Shutdown func(restart bool)

	Magics  magic.Table              // nil: magic.Builtin()
	NoPager bool                     // help pages are shown as outputs: there is nobody to page through them
	Info    protocol.KernelInfoReply // of the implementation; the session adds what it knows itself
	Connect protocol.ConnectReply
	Targets map[string]Target // comm targets that front ends can open

	Capture     Capture          // nil: what compiled code writes to the process's own descriptors is not attributed to cells
	Limit       stream.Limit     // of a cell's output
	Journal     *journal.Journal // nil: a crash leaves nothing
	HistoryFile string           // empty: history is kept in memory
	MemoryLimit uint64           // bytes of heap at which the running cell is ended; 0: no limit

	Now func() time.Time // nil: time.Now
	Log *slog.Logger     // nil: nothing is logged
}

// Capture brings in what is written to the process's own standard output and error (stream.Capture).
type Capture interface {
	Attach(stdout, stderr io.Writer)
	Sync()
}

// Session is the state of one notebook.
type Session struct {
	cfg     Config
	history *history
	comms   *comms
	queue   *queue
	answers chan string // input_reply
	meter   meter

	publishing sync.Mutex
	executing  sync.Mutex // held while a cell runs

	mu      sync.Mutex
	count   int  // of stored cells
	running *run // the cell that runs, or nil
	closed  bool
	told    bool            // of the crash of the session before
	ctx     context.Context // of the session
	end     context.CancelFunc
}

// New returns a session. It starts no work before the first request.
func New(cfg Config) *Session {
	if cfg.Magics == nil {
		cfg.Magics = magic.Builtin()
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Render == nil {
		cfg.Render = renderText
	}
	s := &Session{cfg: cfg, history: newHistory(cfg.HistoryFile, cfg.Now), answers: make(chan string, 1)}
	s.comms = newComms(s)
	s.queue = newQueue(s)
	s.ctx, s.end = context.WithCancel(context.Background())
	return s
}

// Interrupt ends the running cell, if there is one; what the session held before stays.
func (s *Session) Interrupt() { s.stop(context.Canceled) }

// stop cancels the running cell with a cause.
func (s *Session) stop(cause error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running != nil {
		s.running.cancel(cause)
	}
}

// closing is how long Close waits for an interpreter that does not end.
const closing = 2 * time.Second

// Close ends the running cell and the interpreter, as far as they can be ended within two seconds. Requests that wait are not
// answered.
func (s *Session) Close() error {
	s.mu.Lock()
	again := s.closed
	s.closed = true
	s.mu.Unlock()
	if again {
		return nil
	}
	s.end()
	s.queue.close()
	s.Interrupt()
	closed := make(chan error, 1)
	go func() { closed <- s.cfg.Interp.Close() }()
	var err error
	select {
	case err = <-closed:
	case <-time.After(closing):
		s.cfg.Log.Warn("a cell does not end: it ends with the process")
	}
	s.history.close()
	return err
}

// publish sends one message to all front ends.
func (s *Session) publish(kind string, parent protocol.Header, content any) {
	s.send(Message{Type: kind, Parent: parent, Content: content})
}

func (s *Session) send(m Message) {
	s.publishing.Lock()
	defer s.publishing.Unlock()
	s.cfg.Publish(m)
}

// status publishes the execution state.
func (s *Session) status(parent protocol.Header, state string) {
	s.publish("status", parent, protocol.Status{State: state})
}

// Package kernel is the Jupyter kernel: it connects the sockets (wire), the messages (protocol) and the session that runs
// cells. Open gives a kernel inside this process, Serve turns the process into one.
//
// A message comes in through wire, which verifies it, is read here, and goes to session.Handle. What the session publishes or
// replies is given a header here and goes out through wire.
package kernel

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"os"
	"runtime/debug"
	"time"

	"github.com/sightline-osint/sightline/kernel/display"
	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/journal"
	"github.com/sightline-osint/sightline/kernel/internal/magic"
	"github.com/sightline-osint/sightline/kernel/internal/protocol"
	"github.com/sightline-osint/sightline/kernel/internal/session"
	"github.com/sightline-osint/sightline/kernel/internal/stream"
	"github.com/sightline-osint/sightline/kernel/internal/wire"
)

// Config says what a kernel runs and how it presents itself. Only ConnectionFile and Interp are required.
type Config struct {
	ConnectionFile string
	Interp         interp.Interpreter
	Render         func(interp.Result) (bundle display.Data, ok bool) // nil: display.RenderResult
	Magics         magic.Table                                        // nil: magic.Builtin() and %packages
	Targets        map[string]session.Target                          // comm targets
	Version        string                                             // of the implementation
	HistoryFile    string                                             // empty: history ends with the kernel
	MemoryLimit    uint64                                             // bytes at which a cell is ended; 0: none
	OutputLimit    stream.Limit                                       // of one cell
	SocketLimits   wire.Limits
	Journal        *journal.Journal // what a crash leaves to the kernel after it; nil: nothing
	Capture        session.Capture  // nil: the process's own standard output is left alone
	Log            *slog.Logger
}

// Kernel is an open kernel.
type Kernel struct {
	sockets *wire.Sockets
	session *session.Session
	head    *headers
	log     *slog.Logger
	journal *journal.Journal
	ready   chan struct{} // closed when the sockets are set
	over    chan struct{} // closed by a shutdown_request
}

// Open opens the sockets of the connection file and serves them until Close. Ports that are 0 in the file are chosen by the
// system and written back.
func Open(cfg Config) (*Kernel, error) {
	conn, warning, err := wire.ReadConnection(cfg.ConnectionFile)
	if err != nil {
		return nil, err
	}
	k := &Kernel{head: newHeaders(), log: cfg.Log, journal: cfg.Journal, ready: make(chan struct{}), over: make(chan struct{})}
	if k.log == nil {
		k.log = slog.New(slog.DiscardHandler)
	}
	if warning != "" {
		k.log.Warn(warning)
	}
	chosen := conn.HasFreePort()
	k.sockets, err = wire.Open(conn, wire.Config{Handle: k.handle, Welcome: k.welcome, Limits: cfg.SocketLimits, Log: k.log})
	if err != nil {
		return nil, err
	}
	k.session = session.New(k.sessionConfig(cfg))
	close(k.ready)
	k.publish(session.Message{Type: "status", Content: protocol.Status{State: protocol.Starting}})
	if chosen {
		if err := k.sockets.Connection.Write(cfg.ConnectionFile); err != nil {
			return nil, errors.Join(err, k.Close())
		}
	}
	return k, nil
}

// Wait returns when a front end has asked the kernel to shut down, or ctx is done.
func (k *Kernel) Wait(ctx context.Context) {
	select {
	case <-k.over:
	case <-ctx.Done():
	}
}

// Interrupt ends the running cell, as an interrupt_request does.
func (k *Kernel) Interrupt() { k.session.Interrupt() }

// Close ends the running cell, the interpreter and the sockets. What was sent before still leaves.
func (k *Kernel) Close() error { return errors.Join(k.session.Close(), k.sockets.Close()) }

// Serve runs the process as the kernel of a connection file until a front end shuts it down, ctx is done, the process gets a
// termination signal or its parent has died. SIGINT interrupts the running cell. The process's standard output and error
// belong to the cells meanwhile.
func Serve(ctx context.Context, cfg Config) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	errout := os.Stderr
	if capture, err := stream.Start(); err == nil {
		defer capture.Stop()
		cfg.Capture, errout = capture, capture.Err
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.NewTextHandler(errout, &slog.HandlerOptions{Level: slog.LevelWarn}))
	}
	if cfg.MemoryLimit > 0 { // the collector works harder rather than let the heap grow beyond it
		debug.SetMemoryLimit(int64(min(cfg.MemoryLimit, math.MaxInt64)))
	}
	cfg.Journal = openJournal(cfg, errout)
	k, err := Open(cfg)
	if err != nil {
		return errors.Join(err, cfg.Journal.Close())
	}
	defer handleSignals(k.Interrupt, cancel)()
	go watchParent(ctx, os.Getenv("JPY_PARENT_PID"), cancel)
	go releaseStartPages()
	k.Wait(ctx)
	return errors.Join(k.Close(), cfg.Journal.Close())
}

// openJournal reads what the kernel before left and prepares what this one would leave. What the runtime wrote when that kernel
// crashed goes to the log. A kernel without a journal is worth more than none.
func openJournal(cfg Config, log io.Writer) *journal.Journal {
	j, err := journal.Open(cfg.ConnectionFile)
	if err != nil {
		cfg.Log.Warn("a crash of this kernel will leave no report", "error", err)
	}
	if e := j.Earlier(); e != nil && e.Crash != nil {
		fmt.Fprintf(log, "%s\n%s\n", e.Notice(), e.Crash.Report[:min(len(e.Crash.Report), 16<<10)])
	}
	go journal.Sweep(cfg.ConnectionFile, time.Now())
	return j
}

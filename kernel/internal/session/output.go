package session

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/sightline-osint/sightline/kernel/display"
	"github.com/sightline-osint/sightline/kernel/internal/protocol"
	"github.com/sightline-osint/sightline/kernel/internal/stream"
)

// output is where one cell writes, as long as any of its goroutines lives: everything arrives with the cell's own parent.
type output struct {
	s      *Session
	parent protocol.Header
	silent bool
	text   *stream.Collector
	done   chan struct{} // closed when the cell has ended

	asking  sync.Mutex
	ask     asker
	refused sync.Once // input, with a notice: code that reads may not look at the error

	mu       sync.Mutex
	displays tokens
}

// asker asks the user for one line.
type asker func(ctx context.Context, prompt string, password bool) (string, error)

func newOutput(s *Session, parent protocol.Header, silent bool, ask asker) *output {
	o := &output{s: s, parent: parent, silent: silent, ask: ask, done: make(chan struct{})}
	o.displays = tokens{have: displayBurst, at: s.cfg.Now()}
	o.text = stream.NewCollector(s.cfg.Limit, s.cfg.Now, func(name, text string) {
		o.publish("stream", protocol.Stream{Name: name, Text: text})
	})
	return o
}

func (o *output) publish(kind string, content any) {
	if !o.silent {
		o.s.publish(kind, o.parent, content)
	}
}

func (o *output) Stdout() io.Writer { return o.text.Writer(stream.Stdout) }
func (o *output) Stderr() io.Writer { return o.text.Writer(stream.Stderr) }

// finish publishes all that was written so far.
func (o *output) finish() { o.text.Finish() }

// close marks the end of the cell. Goroutines that outlive it may still write, but not ask.
func (o *output) close() { close(o.done) }

func (o *output) Display(d display.Data, update bool) error {
	data, metadata, err := finalBundle(d)
	if err != nil {
		return err
	}
	transient := map[string]any(d.Transient)
	if transient == nil {
		transient = map[string]any{}
	}
	kind := "display_data"
	if update {
		if transient["display_id"] == nil {
			return errors.New("display: an update needs a display_id")
		}
		kind = "update_display_data"
	}
	o.slowDown()
	o.text.Do(func() {
		o.publish(kind, protocol.DisplayData{Data: data, Metadata: metadata, Transient: transient})
	})
	return nil
}

func (o *output) ClearOutput(wait bool) error {
	o.slowDown()
	o.text.Do(func() { o.publish("clear_output", protocol.ClearOutput{Wait: wait}) })
	return nil
}

func (o *output) Input(ctx context.Context, prompt string, password bool) (string, error) {
	o.asking.Lock()
	defer o.asking.Unlock()
	select {
	case <-o.done:
		return "", errors.New("input: the cell has ended")
	default:
	}
	if o.ask == nil {
		o.refused.Do(func() { fmt.Fprintln(o.Stderr(), "the cell asks for input, and this front end takes none") })
		return "", errors.New("input: this front end takes no input")
	}
	o.finish()
	return o.ask(ctx, prompt, password)
}

// Displays beyond a burst are slowed down, so that a loop that displays for ever does not drown the front end.
const (
	displayBurst = 1000
	displayRate  = 100 // a second
)

// tokens is a bucket of displays that may pass at once.
type tokens struct {
	have float64
	at   time.Time
}

// slowDown waits until the next display may pass, at most 1/displayRate seconds.
func (o *output) slowDown() {
	o.mu.Lock()
	now := o.s.cfg.Now()
	o.displays.have = min(displayBurst, o.displays.have+now.Sub(o.displays.at).Seconds()*displayRate) - 1
	o.displays.at = now
	wait := o.displays.have < 0
	if wait {
		o.displays.have = 0
	}
	o.mu.Unlock()
	if wait {
		time.Sleep(time.Second / displayRate)
	}
}

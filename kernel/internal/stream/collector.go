// Package stream carries what a cell writes to its standard output and error.
//
// A Collector gathers the text of one cell, in the order it was written, and hands it on in batches: soon enough to be live,
// seldom enough not to drown a front end. Output that runs away is thinned out with a notice; it never blocks the writer for
// longer than the receiver does. A Capture brings in what compiled code writes to the process's own descriptors 1 and 2.
package stream

import (
	"fmt"
	"io"
	"sync"
	"time"
	"unicode/utf8"
)

// Names of the two streams.
const (
	Stdout = "stdout"
	Stderr = "stderr"
)

// Limit bounds what one cell can show. The zero Limit means 8 MiB, then 512 KiB a second.
type Limit struct {
	Burst  int // bytes that pass at once
	Rate   int // bytes a second that pass after that
	Tail   int // newest bytes kept of what does not pass
	Period time.Duration
}

// defaultLimit lets 8 MiB through at once and 512 KiB a second after that, and collects for 10 ms before it hands text on.
var defaultLimit = Limit{Burst: 8 << 20, Rate: 512 << 10, Tail: 64 << 10, Period: 10 * time.Millisecond}

// batch is the pending text that is handed on without waiting for the period to end.
const batch = 256 << 10

// Collector gathers the output of one cell. Its methods may be called from many goroutines, also after Finish.
type Collector struct {
	emit  func(name, text string)
	limit Limit
	now   func() time.Time

	mu      sync.Mutex
	pending segments
	timer   *time.Timer
	armed   bool

	budget int
	filled time.Time // when budget was last refilled
	gap    *gap      // what is being left out, or nil
}

// gap is text that exceeds the limit: how much, and the newest of it.
type gap struct {
	bytes int
	tail  segments
}

// NewCollector returns a collector that calls emit with batches, one at a time and in order. A now of nil is time.Now.
func NewCollector(limit Limit, now func() time.Time, emit func(name, text string)) *Collector {
	if limit == (Limit{}) {
		limit = defaultLimit
	}
	if now == nil {
		now = time.Now
	}
	c := &Collector{emit: emit, limit: limit, now: now, budget: limit.Burst, filled: now()}
	return c
}

// Writer returns the writer of the named stream. It never fails.
func (c *Collector) Writer(name string) io.Writer { return writer{c, name} }

type writer struct {
	c    *Collector
	name string
}

func (w writer) Write(p []byte) (int, error) {
	w.c.write(w.name, p)
	return len(p), nil
}

func (w writer) WriteString(s string) (int, error) { return w.Write([]byte(s)) }

func (c *Collector) write(name string, p []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.refill()
	if c.gap != nil && c.budget >= c.limit.Tail+c.limit.Burst/32 {
		c.closeGap()
	}
	if c.gap == nil {
		n := min(len(p), c.budget)
		c.pending.add(name, p[:n])
		c.budget -= n
		if p = p[n:]; len(p) > 0 {
			c.gap = &gap{}
			c.pending.add(name, []byte("\n[more output than a notebook can show: leaving some out]\n"))
		}
	}
	if c.gap != nil && len(p) > 0 {
		c.gap.bytes += len(p)
		c.gap.tail.add(name, p)
		c.gap.tail.keep(c.limit.Tail)
	}
	switch {
	case c.pending.size >= batch:
		c.flush(false)
	case c.pending.size > 0 && !c.armed:
		c.arm()
	}
}

// refill adds the time's share to the budget.
func (c *Collector) refill() {
	if c.budget == c.limit.Burst {
		return
	}
	t := c.now()
	add := int(t.Sub(c.filled).Seconds() * float64(c.limit.Rate))
	if add > 0 {
		c.budget, c.filled = min(c.budget+add, c.limit.Burst), t
	}
}

// closeGap says how much was left out and shows the end of it.
func (c *Collector) closeGap() {
	g := c.gap
	c.gap = nil
	g.tail.trim(c.limit.Tail)
	name := Stdout
	if len(g.tail.list) > 0 {
		name = g.tail.list[0].name
	}
	if left := g.bytes - g.tail.size; left > 0 {
		c.pending.add(name, fmt.Appendf(nil, "[%s of output left out]\n", bytesText(left)))
	}
	for _, s := range g.tail.list {
		c.pending.add(s.name, s.text)
		c.budget -= len(s.text)
	}
	c.budget = max(c.budget, 0)
}

// arm starts the timer that hands on what is pending.
func (c *Collector) arm() {
	c.armed = true
	if c.timer == nil {
		c.timer = time.AfterFunc(c.limit.Period, c.tick)
		return
	}
	c.timer.Reset(c.limit.Period)
}

func (c *Collector) tick() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.armed = false
	c.flush(false)
}

// flush hands on what is pending. Unless all, an incomplete character at the end stays for the next time.
func (c *Collector) flush(all bool) {
	var rest []segment
	for i, s := range c.pending.list {
		n := len(s.text)
		if !all && i == len(c.pending.list)-1 {
			n -= incomplete(s.text)
		}
		if n > 0 {
			c.emit(s.name, string(s.text[:n]))
		}
		if n < len(s.text) {
			rest = append(rest, segment{s.name, append([]byte(nil), s.text[n:]...)})
		}
	}
	c.pending = segments{}
	for _, s := range rest {
		c.pending.add(s.name, s.text)
	}
}

// Do hands on everything written so far and then calls f, with nothing in between: so f can publish a message in its place.
func (c *Collector) Do(f func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.gap != nil {
		c.closeGap()
	}
	c.flush(true)
	f()
}

// Finish hands on everything written so far, at the end of a cell. Later writes are still taken.
func (c *Collector) Finish() { c.Do(func() {}) }

// incomplete returns how many bytes at the end of text begin a UTF-8 character that is not complete.
func incomplete(text []byte) int {
	for n := 1; n <= min(utf8.UTFMax-1, len(text)); n++ {
		if b := text[len(text)-n]; utf8.RuneStart(b) {
			if b >= utf8.RuneSelf && !utf8.FullRune(text[len(text)-n:]) {
				return n
			}
			return 0
		}
	}
	return 0
}

// bytesText writes a number of bytes for people.
func bytesText(n int) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.1f KiB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d bytes", n)
}

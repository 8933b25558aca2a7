package display

import (
	"context"
	"fmt"
	"html"
	"iter"
	"math"
	"os"
	"strings"
	"sync"
	"time"
)

// ProgressKey is the context key under which library code finds where to report progress. It is a plain string and the
// value is matched by its method, so that a library need not import this package:
//
//	if p, ok := ctx.Value("sightline.progress").(interface {
//		Progress(done, total int64, label string)
//	}); ok {
//		p.Progress(done, total, "registering tiles")
//	}
//
// done runs from 0 to total, in any unit; total <= 0 if it is not known. Each label has its own bar, which ends when
// done reaches total. It may be called as often as one likes and from any goroutine: what is shown is throttled.
const ProgressKey = "sightline.progress"

// ProgressText is the transient key of a bundle under which a progress bar tells terminals its state in one line.
const ProgressText = "sightline_progress"

// ProgressKept is the transient key of a bundle under which a progress bar says what a saved notebook keeps of it: the
// same state without rate and remaining time, as a MIMEMap.
const ProgressKept = "sightline_progress_kept"

// interval is the shortest time between two updates of a bar.
const interval = 100 * time.Millisecond

// WithProgress is ctx under which library code reports to bars in the cell's output.
func WithProgress(ctx context.Context, out Surface) context.Context {
	r := &reporter{bars: map[string]*Progress{}}
	carried := carrier{ctx, r}
	r.cell = Cell{Ctx: ctx, Output: out}
	return carried
}

// carrier is a context with the reporter under ProgressKey.
type carrier struct {
	context.Context
	reporter *reporter
}

func (c carrier) Value(key any) any {
	if key == ProgressKey {
		return c.reporter
	}
	return c.Context.Value(key)
}

// reporter keeps one bar a label.
type reporter struct {
	cell Cell
	mu   sync.Mutex
	bars map[string]*Progress
}

// Progress is what library code calls, see ProgressKey.
func (r *reporter) Progress(done, total int64, label string) {
	r.mu.Lock()
	bar := r.bars[label]
	if bar == nil {
		bar = r.cell.NewProgress(total, label)
		r.bars[label] = bar
	}
	if total > 0 && done >= total {
		delete(r.bars, label)
	}
	r.mu.Unlock()
	bar.report(done, total)
}

// Progress is a bar in the cell's output that is updated in place, with rate and remaining time. When it ends, only
// what was done stays: a saved notebook holds no clock. Its methods may be called from many goroutines.
type Progress struct {
	cell  Cell
	id    string
	label string

	mu      sync.Mutex
	done    int64
	total   int64
	started time.Time
	shown   time.Time
	over    bool
	release func() bool // stops waiting for the interrupt
}

// NewProgress is the cell's twin of the package function.
func (c Cell) NewProgress(total int64, label string) *Progress {
	p := &Progress{cell: c, id: newID(), label: label, total: total, started: time.Now()}
	p.mu.Lock()
	defer p.mu.Unlock()
	ctx := c.Context()
	interrupted := context.AfterFunc(ctx, p.stop)
	p.release = interrupted
	if r, ok := ctx.Value(ProgressKey).(*reporter); ok && r.cell.Ctx != nil {
		ended := context.AfterFunc(r.cell.Ctx, p.rest) // the cell's own context, which ends with it
		p.release = func() bool { ended(); return interrupted() }
	}
	p.shown = p.started
	p.send(false)
	return p
}

// Steps is the cell's twin of the package function.
func (c Cell) Steps(n int, label string) iter.Seq[int] {
	return func(yield func(int) bool) {
		p := c.NewProgress(int64(n), label)
		defer p.stop()
		for i := range n {
			if !yield(i) {
				return
			}
			p.Add(1)
		}
	}
}

// Add counts n more steps as done.
func (p *Progress) Add(n int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.set(p.done+n, p.total)
}

// Set says how many steps are done.
func (p *Progress) Set(done int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.set(done, p.total)
}

// Done ends the bar as complete.
func (p *Progress) Done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.total > 0 {
		p.done = p.total
	}
	p.end()
}

// Progress lets a bar be handed to library code itself, under ProgressKey.
func (p *Progress) Progress(done, total int64, _ string) { p.report(done, total) }

func (p *Progress) report(done, total int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.set(done, total)
}

// stop ends the bar where it is.
func (p *Progress) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.end()
}

// rest takes the clock away from a bar whose cell has ended. Work that goes on in the background may still move it.
func (p *Progress) rest() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.over {
		p.over = true
		p.send(true)
		p.over = false
	}
}

func (p *Progress) set(done, total int64) {
	if p.over {
		return
	}
	p.done, p.total = done, total
	if total > 0 && done >= total {
		p.end()
		return
	}
	if now := time.Now(); now.Sub(p.shown) >= interval {
		p.shown = now
		p.send(true)
	}
}

func (p *Progress) end() {
	if p.over {
		return
	}
	p.over = true
	p.release()
	p.send(true)
}

// send shows the present state. An error means that nobody looks any more, which is no reason to stop the work.
func (p *Progress) send(update bool) {
	if p.cell.Output == nil {
		if p.over {
			fmt.Fprintln(os.Stderr, p.state())
		}
		return
	}
	state := p.state()
	text := state + p.clock()
	d := WithID(p.id, Data{Data: p.bundle(text)})
	d.Transient[ProgressText], d.Transient[ProgressKept] = text, p.bundle(state)
	_ = p.cell.Output.Display(d, update)
}

func (p *Progress) bundle(text string) MIMEMap {
	return MIMEMap{MIMETypeText: text, MIMETypeHTML: p.html(text)}
}

// state is what was done, in one line: "reading: 12 of 96 (13 %)".
func (p *Progress) state() string {
	var b strings.Builder
	if p.label != "" {
		b.WriteString(p.label + ": ")
	}
	b.WriteString(count(int(p.done)))
	if p.total > 0 {
		fmt.Fprintf(&b, " of %s (%d %%)", count(int(p.total)), 100*p.done/p.total)
	}
	return b.String()
}

// clock is what follows the state as long as the work goes on: ", 4.1/s, 20 s left".
func (p *Progress) clock() string {
	elapsed := time.Since(p.started).Seconds()
	if p.over || p.done == 0 || elapsed < 0.5 {
		return ""
	}
	rate := float64(p.done) / elapsed
	text := ", " + significant(rate) + "/s"
	if p.total > p.done {
		text += ", " + remaining(float64(p.total-p.done)/rate) + " left"
	}
	return text
}

func (p *Progress) html(text string) string {
	bar := ""
	switch {
	case p.total > 0:
		bar = fmt.Sprintf(`<progress value="%d" max="%d" style="width:14em;vertical-align:middle"></progress> `, min(p.done, p.total), p.total)
	case !p.over:
		bar = `<progress style="width:14em;vertical-align:middle"></progress> `
	}
	return `<div>` + bar + `<span>` + html.EscapeString(text) + `</span></div>`
}

func significant(x float64) string {
	if x >= 100 {
		return count(int(math.Round(x)))
	}
	return fmt.Sprintf("%.2g", x)
}

func remaining(seconds float64) string {
	switch s := int(math.Ceil(seconds)); {
	case s < 90:
		return fmt.Sprintf("%d s", s)
	case s < 5400:
		return fmt.Sprintf("%d min", (s+59)/60)
	default:
		return fmt.Sprintf("%.1f h", seconds/3600)
	}
}

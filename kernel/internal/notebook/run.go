package notebook

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/protocol"
	"github.com/sightline-osint/sightline/kernel/internal/session"
)

// Options says how a notebook is run.
type Options struct {
	// Session starts the session that runs the cells; what it publishes goes to publish.
	Session func(publish func(session.Message)) (*session.Session, error)

	Timeout     time.Duration // of each cell; 0: none
	Grace       time.Duration // how long an interrupted cell may take to stop; 0: five seconds
	AllowErrors bool          // go on after a failed cell
	Watch       Watcher       // nil: nobody watches
	Kept        func()        // called after each cell, when its outputs are in the notebook; nil: not
}

// Watcher is told how a run goes on. Its methods are called one at a time, Progress from another goroutine.
type Watcher interface {
	Started(cell *Cell, index, total int) // index counts the code cells that are run, from 1
	Progress(text string)                 // a progress bar of the running cell, in one line
	Ended(cell *Cell, took time.Duration, err *CellError)
}

// CellError is a cell that failed.
type CellError struct {
	Path          string
	Cell, Count   int // the cell's number in the notebook, and its execution count
	Line          int // in the cell, from 1; 0 if it is not known
	Name, Message string
	Traceback     []string
	Expected      bool // the cell is tagged raises-exception
}

func (e *CellError) Error() string {
	where := fmt.Sprintf("%s: cell %d", e.Path, e.Cell)
	if e.Line > 0 {
		where += fmt.Sprintf(", line %d", e.Line)
	}
	return fmt.Sprintf("%s: %s: %s", where, e.Name, e.Message)
}

// Report says how a run ended.
type Report struct {
	Ran, Total  int          // code cells
	Failures    []*CellError // also of cells that are expected to fail
	Failed      bool         // a cell failed that should not have
	Interrupted bool         // ctx was cancelled
}

// Run executes the code cells in order and stores their outputs in n. It stops at the first cell that fails, unless
// errors are allowed or the cell is tagged raises-exception; cells tagged skip-execution are left out. What was run
// stays in n whatever happens. Cancelling ctx interrupts the running cell and ends the run. The error is that of a
// session that cannot start.
func Run(ctx context.Context, n *Notebook, o Options) (Report, error) {
	r := &runner{notebook: n, options: o, collector: newCollector(), ids: map[*Cell]string{}}
	if r.options.Grace == 0 {
		r.options.Grace = 5 * time.Second
	}
	if r.options.Watch == nil {
		r.options.Watch = nobody{}
	}
	s, err := o.Session(r.publish)
	if err != nil {
		return Report{}, err
	}
	r.session = s
	for _, c := range n.Cells {
		if c.IsCode() {
			c.ClearOutputs()
		}
	}
	n.describe()
	r.cells(ctx)
	if !r.stuck {
		s.Close()
	}
	r.keep()
	return r.report, nil
}

// runner is one run.
type runner struct {
	notebook  *Notebook
	options   Options
	session   *session.Session
	collector *collector
	ids       map[*Cell]string // message ids of the cells that ran
	report    Report
	stuck     bool // a cell could not be interrupted: the session is beyond use
}

func (r *runner) publish(m session.Message) {
	if text := r.collector.take(m); text != "" {
		r.options.Watch.Progress(text)
	}
}

func (r *runner) cells(ctx context.Context) {
	var todo []*Cell
	for _, c := range r.notebook.Cells {
		if c.IsCode() && strings.TrimSpace(c.Source()) != "" && !c.HasTag("skip-execution") {
			todo = append(todo, c)
		}
	}
	r.report.Total = len(todo)
	for i, c := range todo {
		if ctx.Err() != nil {
			r.report.Interrupted = true
			return
		}
		r.options.Watch.Started(c, i+1, len(todo))
		start := time.Now()
		failure := r.cell(ctx, c, i+1)
		expected := c.HasTag("raises-exception")
		if failure != nil {
			failure.Expected = expected
		}
		r.report.Ran++
		r.keep()
		if r.options.Kept != nil {
			r.options.Kept()
		}
		r.options.Watch.Ended(c, time.Since(start), failure)
		if failure == nil {
			continue
		}
		r.report.Failures = append(r.report.Failures, failure)
		r.report.Failed = r.report.Failed || !expected
		r.report.Interrupted = ctx.Err() != nil
		if r.stuck || r.report.Interrupted || !expected && !r.options.AllowErrors {
			return
		}
	}
}

// cell runs one cell; the result is nil if it succeeded.
func (r *runner) cell(ctx context.Context, c *Cell, index int) *CellError {
	if t := r.options.Timeout; t > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, t, &interp.Error{Name: "Timeout", Message: "the cell ran longer than " + t.String()})
		defer cancel()
	}
	parent := protocol.Header{ID: fmt.Sprintf("cell-%d", c.Number), Type: "execute_request"}
	r.ids[c] = parent.ID
	request := protocol.NewExecuteRequest(c.Source())
	request.AllowStdin = false
	done := make(chan protocol.ExecuteReply, 1)
	go func() { done <- r.session.Execute(ctx, parent, request) }()
	select {
	case reply := <-done:
		return r.ended(c, reply)
	case <-ctx.Done():
	}
	patience := time.NewTimer(r.options.Grace)
	defer patience.Stop()
	select {
	case reply := <-done:
		return r.ended(c, reply)
	case <-patience.C:
		r.stuck = true
		return r.abandon(ctx, c, index, parent)
	}
}

func (r *runner) ended(c *Cell, reply protocol.ExecuteReply) *CellError {
	c.object.set("execution_count", number(reply.Count))
	if reply.Status == protocol.OK {
		return nil
	}
	return r.failure(c, reply.Count, reply.Name, reply.Value, reply.Traceback)
}

// abandon gives up on a cell that does not stop.
func (r *runner) abandon(ctx context.Context, c *Cell, count int, parent protocol.Header) *CellError {
	e := &interp.Error{Name: "Interrupt", Message: "the cell was interrupted"}
	errors.As(context.Cause(ctx), &e)
	message := fmt.Sprintf("%s, and did not stop within %s", e.Message, r.options.Grace)
	trace := []string{e.Name + ": " + message}
	c.object.set("execution_count", number(count))
	r.collector.take(session.Message{Type: "error", Parent: parent,
		Content: protocol.ErrorOutput{Name: e.Name, Value: message, Traceback: trace}})
	return r.failure(c, count, e.Name, message, trace)
}

func (r *runner) failure(c *Cell, count int, name, message string, trace []string) *CellError {
	return &CellError{Path: r.notebook.Path, Cell: c.Number, Count: count, Line: errorLine(trace, count), Name: name, Message: message, Traceback: trace}
}

var tracePlace = regexp.MustCompile(`In\[(\d+)\](?::|, line )(\d+)`)

// errorLine finds the line of the failed cell in a traceback.
func errorLine(trace []string, count int) int {
	for _, m := range tracePlace.FindAllStringSubmatch(strings.Join(trace, "\n"), -1) {
		if m[1] == strconv.Itoa(count) {
			line, _ := strconv.Atoi(m[2])
			return line
		}
	}
	return 0
}

// keep copies what was shown so far into the notebook.
func (r *runner) keep() {
	for c, id := range r.ids {
		c.object.set("outputs", r.collector.outputs(id))
	}
}

// describe fills in what the notebook does not say about its language, and removes clock times of earlier runs.
func (n *Notebook) describe() {
	meta := n.root.object("metadata")
	if meta == nil {
		meta = newObject()
		n.root.set("metadata", meta)
	}
	if meta.object("kernelspec") == nil {
		meta.set("kernelspec", newObject("display_name", "Go (Sightline)", "language", "go", "name", "sightline"))
	}
	if meta.object("language_info") == nil {
		meta.set("language_info", newObject("codemirror_mode", "go", "file_extension", ".go", "mimetype", "text/x-go", "name", "go",
			"nbconvert_exporter", "script", "pygments_lexer", "go"))
	}
	for _, c := range n.Cells {
		if m := c.object.object("metadata"); m != nil && c.IsCode() {
			m.delete("execution")
		}
	}
	n.number()
}

// number gives cells without an id one, where the format asks for it. It depends on the cell's place alone.
func (n *Notebook) number() {
	minor, _ := n.root.get("nbformat_minor").(json.Number)
	if m, _ := minor.Int64(); m < 5 {
		return
	}
	used := map[string]bool{}
	for _, c := range n.Cells {
		used[c.object.text("id")] = true
	}
	for _, c := range n.Cells {
		if c.object.text("id") != "" {
			continue
		}
		id := fmt.Sprintf("cell-%d", c.Number)
		for used[id] {
			id += "x"
		}
		used[id] = true
		c.object.set("id", id)
	}
}

// nobody watches.
type nobody struct{}

func (nobody) Started(*Cell, int, int)                {}
func (nobody) Progress(string)                        {}
func (nobody) Ended(*Cell, time.Duration, *CellError) {}

// Crash keeps in the notebook that the program ended in a cell, which no code could catch. The result is nil if there is no
// such cell.
func (n *Notebook) Crash(cell, count int, name, message string) *CellError {
	for _, c := range n.Cells {
		if c.Number != cell || !c.IsCode() {
			continue
		}
		line := name + ": " + message
		c.setOutputs(count, []any{newObject("ename", name, "evalue", message, "output_type", "error", "traceback", []any{line})})
		return &CellError{Path: n.Path, Cell: cell, Count: count, Name: name, Message: message, Traceback: []string{line}}
	}
	return nil
}

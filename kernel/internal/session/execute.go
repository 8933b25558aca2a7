package session

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/sightline-osint/sightline/kernel/display"
	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/journal"
	"github.com/sightline-osint/sightline/kernel/internal/magic"
	"github.com/sightline-osint/sightline/kernel/internal/protocol"
)

// run is one cell that runs.
type run struct {
	*output
	request protocol.ExecuteRequest
	number  int
	cancel  context.CancelCauseFunc

	payload []any
	kept    string // the code, for the session after a crash
}

// source is the code of a cell, or of a cell of the session before that is run again.
type source struct{ name, code string }

// Execute runs one cell and returns when all of its output has been published, between a busy and an idle status. One cell
// runs at a time: a second call waits. Cancelling ctx interrupts the cell; the cause of the cancellation, if it is not
// context.Canceled, becomes the error's message (a timeout, for example).
func (s *Session) Execute(ctx context.Context, parent protocol.Header, req protocol.ExecuteRequest) protocol.ExecuteReply {
	ask := s.cfg.Input
	if !req.AllowStdin {
		ask = nil
	}
	s.status(parent, protocol.Busy)
	reply := s.execute(ctx, parent, req, ask)
	s.status(parent, protocol.Idle)
	return reply
}

// execute is Execute without the status messages.
func (s *Session) execute(ctx context.Context, parent protocol.Header, req protocol.ExecuteRequest, ask asker) protocol.ExecuteReply {
	s.executing.Lock()
	defer s.executing.Unlock()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	r := s.begin(parent, req, ask, cancel)
	defer s.ended(r)
	if strings.TrimSpace(req.Code) == "" && len(req.UserExpressions) == 0 {
		return protocol.ExecuteReply{Status: protocol.OK, Count: s.Count()}
	}
	if !req.Silent {
		s.publish("execute_input", parent, protocol.ExecuteInput{Code: req.Code, Count: r.number})
	}
	if c := s.cfg.Capture; c != nil {
		c.Attach(r.output.Stdout(), r.output.Stderr())
	}
	s.tellOfCrash(r)
	s.note(s.cfg.Journal.Begin(journal.Cell{Number: r.number, Code: req.Code}))
	guard := s.guardMemory(cancel)
	result, err := s.steps(display.WithProgress(ctx, r.output), r, source{fmt.Sprintf("In[%d]", r.number), req.Code})
	text := ""
	if err == nil {
		text, err = s.show(ctx, r, result)
	}
	if err == nil && result.Exited {
		fmt.Fprintln(r.output.Stderr(), "os.Exit(0) ended the cell here; the session goes on")
	}
	guard()
	if c := s.cfg.Capture; c != nil {
		c.Sync()
	}
	r.output.finish()
	s.note(s.cfg.Journal.Ended(err == nil && !req.Silent, journal.Cell{Number: r.number, Code: r.kept}))

	reply := protocol.ExecuteReply{Status: protocol.OK, Count: s.Count(), Payload: r.payload}
	if req.Stores() {
		reply.Count = r.number
		s.store(r.number, req.Code, text)
	}
	if err != nil {
		e := asError(context.Cause(ctx), err)
		reply.Status, reply.Name, reply.Value, reply.Traceback = protocol.Error, e.Name, e.Message, traceback(e)
		reply.Payload = nil
		if !req.Silent {
			s.publish("error", parent, protocol.ErrorOutput{Name: e.Name, Value: e.Message, Traceback: reply.Traceback})
		}
		return reply
	}
	reply.UserExpressions = s.expressions(ctx, r.output, req.UserExpressions)
	return reply
}

// page shows a help page: in the front end's pager, or among the cell's outputs where there is no pager.
func (s *Session) page(r *run, bundle map[string]any) {
	if s.cfg.NoPager {
		r.output.Display(display.Data{Data: bundle}, false) //nolint:errcheck // a page that cannot be shown is no failure
		return
	}
	r.payload = append(r.payload, protocol.NewPage(bundle))
}

// begin makes the state of a cell and lets Interrupt find it.
func (s *Session) begin(parent protocol.Header, req protocol.ExecuteRequest, ask asker, cancel context.CancelCauseFunc) *run {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := &run{request: req, number: s.count + 1, cancel: cancel, kept: req.Code}
	r.output = newOutput(s, parent, req.Silent, ask)
	s.running = r
	if s.closed {
		cancel(context.Canceled)
	}
	return r
}

func (s *Session) ended(r *run) {
	r.output.close()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running == r {
		s.running = nil
	}
}

// Count is the number of cells that were counted so far.
func (s *Session) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.count
}

// store counts a cell and enters it into the history.
func (s *Session) store(number int, code, text string) {
	s.mu.Lock()
	s.count = number
	s.mu.Unlock()
	s.history.add(number, code, text)
}

// steps runs the Go and the magic parts of a cell in order. The result is that of the last part.
func (s *Session) steps(ctx context.Context, r *run, from source) (result interp.Result, err error) {
	known := func(name string) bool {
		for _, v := range s.cfg.Interp.Variables() {
			if v.Name == name {
				return true
			}
		}
		return false
	}
	runGo := func(ctx context.Context, code string) (interp.Result, error) {
		return s.runGo(ctx, r, source{from.name, code})
	}
	for _, step := range magic.Split(from.code, known) {
		if ctx.Err() != nil {
			return interp.Result{}, &interp.Error{Name: "Interrupt", Message: "the cell was interrupted"}
		}
		if step.Kind == magic.Go {
			result, err = runGo(ctx, step.Code)
		} else {
			result, err = s.cfg.Magics.Run(ctx, &magic.Env{
				Table: s.cfg.Magics, Interp: s.cfg.Interp, Output: r.output, Go: runGo,
				Earlier: s.cfg.Journal.Earlier(),
				Again:   func(ctx context.Context, c journal.Cell) error { return s.again(ctx, r, step.Line, c) },
				Page:    func(bundle map[string]any) { s.page(r, bundle) },
				NextInput: func(text string) {
					r.payload = append(r.payload, protocol.NextInput{Source: "set_next_input", Text: text})
				},
			}, step)
			err = atLine(err, from, step.Line)
		}
		if err != nil {
			return interp.Result{}, err
		}
	}
	return result, nil
}

// runGo runs Go code in the interpreter. A panic of the interpreter itself is an error of the cell, so the session lives.
func (s *Session) runGo(ctx context.Context, r *run, from source) (result interp.Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			s.cfg.Log.Error("the interpreter panicked", "value", p, "stack", string(debug.Stack()))
			err = &interp.Error{Name: "InternalError", Message: fmt.Sprintf("the interpreter failed on this cell: %v", p)}
		}
	}()
	return s.cfg.Interp.Execute(ctx, interp.Cell{Number: r.number, Name: from.name, Code: from.code, Output: r.output})
}

// atLine gives the error of a magic line its place.
func atLine(err error, from source, line int) error {
	if err == nil {
		return nil
	}
	var e *interp.Error
	if !errors.As(err, &e) {
		e = &interp.Error{Name: fmt.Sprintf("%T", err), Message: err.Error()}
	}
	if len(e.Traceback) == 0 {
		lines := strings.Split(from.code, "\n")
		e.Traceback = []string{fmt.Sprintf("%s: %s", e.Name, e.Message), fmt.Sprintf("%s, line %d:", from.name, line)}
		if line <= len(lines) {
			e.Traceback = append(e.Traceback, "    "+strings.TrimSpace(lines[line-1]))
		}
	}
	return e
}

// asError makes any failure of a cell an *interp.Error. If the cell was ended for a reason of its own, that is the error.
func asError(cause, err error) *interp.Error {
	var e *interp.Error
	if errors.As(cause, &e) {
		return e
	}
	if !errors.As(err, &e) {
		e = &interp.Error{Name: "InternalError", Message: err.Error()}
	}
	if cause != nil && !errors.Is(cause, context.Canceled) && e.Name == "Interrupt" {
		interrupted := *e
		interrupted.Message = cause.Error()
		interrupted.Traceback = nil
		return &interrupted
	}
	return e
}

// traceback is what front ends show of an error: never empty, and always with its name and message.
func traceback(e *interp.Error) []string {
	head := e.Name
	if e.Message != "" {
		head += ": " + e.Message
	}
	for _, line := range e.Traceback {
		if strings.Contains(line, e.Message) && strings.Contains(strings.Join(e.Traceback, "\n"), e.Name) {
			return e.Traceback
		}
	}
	return append([]string{head}, e.Traceback...)
}

// expressions evaluates the user expressions of a request, each on its own: one that fails does not disturb the others.
func (s *Session) expressions(ctx context.Context, out interp.Output, exprs map[string]string) map[string]any {
	values := map[string]any{}
	for name, expr := range exprs {
		values[name] = s.expression(ctx, out, expr)
	}
	return values
}

func (s *Session) expression(ctx context.Context, out interp.Output, expr string) (value any) {
	defer func() {
		if p := recover(); p != nil {
			value = protocol.NewErrorReply("InternalError", fmt.Sprint(p), nil)
		}
	}()
	result, err := s.cfg.Interp.Eval(ctx, expr)
	if err != nil {
		e := asError(nil, err)
		return protocol.NewErrorReply(e.Name, e.Message, traceback(e))
	}
	var bundle display.Data
	if err := s.call(ctx, out, func() { bundle, _ = s.cfg.Render(result) }); err != nil {
		e := asError(nil, err)
		return protocol.NewErrorReply(e.Name, e.Message, traceback(e))
	}
	data, metadata, err := finalBundle(bundle)
	if err != nil {
		return protocol.NewErrorReply("DisplayError", err.Error(), nil)
	}
	return protocol.ExpressionResult{Status: protocol.OK, Data: data, Metadata: metadata}
}

package engine

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/front"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/machine"
)

// errAbandoned is the end of a cell that was interrupted in compiled code.
var errAbandoned = errors.New("the cell was interrupted in compiled code, which goes on in the background")

// run calls a cell's function.
func (e *Engine) run(ctx context.Context, u *front.Unit, out *output) error {
	if err := e.machine.Place(u.Body.Pkg); err != nil {
		return err
	}
	return e.supervise(ctx, out, func(run *machine.Run) error {
		return e.machine.Call(run, u.Body)
	})
}

// Do calls compiled code that may call methods of cells' types: the rendering of a value.
func (e *Engine) Do(ctx context.Context, out interp.Output, f func()) error {
	o := newOutput(out, e.files)
	defer e.files.enter(o)()
	err := e.supervise(ctx, o, func(run *machine.Run) error { return e.machine.Do(run, f) })
	o.flush()
	if failure := e.failure(ctx, err); failure != nil {
		return failure
	}
	return nil
}

// supervise calls code in a run of its own, whose context ends with the session, or when ctx ends before the code does.
func (e *Engine) supervise(ctx context.Context, out *output, call func(*machine.Run) error) error {
	own, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	unlink := context.AfterFunc(ctx, func() { cancel(context.Cause(ctx)) })
	defer unlink()
	e.keep(func() { cancel(context.Canceled) })
	run := e.machine.NewRun(own, out)
	done := make(chan error, 1)
	go func() { done <- call(run) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	grace := time.NewTimer(e.cfg.Grace)
	defer grace.Stop()
	select {
	case err := <-done:
		return err
	case <-grace.C:
		fmt.Fprintln(out.Stderr(), "sightline: "+errAbandoned.Error()) //nolint:errcheck // nobody to tell
		return errAbandoned
	}
}

func (e *Engine) keep(cancel context.CancelFunc) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.cancels = append(e.cancels, cancel)
}

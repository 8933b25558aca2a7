package engine

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/front"
)

// errAbandoned is the end of a cell that was interrupted in compiled code.
var errAbandoned = errors.New("the cell was interrupted in compiled code, which goes on in the background")

// run calls a cell's function. The run's context ends with the session, or when ctx ends before the cell does.
func (e *Engine) run(ctx context.Context, u *front.Unit, out *output) error {
	if err := e.machine.Place(u.Body.Pkg); err != nil {
		return err
	}
	own, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	unlink := context.AfterFunc(ctx, func() { cancel(context.Cause(ctx)) })
	defer unlink()
	e.keep(func() { cancel(context.Canceled) })
	run := e.machine.NewRun(own, out)
	done := make(chan error, 1)
	go func() {
		var err error
		if u.Init != nil {
			err = e.machine.Call(run, u.Init)
		}
		if err == nil {
			err = e.machine.Call(run, u.Body)
		}
		done <- err
	}()
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

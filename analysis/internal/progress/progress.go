// Package progress reports how far long work has come to whoever put a reporter into the context. The reporter is
// matched by its method, so that nothing here depends on the notebook.
package progress

import "context"

// Report tells the reporter in the context, if there is one, that done of total steps are finished, and returns the
// context's error when the work should stop.
func Report(ctx context.Context, done, total int64, label string) error {
	if p, ok := ctx.Value("sightline.progress").(interface {
		Progress(done, total int64, label string)
	}); ok {
		p.Progress(done, total, label)
	}
	return ctx.Err()
}

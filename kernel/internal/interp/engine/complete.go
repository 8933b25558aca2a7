package engine

import (
	"context"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
)

// Complete lists what can stand at the cursor.
func (e *Engine) Complete(ctx context.Context, code string, cursor int) interp.Completion {
	return interp.Completion{Start: cursor, End: cursor}
}

// Inspect describes what stands at the cursor.
func (e *Engine) Inspect(ctx context.Context, code string, cursor, detail int) (in interp.Inspection, ok bool) {
	return interp.Inspection{}, false
}

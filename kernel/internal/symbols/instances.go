package symbols

import "github.com/sightline-osint/sightline/kernel/internal/interp/registry"

// instances are compiled instances of generic functions, as go/ssa names them.
func instances(path string) map[string]any { return nil }

// bound is what depends on the running cell.
func bound(path string) map[string]func(registry.Run) any { return nil }

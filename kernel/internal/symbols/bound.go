package symbols

import "github.com/sightline-osint/sightline/kernel/internal/interp/registry"

// bound is what depends on the running cell.
func bound(path string) map[string]func(registry.Run) any { return nil }

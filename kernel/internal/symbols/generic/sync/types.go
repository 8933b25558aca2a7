package sync

import "sync"

// OnceFunc is the function of the compiled package.
func OnceFunc(f func()) func() { return sync.OnceFunc(f) }

package wire

import "sync"

// replayDepth is how many signatures are remembered, as in Jupyter's own kernels.
const replayDepth = 1 << 16

// replayGuard remembers the newest signatures.
type replayGuard struct {
	mu    sync.Mutex
	depth int
	seen  map[string]bool
	order []string // a ring once it is full
	next  int
}

func newReplayGuard(depth int) *replayGuard {
	return &replayGuard{depth: depth, seen: map[string]bool{}}
}

// first says whether the signature is new, and remembers it.
func (g *replayGuard) first(signature string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.seen[signature] {
		return false
	}
	g.seen[signature] = true
	if len(g.order) < g.depth {
		g.order = append(g.order, signature)
		return true
	}
	delete(g.seen, g.order[g.next])
	g.order[g.next] = signature
	g.next = (g.next + 1) % g.depth
	return true
}

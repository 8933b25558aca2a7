package effort

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"sort"

	"github.com/sightline-osint/sightline/analysis/internal/draws"
	"github.com/sightline-osint/sightline/analysis/internal/progress"
	"github.com/sightline-osint/sightline/analysis/internal/tail"
)

// tie is the relative difference within which two tables count as equally likely, as in R.
const tie = 1e-7

// effortOfExact is how many steps of the exact sum are taken before random tables are drawn instead: about a second.
const effortOfExact = 4_000_000

// node is a set of partly filled tables that have the same left to fill: they share all that may follow.
type node struct {
	left []int           // sums of the rows that remain, sorted: the order of the rows does not matter
	bins map[int64]group // by their weight so far
	past []group         // the same, in order of weight
	sum  []float64       // log of the summed weights of past[:i]
}

// group is the ways to fill the columns so far that weigh the same.
type group struct {
	log float64 // -sum of log factorials of the cells
	sum float64 // log of the summed weights
}

// order makes a node that is complete ready to be grown.
func (at *node) order() {
	at.past = make([]group, 0, len(at.bins))
	for _, g := range at.bins {
		at.past = append(at.past, g)
	}
	slices.SortFunc(at.past, func(a, b group) int { return cmp.Compare(a.log, b.log) })
	at.sum = make([]float64, len(at.past)+1)
	at.sum[0] = math.Inf(-1)
	for i, g := range at.past {
		at.sum[i+1] = tail.LogSum(at.sum[i], g.sum)
	}
	at.bins = nil
}

// enumerate returns the log P of the table. It fills column after column and keeps together what has the same rows
// left; a group whose every completion is at most as likely as the table seen is counted at once, one whose every
// completion is likelier is dropped. false: there are too many tables.
func (c crossed) enumerate(ctx context.Context) (logP float64, exact bool, err error) {
	if c.total > 20_000 {
		return 0, false, ctx.Err()
	}
	c.factorials()
	seen := 0.0
	for _, row := range c.cells {
		for _, v := range row {
			seen -= c.logs[v]
		}
	}
	columns := slices.Clone(c.columns)
	slices.Sort(columns)
	start := slices.Clone(c.rows)
	slices.Sort(start)
	n := network{logs: c.logs, columns: columns, seen: seen + tie, found: math.Inf(-1)}
	level := map[string]*node{key(start): {left: start, bins: map[int64]group{0: {}}}}
	for stage := range columns {
		next := map[string]*node{}
		for _, at := range sorted(level) {
			level[at].order()
			n.grow(level[at], stage, next)
			if n.steps > effortOfExact {
				return 0, false, nil
			}
			if err := ctx.Err(); err != nil {
				return 0, false, err
			}
		}
		level = next
		if err := progress.Report(ctx, int64(stage+1), int64(len(columns)), "exact table"); err != nil {
			return 0, false, err
		}
	}
	scale := -c.logs[c.total]
	for _, s := range append(slices.Clone(c.rows), c.columns...) {
		scale += c.logs[s]
	}
	return math.Min(0, n.found+scale), true, nil
}

// factorials fills the logarithms of the factorials.
func (c *crossed) factorials() {
	c.logs = make([]float64, c.total+1)
	for i := range c.logs {
		c.logs[i], _ = math.Lgamma(float64(i) + 1)
	}
}

// network is the running sum over tables.
type network struct {
	logs    []float64
	columns []int
	seen    float64 // log weight of the table seen, and a hair
	found   float64 // log of the sum of the weights that are at most seen
	steps   int
}

// grow fills the next column of a node in every way.
func (n *network) grow(at *node, stage int, next map[string]*node) {
	rest := n.columns[stage+1:]
	cells := make([]int, len(at.left))
	var fill func(row, todo, room int, log float64)
	fill = func(row, todo, room int, log float64) {
		if row == len(cells) {
			n.settle(at, cells, rest, log, next)
			return
		}
		room -= at.left[row]
		for v := max(0, todo-room); v <= min(todo, at.left[row]); v++ {
			cells[row] = v
			fill(row+1, todo-v, room, log-n.logs[v])
			if n.steps > effortOfExact {
				return
			}
		}
	}
	room := 0
	for _, l := range at.left {
		room += l
	}
	fill(0, n.columns[stage], room, 0)
}

// settle hands the partial tables of a node, with one more column, on to the node they lead to, or counts them.
func (n *network) settle(at *node, cells, rest []int, log float64, next map[string]*node) {
	left := make([]int, len(cells))
	total := 0
	for i, v := range cells {
		left[i] = at.left[i] - v
		total += left[i]
	}
	slices.Sort(left)
	all := n.logs[total] // log of the summed weights of all completions
	for _, l := range left {
		all -= n.logs[l]
	}
	for _, c := range rest {
		all -= n.logs[c]
	}
	above := func(limit float64) int {
		return sort.Search(len(at.past), func(i int) bool { return at.past[i].log > limit })
	}
	counted := above(n.seen - log - n.likeliest(left, rest))
	dropped := above(n.seen - log - n.unlikeliest(left, rest))
	n.found = tail.LogSum(n.found, at.sum[counted]+log+all)
	n.steps += 1 + len(left)*len(rest)/4 + dropped - counted
	if counted >= dropped {
		return
	}
	name := key(left)
	to := next[name]
	if to == nil {
		to = &node{left: left, bins: map[int64]group{}}
		next[name] = to
	}
	for _, g := range at.past[counted:dropped] {
		g.log, g.sum = g.log+log, g.sum+log
		bin := int64(math.Round(g.log * 1e9))
		if old, ok := to.bins[bin]; ok {
			g.log, g.sum = old.log, tail.LogSum(old.sum, g.sum)
		}
		to.bins[bin] = g
	}
}

// likeliest is a bound from above of the log weight of any completion: with x log e - log x! at most what it is at the
// whole part of e, for e the expected cell, the margins make the rest of the sum the same for all of them.
func (n *network) likeliest(left, rest []int) float64 {
	if len(rest) <= 1 {
		return n.only(left)
	}
	total := 0.0
	for _, c := range rest {
		total += float64(c)
	}
	top := total * math.Log(total)
	for _, c := range rest {
		top -= float64(c) * math.Log(float64(c))
	}
	for _, l := range left {
		if l == 0 {
			continue
		}
		top -= float64(l) * math.Log(float64(l))
		for _, c := range rest {
			e := float64(l) * float64(c) / total
			k := math.Floor(e)
			top += k*math.Log(e) - n.logs[int(k)]
		}
	}
	return top + 1e-9
}

// unlikeliest is a bound from below: all of a row, or of a column, in one cell.
func (n *network) unlikeliest(left, rest []int) float64 {
	if len(rest) <= 1 {
		return n.only(left)
	}
	columns := 0.0
	for _, c := range rest {
		columns -= n.logs[c]
	}
	return math.Max(n.only(left), columns) - 1e-9
}

// only is the log weight of the one way to fill a last column.
func (n *network) only(left []int) float64 {
	w := 0.0
	for _, l := range left {
		w -= n.logs[l]
	}
	return w
}

// key names a node.
func key(left []int) string {
	b := make([]byte, 0, 4*len(left))
	for _, l := range left {
		b = append(b, byte(l), byte(l>>8), byte(l>>16))
	}
	return string(b)
}

// sorted returns the names of the nodes in order, so that sums always run the same way.
func sorted(level map[string]*node) []string {
	names := make([]string, 0, len(level))
	for name := range level {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// sample draws tables with the same margins and returns the log share of those at most as likely, the one seen counted.
func (c crossed) sample(ctx context.Context, o AssociationOptions) (float64, error) {
	c.factorials()
	seen := 0.0
	var columns []int
	for j, s := range c.columns {
		for range s {
			columns = append(columns, j)
		}
		for i := range c.rows {
			seen -= c.logs[c.cells[i][j]]
		}
	}
	hit := make([]bool, o.Draws)
	err := draws.Run(ctx, o.Draws, o.Seed, "random tables", func() func(int, *rand.Rand) {
		deck, count := make([]int, len(columns)), make([]int, len(c.columns))
		return func(i int, rng *rand.Rand) {
			copy(deck, columns)
			rng.Shuffle(len(deck), func(a, b int) { deck[a], deck[b] = deck[b], deck[a] })
			log, from := 0.0, 0
			for _, s := range c.rows {
				clear(count)
				for _, j := range deck[from : from+s] {
					count[j]++
				}
				for _, v := range count {
					log -= c.logs[v]
				}
				from += s
			}
			hit[i] = log <= seen+tie
		}
	})
	hits := 1
	for _, h := range hit {
		if h {
			hits++
		}
	}
	return math.Log(float64(hits) / float64(o.Draws+1)), err
}

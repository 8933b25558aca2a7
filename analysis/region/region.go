package region

import "github.com/sightline-osint/sightline/analysis/raster"

// Region is a connected group of pixels.
type Region struct {
	Area     int           // pixels
	Runs     []Run         // in order of rows, then columns
	Bounds   raster.Window // upright box
	Col, Row float64       // centre of mass
	Holes    int           // patches of other pixels that it encloses
	Border   bool          // it touches the edge of the image, so that part of it may lie outside
}

// Options say what counts as a region.
type Options struct {
	Four    bool // pixels must share a side; else a corner is enough
	MinArea int  // in pixels; smaller groups are dropped
	MaxArea int  // 0 means no limit
}

// Find returns the regions of a mask, ordered by their topmost, leftmost run. Runs and areas add up to the mask's; an
// empty mask has none.
func Find(m raster.Mask, o Options) []Region {
	runs, first := runsOf(m)
	reach := int32(1)
	if o.Four {
		reach = 0
	}
	g := newGroups(len(runs))
	for r := 1; r < m.Height && len(runs) > 0; r++ {
		i, j := first[r-1], first[r]
		for i < first[r] && j < first[r+1] {
			a, b := runs[i], runs[j]
			if a.Start < b.End+reach && b.Start < a.End+reach {
				g.join(i, j)
			}
			if a.End < b.End {
				i++
			} else {
				j++
			}
		}
	}
	return g.collect(runs, m, o)
}

// groups is a forest over runs, with the links and members of every tree.
type groups struct {
	parent []int32
	links  []int32
}

func newGroups(n int) *groups {
	g := &groups{parent: make([]int32, n), links: make([]int32, n)}
	for i := range g.parent {
		g.parent[i] = int32(i)
	}
	return g
}

func (g *groups) root(i int32) int32 {
	for g.parent[i] != i {
		g.parent[i] = g.parent[g.parent[i]]
		i = g.parent[i]
	}
	return i
}

// join links two runs; the smaller index stays the root, so that roots come first in order.
func (g *groups) join(i, j int32) {
	a, b := g.root(i), g.root(j)
	if a > b {
		a, b = b, a
	}
	g.links[a]++
	if a != b {
		g.parent[b] = a
		g.links[a] += g.links[b]
	}
}

func (g *groups) collect(runs []Run, m raster.Mask, o Options) []Region {
	label := make([]int32, len(runs))
	var sizes, area []int32
	var roots []int32
	for i, r := range runs {
		root := g.root(int32(i))
		if root == int32(i) {
			label[i] = int32(len(roots))
			roots, sizes, area = append(roots, root), append(sizes, 0), append(area, 0)
		}
		label[i] = label[root]
		sizes[label[i]]++
		area[label[i]] += r.End - r.Start
	}
	to := make([]int32, len(roots))
	out := []Region{}
	all := make([]Run, 0, len(runs))
	for k := range roots {
		to[k] = -1
		if int(area[k]) < o.MinArea || (o.MaxArea > 0 && int(area[k]) > o.MaxArea) {
			continue
		}
		to[k] = int32(len(out))
		// In the graph of runs that touch, every ring of links encloses a hole.
		n := len(all)
		all = all[:n+int(sizes[k])]
		out = append(out, Region{Area: int(area[k]), Runs: all[n : n : n+int(sizes[k])], Holes: int(g.links[roots[k]] - sizes[k] + 1)})
	}
	for i, r := range runs {
		if k := to[label[i]]; k >= 0 {
			out[k].Runs = append(out[k].Runs, r)
		}
	}
	for i := range out {
		out[i].describe(m)
	}
	return out
}

// describe fills what follows from the runs.
func (g *Region) describe(m raster.Mask) {
	left, right := g.Runs[0].Start, g.Runs[0].End
	var x, y float64
	for _, r := range g.Runs {
		left, right = min(left, r.Start), max(right, r.End)
		n := float64(r.End - r.Start)
		x += n * float64(r.Start+r.End) / 2
		y += n * (float64(r.Row) + 0.5)
	}
	top, bottom := g.Runs[0].Row, g.Runs[len(g.Runs)-1].Row+1
	g.Col, g.Row = x/float64(g.Area), y/float64(g.Area)
	g.Bounds = raster.Window{Col: int(left), Row: int(top), Width: int(right - left), Height: int(bottom - top)}
	g.Border = left == 0 || top == 0 || int(right) == m.Width || int(bottom) == m.Height
}

// Mask returns the regions as a mask of the given size; what lies outside of it is an error of the caller and is cut.
func Mask(width, height int, regions ...Region) raster.Mask {
	m := raster.NewMask(width, height)
	for _, g := range regions {
		for _, r := range g.Runs {
			if int(r.Row) < height && r.Row >= 0 {
				r.Start, r.End = max(r.Start, 0), min(r.End, int32(width))
				draw(m, []Run{r})
			}
		}
	}
	return m
}

// One returns all marked pixels of a mask that lies at a column and row of an image of the given size as one region,
// whether they hang together or not. Holes are not counted. An empty mask gives a region of no area.
func One(m raster.Mask, col, row, width, height int) Region {
	runs, _ := runsOf(m)
	g := Region{Runs: runs}
	for _, r := range runs {
		g.Area += int(r.End - r.Start)
	}
	if g.Area == 0 {
		return g
	}
	g.describe(m)
	g.shift(int32(col), int32(row))
	b := g.Bounds
	g.Border = b.Col <= 0 || b.Row <= 0 || b.Col+b.Width >= width || b.Row+b.Height >= height
	return g
}

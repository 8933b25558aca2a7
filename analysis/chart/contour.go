package chart

import "math"

// contour traces the lines on which the ratio has one value, by marching squares over the logarithm of the ratio (Lorensen
// & Cline 1987 in two dimensions). Each line is a list of (before, after). At a saddle the middle of the cell decides.
func (g *effortGrid) contour(level float64) [][][2]float64 {
	value := func(i, j int) float64 { return math.Log(g.cells[i][j].Ratio / level) }
	cross := func(i0, j0, i1, j1 int) [2]float64 {
		a, b := value(i0, j0), value(i1, j1)
		t := a / (a - b)
		return [2]float64{g.before[j0] + t*(g.before[j1]-g.before[j0]), g.after[i0] + t*(g.after[i1]-g.after[i0])}
	}
	var pieces [][2][2]float64
	for i := 0; i+1 < len(g.after); i++ {
		for j := 0; j+1 < len(g.before); j++ {
			corners := [4][2]int{{i, j}, {i, j + 1}, {i + 1, j + 1}, {i + 1, j}}
			var hits [][2]float64
			for k := range corners {
				a, b := corners[k], corners[(k+1)%4]
				if (value(a[0], a[1]) > 0) != (value(b[0], b[1]) > 0) {
					hits = append(hits, cross(a[0], a[1], b[0], b[1]))
				}
			}
			switch len(hits) {
			case 2:
				pieces = append(pieces, [2][2]float64{hits[0], hits[1]})
			case 4:
				middle := (value(i, j) + value(i, j+1) + value(i+1, j+1) + value(i+1, j)) / 4
				if (middle > 0) == (value(i, j) > 0) {
					pieces = append(pieces, [2][2]float64{hits[0], hits[1]}, [2][2]float64{hits[2], hits[3]})
				} else {
					pieces = append(pieces, [2][2]float64{hits[0], hits[3]}, [2][2]float64{hits[1], hits[2]})
				}
			}
		}
	}
	return join(pieces)
}

// join links pieces that share an end into lines, open lines first from one of their ends.
func join(pieces [][2][2]float64) [][][2]float64 {
	at := map[[2]float64][]int{}
	for i, p := range pieces {
		at[p[0]], at[p[1]] = append(at[p[0]], i), append(at[p[1]], i)
	}
	used := make([]bool, len(pieces))
	follow := func(start [2]float64, first int) [][2]float64 {
		line := [][2]float64{start}
		for i := first; i >= 0; {
			used[i] = true
			end := pieces[i][0]
			if end == line[len(line)-1] {
				end = pieces[i][1]
			}
			line = append(line, end)
			next := -1
			for _, k := range at[end] {
				if !used[k] {
					next = k
				}
			}
			i = next
		}
		return line
	}
	var out [][][2]float64
	for _, open := range []bool{true, false} {
		for i, p := range pieces {
			for _, end := range p {
				if !used[i] && (len(at[end]) == 1 || !open) {
					out = append(out, follow(end, i))
				}
			}
		}
	}
	return out
}

package region

import "math"

// Box is the rectangle of least area around a region, its sides along and across a direction.
type Box struct {
	Col, Row      float64 // centre
	Length, Width float64 // pixels; Length is the longer side
	Angle         float64 // of the long side in degrees from the row direction, clockwise as seen, 0 to 180
}

// Box returns the rectangle of least area around the region's pixels, corners and all. A straight rectangle has its own
// sides; a turned one comes out up to a pixel larger each way, since its pixels are steps. That of no pixels is empty.
//
// Source: H. Freeman, R. Shapira, Determining the minimum-area encasing rectangle for an arbitrary closed curve, Comm.
// ACM 18 (1975), doi:10.1145/360881.360919.
func (g Region) Box() Box {
	hull := g.Hull()
	if len(hull) == 0 {
		return Box{}
	}
	best := Box{Length: math.Inf(1), Width: math.Inf(1)}
	for i, p := range hull {
		q := hull[(i+1)%len(hull)]
		dx, dy := q[0]-p[0], q[1]-p[1]
		n := math.Hypot(dx, dy)
		b := around(hull, dx/n, dy/n)
		if b.Length*b.Width < best.Length*best.Width-1e-9 {
			best = b
		}
	}
	return best
}

// around returns the rectangle around points whose sides lie along and across a direction.
func around(points [][2]float64, ux, uy float64) Box {
	a0, a1, c0, c1 := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, p := range points {
		a, c := p[0]*ux+p[1]*uy, p[1]*ux-p[0]*uy
		a0, a1, c0, c1 = math.Min(a0, a), math.Max(a1, a), math.Min(c0, c), math.Max(c1, c)
	}
	a, c := (a0+a1)/2, (c0+c1)/2
	b := Box{Col: a*ux - c*uy, Row: a*uy + c*ux, Length: a1 - a0, Width: c1 - c0, Angle: math.Atan2(uy, ux) * 180 / math.Pi}
	if b.Width > b.Length {
		b.Length, b.Width, b.Angle = b.Width, b.Length, b.Angle+90
	}
	b.Angle = math.Mod(b.Angle+360, 180)
	return b
}

// Corners returns the four corners in order, as columns and rows.
func (b Box) Corners() [4][2]float64 {
	s, c := math.Sincos(b.Angle * math.Pi / 180)
	var out [4][2]float64
	for i, k := range [4][2]float64{{-1, -1}, {1, -1}, {1, 1}, {-1, 1}} {
		l, w := k[0]*b.Length/2, k[1]*b.Width/2
		out[i] = [2]float64{b.Col + l*c - w*s, b.Row + l*s + w*c}
	}
	return out
}

// Hull returns the corners of the region's convex hull, as columns and rows of pixel corners; none of no pixels, and of
// runs that are not in order.
//
// Source: A. M. Andrew, Another efficient algorithm for convex hulls in two dimensions, Information Processing Letters
// 9 (1979), doi:10.1016/0020-0190(79)90072-3.
func (g Region) Hull() [][2]float64 {
	if len(g.Runs) == 0 || !inOrder(g.Runs) {
		return nil
	}
	top := g.Runs[0].Row
	n := int(g.Runs[len(g.Runs)-1].Row-top) + 2
	left, right := make([]int32, n), make([]int32, n)
	for i := range left {
		left[i], right[i] = math.MaxInt32, -1
	}
	for _, r := range g.Runs {
		for i := r.Row - top; i < r.Row-top+2; i++ {
			left[i], right[i] = min(left[i], r.Start), max(right[i], r.End)
		}
	}
	pts := make([][2]float64, 0, 2*n) // by rows, then columns
	for i, l := range left {
		y := float64(int(top) + i)
		pts = append(pts, [2]float64{float64(l), y}, [2]float64{float64(right[i]), y})
	}
	half := func(next func(i int) [2]float64) [][2]float64 {
		h := make([][2]float64, 0, 16)
		for i := range pts {
			p := next(i)
			for len(h) >= 2 && cross(h[len(h)-2], h[len(h)-1], p) <= 0 {
				h = h[:len(h)-1]
			}
			h = append(h, p)
		}
		return h[:len(h)-1]
	}
	down := half(func(i int) [2]float64 { return pts[i] })
	up := half(func(i int) [2]float64 { return pts[len(pts)-1-i] })
	return append(down, up...)
}

// inOrder says whether runs hold pixels and none comes before another of an earlier row.
func inOrder(runs []Run) bool {
	row := runs[0].Row
	for _, r := range runs {
		if r.Row < row || r.Start >= r.End || r.Row < 0 {
			return false
		}
		row = r.Row
	}
	return true
}

func cross(a, b, c [2]float64) float64 { return (b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0]) }

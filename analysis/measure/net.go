package measure

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"math"
	"sync"
)

// layer is a convolution with 3 x 3 kernels (or 1 x 1), and a bias.
type layer struct {
	in, out, side int
	kernel        []float32 // by output, input, row, column
	bias          []float32
}

// net looks at an image.
type net []layer

// sizes of a net's layers, in the order of its file: in, out and the kernel's side.
type sizes [][3]int

// sizesOf returns the layers of a net of so many planes at 1/2, 1/4, 1/8 and 1/16 of the resolution: two rows at each; from
// there each row of 1 x 1 carries what was seen to the next finer level, where it is added to what was seen there, and 3 x 3
// follow. The first takes squares of 2 x 2 pixels; the last two give them, of pixels and of whole ships.
func sizesOf(a, b, c, d int) sizes {
	return sizes{{4 * netBands, a, 3}, {a, a, 3}, {a, b, 3}, {b, b, 3}, {b, c, 3}, {c, c, 3}, {c, d, 3}, {d, d, 3},
		{d, c, 1}, {c, c, 3}, {c, b, 1}, {b, b, 3}, {b, a, 1}, {a, a, 3}, {a, a, 3}, {a, a, 3}, {a, 4, 1}, {a, 4 * (said - 1), 1}}
}

// What the nets say of a pixel, by plane.
const (
	saidShip   = iota // log odds that it lies on a ship
	saidMiddle        // log odds that it is the middle of one
	saidLong          // log of the ship's length over 8 pixels,
	saidWide          // and of its width over 2.5, if it is that
	saidCos           // cosine and sine of twice the angle of its axis, from columns to rows
	saidSin
	said
)

// netBands is the number of bands that the net sees: blue, green, red, near infrared.
const netBands = 4

// The net works on whole squares of coarsest pixels; margin is how far in pixels what it says of one depends on others, rounded up to
// such squares.
const coarsest, margin = 16, 96

// weights of the nets, written by analysis/scene/harbourfit from simulated ports; SHIPS.md says how.
//
//go:embed slim.bin
var slimFile []byte

//go:embed wide.bin
var wideFile []byte

var slimSizes, wideSizes = sizesOf(32, 48, 64, 80), sizesOf(32, 48, 96, 128) // constant

// nets reads the weights once.
var nets = sync.OnceValues(func() (out [2]net, err error) {
	if out[0], err = slimSizes.read(slimFile); err != nil {
		return out, err
	}
	out[1], err = wideSizes.read(wideFile)
	return out, err
})

// read reads layers: by layer, a float32 scale for every output, a float32 bias for every output, and kernels of signed
// bytes by row, column, input and output, all little-endian.
func (s sizes) read(b []byte) (net, error) {
	var out net
	for i, z := range s {
		l := layer{in: z[0], out: z[1], side: z[2]}
		area := l.side * l.side
		if n := 8*l.out + area*l.in*l.out; len(b) < n {
			return nil, fmt.Errorf("measure: the net's layer %d is cut off", i)
		}
		number := func(k int) float32 { return math.Float32frombits(binary.LittleEndian.Uint32(b[4*k:])) }
		l.kernel, l.bias = make([]float32, area*l.in*l.out), make([]float32, l.out)
		for o := range l.out {
			l.bias[o] = number(l.out + o)
			for c := range l.in {
				for k := range area {
					l.kernel[(o*l.in+c)*area+k] = number(o) * float32(int8(b[8*l.out+(k*l.in+c)*l.out+o]))
				}
			}
		}
		out, b = append(out, l), b[8*l.out+area*l.in*l.out:]
	}
	if len(b) > 0 {
		return nil, fmt.Errorf("measure: %d bytes after the net's last layer", len(b))
	}
	return out, nil
}

// stack is planes of one size, one after the other.
type stack struct {
	n, w, h int
	v       []float32
}

func newStack(n, w, h int) stack { return stack{n, w, h, make([]float32, n*w*h)} }

func (s stack) plane(k int) []float32 { return s.v[k*s.w*s.h : (k+1)*s.w*s.h] }

// see returns what is said of every pixel, for a stack whose sides are multiples of coarsest.
func (net net) see(x stack) stack {
	a := net[1].apply(net[0].apply(x.packed(), true), true)
	b := net[3].apply(net[2].apply(a.half(), true), true)
	c := net[5].apply(net[4].apply(b.half(), true), true)
	d := net[7].apply(net[6].apply(c.half(), true), true)
	c = net[9].apply(net[8].apply(d, false).twice().plus(c), true)
	b = net[11].apply(net[10].apply(c, false).twice().plus(b), true)
	a = net[14].apply(net[13].apply(net[12].apply(b, false).twice().plus(a), true), true)
	ship, whole := net[16].apply(a, false).unpacked(), net[17].apply(net[15].apply(a, true), false).unpacked()
	return stack{said, ship.w, ship.h, append(ship.v, whole.v...)}
}

// packed returns planes of half the size: all planes of the upper left pixels of every 2 x 2, then of the upper right, the lower
// left and the lower right ones.
func (s stack) packed() stack {
	out := newStack(4*s.n, s.w/2, s.h/2)
	for k := range out.n {
		from, to := s.plane(k%s.n), out.plane(k)
		at := k / s.n / 2 * s.w
		for r := range out.h {
			line := from[2*r*s.w+at : 2*r*s.w+at+s.w]
			for c := range out.w {
				to[r*out.w+c] = line[2*c+k/s.n%2]
			}
		}
	}
	return out
}

// unpacked undoes packed.
func (s stack) unpacked() stack {
	out := newStack(s.n/4, 2*s.w, 2*s.h)
	for k := range s.n {
		from, to := s.plane(k), out.plane(k%out.n)
		at := k / out.n / 2 * out.w
		for r := range s.h {
			line := to[2*r*out.w+at : 2*r*out.w+at+out.w]
			for c := range s.w {
				line[2*c+k/out.n%2] = from[r*s.w+c]
			}
		}
	}
	return out
}

// half returns the greatest of every 2 x 2.
func (s stack) half() stack {
	out := newStack(s.n, s.w/2, s.h/2)
	for r := range s.n * out.h { // planes lie one after the other, of an even number of rows
		up, down, to := s.v[2*r*s.w:(2*r+1)*s.w], s.v[(2*r+1)*s.w:(2*r+2)*s.w], out.v[r*out.w:(r+1)*out.w]
		for c := range to {
			to[c] = max(up[2*c], up[2*c+1], down[2*c], down[2*c+1])
		}
	}
	return out
}

// twice returns the stack at twice its size.
func (s stack) twice() stack {
	out := newStack(s.n, 2*s.w, 2*s.h)
	for r := range s.n * out.h {
		from, to := s.v[r/2*s.w:(r/2+1)*s.w], out.v[r*out.w:(r+1)*out.w]
		for c := range to {
			to[c] = from[c/2]
		}
	}
	return out
}

// plus returns the stack with another of its size added to it.
func (s stack) plus(o stack) stack {
	for i, v := range o.v {
		s.v[i] += v
	}
	return s
}

// The parts of a turn.
const (
	mirrorRows = 1 << iota
	mirrorColumns
	transpose
)

// turned returns a stack mirrored and then transposed.
func (s stack) turned(how int) stack {
	if how == 0 {
		return s
	}
	out := newStack(s.n, s.w, s.h)
	if how&transpose != 0 {
		out.w, out.h = s.h, s.w
	}
	for k := range s.n {
		from, to := s.plane(k), out.plane(k)
		for r := range out.h {
			for c := range out.w {
				y, x := r, c
				if how&transpose != 0 {
					y, x = c, r
				}
				if how&mirrorRows != 0 {
					y = s.h - 1 - y
				}
				if how&mirrorColumns != 0 {
					x = s.w - 1 - x
				}
				to[r*out.w+c] = from[y*s.w+x]
			}
		}
	}
	return out
}

// apply returns the convolution of a stack, zeros around it; below zero is zero where bent is set. Products are rounded before
// they are added, so that the result is the same on every processor.
func (l layer) apply(x stack, bent bool) stack {
	out := newStack(l.out, x.w, x.h)
	row := make([]float32, 2*x.w)
	for o := 0; o < l.out; o += 2 {
		for r := range x.h {
			one, two := row[:x.w], row[x.w:]
			for c := range one {
				one[c], two[c] = l.bias[o], l.bias[o+1]
			}
			for i := range l.in {
				if l.side == 1 {
					flat(one, two, x.plane(i)[r*x.w:(r+1)*x.w], l.kernel[o*l.in+i], l.kernel[(o+1)*l.in+i])
					continue
				}
				for k := max(0, 1-r); k < min(3, x.h+1-r); k++ {
					at := (o*l.in+i)*9 + 3*k
					p, q := l.kernel[at:at+3], l.kernel[at+9*l.in:][:3]
					along(one, two, x.plane(i)[(r+k-1)*x.w:(r+k)*x.w], [6]float32{p[0], p[1], p[2], q[0], q[1], q[2]})
				}
			}
			for k, from := range [2][]float32{one, two} {
				to := out.plane(o + k)[r*x.w : (r+1)*x.w]
				for c, v := range from {
					if bent && v < 0 {
						v = 0
					}
					to[c] = v
				}
			}
		}
	}
	return out
}

// flat adds a row times two weights to two rows.
func flat(one, two, x []float32, p, q float32) {
	for c, v := range x {
		one[c] += float32(p * v)
		two[c] += float32(q * v)
	}
}

// alongScalar is along for some columns.
func alongScalar(one, two, x []float32, from, to int, w [6]float32) {
	var a, b float32
	if from > 0 {
		a = x[from-1]
	}
	b = x[from]
	one, two = one[:len(x)], two[:len(x)]
	for c := from; c < to; c++ {
		var v float32
		if c+1 < len(x) {
			v = x[c+1]
		}
		one[c] += float32(w[0]*a) + float32(w[1]*b) + float32(w[2]*v)
		two[c] += float32(w[3]*a) + float32(w[4]*b) + float32(w[5]*v)
		a, b = b, v
	}
}

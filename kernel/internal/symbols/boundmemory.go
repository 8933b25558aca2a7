package symbols

import (
	"bufio"
	"bytes"
	"image"
	"io"
	"math/big"
	"math/bits"
	"math/rand"
	randv2 "math/rand/v2"
	"reflect"
	"strings"

	"gonum.org/v1/gonum/mat"

	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
)

// room asks whether the run may have n pieces of size bytes in one allocation of compiled code; it does not return if not.
// Numbers below one are left to the function that is called.
func room(r registry.Run, n, size int) {
	a, ok := r.(interface{ Allocate(bytes int64) })
	if !ok || n <= 0 || size <= 0 {
		return
	}
	if hi, lo := bits.Mul64(uint64(n), uint64(size)); hi == 0 && lo < 1<<63 {
		a.Allocate(int64(lo))
	} // else the function itself says that it is too much
}

// boundMemory guards the compiled functions that allocate, in one piece, as much as an argument says: the Go runtime ends the
// process if the system refuses, or it is killed when it fills the pages.
func boundMemory(path string) binding {
	switch path {
	case "strings":
		return binding{
			"Repeat": func(r registry.Run) any {
				return func(s string, n int) string { room(r, n, len(s)); return strings.Repeat(s, n) }
			},
			"Builder.Grow": func(r registry.Run) any {
				return func(b *strings.Builder, n int) { room(r, n, 1); b.Grow(n) }
			},
		}
	case "bytes":
		return binding{
			"Repeat": func(r registry.Run) any {
				return func(b []byte, n int) []byte { room(r, n, len(b)); return bytes.Repeat(b, n) }
			},
			"Buffer.Grow": func(r registry.Run) any {
				return func(b *bytes.Buffer, n int) { room(r, n, 1); b.Grow(n) }
			},
		}
	case "bufio":
		return binding{
			"NewWriterSize": func(r registry.Run) any {
				return func(w io.Writer, n int) *bufio.Writer { room(r, n, 1); return bufio.NewWriterSize(w, n) }
			},
		}
	case "reflect":
		return binding{
			"MakeSlice": func(r registry.Run) any {
				return func(t reflect.Type, n, c int) reflect.Value {
					if t.Kind() == reflect.Slice {
						room(r, max(n, c), int(t.Elem().Size()))
					}
					return reflect.MakeSlice(t, n, c)
				}
			},
			"MakeChan": func(r registry.Run) any {
				return func(t reflect.Type, n int) reflect.Value {
					if t.Kind() == reflect.Chan {
						room(r, n, int(t.Elem().Size()))
					}
					return reflect.MakeChan(t, n)
				}
			},
			"New": func(r registry.Run) any {
				return func(t reflect.Type) reflect.Value {
					if t != nil {
						room(r, 1, int(t.Size()))
					}
					return reflect.New(t)
				}
			},
			"Zero": func(r registry.Run) any {
				return func(t reflect.Type) reflect.Value {
					if t != nil {
						room(r, 1, int(t.Size()))
					}
					return reflect.Zero(t)
				}
			},
			"Value.Grow": func(r registry.Run) any {
				return func(v reflect.Value, n int) {
					if v.Kind() == reflect.Slice {
						room(r, n, int(v.Type().Elem().Size()))
					}
					v.Grow(n)
				}
			},
		}
	case "math/rand":
		return binding{"Perm": func(r registry.Run) any {
			return func(n int) []int { room(r, n, 8); return rand.Perm(n) } //nolint:gosec // what the cell asked for
		}}
	case "math/rand/v2":
		return binding{"Perm": func(r registry.Run) any {
			return func(n int) []int { room(r, n, 8); return randv2.Perm(n) }
		}}
	case "math/big":
		return boundBig()
	case "image":
		return boundImage()
	case "gonum.org/v1/gonum/mat":
		return boundMat()
	}
	return nil
}

func boundBig() binding {
	return binding{
		"Int.Lsh": func(r registry.Run) any {
			return func(z, x *big.Int, n uint) *big.Int {
				if x.Sign() != 0 {
					room(r, int(min(n/8, 1<<62)), 1)
				}
				return z.Lsh(x, n)
			}
		},
		"Int.Exp": func(r registry.Run) any {
			return func(z, x, y, m *big.Int) *big.Int {
				if (m == nil || m.Sign() == 0) && y.Sign() > 0 && x.BitLen() > 1 {
					n := 1 << 50
					if y.IsInt64() {
						n = int(min(y.Int64(), 1<<50))
					}
					room(r, n, (x.BitLen()+7)/8)
				}
				return z.Exp(x, y, m)
			}
		},
	}
}

func boundImage() binding {
	area := func(r registry.Run, rect image.Rectangle, size int) {
		if w, h := rect.Dx(), rect.Dy(); w > 0 && h > 0 && w < 1<<31 && h < 1<<31 {
			room(r, w*h, size)
		}
	}
	out := binding{}
	out["NewRGBA"] = sized(area, image.NewRGBA, 4)
	out["NewNRGBA"] = sized(area, image.NewNRGBA, 4)
	out["NewCMYK"] = sized(area, image.NewCMYK, 4)
	out["NewRGBA64"] = sized(area, image.NewRGBA64, 8)
	out["NewNRGBA64"] = sized(area, image.NewNRGBA64, 8)
	out["NewGray"] = sized(area, image.NewGray, 1)
	out["NewAlpha"] = sized(area, image.NewAlpha, 1)
	out["NewGray16"] = sized(area, image.NewGray16, 2)
	out["NewAlpha16"] = sized(area, image.NewAlpha16, 2)
	return out
}

func sized[T any](area func(registry.Run, image.Rectangle, int), make func(image.Rectangle) T, size int) func(registry.Run) any {
	return func(r registry.Run) any {
		return func(rect image.Rectangle) T { area(r, rect, size); return make(rect) }
	}
}

func boundMat() binding {
	square := func(r registry.Run, rows, columns int, data []float64) {
		if data == nil && rows > 0 && columns > 0 && rows < 1<<31 && columns < 1<<31 {
			room(r, rows*columns, 8)
		}
	}
	return binding{
		"NewDense": func(r registry.Run) any {
			return func(rows, columns int, data []float64) *mat.Dense {
				square(r, rows, columns, data)
				return mat.NewDense(rows, columns, data)
			}
		},
		"NewVecDense": func(r registry.Run) any {
			return func(n int, data []float64) *mat.VecDense { square(r, n, 1, data); return mat.NewVecDense(n, data) }
		},
		"NewSymDense": func(r registry.Run) any {
			return func(n int, data []float64) *mat.SymDense { square(r, n, n, data); return mat.NewSymDense(n, data) }
		},
	}
}

package measure

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// noisySea is an image of noise with water everywhere: what the net says of it is of no interest, that it says it everywhere
// alike is.
func noisySea(w, h int) (*sea, *raster.Image, raster.Plane, error) {
	r := rand.New(rand.NewPCG(1, 2))
	band := func() []float32 {
		v := make([]float32, w*h)
		for i := range v {
			v[i] = float32(r.NormFloat64())
			if i/w/40%3 == 0 && i%w/30%2 == 0 {
				v[i] += 20
			}
		}
		return v
	}
	m, err := raster.New(w, h, band(), band(), band(), band())
	if err != nil {
		return nil, nil, raster.Plane{}, err
	}
	m.Rename("blue", "green", "red", "nir")
	p, err := m.Plane(m.All(), 3)
	s := &sea{water: raster.NewMask(w, h)}
	for i, v := range p.Pix {
		if v < 8 {
			s.water.Bits[i] = 1
		}
	}
	return s, m, p, err
}

func TestWhatTheNetSaysDoesNotDependOnTheSquares(t *testing.T) {
	s, m, p, err := noisySea(400, 32)
	if err != nil {
		t.Fatal(err)
	}
	for _, coast := range []int{400, 150} { // columns of the image that have water: all, and those of the first square
		for i := range s.water.Bits {
			if i%400 >= coast {
				s.water.Bits[i] = 0
			}
		}
		whole, err := s.sightIn(context.Background(), m, p, 3, 512)
		if err != nil {
			t.Fatal(err)
		}
		for _, side := range []int{160} {
			parts, err := s.sightIn(context.Background(), m, p, 3, side)
			if err != nil {
				t.Fatal(err)
			}
			for i, v := range whole.ship {
				if i%400 < coast+ashore && (parts.ship[i] != v || parts.middle[i] != whole.middle[i]) {
					t.Fatalf("water up to %d, squares of %d: pixel %d, %d: %v, in one %v", coast, side, i%400, i/400, parts.ship[i], v)
				}
			}
			if !slices.Equal(parts.hulls, whole.hulls) || len(whole.hulls) == 0 {
				t.Fatalf("water up to %d, squares of %d: %d hulls, in one %d", coast, side, len(parts.hulls), len(whole.hulls))
			}
		}
	}
}

func TestVectorsGiveTheBitsOfPlainCode(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	row := func(n int) []float32 {
		v := make([]float32, n)
		for i := range v {
			v[i] = float32(r.NormFloat64())
		}
		return v
	}
	for n := 1; n < 70; n++ {
		x, one, two, w := row(n), row(n), row(n), [6]float32(row(6))
		first, second := slices.Clone(one), slices.Clone(two)
		along(one, two, x, w)
		alongScalar(first, second, x, 0, n, w)
		if !slices.Equal(one, first) || !slices.Equal(two, second) {
			t.Fatalf("%d columns: %v and %v, plain %v and %v", n, one, two, first, second)
		}
	}
}

func TestANetThatIsCutOffIsAnError(t *testing.T) {
	for file, layers := range map[string]sizes{string(slimFile): slimSizes, string(wideFile): wideSizes} {
		for _, n := range []int{0, 7, 500, len(file) - 1} {
			if _, err := layers.read([]byte(file[:n])); err == nil {
				t.Errorf("%d bytes were read", n)
			}
		}
		if _, err := layers.read([]byte(file + "\x00")); err == nil {
			t.Error("a byte more was read")
		}
	}
}

func BenchmarkNet(b *testing.B) {
	s, m, p, err := noisySea(256, 256)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := s.sightOf(context.Background(), m, p, 3); err != nil {
			b.Fatal(err)
		}
	}
}

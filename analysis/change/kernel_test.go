package change

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestVectorAndScalarKernelsGiveTheSameBits(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{1, 7, 31, 32, 33, 100, 4095, 4096, 9000} {
		for _, bands := range []int{1, 2, 4, 9} {
			before, after := make([][]uint16, bands), make([][]uint16, bands)
			for k := range before {
				a, b := make([]uint16, n+3), make([]uint16, n+3)
				for i := range a {
					a[i], b[i] = uint16(r.Uint32()), uint16(r.Uint32())
					if i%5 == k%5 {
						a[i] = uint16(i % 2 * 65535)
						b[i] = 65535 - a[i]
					}
					if i%7 == 0 {
						b[i] = a[i] + uint16(r.IntN(3))
					}
				}
				before[k], after[k] = a, b
			}
			for _, missing := range []int{-1, 0, 40000, 65535} {
				fast, slow, here := make([]float32, n), make([]float32, n), make([]float32, n+1)[1:]
				magnitudePiece(fast, before, after, 3, missing, true)
				magnitudePiece(here, before, after, 3, missing, false)
				magnitudeScalar(slow, before, after, 3, missing)
				for i := range fast {
					if f, s, h := math.Float32bits(fast[i]), math.Float32bits(slow[i]), math.Float32bits(here[i]); f != s || h != s {
						t.Fatalf("%d of %d, %d bands, missing %d: %v and %v and %v", i, n, bands, missing, fast[i], slow[i], here[i])
					}
				}
			}
		}
	}
	for _, n := range []int{1, 7, 8, 15, 16, 17, 100, 4095, 4096, 9000} {
		{
			here := make([]float32, n)
			for i := range here {
				here[i] = r.Float32() * 1e5
				if i%9 == 0 {
					here[i] = math.Float32frombits(0xffffffff)
				}
			}
			most, twin := make([]float32, n), make([]float32, n)
			for i := range most {
				most[i] = r.Float32() * 1e5
			}
			copy(twin, most)
			largest(most, here)
			largestScalar(twin, here)
			for i, v := range most {
				if v != twin[i] || here[i] == here[i] && v < here[i] {
					t.Fatalf("%d of %d: %v is the larger of %v, the twin says %v", i, n, v, here[i], twin[i])
				}
			}
		}
	}
}

func TestVectorAndScalarSimilarityGiveTheSameBits(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 2))
	row := func(n int) []float32 {
		v := make([]float32, n)
		for i := range v {
			v[i] = r.Float32() * 3000
		}
		return v
	}
	for _, n := range []int{3, 7, 8, 50, 101} {
		var fast, slow [4][]float64
		for k := range fast {
			fast[k], slow[k] = make([]float64, n), make([]float64, n)
		}
		nothing := make([]float32, n)
		for range 7 {
			a, b := row(n), row(n)
			moveSums(&fast, a, b, nothing, nothing)
			moveSumsScalar(&slow, a, b, nothing, nothing, 0)
		}
		a, b, c, d := row(n), row(n), row(n), row(n)
		moveSums(&fast, a, b, c, d)
		moveSumsScalar(&slow, a, b, c, d, 0)
		for k := range fast {
			for i, v := range fast[k] {
				if v != slow[k][i] {
					t.Fatalf("sum %d of column %d of %d: %v, not %v", k, i, n, v, slow[k][i])
				}
			}
		}
		for _, side := range []int{3, 7, 11} {
			if n < side {
				continue
			}
			k := [6]float64{1 / float64(side*side), float64(side * side), 1 / float64(side*side-1), 100, 900, 2}
			one, two := make([]float32, n-side+1), make([]float32, n-side+1)
			similar(one, &fast, side, &k)
			similarScalar(two, &slow, side, &k, 0)
			for i, v := range one {
				if v != two[i] {
					t.Fatalf("window %d of %d, side %d: %v, not %v", i, n, side, v, two[i])
				}
			}
		}
	}
}

func TestMagnitudeOfSlices(t *testing.T) {
	n := 100001
	r := rand.New(rand.NewPCG(3, 2))
	var before, after [][]uint16
	for range 3 {
		a, b := make([]uint16, n), make([]uint16, n)
		for i := range a {
			a[i] = uint16(1000 + r.IntN(50))
			b[i] = a[i] + uint16(r.IntN(30))
			if i > n*9/10 {
				b[i] += 900
			}
		}
		a[7] = 0
		before, after = append(before, a), append(after, b)
	}
	dst := make([]float32, n)
	cut, err := MagnitudeOtsuUint16(dst, before, after, 0)
	if err != nil || cut < 50 || cut > 1500 {
		t.Errorf("threshold %v %v", cut, err)
	}
	if dst[7] == dst[7] {
		t.Error("a missing pixel has a score")
	}
	for _, i := range []int{0, 1, 99, n - 1} {
		var s float64
		for k := range before {
			d := float64(after[k][i]) - float64(before[k][i])
			s += d * d
		}
		if math.Abs(float64(dst[i])-math.Sqrt(s)) > 1e-3 {
			t.Errorf("%d: %v, not %v", i, dst[i], math.Sqrt(s))
		}
	}
	if MagnitudeUint16(dst, before, after[:1], -1) == nil || MagnitudeUint16(dst[1:], before, after, -1) == nil || MagnitudeUint16(dst, nil, nil, -1) == nil {
		t.Error("bands that do not fit were taken")
	}
}

// A tile of Sentinel-2: 10980 x 10980 pixels with four bands.
const sentinelPixels = 10980 * 10980

func sentinel() (before, after [][]uint16, dst []float32) {
	for k := range 4 {
		a, b := make([]uint16, sentinelPixels), make([]uint16, sentinelPixels)
		h := uint32(k + 1)
		for i := range a {
			h = h*1664525 + 1013904223
			a[i] = uint16(300 + h>>22)
			b[i] = a[i] + uint16(h>>27)
			if i>>20&15 == 3 {
				b[i] += 1500
			}
		}
		before, after = append(before, a), append(after, b)
	}
	return before, after, make([]float32, sentinelPixels)
}

func BenchmarkCVA(b *testing.B) {
	before, after, dst := sentinel()
	b.SetBytes(sentinelPixels * 20)
	for b.Loop() {
		if err := MagnitudeUint16(dst, before, after, -1); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCVAOtsu(b *testing.B) {
	before, after, dst := sentinel()
	for b.Loop() {
		if _, err := MagnitudeOtsuUint16(dst, before, after, -1); err != nil {
			b.Fatal(err)
		}
	}
}

// The memory floor: as many bytes as CVA reads and writes, copied on both processors.
func BenchmarkMemoryFloor(b *testing.B) {
	src, dst := make([]byte, sentinelPixels*10), make([]byte, sentinelPixels*10)
	b.SetBytes(sentinelPixels * 20)
	done := make(chan struct{})
	for b.Loop() {
		go func() { copy(dst[:len(dst)/2], src[:len(src)/2]); done <- struct{}{} }()
		copy(dst[len(dst)/2:], src[len(src)/2:])
		<-done
	}
}

package regression

import (
	"errors"
	"math"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
)

func TestVectorAndScalarKernelsGiveTheSameBits(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 4, 8, 60, 128} {
		for _, stride := range []int{n, n + 4, n + 7} {
			a, w, b := make([]float64, n), make([]float64, n), make([]float64, 3*stride+n)
			for _, v := range [][]float64{a, w, b} {
				for i := range v {
					v[i] = rng.NormFloat64() * math.Exp(20*rng.Float64())
				}
			}
			fast := [4]float64{1, -2, 3e5, 0}
			slow := fast
			weighted4(&fast, a, w, b, stride)
			weighted4Scalar(&slow, a, w, b, stride)
			for c := range fast {
				if math.Float64bits(fast[c]) != math.Float64bits(slow[c]) {
					t.Errorf("%d rows, stride %d, column %d: %v with vectors, %v without", n, stride, c, fast[c], slow[c])
				}
			}
		}
	}
}

// counts draws a model of n rows and k columns, one of them near a sum of two others where near is not 0.
func counts(n, k int, near float64) (string, Columns) {
	rng := rand.New(rand.NewPCG(uint64(n), uint64(k)))
	data, names := Columns{}, []string{}
	mean := make([]float64, n)
	for j := range k {
		x := make([]float64, n)
		for i := range x {
			x[i] = rng.NormFloat64()
			if j == k-1 && near != 0 {
				x[i] = data["x0"].([]float64)[i] + data["x1"].([]float64)[i] + near*x[i]
			}
			mean[i] += x[i] / float64(4*k)
		}
		names = append(names, "x"+string(rune('0'+j)))
		data[names[j]] = x
	}
	y := make([]int, n)
	for i := range y {
		limit, p := math.Exp(-math.Exp(mean[i]+0.4)), 1.0
		for p *= rng.Float64(); p > limit; p *= rng.Float64() {
			y[i]++
		}
	}
	data["y"] = y
	return "y ~ " + strings.Join(names, " + "), data
}

// The two ways to a basis lead to the same fit.
func TestBothWaysToABasisGiveTheSameFit(t *testing.T) {
	for _, near := range []float64{0, 0.5, 1e-3} {
		for _, n := range []int{9, 127, 128, 130, 1500} {
			formula, data := counts(n, 5, near)
			m, err := build(formula, data)
			if err != nil {
				t.Fatal(err)
			}
			slow, err := gramSchmidt(m)
			if err != nil {
				t.Fatal(err)
			}
			fast, ok := overProducts(m)
			if !ok {
				t.Fatalf("near %v: refused", near)
			}
			var beta [2][]float64
			for i, b := range []*basis{slow, fast} {
				c := &core{m: m, b: b, theta: math.Inf(1)}
				if err := c.fit("test"); err != nil {
					t.Fatal(err)
				}
				beta[i] = b.back(c.gamma)
			}
			for j := range beta[0] {
				if tolerance := 1e-12 / max(near*near, 1e-3); math.Abs(beta[0][j]-beta[1][j]) > tolerance*(1+math.Abs(beta[0][j])) {
					t.Errorf("%d rows, near %v: coefficient %d is %.15g by Gram-Schmidt, %.15g over products", n, near, j, beta[0][j], beta[1][j])
				}
			}
		}
	}
}

// A column that is nearly contained in others takes the slow way, one that is contained is named.
func TestNearlyContainedColumns(t *testing.T) {
	formula, data := counts(200, 4, 1e-6)
	m, err := build(formula, data)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := overProducts(m); ok {
		t.Error("columns with an angle of a millionth are factored over their products")
	}
	if _, err := Poisson(formula, data); err != nil {
		t.Error(err)
	}
	x := data["x3"].([]float64)
	for i := range x {
		x[i] = data["x0"].([]float64)[i] - 2*data["x2"].([]float64)[i] + 7
	}
	var bad *InputError
	if _, err := Poisson(formula, data); !errors.As(err, &bad) || !strings.Contains(err.Error(), "x3") {
		t.Errorf("a contained column: %v", err)
	}
}

// The number of cores changes no bit of a fit that is large enough to use them all.
func TestCoresChangeNoBit(t *testing.T) {
	formula, data := counts(40_000, 9, 0)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var fits []*Fit
	for _, cores := range []int{1, 2, 3, 8} {
		runtime.GOMAXPROCS(cores)
		f, err := Poisson(formula, data)
		if err != nil {
			t.Fatal(err)
		}
		fits = append(fits, f)
	}
	for _, f := range fits[1:] {
		for j, c := range f.Coefficients {
			if c != fits[0].Coefficients[j] {
				t.Errorf("%v and %v", c, fits[0].Coefficients[j])
			}
		}
		if f.Deviance != fits[0].Deviance || f.LogLik != fits[0].LogLik {
			t.Error("the deviance or the likelihood differs")
		}
	}
}

package tail

import (
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
)

func near(got, want, rel float64) bool {
	if got == want {
		return true
	}
	return math.Abs(got-want) <= rel*math.Abs(want)
}

func TestBothTailsAgreeWithSixtyDigits(t *testing.T) {
	text, err := os.ReadFile("testdata/tails.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, ",")
		v := make([]float64, 5)
		for i := range v {
			v[i], err = strconv.ParseFloat(f[i+1], 64)
			if err != nil {
				t.Fatal(err)
			}
		}
		var lo, up float64
		switch f[0] {
		case "poisson":
			lo, up = LogPoissonTails(int(v[0]), v[1])
		case "binomial":
			lo, up = LogBinomialTails(int(v[0]), int(v[1]), v[2], 1-v[2])
		case "normal":
			lo, up = logNormalLower(v[0]), LogNormalUpper(v[0])
		case "student":
			lo, up = LogStudent(v[0], v[1])
		}
		// The tails themselves, not their logarithms, must agree to 1e-11.
		if math.Abs(lo-v[3]) > 1e-11*math.Max(1, math.Abs(v[3])/100) || math.Abs(up-v[4]) > 1e-11*math.Max(1, math.Abs(v[4])/100) {
			t.Errorf("%s: got %.17g %.17g", line, lo, up)
		}
	}
}

func TestQuantilesInvertTheirTails(t *testing.T) {
	for _, level := range []float64{0.5, 0.8, 0.95, 0.9999, 1 - 1e-12} {
		logp := math.Log((1 - level) / 2)
		for _, a := range []float64{1, 2, 7, 36, 500, 1e4, 1e6} {
			x := GammaLower(a, logp)
			if g, _ := LogGammaTails(a, x); math.Abs(g-logp) > 1e-11 {
				t.Errorf("GammaLower(%v, %v) = %v misses by %v", a, logp, x, g-logp)
			}
			x = GammaUpper(a, logp)
			if _, g := LogGammaTails(a, x); math.Abs(g-logp) > 1e-11*math.Sqrt(a) {
				t.Errorf("GammaUpper(%v, %v) = %v misses by %v", a, logp, x, g-logp)
			}
			for _, b := range []float64{1, 3, 80, 1e5} {
				o := BetaOdds(a, b, logp)
				if g, _ := LogBetaTails(a, b, o/(1+o), 1/(1+o)); math.Abs(g-logp) > 1e-9 {
					t.Errorf("BetaOdds(%v, %v, %v) = %v misses by %v", a, b, logp, o, g-logp)
				}
			}
		}
		z := NormalQuantile(logp)
		if g := logNormalLower(z); math.Abs(g-logp) > 1e-13*math.Abs(logp) {
			t.Errorf("NormalQuantile(%v) = %v", logp, z)
		}
		tq := StudentQuantile(logp, 7)
		if g, _ := LogStudent(tq, 7); math.Abs(g-logp) > 1e-11 {
			t.Errorf("StudentQuantile(%v) = %v", logp, tq)
		}
	}
}

func TestKnownQuantiles(t *testing.T) {
	cases := []struct {
		name      string
		got, want float64
	}{
		// R 4.2.2: qgamma(0.975, 1), qgamma(0.025, 7), qgamma(0.975, 8), qnorm(0.975)
		{"no events", GammaUpper(1, math.Log(0.025)), 3.688879454113936},
		{"7 low", GammaLower(7, math.Log(0.025)), 2.8143630515198513},
		{"7 high", GammaUpper(8, math.Log(0.025)), 14.422675361702377},
		{"z", NormalQuantile(math.Log(0.975)), 1.959963984540054},
	}
	for _, c := range cases {
		if !near(c.got, c.want, 1e-9) {
			t.Errorf("%s: got %.16g, want %.16g", c.name, c.got, c.want)
		}
	}
}

func BenchmarkClopperPearsonOdds(b *testing.B) {
	for b.Loop() {
		BetaOdds(41, 24, math.Log(0.025))
	}
}

func BenchmarkBinomialTails(b *testing.B) {
	for b.Loop() {
		LogBinomialTails(41, 64, 62.0/120, 58.0/120)
	}
}

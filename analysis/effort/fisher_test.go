package effort_test

import (
	"math"
	"testing"

	"github.com/sightline-osint/sightline/analysis/effort"
	"github.com/sightline-osint/sightline/analysis/inference"
)

// The limits are the roots of the conditional law. roots are those of uniroot with tol = 1e-14 on the logarithm of the
// odds ratio over dhyper(log = TRUE) in R 4.2.2; fisher is what fisher.test(conf.level) prints, which stops at the
// tolerance of its own uniroot (1.2e-4, on the odds ratio or its inverse).
func TestFishersLimitsAreTheRoots(t *testing.T) {
	for _, c := range []struct {
		x1, n1, x2, n2 int
		side           inference.Side
		level          float64
		fisher1        float64
		fisher2        float64
		root1, root2   float64
	}{
		{16, 20, 14, 20, inference.Greater, 0.999, 0.138741123721227, math.Inf(1), 0.138757050743774, math.Inf(1)},
		{155, 200, 1, 20, inference.TwoSided, 0.95, 9.68248871998656, 2694.51831836373, 9.6846613078432, 2735.86649367005},
		{2, 3, 45, 5000, inference.TwoSided, 0.999, 1.4001476149905, 4.5035996273705e+15, 1.40014230575266, 660577.305556576},
		{16, 200, 4967, 5000, inference.TwoSided, 0.999, 0.0001220703125, 0.00160331246047629, 0.000181558800006015, 0.00158827503968584},
		{6, 20, 4, 20, inference.Less, 0.8, 0, 4.07862413963474, 0, 4.0786197219979},
		{16, 20, 14, 20, inference.Greater, 0.999, 0.138741123721227, math.Inf(1), 0.138757050743774, math.Inf(1)},
		{9, 20, 2, 3, inference.Less, 0.999, 0, 53.2237492352787, 0, 53.2480276850252},
	} {
		r, err := effort.CompareOccupancy(effort.Share{Present: c.x1, Looks: c.n1}, effort.Share{Present: c.x2, Looks: c.n2}, c.side, c.level)
		if err != nil {
			t.Fatal(err)
		}
		for i, got := range []float64{r.Interval.Low, r.Interval.High} {
			root, fisher := []float64{c.root1, c.root2}[i], []float64{c.fisher1, c.fisher2}[i]
			if got != root && !(math.Abs(got-root) <= 1e-10*root) {
				t.Errorf("%d/%d v %d/%d: limit %.15g, root %.15g", c.x1, c.n1, c.x2, c.n2, got, root)
			}
			if far := math.Abs(fisher-root) / root; c.x1 != 2 && c.x1 != 16 && far > 0.02 {
				t.Errorf("%d/%d v %d/%d: R's own limit %v is off by %.2g of %v: are these the same law?", c.x1, c.n1, c.x2, c.n2, fisher, far, root)
			}
		}
	}
}

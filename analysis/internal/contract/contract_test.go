package contract_test

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"math"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sightline-osint/sightline/analysis/censored"
	"github.com/sightline-osint/sightline/analysis/changepoint"
	"github.com/sightline-osint/sightline/analysis/corroborate"
	"github.com/sightline-osint/sightline/analysis/effort"
	"github.com/sightline-osint/sightline/analysis/inference"
	"github.com/sightline-osint/sightline/analysis/length"
	"github.com/sightline-osint/sightline/analysis/multiplicity"
	"github.com/sightline-osint/sightline/analysis/power"
	"github.com/sightline-osint/sightline/analysis/rate"
	"github.com/sightline-osint/sightline/analysis/regression"
	"github.com/sightline-osint/sightline/analysis/resample"
	"github.com/sightline-osint/sightline/analysis/smooth"
)

// made is one result with the name of what made it.
type made struct {
	name string
	r    inference.Result
}

// collector calls methods and keeps what they return.
type collector struct {
	t   *testing.T
	all []made
}

func (c *collector) add(name string, r inference.Result, err error) {
	c.t.Helper()
	if err != nil {
		c.t.Errorf("%s: %v", name, err)
		return
	}
	c.all = append(c.all, made{name, r})
}

var (
	looks   = []int{0, 3, 1, 0, 2, 4, 0, 1, 0, 9, 2, 0, 1, 3, 0, 0, 5, 2, 1, 0, 7, 0, 1, 2, 0, 3, 1, 0, 4, 2, 6, 1}
	lengths = []float64{225, 110, 60, 200, 200, 180, 240, 150, 95, 210, 175, 90}
)

// everything makes a result with each method of the library, on data where it can answer.
func everything(t *testing.T) []made {
	c := &collector{t: t}
	ctx := context.Background()
	a, b := rate.Of(41).In(62, "looks"), rate.Of(23).In(58, "looks")
	for m := rate.Exact; m <= rate.ETestWald; m++ {
		for _, side := range []rate.Side{rate.TwoSided, rate.Greater, rate.Less} {
			for _, measure := range []rate.Measure{rate.Ratio, rate.Difference} {
				if m == rate.SquareRoot && measure == rate.Difference {
					continue
				}
				d := rate.Design{Method: m, Side: side, Measure: measure, Split: rate.SplitBeforeData}
				r, err := d.Compare(a, b)
				c.add("rate.Compare "+m.String()+", "+side.String()+", "+measure.String(), r, err)
			}
			if m <= rate.Score {
				r, err := rate.Design{Method: m, Side: side, Null: 0.5}.Rate(a)
				c.add("rate.Rate "+m.String()+", "+side.String(), r, err)
				r, err = rate.Design{Method: m, Side: side}.Rate(rate.Of(0).In(3, "looks"))
				c.add("rate.Rate of nothing "+m.String()+", "+side.String(), r, err)
			}
		}
	}
	for _, m := range []rate.Margin{rate.Within(0.5, 3), rate.AtLeast(0.5), rate.AtMost(3)} {
		r, err := rate.Design{Margin: m}.Equivalence(a, b)
		c.add("rate.Equivalence "+m.String(), r, err)
	}
	nothing, err := rate.Design{}.Compare(rate.Of(0).In(3, "looks"), rate.Of(0).In(4, "looks"))
	c.add("rate.Compare nothing with nothing", nothing, err)
	spread, err := rate.Dispersion(looks)
	c.add("rate.Dispersion", spread, err)
	spread, err = rate.Dispersion([]int{0, 0, 0})
	c.add("rate.Dispersion of nothing", spread, err)

	share, err := effort.Occupancy(49, 109, 0)
	c.add("effort.Occupancy", share, err)
	odds, err := effort.CompareOccupancy(effort.Share{Present: 3, Looks: 4}, effort.Share{Present: 1, Looks: 4}, inference.TwoSided, 0)
	c.add("effort.CompareOccupancy", odds, err)
	odds, err = effort.CompareOccupancy(effort.Share{Present: 4, Looks: 4}, effort.Share{Present: 4, Looks: 4}, inference.TwoSided, 0)
	c.add("effort.CompareOccupancy of one table", odds, err)
	table, err := effort.Association(ctx, [][]int{{3, 1, 8}, {1, 9, 2}}, effort.AssociationOptions{})
	c.add("effort.Association", table, err)
	erased, err := effort.EmptyLooks(rate.Design{}, rate.Of(36).In(30, "looks"), rate.Of(7).In(31, "looks"))
	c.add("effort.EmptyLooks before", erased.Before, err)
	c.add("effort.EmptyLooks after", erased.After, err)

	vague := censored.Each(censored.About(5).Within(2), censored.AtLeast(6), censored.Exactly(4))
	counted, err := censored.Rate(vague, 0)
	c.add("censored.Rate", counted.Result, err)
	open, err := censored.Rate(censored.Each(censored.AtLeast(6)), 0)
	c.add("censored.Rate without an end", open.Result, err)
	pair, err := censored.Compare(rate.Design{}, vague, censored.Each(censored.Exactly(2), censored.Exactly(1)), "looks")
	c.add("censored.Compare", pair.Result, err)
	c.add("censored.Compare least", pair.Least, nil)
	truncated, err := censored.ZeroTruncated([]int{1, 2, 3, 4, 5}, 0)
	c.add("censored.ZeroTruncated", truncated, err)
	models(c)
	orders(ctx, c)
	larger(ctx, c)
	return c.all
}

// larger adds the answers that hold more than a Result.
func larger(ctx context.Context, c *collector) {
	a, b := rate.Of(41).In(62, "looks"), rate.Of(23).In(58, "looks")
	erased, err := effort.EmptyLooks(rate.Design{}, rate.Of(36).In(30, "looks"), rate.Of(7).In(31, "looks"))
	c.add("effort.Erasure", erased.Result, err)
	erased, err = effort.EmptyLooks(rate.Design{}, a, b)
	c.add("effort.Erasure of no result", erased.Result, err)
	varied, err := effort.Vary(rate.Design{}, a, b, []float64{30, 62, 90}, []float64{58, 120})
	c.add("effort.Sensitivity", varied.Result, err)
	law, err := censored.Turnbull([]censored.Span{{Low: 150, High: 250}, {Low: 200, High: 300}, {Low: 60, High: 110}})
	if err != nil {
		c.t.Fatal(err)
	}
	c.add("censored.Law", law.Result, nil)
	s := changepoint.Series{Counts: looks}
	posterior, err := changepoint.Bayes(s, changepoint.Prior{Shape: 1, Rate: 1}, 0)
	if err != nil {
		c.t.Fatal(err)
	}
	c.add("changepoint.Posterior", posterior.Result, nil)
	parts, err := changepoint.Several(ctx, s, 0)
	if err != nil {
		c.t.Fatal(err)
	}
	c.add("changepoint.Partition", parts.Result, nil)
	for name, values := range map[string][]float64{"changepoint.Shift": lengths, "changepoint.Shift without interval": {1, 1, 1, 2, 3, 4}} {
		shift, err := changepoint.Mean(values, 2)
		if err != nil {
			c.t.Fatal(err)
		}
		c.add(name, shift.Result, nil)
	}
	chart, err := changepoint.Watch(s, 1, 3, 4)
	if err != nil {
		c.t.Fatal(err)
	}
	c.add("changepoint.Chart", chart.Result, nil)
	classes, err := length.Classify(100, 8, []length.Class{{Name: "coaster", Mean: 85, SD: 12, Share: 0.4}}, 20, 350)
	if err != nil {
		c.t.Fatal(err)
	}
	c.add("length.Classes", classes.Result, nil)
	weight, err := corroborate.Combine([]corroborate.Report{{Source: "a", Factor: 4, Images: []string{"i"}}, {Source: "b", Factor: 3, Images: []string{"i"}}, {Source: "c", Factor: 0.5}}, 0.9)
	if err != nil {
		c.t.Fatal(err)
	}
	c.add("corroborate.Weight", weight.Result, nil)
	matrix, err := corroborate.Compete([]string{"trade", "exercise"}, []corroborate.Evidence{{Text: "new tents", Marks: []corroborate.Consistency{corroborate.Inconsistent, corroborate.Consistent}}})
	if err != nil {
		c.t.Fatal(err)
	}
	c.add("corroborate.Matrix", matrix.Result, nil)
	at := time.Date(2022, 11, 4, 10, 0, 0, 0, time.UTC)
	identity, err := corroborate.SameObject(corroborate.Fix{At: at, KM: 1, SD: 0.1, Marks: []string{"red"}}, corroborate.Fix{At: at.Add(time.Hour), KM: 3, SD: 0.1, Marks: []string{"red"}},
		corroborate.Setting{MaxKMH: 40, StretchKM: 5, Misread: 0.1, Frequency: map[string]float64{"red": 0.2}})
	if err != nil {
		c.t.Fatal(err)
	}
	c.add("corroborate.Identity", identity.Result, nil)
	truth := power.Truth{First: 0.66, Second: 0.4, FirstLooks: 30, SecondLooks: 30}
	chance, err := power.Exact(rate.Design{}, truth)
	c.add("power.Power", chance.Result, err)
	chance, err = power.Simulated(ctx, rate.Design{}, truth, 2, 200, 1)
	c.add("power.Power simulated", chance.Result, err)
	first, err := rate.Design{}.Compare(a, b)
	if err != nil {
		c.t.Fatal(err)
	}
	family, err := multiplicity.Results(multiplicity.MethodBH, 0, first, weightless(first))
	c.add("multiplicity.Family", family.Result, err)
	curve, err := smooth.Density(lengths, smooth.Grid(lengths, 20, 50), 0)
	c.add("smooth.Curve", curve.Result, err)
	curve, err = smooth.Loess(lengths, lengths, 0.9, 1, []float64{100, 300})
	c.add("smooth.Curve loess", curve.Result, err)
}

// weightless is a result that says nothing.
func weightless(r inference.Result) inference.Result {
	r.P, r.LogP = 1, 0
	return r
}

// Every exported type of the statistics that renders is a Result, holds one, or stands here with the reason why not.
func TestEveryAnswerHoldsAResult(t *testing.T) {
	other := map[string]string{
		"rate.Design":            "a choice made before the data, no answer",
		"regression.Fit":         "an answer a coefficient: Ratio and Results",
		"regression.Interrupted": "two answers: Level and Slope",
		"changepoint.Change":     "its answer is Ratio",
	}
	for _, room := range []string{"rate", "effort", "censored", "regression", "changepoint", "resample", "length", "smooth", "multiplicity", "power", "corroborate"} {
		files, err := filepath.Glob(filepath.Join("..", "..", room, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatal(room, err)
		}
		renders, embeds := map[string]bool{}, map[string]bool{}
		for _, file := range files {
			tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(tree, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.FuncDecl:
					if n.Recv != nil && n.Name.Name == "SimpleRender" {
						renders[strings.TrimPrefix(types.ExprString(n.Recv.List[0].Type), "*")] = true
					}
				case *ast.TypeSpec:
					if s, ok := n.Type.(*ast.StructType); ok {
						for _, f := range s.Fields.List {
							embeds[n.Name.Name] = embeds[n.Name.Name] || len(f.Names) == 0 && types.ExprString(f.Type) == "inference.Result"
						}
					}
				}
				return true
			})
		}
		for name := range renders {
			if !embeds[name] && other[room+"."+name] == "" {
				t.Errorf("%s.%s renders but holds no inference.Result", room, name)
			}
		}
	}
}

// models adds the results of regressions.
func models(c *collector) {
	var t, counts []float64
	var group []string
	for i, x := range looks {
		t, counts, group = append(t, float64(i)), append(counts, float64(x)), append(group, []string{"a", "b"}[i%2])
	}
	data := regression.Columns{"n": counts, "t": t, "group": group}
	for name, fit := range map[string]func(string, regression.Columns) (*regression.Fit, error){"Poisson": regression.Poisson, "QuasiPoisson": regression.QuasiPoisson, "NegativeBinomial": regression.NegativeBinomial} {
		f, err := fit("n ~ t + group", data)
		if err != nil {
			c.t.Errorf("%s: %v", name, err)
			continue
		}
		r, err := f.Ratio("t")
		c.add("regression."+name, r, err)
		c.add("regression."+name+" DispersionCheck", f.DispersionCheck(), nil)
		if name != "NegativeBinomial" {
			r, err = f.ZeroCheck()
			c.add("regression."+name+" ZeroCheck", r, err)
		}
		robust, err := f.Robust(regression.HC3)
		if err == nil {
			r, err = robust.Ratio("t")
		}
		c.add("regression."+name+" HC3", r, err)
	}
	series, err := regression.InterruptedSeries(t, looks, nil, 15, 2)
	if err != nil {
		c.t.Error(err)
		return
	}
	c.add("regression.InterruptedSeries level", series.Level, nil)
	c.add("regression.InterruptedSeries slope", series.Slope, nil)
}

// orders adds the results about series and groups of values.
func orders(ctx context.Context, c *collector) {
	one, err := changepoint.One(ctx, changepoint.Series{Counts: looks}, changepoint.Options{Simulations: 99})
	if err != nil {
		c.t.Fatal(err)
	}
	c.add("changepoint.One", one.Ratio, nil)
	r, err := resample.Permutation(ctx, lengths[:5], lengths[5:], resample.Options{})
	c.add("resample.Permutation", r, err)
	r, err = resample.Permutation(ctx, lengths[:1], lengths[1:], resample.Options{})
	c.add("resample.Permutation of one value", r, err)
	r, err = resample.SignFlip(ctx, []float64{3, -1, 4, 1, -5, 9}, resample.Options{})
	c.add("resample.SignFlip", r, err)
	dates, err := resample.Placebo(looks, nil, 12, 4, nil, resample.Options{})
	if err != nil {
		c.t.Fatal(err)
	}
	c.add("resample.Placebo", dates.Result, nil)
	mean := func(v []float64) float64 {
		s := 0.0
		for _, x := range v {
			s += x
		}
		return s / float64(len(v))
	}
	for name, n := range map[string]int{"every": 8, "drawn": 12} {
		boot, err := resample.Bootstrap(ctx, lengths[:n], mean, resample.Options{Draws: 199})
		if err != nil {
			c.t.Fatal(err)
		}
		c.add("resample.Bootstrap "+name, boot.Result, nil)
	}
	blocks, err := resample.BlockBootstrap(ctx, lengths, 2, mean, resample.Options{Draws: 199})
	if err != nil {
		c.t.Fatal(err)
	}
	c.add("resample.BlockBootstrap", blocks.Result, nil)
	for _, side := range []inference.Side{inference.TwoSided, inference.Greater, inference.Less} {
		r, err = length.MannWhitney(lengths[:5], lengths[5:], side, 0)
		c.add("length.MannWhitney "+side.String(), r, err)
		r, err = length.KolmogorovSmirnov(lengths[:5], lengths[5:], side)
		c.add("length.KolmogorovSmirnov "+side.String(), r, err)
		trend, err := length.MannKendall(nil, lengths, side, 0)
		c.add("length.MannKendall "+side.String(), trend.Result, err)
	}
}

// Every result says what ran, what P speaks about, how much was seen and where it comes from, and renders.
func TestEveryResultKeepsTheContract(t *testing.T) {
	for _, m := range everything(t) {
		r := m.r
		fault := func(what string) { t.Errorf("%s: %s\n%s", m.name, what, r) }
		if r.Method == "" || r.Null == "" || r.Quantity == "" {
			fault("has no method, null hypothesis or quantity")
		}
		if r.Side.Check("contract") != nil {
			fault("has no side")
		}
		if r.N <= 0 && !strings.Contains(m.name, "nothing") {
			fault("has no N")
		}
		if len(r.Exposure) == 0 {
			fault("has no exposure")
		}
		if r.Provenance.Source == "" || r.Provenance.Design == "" {
			fault("has no provenance")
		}
		tested(t, m)
		if math.IsNaN(r.Estimate) && len(r.Warnings) == 0 {
			fault("is NaN without a word")
		}
		switch i := r.Interval; {
		case !i.Known() && !strings.HasPrefix(i.Method, "none: "):
			fault("has no interval and does not say why")
		case i.Known() && (!(i.Level > 0 && i.Level <= 1) || i.Method == "" || i.Low > i.High):
			fault("has an interval without level, method or order")
		case i.Known() && !math.IsNaN(r.Estimate) && !i.Contains(r.Estimate) && !strings.Contains(r.Method, "bootstrap") && !strings.Contains(strings.Join(r.Warnings, " "), "lies outside the"):
			fault("has its estimate outside the interval")
		}
		rendered(t, m)
	}
}

// tested checks P.
func tested(t *testing.T, m made) {
	r := m.r
	if !r.Tested {
		if !math.IsNaN(r.P) || !strings.HasPrefix(r.Null, "none") {
			t.Errorf("%s: nothing was tested, but P is %v and the null hypothesis %q", m.name, r.P, r.Null)
		}
		return
	}
	if !(r.P >= 0 && r.P <= 1) || r.LogP > 0 || math.Abs(math.Exp(r.LogP)-r.P) > 1e-12 || !(r.Alpha > 0 && r.Alpha < 1) {
		t.Errorf("%s: P %v, log P %v, level of the test %v", m.name, r.P, r.LogP, r.Alpha)
	}
}

// rendered checks that a result is a table, a sentence and its warnings, the same bytes every time.
func rendered(t *testing.T, m made) {
	first, again := m.r.SimpleRender(), m.r.SimpleRender()
	for _, kind := range []string{"text/plain", "text/markdown", "text/html"} {
		text, _ := first[kind].(string)
		if text == "" || text != again[kind] {
			t.Errorf("%s: renders no stable %s", m.name, kind)
		}
		if strings.Contains(text, "<script") || strings.Contains(text, "<style") {
			t.Errorf("%s: %s carries script or style", m.name, kind)
		}
		if strings.Contains(text, "NaN") && !math.IsNaN(m.r.Estimate) {
			t.Errorf("%s: prints NaN: %s", m.name, text)
		}
	}
	plain := first["text/plain"].(string)
	for _, w := range m.r.Warnings {
		if !strings.Contains(plain, "! "+w) {
			t.Errorf("%s: keeps a warning to itself: %s", m.name, w)
		}
	}
	if s := m.r.Sentence(); !strings.HasSuffix(s, ".") || !strings.Contains(plain, s) {
		t.Errorf("%s: has no plain sentence: %q", m.name, s)
	}
}

// What makes an answer weaker raises a warning without being asked.
func TestWarningsRaiseThemselves(t *testing.T) {
	ctx := context.Background()
	a, b := rate.Of(41).In(62, "looks"), rate.Of(23).In(58, "looks")
	before := rate.Design{Split: rate.SplitBeforeData}
	data := regression.Columns{"n": []float64{0, 9, 0, 0, 12, 0, 1, 0, 15, 0, 0, 8}, "t": []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}}
	for _, c := range []struct {
		name, part string
		warnings   func() ([]string, error)
	}{
		{"a date chosen after the counts", "after the counts were seen", func() ([]string, error) {
			r, err := rate.Design{Split: rate.SplitAfterData}.Compare(a, b)
			return r.Warnings, err
		}},
		{"a date nobody speaks of", "does not say whether", func() ([]string, error) { r, err := rate.Design{}.Compare(a, b); return r.Warnings, err }},
		{"a date that was searched for", "was found in the counts", func() ([]string, error) {
			r, err := changepoint.One(ctx, changepoint.Series{Counts: looks}, changepoint.Options{Simulations: 99})
			if err != nil {
				return nil, err
			}
			return r.Ratio.Warnings, nil
		}},
		{"over-dispersed looks", "vary more than", func() ([]string, error) {
			r, err := before.Compare(rate.Each([]int{0, 0, 9, 8, 0, 0, 7, 0, 11, 0}), rate.Each([]int{1, 1, 2}))
			return r.Warnings, err
		}},
		{"over-dispersed regression", "over-dispersed", func() ([]string, error) {
			f, err := regression.Poisson("n ~ t", data)
			if err != nil {
				return nil, err
			}
			r, err := f.Ratio("t")
			return r.Warnings, err
		}},
		{"few rows", "degrees of freedom", func() ([]string, error) {
			f, err := regression.Poisson("n ~ t", regression.Columns{"n": []float64{1, 2, 4, 3}, "t": []float64{1, 2, 3, 4}})
			if err != nil {
				return nil, err
			}
			return f.Warnings, nil
		}},
		{"unequal effort", "effort differs", func() ([]string, error) {
			r, err := before.Compare(a, rate.Of(23).In(20, "looks"))
			return r.Warnings, err
		}},
		{"few events", "fewer than 10 events", func() ([]string, error) {
			r, err := before.Compare(rate.Of(4).In(62, "looks"), rate.Of(1).In(58, "looks"))
			return r.Warnings, err
		}},
		{"few values", "fewer than 10 values", func() ([]string, error) {
			r, err := resample.Permutation(ctx, []float64{1, 2, 3}, []float64{4, 5}, resample.Options{})
			return r.Warnings, err
		}},
		{"few values, ranks", "fewer than 10 values", func() ([]string, error) {
			r, err := length.MannWhitney([]float64{1, 2, 3}, []float64{4, 5}, inference.TwoSided, 0)
			return r.Warnings, err
		}},
		{"few looks", "fewer than 10 looks", func() ([]string, error) { r, err := effort.Occupancy(1, 3, 0); return r.Warnings, err }},
		{"ties in ranks", "ties", func() ([]string, error) {
			r, err := length.MannWhitney([]float64{200, 200, 110}, []float64{200, 60, 60}, inference.TwoSided, 0)
			return r.Warnings, err
		}},
		{"ties in Kolmogorov and Smirnov's", "ties", func() ([]string, error) {
			r, err := length.KolmogorovSmirnov([]float64{200, 200, 110}, []float64{200, 60, 60}, inference.TwoSided)
			return r.Warnings, err
		}},
		{"ties in a trend", "ties", func() ([]string, error) {
			r, err := length.MannKendall(nil, []float64{2, 2, 3, 3, 3, 5, 5, 6}, inference.TwoSided, 0)
			return r.Result.Warnings, err
		}},
		{"a date that the counts would choose", "the counts themselves would choose", func() ([]string, error) {
			s, err := regression.InterruptedSeries([]float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, []int{1, 0, 1, 2, 1, 6, 5, 7, 8, 6}, nil, 6, 0)
			if err != nil {
				return nil, err
			}
			return s.Level.Warnings, nil
		}},
		{"counts too even for chance", "vary less than independent events", func() ([]string, error) {
			f, err := regression.Poisson("n ~ t", regression.Columns{"n": []int{3, 3, 3, 3, 3, 3, 3, 3}, "t": []float64{1, 2, 3, 4, 5, 6, 7, 8}})
			if err != nil {
				return nil, err
			}
			return f.Warnings, nil
		}},
		{"clusters between changes", "clusters can look like changes", func() ([]string, error) {
			p, err := changepoint.Several(ctx, changepoint.Series{Counts: []int{0, 9, 0, 0, 12, 0, 11, 0, 15, 0, 0, 8}}, 60)
			if err != nil {
				return nil, err
			}
			return p.Warnings, nil
		}},
		{"a limit that alarms at anything", "false alarms", func() ([]string, error) {
			c, err := changepoint.Watch(changepoint.Series{Counts: looks}, 1, 3, 1)
			if err != nil {
				return nil, err
			}
			return c.Warnings, nil
		}},
		{"vague counts", "not exact", func() ([]string, error) {
			r, err := censored.Rate(censored.Each(censored.About(5).Within(2), censored.Exactly(4)), 0)
			return r.Result.Warnings, err
		}},
	} {
		got, err := c.warnings()
		if err != nil || !strings.Contains(strings.Join(got, "\n"), c.part) {
			t.Errorf("%s: no warning with %q in %q (%v)", c.name, c.part, got, err)
		}
	}
}

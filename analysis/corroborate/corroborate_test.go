package corroborate_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/sightline-osint/sightline/analysis/corroborate"
)

var korea = time.FixedZone("UTC+9", 9*3600)

// crossing is the day of 2022-11-04, local times at Khasan.
func crossing(hour, minute int, km float64, marks ...string) corroborate.Fix {
	return corroborate.Fix{At: time.Date(2022, 11, 4, hour, minute, 0, 0, korea), KM: km, SD: 0.15, Marks: marks}
}

func TestSpeedsOfTheCrossing(t *testing.T) {
	// border_numbers_R422.txt: leg1 km 2.5-3.0 in 166 min: 0.90361446 1.0843373 km/h; leg2 1.4-2.0 in 79: 1.0632911 1.5189873
	for _, c := range []struct {
		low, high, minutes, a, b float64
	}{{2.5, 3, 166, 0.90361446, 1.0843373}, {1.4, 2, 79, 1.0632911, 1.5189873}} {
		s, err := corroborate.SpeedBounds(c.low, c.high, time.Duration(c.minutes)*time.Minute)
		if err != nil || math.Abs(s.Low-c.a) > 1e-7 || math.Abs(s.High-c.b) > 1e-7 {
			t.Errorf("%v %v", s, err)
		}
	}
}

var line = corroborate.Setting{MinKMH: 0, MaxKMH: 40, StretchKM: 5, Misread: 0.1, Frequency: map[string]float64{"blue": 0.2, "red": 0.2, "brown": 0.5}}

func TestMarksCarryTheIdentity(t *testing.T) {
	a := crossing(10, 24, 0, "blue", "red", "brown")
	same, err := corroborate.SameObject(a, crossing(13, 10, 2.75, "blue", "red", "brown"), line)
	if err != nil {
		t.Fatal(err)
	}
	swapped, err := corroborate.SameObject(a, crossing(13, 10, 2.75, "red", "blue", "brown"), line)
	if err != nil {
		t.Fatal(err)
	}
	if want := math.Log(0.9 * 0.9 * 0.9 / (0.2 * 0.2 * 0.5)); math.Abs(same.LogMarks-want) > 1e-12 || swapped.LogMarks >= 0 {
		t.Errorf("marks %v, want %v; swapped %v", same.LogMarks, want, swapped.LogMarks)
	}
	if same.LogPosition > 0 || same.Excluded {
		t.Errorf("slow speeds speak for one object: %v", same)
	}
	fast, err := corroborate.SameObject(a, crossing(10, 26, 20), line)
	if err != nil || !fast.Excluded || fast.LogPosition > -100 {
		t.Errorf("600 km/h was not excluded: %v %v", fast, err)
	}
}

func reports() []corroborate.Report {
	return []corroborate.Report{
		{Source: "agency", Images: []string{"PS-2023-09-24"}, Factor: 4, Grade: corroborate.Grade{Reliability: 'B', Credibility: 2}},
		{Source: "newspaper", Cites: []string{"agency"}, Factor: 4, Grade: corroborate.Grade{Reliability: 'C', Credibility: 3}},
		{Source: "institute", Images: []string{"PS-2023-09-24", "MX-1"}, Factor: 5, Grade: corroborate.Grade{Reliability: 'A', Credibility: 2}},
		{Source: "customs", Factor: 2, Grade: corroborate.Grade{Reliability: 'B', Credibility: 3}},
	}
}

func TestSharedImageryIsOneSource(t *testing.T) {
	w, err := corroborate.Combine(reports(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if len(w.Groups) != 2 || strings.Join(w.Groups[0], " ") != "agency institute newspaper" {
		t.Errorf("groups %v", w.Groups)
	}
	if math.Abs(w.LogFactor-math.Log(10)) > 1e-12 || math.Abs(w.LogNaive-math.Log(160)) > 1e-12 || w.LogCautious != w.LogFactor {
		t.Errorf("%v", w)
	}
	half, _ := corroborate.Combine(reports(), 0.5)
	if math.Abs(half.LogFactor-math.Log(10*4)) > 1e-12 {
		t.Errorf("half: %v", math.Exp(half.LogFactor))
	}
	p, err := w.Posterior(0.5)
	if err != nil || math.Abs(p-10.0/11) > 1e-12 {
		t.Errorf("%v %v", p, err)
	}
	if word, err := w.Words(0.5); word != "very likely" || err != nil {
		t.Errorf("%v %v", word, err)
	}
}

func TestHypothesesAreRankedByWhatContradictsThem(t *testing.T) {
	rows := []corroborate.Evidence{
		{Text: "horses by rail two days before", Marks: []corroborate.Consistency{corroborate.Consistent, corroborate.Neutral, corroborate.Consistent}},
		{Text: "closed cars", Marks: []corroborate.Consistency{corroborate.Consistent, corroborate.Consistent, corroborate.Consistent}},
		{Text: "no transfer seen", Weight: 2, Marks: []corroborate.Consistency{corroborate.Inconsistent, corroborate.Neutral, corroborate.Neutral}},
		{Text: "first crossing in years", Marks: []corroborate.Consistency{corroborate.Consistent, corroborate.VeryInconsistent, corroborate.Neutral}},
	}
	m, err := corroborate.Compete([]string{"arms", "ordinary trade", "animals"}, rows)
	if err != nil {
		t.Fatal(err)
	}
	if m.Order[0] != 2 || m.Against[0] != 2 || m.Against[1] != 2 || m.Diagnostic[1] != 0 {
		t.Errorf("%v", m)
	}
}

func TestBadBooksAreNamed(t *testing.T) {
	twice := append(reports(), corroborate.Report{Source: "agency", Factor: -1})
	for name, err := range map[string]error{
		"grade":      second(corroborate.ParseGrade("G7")),
		"twice":      second(corroborate.Combine(twice, 0)),
		"dependence": second(corroborate.Combine(reports(), 2)),
		"none":       second(corroborate.Combine(nil, 0)),
		"one":        second(corroborate.Compete([]string{"a"}, nil)),
		"marks":      second(corroborate.Compete([]string{"a", "b"}, []corroborate.Evidence{{Marks: []corroborate.Consistency{3}}})),
		"order":      second(corroborate.SameObject(crossing(13, 0, 0), crossing(12, 0, 0), line)),
		"frequency":  second(corroborate.SameObject(crossing(12, 0, 0, "pink"), crossing(13, 0, 0, "pink"), line)),
		"speed":      second(corroborate.SpeedBounds(3, 1, time.Hour)),
	} {
		var bad *corroborate.InputError
		if !errors.As(err, &bad) {
			t.Errorf("%s: %v", name, err)
		}
	}
	g, err := corroborate.ParseGrade(" b2 ")
	if err != nil || g.String() != "B2" || !g.Judged() {
		t.Errorf("%v %v", g, err)
	}
}

func second[T any](_ T, err error) error { return err }

func ExampleParseGrade() {
	grade, err := corroborate.ParseGrade("B2")
	fmt.Println(grade, grade.Words(), err)
	// Output:
	// B2 usually reliable source; information probably true <nil>
}

func ExampleCombine() {
	weight, err := corroborate.Combine(reports(), 0.9)
	fmt.Println(weight, err)
	// Output:
	// Sources and what they share
	// source     group  grade              images  factor
	// agency         1     B2       PS-2023-09-24       4
	// institute      1     A2  PS-2023-09-24 MX-1       5
	// newspaper      1     C3                           4
	// customs        2     B3                           2
	// 4 reports form 2 independent groups; together they make the claim 13.2 times more credible (from 10 times more credible to 160 times more credible, depending on how much they share).
	// (design: dependence within a group 0.9; 4 reports; source: the factors are the user's) <nil>
}

func ExampleGroups() {
	groups, err := corroborate.Groups(reports())
	fmt.Println(groups, err)
	// Output:
	// [[agency institute newspaper] [customs]] <nil>
}

func ExampleCompete() {
	matrix, err := corroborate.Compete([]string{"arms", "trade"}, []corroborate.Evidence{
		{Text: "closed cars", Marks: []corroborate.Consistency{corroborate.Consistent, corroborate.Consistent}},
		{Text: "first crossing in years", Marks: []corroborate.Consistency{corroborate.Consistent, corroborate.Inconsistent}},
	})
	fmt.Println(matrix, err)
	// Output:
	// Competing hypotheses
	// evidence                 arms  trade  tells apart
	// closed cars                 C      C            0
	// first crossing in years     C      I            1
	// against                     0      1
	// Least contradicted: arms (0), before trade (1); this is an order, no probability.
	// ! 1 of 2 rows fit every hypothesis alike and tell nothing
	// (design: weights times marks, inconsistency only; 2 rows, 2 hypotheses; source: Heuer 1999) <nil>
}

func ExampleSameObject() {
	morning := crossing(10, 24, 0, "blue", "red", "brown")
	noon := crossing(13, 10, 2.75, "blue", "red", "brown")
	identity, err := corroborate.SameObject(morning, noon, line)
	fmt.Println(identity, err)
	// Output:
	// Are two sightings one object?
	// factor of the positions  0.0452
	// factor of the marks      36.5
	// together                 1.65
	// One object would have moved at 0.841 to 1.15 km/h; the positions make one object 22.1 times less likely than another, the marks (3 of 3 agree in order) 36.5 times more likely than another.
	// ! that the speed fits excludes little: another object could have stood there as well
	// ! marks are counted as independent, which cars of one train are not: their factor is an upper bound
	// (design: 0 to 40 km/h, 5 km of line, misread 0.1; 2 fixes, 3 marks compared; source: likelihood ratio; the setting is the user's) <nil>
}

func ExampleSpeedBounds() {
	speed, err := corroborate.SpeedBounds(2.5, 3, 166*time.Minute)
	fmt.Printf("%.2f to %.2f km/h %v\n", speed.Low, speed.High, err)
	// Output:
	// 0.90 to 1.08 km/h <nil>
}

// Far outside of the speeds allowed the likelihood ratio is a number, however small, not a floor.
func TestIdentityFarOutsideOfTheBoundsIsExact(t *testing.T) {
	at := time.Date(2022, 11, 4, 10, 0, 0, 0, time.UTC)
	got := func(km, sd float64, s corroborate.Setting) float64 {
		id, err := corroborate.SameObject(corroborate.Fix{At: at, KM: 0, SD: sd}, corroborate.Fix{At: at.Add(time.Hour), KM: km, SD: sd}, s)
		if err != nil {
			t.Fatal(err)
		}
		return id.LogFactor
	}
	s := corroborate.Setting{MaxKMH: 40, StretchKM: 5}
	near, far := got(300, 0.1, s), got(400, 0.1, s)
	if z := 260 / (0.1 * math.Sqrt2); math.Abs(near+z*z/2) > 20 || !(far < near) {
		t.Errorf("log factors %v and %v", near, far)
	}
	narrow := got(20, 1, corroborate.Setting{MinKMH: 20, MaxKMH: 20 + 1e-9, StretchKM: 5})
	if want := math.Log(5 / (math.Sqrt2 * math.Sqrt(2*math.Pi))); math.Abs(narrow-want) > 1e-6 {
		t.Errorf("narrow bounds: %v, want %v", narrow, want)
	}
}

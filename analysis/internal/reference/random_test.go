package reference_test

import (
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/inference"
)

// drawn is one random case: its arguments, and what R said.
type drawn struct {
	t    *testing.T
	tag  string
	line int
	args []string
	want [][]float64
	seen map[string]float64 // largest relative error of each quantity
}

// near holds a quantity to R's value, relatively; values of 0 absolutely.
func (d *drawn) near(what string, got, want, tolerance float64) {
	d.t.Helper()
	if got == want || math.IsNaN(got) && math.IsNaN(want) {
		return
	}
	off := math.Abs(got-want) / math.Max(math.Abs(want), 1e-300)
	if math.Abs(want) < 1e-15 && math.Abs(got) < 1e-15 {
		off = 0
	}
	d.seen[d.tag+" "+what] = math.Max(d.seen[d.tag+" "+what], off)
	if !(off <= tolerance) {
		d.t.Errorf("line %d, %s %s: got %.15g, want %.15g: %.120s", d.line, d.tag, what, got, want, strings.Join(d.args, " "))
	}
}

// list holds every number of a list.
func (d *drawn) list(what string, got, want []float64, tolerance float64) {
	d.t.Helper()
	if len(got) != len(want) {
		d.t.Errorf("line %d, %s %s: %d numbers, want %d", d.line, d.tag, what, len(got), len(want))
		return
	}
	for i := range want {
		d.near(what, got[i], want[i], tolerance)
	}
}

func (d *drawn) fail(err error) bool {
	d.t.Helper()
	if err != nil {
		d.t.Errorf("line %d, %s: %v: %.120s", d.line, d.tag, err, strings.Join(d.args, " "))
	}
	return err != nil
}

func numbers(text string) []float64 {
	var out []float64
	for _, part := range strings.Split(strings.TrimSpace(text), ",") {
		v, err := strconv.ParseFloat(part, 64)
		if err != nil { // NA
			v = math.NaN()
		}
		out = append(out, v)
	}
	return out
}

func whole(text string) []int {
	var out []int
	for _, v := range numbers(text) {
		out = append(out, int(v))
	}
	return out
}

func side(text string) inference.Side {
	return map[string]inference.Side{"two.sided": inference.TwoSided, "greater": inference.Greater, "less": inference.Less}[text]
}

// Random inputs, extreme ones among them, give what R 4.2.2 gives. data/random.R drew them.
func TestRandomInputsAgreeWithR(t *testing.T) {
	data, err := os.ReadFile("data/random_R422.txt")
	if err != nil {
		t.Fatal(err)
	}
	methods, worst, count := methods(), map[string]float64{}, map[string]int{}
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		parts := strings.Split(line, "|")
		d := &drawn{t: t, tag: parts[0], line: i + 1, args: strings.Split(parts[1], ";"), seen: worst}
		if len(d.args) == 1 {
			d.args = strings.Fields(parts[1])
		}
		for _, list := range strings.Split(parts[2], ";") {
			d.want = append(d.want, numbers(list))
		}
		compare, known := methods[d.tag]
		if !known {
			t.Fatalf("line %d: no method %q", i+1, d.tag)
		}
		compare(d)
		count[d.tag]++
	}
	if len(count) != len(methods) {
		t.Errorf("cases of %d methods, %d known", len(count), len(methods))
	}
	for what, off := range worst {
		t.Logf("%-24s off by %.1e at most", what, off)
	}
}

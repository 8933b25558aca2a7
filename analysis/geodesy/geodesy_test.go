package geodesy_test

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/sightline-osint/sightline/analysis/geodesy"
)

// rows reads the numbers of a reference table; lines that start with # say where they come from.
func rows(t *testing.T, path string, width int) [][]float64 {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out [][]float64
	for s := bufio.NewScanner(f); s.Scan(); {
		if strings.HasPrefix(s.Text(), "#") {
			continue
		}
		row := make([]float64, width)
		for i, w := range strings.Fields(s.Text()) {
			if _, err := fmt.Sscan(w, &row[i]); err != nil {
				t.Fatal(err)
			}
		}
		out = append(out, row)
	}
	if len(out) < 10 {
		t.Fatalf("%s: only %d rows", path, len(out))
	}
	return out
}

func TestUTMAgreesWithPROJ(t *testing.T) {
	for _, r := range rows(t, "testdata/utm.txt", 6) {
		p := orb.Point{r[0], r[1]}
		u := geodesy.UTM{Zone: int(r[2]), South: r[3] == 1}
		e, n := u.Forward(p)
		if math.Abs(e-r[4]) > 1e-6 || math.Abs(n-r[5]) > 1e-6 {
			t.Errorf("%v in %v: %.9f %.9f, PROJ says %.9f %.9f", p, u, e, n, r[4], r[5])
		}
		q := u.Inverse(r[4], r[5])
		if d, err := geodesy.Distance(p, q); err != nil || d > 1e-6 {
			t.Errorf("%v came back as %v, %g m away (%v)", p, q, d, err)
		}
	}
}

func TestDistanceAgreesWithPROJ(t *testing.T) {
	for _, r := range rows(t, "testdata/distance.txt", 5) {
		d, err := geodesy.Distance(orb.Point{r[0], r[1]}, orb.Point{r[2], r[3]})
		if err != nil || math.Abs(d-r[4]) > 1e-4 {
			t.Errorf("%v: %.6f (%v)", r, d, err)
		}
	}
}

func TestPlacesThatAreNone(t *testing.T) {
	ok := orb.Point{130, 42}
	for _, p := range []orb.Point{{math.NaN(), 1}, {1, math.NaN()}, {1, 91}, {math.Inf(1), 0}, {1e9, 0}} {
		if _, err := geodesy.Distance(ok, p); err == nil {
			t.Errorf("%v was taken for a place", p)
		}
	}
	if _, err := geodesy.Distance(orb.Point{0, 0}, orb.Point{179.7, 0.3}); err == nil {
		t.Error("nearly antipodal points gave a distance")
	}
	if e, n := (geodesy.UTM{Zone: 52}).Forward(orb.Point{-50, 0}); !math.IsNaN(e) || !math.IsNaN(n) {
		t.Error("the far side of the earth was projected")
	}
}

func ExampleDistance() {
	d, _ := geodesy.Distance(orb.Point{130.640, 42.420}, orb.Point{130.640, 42.422})
	fmt.Printf("%.1f m\n", d)
	// Output: 222.2 m
}

func ExamplePathLength() {
	line := orb.LineString{{130.640, 42.420}, {130.640, 42.422}, {130.643, 42.422}}
	d, _ := geodesy.PathLength(line)
	fmt.Printf("%.1f m\n", d)
	// Output: 469.1 m
}

func ExampleUTM_Forward() {
	p := orb.Point{130.6, 42.4}
	east, north := geodesy.ZoneOf(p).Forward(p)
	fmt.Printf("%.3f %.3f\n", east, north)
	// Output: 631676.679 4695429.231
}

func ExampleUTM_Inverse() {
	p := geodesy.UTM{Zone: 52}.Inverse(631676.679, 4695429.231)
	fmt.Printf("%.6f %.6f\n", p[0], p[1])
	// Output: 130.600000 42.400000
}

// A Web Mercator "metre" at latitude 35 is 0.82 m on the ground.
func ExampleWebMercator() {
	x, y := geodesy.WebMercator{}.Forward(orb.Point{129, 35})
	a, b := geodesy.WebMercator{}.Inverse(x, y), geodesy.WebMercator{}.Inverse(x+100, y)
	d, _ := geodesy.Distance(a, b)
	fmt.Printf("%.2f m\n", d)
	// Output: 82.01 m
}

func ExampleCheck() {
	fmt.Println(geodesy.Check(orb.Point{42.4, 130.6}))
	// Output: geodesy: longitude 42.4, latitude 130.6 is no place on the earth
}

func ExampleZoneOf() {
	fmt.Printf("%+v %+v\n", geodesy.ZoneOf(orb.Point{130.6, 42.4}), geodesy.ZoneOf(orb.Point{-70.7, -33.4}))
	// Output: {Zone:52 South:false} {Zone:19 South:true}
}

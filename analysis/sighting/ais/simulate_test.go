package ais_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/sighting/ais"
	"github.com/sightline-osint/sightline/analysis/table"
)

func simulate(t testing.TB, s ais.Simulation) string {
	t.Helper()
	var b bytes.Buffer
	if err := s.Write(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func ExampleSimulation() {
	var b bytes.Buffer
	if err := (ais.Simulation{Rows: 4000, Seed: 1}).Write(context.Background(), &b); err != nil {
		fmt.Println(err)
		return
	}
	t, err := table.CSV{Schema: ais.Schema(), Source: "simulated"}.Read(context.Background(), &b)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(t.GroupBy("mmsi").Aggregate(table.Count("reports"), table.Max("speed_kn")).SortBy("mmsi"))
	// Output:
	// mmsi       reports  speed_kn_max
	//                               kn
	// 000000001     1412          14.5
	// 000000002     1412           9.6
	// 000000003     1176          10.0
	// 3 rows × 3 columns; from simulated
}

func TestEqualSeedsGiveEqualPositions(t *testing.T) {
	a, b, c := simulate(t, ais.Simulation{Rows: 3000, Seed: 7}), simulate(t, ais.Simulation{Rows: 3000, Seed: 7}), simulate(t, ais.Simulation{Rows: 3000, Seed: 8})
	if a != b || a == c {
		t.Error("the seed does not decide the positions")
	}
	if n := strings.Count(a, "\n"); n != 3001 {
		t.Errorf("%d lines", n)
	}
}

func TestPositionsFitTheirSchemaAndOrder(t *testing.T) {
	tb, err := table.CSV{Schema: ais.Schema()}.Read(context.Background(), strings.NewReader(simulate(t, ais.Simulation{Rows: 50_000, Seed: 3, Ships: 40})))
	if err != nil {
		t.Fatal(err)
	}
	at, _ := tb.Times("t")
	lat, _ := tb.Floats("lat")
	speed, _ := tb.Floats("speed_kn")
	for i := range at {
		if i > 0 && at[i].Before(at[i-1]) {
			t.Fatalf("row %d is earlier than the one before", i)
		}
		if lat[i] < 39.9 || lat[i] > 41.6 || speed[i] < 0 || speed[i] > 16 {
			t.Fatalf("row %d: %v degrees, %v knots", i, lat[i], speed[i])
		}
	}
	if n := tb.GroupBy("mmsi").Len(); n != 40 {
		t.Errorf("%d ships", n)
	}
	if s := tb.Row(0).Text("mmsi"); !strings.HasPrefix(s, "000") || len(s) != 9 {
		t.Errorf("ship number %q", s)
	}
}

func TestBadArgumentsAndCancelling(t *testing.T) {
	for _, s := range []ais.Simulation{{}, {Rows: -1}, {Rows: 1, Ships: -2}, {Rows: 1, Step: 1}} {
		if err := s.Write(context.Background(), new(bytes.Buffer)); err == nil {
			t.Errorf("%+v was accepted", s)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := (ais.Simulation{Rows: 1000}).Write(ctx, new(bytes.Buffer)); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func ExampleSchema() {
	fmt.Println(ais.Schema())
	// Output: mmsi text, t time, lat float [deg], lon float [deg], speed_kn float [kn], course_deg float [deg], status text, place_id text
}

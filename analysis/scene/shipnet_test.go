package scene_test

import (
	"context"
	"sync"
	"testing"

	"github.com/sightline-osint/sightline/analysis/measure"
)

// The net was trained on ports that another package draws; harbours of this one are of a style that it never saw. An
// object is right as the first on its ship, and ships shorter than four pixels say nothing.
func TestShipsInHarboursOfAStyleThatTheNetNeverSaw(t *testing.T) {
	type count struct{ objects, right, ships int }
	var byNet, byShape count
	var mu sync.Mutex
	var group sync.WaitGroup
	for k := range 4 {
		group.Go(func() {
			w, err := watch(400010+uint64(k), 10)
			if err != nil {
				t.Error(err)
				return
			}
			s, b := w.sensor, w.truth
			for _, o := range []measure.Vessels{{}, {ByShape: true}} {
				fleet := w.fleet
				if o.ByShape {
					if fleet, err = measure.ShipsIn(context.Background(), w.image, o); err != nil {
						t.Error(err)
						return
					}
				}
				var c count
				seen := map[int]bool{}
				for _, ship := range fleet.Ships {
					i, _ := b.under(ship)
					if i >= 0 && b.objects[i].Kind == "ship" && b.objects[i].Length < 4*s.GSD {
						continue
					}
					c.objects++
					if i >= 0 && b.objects[i].Kind == "ship" && !seen[i] {
						c.right++
						seen[i] = true
					}
				}
				for _, o := range b.objects {
					if o.Kind == "ship" && o.Length >= 4*s.GSD {
						c.ships++
					}
				}
				mu.Lock()
				sum := &byNet
				if o.ByShape {
					sum = &byShape
				}
				sum.objects, sum.right, sum.ships = sum.objects+c.objects, sum.right+c.right, sum.ships+c.ships
				mu.Unlock()
			}
		})
	}
	group.Wait()
	f1 := func(c count) float64 { return 2 * float64(c.right) / float64(c.objects+c.ships) }
	t.Logf("net: %+v, F1 %.3f; by shape: %+v, F1 %.3f", byNet, f1(byNet), byShape, f1(byShape))
	if f1(byNet) < 0.55 || f1(byNet) < f1(byShape) {
		t.Errorf("F1 %.3f, by shape %.3f", f1(byNet), f1(byShape))
	}
}

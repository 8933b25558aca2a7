package scene_test

import (
	"context"
	"sync"
	"testing"

	"github.com/sightline-osint/sightline/analysis/measure"
	"github.com/sightline-osint/sightline/analysis/raster"
)

// The nets were trained on ports that another package draws; harbours of this one are of a style that they never saw. An
// object is right as the first on its ship, and ships shorter than four pixels say nothing.
func TestShipsInHarboursOfAStyleThatTheNetsNeverSaw(t *testing.T) {
	t.Parallel()
	var byNet, byShape found
	var mu sync.Mutex
	var group sync.WaitGroup
	for k := range 4 {
		group.Go(func() {
			w, err := watch(400010+uint64(k), 10)
			if err != nil {
				t.Error(err)
				return
			}
			for _, o := range []measure.Vessels{{}, {ByShape: true}} {
				fleet := w.fleet
				if o.ByShape {
					if fleet, err = measure.ShipsIn(context.Background(), w.image, o); err != nil {
						t.Error(err)
						return
					}
				}
				c := w.truth.found(fleet, w.sensor.GSD)
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
	t.Logf("net: %+v, F1 %.3f; by shape: %+v, F1 %.3f", byNet, byNet.f1(), byShape, byShape.f1())
	if byNet.f1() < 0.65 || byNet.f1() < byShape.f1() {
		t.Errorf("F1 %.3f, by shape %.3f", byNet.f1(), byShape.f1())
	}
}

// Of bands that an image does not have the nets know nothing, and still find ships. Without the near infrared they find few: there
// that is only said, not asked for.
func TestShipsInImagesOfFewerBands(t *testing.T) {
	t.Parallel()
	h, s := harbourAt(600010, 10)
	h.Width, h.Height = 2400, 2400
	m, truth, err := h.Render(s, day)
	if err != nil {
		t.Fatal(err)
	}
	b, err := berthingsOf(m, truth)
	if err != nil {
		t.Fatal(err)
	}
	for _, names := range [][]string{{"nir"}, {"green", "red", "nir"}, {"blue", "green", "red"}} {
		var planes []any
		for _, name := range names {
			p, err := m.Plane(m.All(), m.Band(name))
			if err != nil {
				t.Fatal(err)
			}
			planes = append(planes, p.Pix)
		}
		few, err := raster.New(m.Width, m.Height, planes...)
		if err != nil {
			t.Fatal(err)
		}
		few.Rename(names...)
		few.Name, few.Geo = m.Name, m.Geo
		fleet, err := measure.ShipsIn(context.Background(), few, measure.Vessels{Band: names[len(names)-1]})
		if err != nil {
			t.Fatal(err)
		}
		c := b.found(fleet, s.GSD)
		t.Logf("%v: %+v, F1 %.3f", names, c, c.f1())
		if names[len(names)-1] == "nir" && c.f1() < 0.35 {
			t.Errorf("%v: %+v, F1 %.3f", names, c, c.f1())
		}
	}
}

// found is how many objects there are, how many of them are right, and how many ships there are.
type found struct{ objects, right, ships int }

func (c found) f1() float64 { return 2 * float64(c.right) / float64(c.objects+c.ships) }

// found compares a fleet with the truth.
func (b *berthings) found(fleet *measure.Fleet, gsd float64) (c found) {
	seen := map[int]bool{}
	for _, ship := range fleet.Ships {
		i, _ := b.under(ship)
		if i >= 0 && b.objects[i].Kind == "ship" && b.objects[i].Length < 4*gsd {
			continue
		}
		c.objects++
		if i >= 0 && b.objects[i].Kind == "ship" && !seen[i] {
			c.right++
			seen[i] = true
		}
	}
	for _, o := range b.objects {
		if o.Kind == "ship" && o.Length >= 4*gsd {
			c.ships++
		}
	}
	return c
}

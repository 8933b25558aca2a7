// Command gen renders simulated harbours, fits the weights by which package measure judges ships by their shape on them, and prints the file
// analysis/measure/weights.go. Run it from the module's root; it takes some minutes:
//
//	go run ./analysis/scene/harbourfit/gen > weights.go && mv weights.go analysis/measure/
//	go run ./analysis/scene/harbourfit/gen -again > weights.go && mv weights.go analysis/measure/
//
// No real image takes part. With -judge it fits nothing and prints how today's weights do on other seeds.
package main

import (
	"context"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"

	"gonum.org/v1/gonum/mat"

	"github.com/sightline-osint/sightline/analysis/measure"
	"github.com/sightline-osint/sightline/analysis/raster"
	"github.com/sightline-osint/sightline/analysis/scene"
)

func main() {
	scenes := flag.Int("scenes", 40, "harbours to fit on")
	again := flag.Bool("again", false, "second round: also fit on what the present weights pick")
	judge := flag.Bool("judge", false, "print precision and recall of the present weights by threshold")
	flag.Parse()
	var err error
	if *judge {
		err = judged(*scenes)
	} else {
		err = fitted(*scenes, *again)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// draw returns a harbour and a sensor like Sentinel-2's, resampled or not.
func draw(seed uint64) (scene.Harbour, scene.Sensor) {
	r := rand.New(rand.NewPCG(seed, 77))
	h := scene.Harbour{Seed: seed, Width: 4000, Height: 3200, Ships: 8 + r.IntN(30)}
	return h, scene.Sensor{GSD: 8 + 4*r.Float64(), Blur: 0.5 + 0.1*r.Float64(), Noise: 0.001 + 0.001*r.Float64(), Haze: 0.05 * r.Float64(),
		Light: 0.6 + 0.6*r.Float64(), Seed: seed}
}

// port is a rendered harbour and which of its ships lies where.
type port struct {
	image *raster.Image
	label []int32 // by pixel: number of the ship, 0 none
	area  []int   // pixels by ship; index 0 unused
	small []bool  // by ship: shorter than four pixels, which says nothing either way
	ships int     // that are not small
}

func render(seed uint64) (port, error) {
	h, s := draw(seed)
	m, truth, err := h.Render(s, time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		return port{}, err
	}
	p := port{image: m, label: make([]int32, m.Width*m.Height), area: []int{0}, small: []bool{false}}
	for _, o := range truth.Objects {
		if o.Kind != "ship" {
			continue
		}
		var q [4][2]float64
		for i := range q {
			if q[i][0], q[i][1], err = m.Geo.Pixel(o.Outline[0][i]); err != nil {
				return p, err
			}
		}
		p.mark(q)
		p.small = append(p.small, o.Length < 4*s.GSD)
		if o.Length >= 4*s.GSD {
			p.ships++
		}
	}
	return p, nil
}

// mark labels the pixels whose centres lie in a rectangle.
func (p *port) mark(q [4][2]float64) {
	id := int32(len(p.area))
	n := 0
	cx, cy := (q[0][0]+q[2][0])/2, (q[0][1]+q[2][1])/2
	a, b := math.Hypot(q[1][0]-q[0][0], q[1][1]-q[0][1]), math.Hypot(q[2][0]-q[1][0], q[2][1]-q[1][1])
	ux, uy := (q[1][0]-q[0][0])/a, (q[1][1]-q[0][1])/a
	reach := int(math.Hypot(a, b)/2) + 2
	for y := max(0, int(cy)-reach); y <= min(p.image.Height-1, int(cy)+reach); y++ {
		for x := max(0, int(cx)-reach); x <= min(p.image.Width-1, int(cx)+reach); x++ {
			dx, dy := float64(x)+0.5-cx, float64(y)+0.5-cy
			if u, v := dx*ux+dy*uy, dy*ux-dx*uy; math.Abs(u) <= a/2+0.3 && math.Abs(v) <= b/2+0.3 {
				p.label[y*p.image.Width+x] = id
				n++
			}
		}
	}
	p.area = append(p.area, n)
}

// overlap returns the ship that a found object lies on most, and the overlap over the union.
func (p *port) overlap(s measure.Ship) (id int32, iou float64) {
	count := map[int32]int{}
	for _, r := range s.Region.Runs {
		for c := r.Start; c < r.End; c++ {
			if l := p.label[int(r.Row)*p.image.Width+int(c)]; l > 0 {
				count[l]++
			}
		}
	}
	best := 0
	for k, n := range count {
		if n > best || n == best && k < id {
			id, best = k, n
		}
	}
	if best == 0 {
		return 0, 0
	}
	return id, float64(best) / float64(s.Region.Area+p.area[id]-best)
}

// sample is the evidence of one shape, whether it is a ship, and its weight.
type sample struct {
	x      [measure.Terms]float64
	ship   bool
	weight float64
}

// each runs f on seeds from first on, on all processors, in order of seeds where it matters to the caller.
func each(first, n int, f func(k int) error) error {
	errs := make([]error, n)
	var group sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for k := range n {
		slots <- struct{}{}
		group.Go(func() { errs[k] = f(first + k); <-slots })
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// training is everything that has a ship's shape in one harbour. Shapes that overlap a ship by 45 % of the union are
// ships, under 20 % not; the others say nothing. All shapes of one ship weigh one together, and so do those of one place
// that are none.
func training(p port) ([]sample, error) {
	f, err := measure.Shapes(context.Background(), p.image, measure.Vessels{Chance: 1e-300})
	if err != nil {
		return nil, err
	}
	var out []sample
	var group []string
	count := map[string]float64{}
	for _, s := range f.Ships {
		id, iou := p.overlap(s)
		key := ""
		switch {
		case p.small[id]:
			continue
		case iou >= 0.45:
			key = fmt.Sprintf("ship %d", id)
		case iou < 0.2:
			key = fmt.Sprintf("%d %d", int(s.Region.Col/4), int(s.Region.Row/4))
		default:
			continue
		}
		out, group = append(out, sample{x: s.Evidence.Numbers(), ship: iou >= 0.45}), append(group, key)
		count[key]++
	}
	for i := range out {
		out[i].weight = 1 / count[group[i]]
	}
	return out, nil
}

// picked is what the present weights pick in one harbour: whether it lies on a ship, as the first that does. Each
// weighs three.
func picked(p port) ([]sample, error) {
	f, err := measure.ShipsIn(context.Background(), p.image, measure.Vessels{Chance: 0.02, ByShape: true})
	if err != nil {
		return nil, err
	}
	var out []sample
	seen := map[int32]bool{}
	for _, s := range f.Ships {
		if s.Chance != s.Chance { // afloat: judged another way
			continue
		}
		if id, _ := p.overlap(s); !p.small[id] {
			out = append(out, sample{s.Evidence.Numbers(), id > 0 && !seen[id], 3})
			seen[id] = true
		}
	}
	return out, nil
}

func fitted(scenes int, again bool) error {
	all := make([][]sample, scenes)
	if err := each(0, scenes, func(k int) error {
		p, err := render(uint64(k))
		if err == nil {
			all[k], err = training(p)
		}
		if err == nil && again {
			var more []sample
			more, err = picked(p)
			all[k] = append(all[k], more...)
		}
		return err
	}); err != nil {
		return err
	}
	var data []sample
	for _, a := range all {
		data = append(data, a...)
	}
	w, err := newton(data)
	if err != nil {
		return err
	}
	fmt.Print(file(w, scenes))
	return nil
}

// newton maximises the likelihood of a logistic regression, with a ridge of 0.01 of a sample.
func newton(data []sample) ([]float64, error) {
	const n = measure.Terms
	w := make([]float64, n)
	for range 40 {
		h, g := mat.NewSymDense(n, nil), mat.NewVecDense(n, nil)
		for _, d := range data {
			var s float64
			for i, x := range d.x {
				s += w[i] * x
			}
			p := 1 / (1 + math.Exp(-s))
			y := 0.0
			if d.ship {
				y = 1
			}
			for i, x := range d.x {
				g.SetVec(i, g.AtVec(i)+d.weight*(y-p)*x)
				for j := i; j < n; j++ {
					h.SetSym(i, j, h.At(i, j)+d.weight*p*(1-p)*x*d.x[j])
				}
			}
		}
		for i := range n {
			h.SetSym(i, i, h.At(i, i)+0.01)
			g.SetVec(i, g.AtVec(i)-0.01*w[i])
		}
		var step mat.VecDense
		if err := step.SolveVec(h, g); err != nil {
			return nil, err
		}
		for i := range w {
			w[i] += step.AtVec(i)
		}
		if mat.Norm(&step, 2) < 1e-8 {
			return w, nil
		}
	}
	return w, nil
}

func file(w []float64, scenes int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `// Code generated by go run ./analysis/scene/harbourfit/gen; DO NOT EDIT.

package measure

// weights turn the numbers of the evidence into log odds. They were fitted on %d simulated harbours (seeds 0 to %d) and on
// nothing else.
var weights = [Terms]float64{ // constant
`, scenes, scenes-1)
	for _, v := range w {
		fmt.Fprintf(&b, "\t%.4f,\n", v)
	}
	b.WriteString("}\n")
	return b.String()
}

// judged prints precision and recall on harbours that took no part in the fit.
func judged(scenes int) error {
	levels := []float64{0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9}
	objects, right, found := make([]int, len(levels)), make([]int, len(levels)), make([]int, len(levels))
	ships := 0
	var mu sync.Mutex
	err := each(100000, scenes, func(k int) error {
		p, err := render(uint64(k))
		if err != nil {
			return err
		}
		f, err := measure.ShipsIn(context.Background(), p.image, measure.Vessels{Chance: levels[0], ByShape: true})
		if err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		ships += p.ships
		for i, least := range levels {
			seen := map[int32]bool{}
			for _, s := range f.Ships {
				if s.Chance < least {
					continue
				}
				id, _ := p.overlap(s)
				if p.small[id] {
					continue
				}
				objects[i]++
				if id > 0 && !seen[id] { // a second object on one ship is wrong
					right[i]++
					seen[id] = true
				}
			}
			found[i] += len(seen)
		}
		return nil
	})
	for i, least := range levels {
		p, r := float64(right[i])/float64(max(1, objects[i])), float64(found[i])/float64(ships)
		fmt.Printf("chance >= %.1f: %5d objects, precision %.3f, recall %.3f, F1 %.3f\n", least, objects[i], p, r, 2*p*r/(p+r))
	}
	return err
}

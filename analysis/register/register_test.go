package register_test

import (
	"context"
	"fmt"
	"log"
	"math"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/internal/golden"
	"github.com/sightline-osint/sightline/analysis/internal/imagery"
	"github.com/sightline-osint/sightline/analysis/raster"
	"github.com/sightline-osint/sightline/analysis/register"
)

const fine = 8 // fine pixels a pixel

// ground returns a fine grid of rectangles of different brightness, blurred a little, side*fine + margin wide.
func ground(side int, seed uint64) raster.Plane {
	n := side*fine + 20*fine
	r := rand.New(rand.NewPCG(seed, 5))
	p := raster.NewPlane(n, n)
	for range side * 6 {
		x, y, w, h, v := r.IntN(n), r.IntN(n), 5+r.IntN(12*fine), 5+r.IntN(6*fine), r.Float32()*100
		for j := y; j < min(n, y+h); j++ {
			for i := x; i < min(n, x+w); i++ {
				p.Pix[j*n+i] = v
			}
		}
	}
	return p
}

// seen returns what a sensor sees of the ground from an offset in fine pixels, with noise.
func seen(g raster.Plane, side, dx, dy int, noise float64, seed uint64) *raster.Image {
	r := rand.New(rand.NewPCG(seed, 6))
	out := raster.NewPlane(side, side)
	for j := range side {
		for i := range side {
			var sum float64
			for b := -fine / 2; b < fine+fine/2; b++ { // twice the pixel: some blur, as sensors have
				row := g.Row((j+10)*fine - dy + b)
				for a := -fine / 2; a < fine+fine/2; a++ {
					sum += float64(row[(i+10)*fine-dx+a])
				}
			}
			out.Pix[j*side+i] = float32(sum/(4*fine*fine) + noise*r.NormFloat64())
		}
	}
	m, err := raster.FromPlanes(out)
	if err != nil {
		panic(err)
	}
	return m
}

func TestShiftIsFoundToATwentiethOfAPixel(t *testing.T) {
	g := ground(200, 1)
	ref := seen(g, 200, 0, 0, 2, 1)
	for i, d := range [][2]int{{0, 0}, {1, 3}, {4, -4}, {-13, 22}, {50, -37}, {7, 70}} {
		s := register.Translation(ref, seen(g, 200, d[0], d[1], 2, uint64(i+2)))
		x, y := float64(d[0])/fine, float64(d[1])/fine
		if !s.Known || math.Abs(s.DX-x) > 0.05 || math.Abs(s.DY-y) > 0.05 {
			t.Errorf("%v, truth %.3f %.3f", s, x, y)
		}
	}
}

func TestShiftIsFoundUnderCloudsAndChange(t *testing.T) {
	g := ground(300, 2)
	ref := seen(g, 300, 0, 0, 2, 1)
	moving := seen(g, 300, 11, -5, 2, 2)
	p, err := moving.Plane(moving.All(), 0)
	if err != nil {
		t.Fatal(err)
	}
	for i := range p.Pix {
		x, y := float64(i%300-220), float64(i/300-90)
		if x*x+y*y < 70*70 {
			p.Pix[i] = 250 + float32(x+y)/10
		}
	}
	moving, err = raster.FromPlanes(p)
	if err != nil {
		t.Fatal(err)
	}
	s := register.Translation(ref, moving)
	if !s.Known || math.Abs(s.DX-11./fine) > 0.05 || math.Abs(s.DY+5./fine) > 0.05 || s.Agreeing == s.Tiles {
		t.Errorf("%v", s)
	}
}

func TestItSaysWhenItCannotTell(t *testing.T) {
	noise := func(seed uint64) *raster.Image {
		r := rand.New(rand.NewPCG(seed, 9))
		p := raster.NewPlane(256, 256)
		for i := range p.Pix {
			p.Pix[i] = float32(r.NormFloat64())
		}
		m, _ := raster.FromPlanes(p)
		return m
	}
	stripes := raster.NewPlane(256, 256)
	for i := range stripes.Pix {
		stripes.Pix[i] = float32(math.Sin(2 * math.Pi * float64(i%256) / 8))
	}
	rails, _ := raster.FromPlanes(stripes)
	flat, _ := raster.FromPlanes(raster.NewPlane(256, 256))
	empty := raster.NewPlane(256, 256)
	for i := range empty.Pix {
		empty.Pix[i] = float32(math.NaN())
	}
	void, _ := raster.FromPlanes(empty)
	tiny, _ := raster.FromPlanes(raster.NewPlane(1, 1))
	for name, pair := range map[string][2]*raster.Image{"noise": {noise(1), noise(2)}, "rails": {rails, rails}, "flat": {flat, flat},
		"void": {void, noise(1)}, "tiny": {tiny, tiny}, "sizes": {noise(1), tiny}} {
		if s := register.Translation(pair[0], pair[1]); s.Known || s.Reason == "" || s.DX != 0 {
			t.Errorf("%s: %v", name, s)
		}
	}
	for seed := range uint64(20) {
		if s := register.Translation(noise(2*seed+10), noise(2*seed+11)); s.Known {
			t.Errorf("noise %d: %v", seed, s)
		}
	}
}

func TestDifferentGridsAreErrors(t *testing.T) {
	a, _ := raster.New(32, 32, make([]uint8, 1024))
	for _, change := range []func(*raster.Image){
		func(m *raster.Image) { m.Geo.CRS = raster.UTM(52, false) },
		func(m *raster.Image) { m.Geo.Transform.A = 1.1 },
		func(m *raster.Image) { m.Geo.CRS.Name = "another one without a code" },
	} {
		a.Geo.CRS.Name = "one without a code"
		b, _ := raster.New(32, 32, make([]uint8, 1024))
		change(b)
		if _, err := register.Find(context.Background(), a, b, register.Options{}); err == nil {
			t.Errorf("%v and %v were compared", a.Geo, b.Geo)
		}
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := register.Find(ctx, a, a, register.Options{}); err == nil {
		t.Error("a cancelled search went on")
	}
}

// The real image is averaged 4 by 4 from two offsets, which shifts it by quarters of a pixel, and gets noise.
func TestShiftOfARealImage(t *testing.T) {
	m, err := raster.Open(filepath.Join(imagery.Folder(t, "sen2ships-busan"), "B04.tif"))
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	p, err := m.Plane(m.All(), 0)
	if err != nil {
		t.Fatal(err)
	}
	view := func(dx, dy int, seed uint64) *raster.Image {
		r := rand.New(rand.NewPCG(seed, 3))
		out := raster.NewPlane(240, 160)
		for i := range out.Pix {
			for k := range 16 {
				out.Pix[i] += p.At(i%240*4+k%4+8-dx, i/240*4+k/4+8-dy) / 16
			}
			out.Pix[i] += float32(0.02 * 255 * r.NormFloat64())
		}
		im, _ := raster.FromPlanes(out)
		return im
	}
	for _, d := range [][2]int{{1, 0}, {2, 3}, {-5, 6}, {7, -7}} {
		s := register.Translation(view(0, 0, 1), view(d[0], d[1], 2))
		if x, y := float64(d[0])/4, float64(d[1])/4; !s.Known || math.Abs(s.DX-x) > 0.05 || math.Abs(s.DY-y) > 0.05 {
			t.Errorf("%v, truth %v %v", s, x, y)
		}
	}
}

func TestResample(t *testing.T) {
	p := raster.NewPlane(12, 9)
	for i := range p.Pix {
		p.Pix[i] = float32(3*(i%12) - 2*(i/12)) // a plane is kept by bilinear and by cubic
	}
	for _, m := range []register.Method{register.Bilinear, register.Cubic, register.Nearest} {
		q, err := register.Resample(p, 0.25, -0.5, m)
		if err != nil {
			t.Fatal(err)
		}
		want := 3*5.25 - 2*3.5
		if m == register.Nearest {
			want = 3*5 - 2*4
		}
		if v := q.At(5, 4); math.Abs(float64(v)-want) > 1e-4 {
			t.Errorf("%s: %v, not %v", m, v, want)
		}
		if m != register.Nearest && !math.IsNaN(float64(q.At(11, 4))) {
			t.Errorf("%s: a sample from outside the image: %v", m, q.At(11, 4))
		}
	}
	if _, err := register.Resample(p, 0, 0, "lanczos"); err == nil || !strings.Contains(err.Error(), "lanczos") {
		t.Error(err)
	}
	if _, err := register.Resample(p, math.NaN(), 0, register.Cubic); err == nil {
		t.Error("a shift of NaN")
	}
}

func BenchmarkPhaseCorrelation2048(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	p, q := raster.NewPlane(2048, 2048), raster.NewPlane(2048, 2048)
	for i := range p.Pix {
		p.Pix[i] = r.Float32()
	}
	copy(q.Pix[5:], p.Pix)
	for b.Loop() {
		register.Correlate(p, q)
	}
}

// seenLast is what the last example showed, for the gallery.
var seenLast []golden.View

// look shows a value as a cell does that ends with it.
func look(caption string, value any) {
	seenLast = append(seenLast, golden.Look(caption, value))
}

// over lays a plane in blue and green over another in red: what does not agree has a coloured rim.
func over(reference, moving raster.Plane) *raster.Image {
	m, err := raster.FromPlanes(reference, moving, moving)
	if err != nil {
		log.Fatal(err)
	}
	m.Rename("red", "green", "blue")
	return m
}

// band returns the only band of an image.
func band(m *raster.Image) raster.Plane {
	p, err := m.Plane(m.All(), 0)
	if err != nil {
		log.Fatal(err)
	}
	return p
}

// compare shows two images over each other, as they are and after the shift.
func compare(reference, moving raster.Plane, s register.Shift) {
	back, err := register.Resample(moving, s.DX, s.DY, register.Cubic)
	if err != nil {
		log.Fatal(err)
	}
	look("before in red, after in blue and green", over(reference, moving))
	look(s.String()+", taken back", over(reference, back))
}

func ExampleTranslation() {
	g := ground(160, 3)
	before, after := seen(g, 160, 0, 0, 1, 1), seen(g, 160, 14, -20, 1, 2)
	shift := register.Translation(before, after)
	fmt.Printf("%.1f %.1f %t\n", shift.DX, shift.DY, shift.Known)
	compare(band(before), band(after), shift)
	// Output: 1.7 -2.5 true
}

func ExampleFind() {
	g := ground(160, 3)
	before, after := seen(g, 160, 0, 0, 1, 1), seen(g, 160, 16, 16, 1, 2)
	shift, err := register.Find(context.Background(), before, after, register.Options{Tile: 64})
	fmt.Printf("%.1f %.1f %v\n", shift.DX, shift.DY, err)
	compare(band(before), band(after), shift)
	// Output: 2.0 2.0 <nil>
}

// The same half pixel by each method, of a few pixels and of an image's corner.
func ExampleResample() {
	p := raster.Plane{Width: 4, Height: 1, Pix: []float32{0, 10, 20, 30}}
	moved, err := register.Resample(p, 0.5, 0, register.Bilinear)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(moved.Pix)
	corner := band(seen(ground(60, 3), 60, 0, 0, 1, 1)).Crop(raster.Window{Width: 40, Height: 30})
	look("as it is", corner)
	for _, method := range []register.Method{register.Nearest, register.Bilinear, register.Cubic} {
		moved, err := register.Resample(corner, 3.5, 1.5, method)
		if err != nil {
			log.Fatal(err)
		}
		look(string(method), moved)
	}
	// Output: [5 15 25 NaN]
}

func ExampleFits() {
	a, _ := raster.New(2, 2, make([]uint8, 4))
	b, _ := raster.New(3, 1, make([]uint8, 3))
	a.Name, b.Name = "before.tif", "after.tif"
	fmt.Println(register.Fits(a, b))
	// Output: register: before.tif has 2 x 2 pixels, after.tif 3 x 1
}

func ExampleCorrelate() {
	g := ground(128, 3)
	a, b := seen(g, 128, 0, 0, 1, 1), seen(g, 128, 8, 16, 1, 2)
	pa, _ := a.Plane(a.All(), 0)
	pb, _ := b.Plane(b.All(), 0)
	s := register.Correlate(pa, pb)
	fmt.Printf("%.1f %.1f\n", s.DX, s.DY)
	compare(pa, pb, s)
	// Output: 1.0 2.0
}

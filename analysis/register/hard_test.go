package register_test

import (
	"context"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/sightline-osint/sightline/analysis/internal/imagery"
	"github.com/sightline-osint/sightline/analysis/raster"
	"github.com/sightline-osint/sightline/analysis/register"
)

// view averages a plane 4 by 4 from an offset in its pixels, which moves what is seen by quarters of a pixel, and adds
// noise in numbers of the plane.
func view(p raster.Plane, width, height, dx, dy int, noise float64, seed uint64) raster.Plane {
	r := rand.New(rand.NewPCG(seed, 3))
	out := raster.NewPlane(width, height)
	col, row := (p.Width-4*width)/2, (p.Height-4*height)/2
	for y := range height {
		to := out.Row(y)
		for k := range 4 {
			from := p.Row(y*4 + k + row - dy)[col-dx:]
			for x := range to {
				v := from[4*x : 4*x+4]
				to[x] += (v[0] + v[1] + v[2] + v[3]) / 16
			}
		}
		for x := range to {
			to[x] += float32(noise * r.NormFloat64())
		}
	}
	return out
}

// disc changes the pixels of a disc.
func disc(p raster.Plane, x, y, radius int, to func(old float32) float32) {
	for i, v := range p.Pix {
		if c, r := i%p.Width-x, i/p.Width-y; c*c+r*r < radius*radius {
			p.Pix[i] = to(v)
		}
	}
}

func imageOf(t *testing.T, p raster.Plane) *raster.Image {
	t.Helper()
	m, err := raster.FromPlanes(p)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// spread returns the standard deviation of a plane.
func deviation(p raster.Plane) float64 {
	var n, sum, squares float64
	for _, v := range p.Pix {
		if v == v {
			n, sum, squares = n+1, sum+float64(v), squares+float64(v)*float64(v)
		}
	}
	return math.Sqrt(squares/n - sum/n*sum/n)
}

// places returns planes of real images and of a drawn one, large enough to be averaged 4 by 4.
func places(t *testing.T) map[string]raster.Plane {
	out := map[string]raster.Plane{"drawn": drawn()}
	open := func(name, path string) {
		m, err := raster.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer m.Close()
		if out[name], err = m.Plane(m.All(), 0); err != nil {
			t.Fatal(err)
		}
	}
	for _, b := range []string{"B02", "B08", "B11"} {
		open("Busan "+b, filepath.Join(imagery.Folder(t, "sen2ships-busan"), b+".tif"))
	}
	return out
}

func drawn() raster.Plane { return ground(100, 7) }

// kept reports whether a combination is tried: every other one, so that each place meets each hardship and each shift, or all
// with SIGHTLINE_LONG=1.
func kept(name string, shift, hardship int) bool {
	return os.Getenv("SIGHTLINE_LONG") == "1" || (len(name)+int(name[len(name)-1])+shift+hardship)%2 == 0
}

func TestShiftOfImagesWithNoiseCloudsAndChange(t *testing.T) {
	for name, p := range places(t) {
		w, h := (p.Width-64)/4, (p.Height-64)/4
		sd := deviation(p)
		white := func(float32) float32 { return float32(6 * sd) }
		for i, d := range [][2]int{{0, 0}, {1, 0}, {2, 3}, {-5, 6}, {7, -7}, {-13, 2}, {17, 27}} {
			for k, hard := range []string{"", "noise", "clouds", "change", "light"} {
				if !kept(name, i, k) {
					continue
				}
				noise := 0.02 * sd
				if hard == "noise" {
					noise = 0.25 * sd
				}
				a, b := view(p, w, h, 0, 0, noise, uint64(2*i)), view(p, w, h, d[0], d[1], noise, uint64(2*i+1))
				switch hard {
				case "clouds":
					disc(a, w/5, h/4, h/6, white)
					disc(b, w*3/4, h*2/3, h/4, white)
				case "change":
					disc(b, w/2, h/2, h/5, func(v float32) float32 { return float32(3*sd) - v })
					disc(b, w/6, h/5, h/8, func(v float32) float32 { return 0 })
				case "light":
					disc(b, 0, 0, 10*w, func(v float32) float32 { return 0.6*v + float32(sd) })
				}
				s := register.Translation(imageOf(t, a), imageOf(t, b))
				x, y := float64(d[0])/4, float64(d[1])/4
				if !s.Known || math.Abs(s.DX-x) > 0.05 || math.Abs(s.DY-y) > 0.05 {
					t.Errorf("%s of %d x %d, %s: %v, truth %v %v", name, w, h, hard, s, x, y)
				}
			}
		}
	}
}

func TestLargeShiftsAreFound(t *testing.T) {
	g := ground(400, 11)
	ref := seen(g, 256, 0, 0, 2, 1)
	for _, d := range [][2]int{{40, 0}, {-70, 30}, {9, 100}} { // pixels
		col, row := d[0], d[1]
		moving := raster.NewPlane(256, 256)
		for i := range moving.Pix {
			moving.Pix[i] = float32(math.NaN())
		}
		p, err := ref.Plane(ref.All(), 0)
		if err != nil {
			t.Fatal(err)
		}
		for r := range 256 {
			for c := range 256 {
				if x, y := c-col, r-row; x >= 0 && y >= 0 && x < 256 && y < 256 {
					moving.Pix[r*256+c] = p.Pix[y*256+x]
				}
			}
		}
		s := register.Translation(ref, imageOf(t, moving))
		if !s.Known || math.Abs(s.DX-float64(col)) > 0.05 || math.Abs(s.DY-float64(row)) > 0.05 {
			t.Errorf("%v, truth %v", s, d)
		}
	}
}

func TestMaskedAndMissingPixelsDoNotMislead(t *testing.T) {
	g := ground(256, 12)
	ref, moving := seen(g, 256, 0, 0, 2, 1), seen(g, 256, 11, -5, 2, 2)
	a, _ := ref.Plane(ref.All(), 0)
	b, _ := moving.Plane(moving.All(), 0)
	clouds := raster.NewMask(256, 256)
	for i := range a.Pix { // a bright pattern that stays where it is, as clouds of a mosaic or a frame do
		if i/256 < 100 {
			clouds.Bits[i] = 1
			v := float32(300 + 100*math.Sin(float64(i%256)/3)*math.Cos(float64(i/256)/5))
			a.Pix[i], b.Pix[i] = v, v
		}
		if i%256 > 225 {
			b.Pix[i] = float32(math.NaN())
		}
	}
	s, err := register.Find(context.Background(), imageOf(t, a), imageOf(t, b), register.Options{Ignore: clouds})
	if err != nil || !s.Known || math.Abs(s.DX-11./fine) > 0.05 || math.Abs(s.DY+5./fine) > 0.05 {
		t.Errorf("%v %v", s, err)
	}
}

func TestItSaysThatPatternsAndOtherPlacesDoNotTell(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	pattern := func(f func(x, y float64) float64) *raster.Image {
		p := raster.NewPlane(300, 260)
		for i := range p.Pix {
			p.Pix[i] = float32(f(float64(i%300), float64(i/300)) + 0.01*r.NormFloat64())
		}
		return imageOf(t, p)
	}
	fields := func(x, y float64) float64 { return math.Sin(2*math.Pi*x/12) + math.Sin(2*math.Pi*y/9) }
	g, other := ground(300, 13), ground(300, 14)
	for name, pair := range map[string][2]*raster.Image{
		"fields":       {pattern(fields), pattern(func(x, y float64) float64 { return fields(x+3, y) })},
		"wires":        {pattern(func(x, y float64) float64 { return math.Sin(2 * math.Pi * (x + y) / 7) }), pattern(func(x, y float64) float64 { return math.Sin(2 * math.Pi * (x + y + 2) / 7) })},
		"other places": {seen(g, 260, 0, 0, 2, 1), seen(other, 260, 0, 0, 2, 2)},
		"calm sea":     {pattern(func(x, y float64) float64 { return x / 3000 }), pattern(func(x, y float64) float64 { return x / 3000 })},
	} {
		a, b := pair[0], pair[1]
		if name == "calm sea" { // noise of each date its own
			p, _ := b.Plane(b.All(), 0)
			r := rand.New(rand.NewPCG(6, 6))
			for i := range p.Pix {
				p.Pix[i] += float32(0.05 * r.NormFloat64())
			}
			b = imageOf(t, p)
			q, _ := a.Plane(a.All(), 0)
			for i := range q.Pix {
				q.Pix[i] += float32(0.05 * r.NormFloat64())
			}
			a = imageOf(t, q)
		}
		if s := register.Translation(a, b); s.Known || s.Reason == "" {
			t.Errorf("%s: %v", name, s)
		}
	}
}

// Trains that moved all alike between two dates once looked like a shift of 25 pixels: a third of the tiles showed them.
func TestTrainsThatMoveAreNoShift(t *testing.T) {
	var dates []*raster.Image
	for _, day := range []string{"09-24", "09-28", "10-06"} {
		m, err := raster.Open("../../datasets/simulated-yard/simulated-yard-2023-" + day + ".tif")
		if err != nil {
			t.Fatal(err)
		}
		defer m.Close()
		dates = append(dates, m)
	}
	for i, a := range dates {
		for _, b := range dates[i+1:] {
			if s := register.Translation(a, b); s.Known && math.Hypot(s.DX, s.DY) > 2 {
				t.Errorf("%s and %s: %v", a.Name, b.Name, s)
			}
		}
	}
}

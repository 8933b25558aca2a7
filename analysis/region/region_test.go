package region_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/sightline-osint/sightline/analysis/internal/golden"
	"github.com/sightline-osint/sightline/analysis/raster"
	"github.com/sightline-osint/sightline/analysis/region"
)

// mask reads a picture of # and dots.
func mask(rows ...string) raster.Mask {
	m := raster.NewMask(len(rows[0]), len(rows))
	for r, s := range rows {
		for c, x := range s {
			m.Set(c, r, x == '#')
		}
	}
	return m
}

func text(m raster.Mask) string {
	s := ""
	for r := range m.Height {
		for c := range m.Width {
			s += map[bool]string{true: "#", false: "."}[m.At(c, r)]
		}
		s += "\n"
	}
	return s
}

func TestRegions(t *testing.T) {
	m := mask(
		"#....##..",
		".#..#..#.",
		"....#..#.",
		"..#..##..",
		".........",
		".#######.",
		".#.#.#.#.",
		".#######.",
	)
	got := region.Find(m, region.Options{})
	type want struct {
		area, holes int
		border      bool
	}
	for i, w := range []want{{2, 0, true}, {8, 1, true}, {1, 0, false}, {18, 3, true}} {
		if len(got) != 4 || got[i].Area != w.area || got[i].Holes != w.holes || got[i].Border != w.border {
			t.Fatalf("%d: %+v", i, got)
		}
	}
	if four := region.Find(m, region.Options{Four: true, MinArea: 2}); len(four) != 5 {
		t.Errorf("%d regions by sides", len(four))
	}
	if region.Mask(9, 8, got...).Count() != m.Count() {
		t.Error("pixels were lost")
	}
	if n := len(region.Find(raster.Mask{}, region.Options{})); n != 0 {
		t.Errorf("%d regions of nothing", n)
	}
}

// flood counts regions and holes the slow way.
func flood(m raster.Mask, on bool, four bool) (count, inner int) {
	seen := map[[2]int]bool{}
	for r := range m.Height {
		for c := range m.Width {
			if m.At(c, r) != on || seen[[2]int{c, r}] {
				continue
			}
			count++
			edge := false
			stack := [][2]int{{c, r}}
			seen[[2]int{c, r}] = true
			for len(stack) > 0 {
				p := stack[len(stack)-1]
				stack = stack[:len(stack)-1]
				for dy := -1; dy <= 1; dy++ {
					for dx := -1; dx <= 1; dx++ {
						q := [2]int{p[0] + dx, p[1] + dy}
						if four && dx != 0 && dy != 0 {
							continue
						}
						if q[0] < 0 || q[1] < 0 || q[0] >= m.Width || q[1] >= m.Height {
							edge = true
							continue
						}
						if m.At(q[0], q[1]) == on && !seen[q] {
							seen[q] = true
							stack = append(stack, q)
						}
					}
				}
			}
			if !edge {
				inner++
			}
		}
	}
	return count, inner
}

func TestRandomMasksAgreeWithFlooding(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for range 200 {
		m := raster.NewMask(1+r.IntN(30), 1+r.IntN(30))
		p := r.Float64()
		for i := range m.Bits {
			if r.Float64() < p {
				m.Bits[i] = 1
			}
		}
		for _, four := range []bool{true, false} {
			got := region.Find(m, region.Options{Four: four})
			count, _ := flood(m, true, four)
			_, holes := flood(m, false, !four)
			area, inner := 0, 0
			for _, g := range got {
				area += g.Area
				inner += g.Holes
			}
			if len(got) != count || area != m.Count() || inner != holes {
				t.Fatalf("%d regions with %d holes, not %d with %d\n%s", len(got), inner, count, holes, text(m))
			}
		}
		d := region.Dilate(m, 2)
		for row := range m.Height {
			for col := range m.Width {
				want := false
				for k := range 25 {
					want = want || m.At(col+k%5-2, row+k/5-2)
				}
				if d.At(col, row) != want {
					t.Fatalf("dilated\n%s\n%s", text(m), text(d))
				}
			}
		}
	}
}

func TestBoxOfATurnedRectangle(t *testing.T) {
	for _, angle := range []float64{0, 17, 45, 90, 133} {
		s, c := math.Sincos(angle * math.Pi / 180)
		m := raster.NewMask(120, 120)
		for i := range m.Bits {
			x, y := float64(i%120)+0.5-60, float64(i/120)+0.5-61
			m.Set(i%120, i/120, math.Abs(x*c+y*s) < 40 && math.Abs(y*c-x*s) < 6)
		}
		b := region.Find(m, region.Options{})[0].Box()
		turn := math.Abs(math.Mod(b.Angle-angle+270, 180) - 90)
		if math.Abs(b.Length-80) > 1.5 || math.Abs(b.Width-12) > 1.5 || turn > 1 || math.Hypot(b.Col-60, b.Row-61) > 0.5 {
			t.Errorf("%v degrees: %+v", angle, b)
		}
	}
	one := region.Find(mask("...", ".#."), region.Options{})[0].Box()
	if one.Length != 1 || one.Width != 1 || one.Col != 1.5 || one.Row != 1.5 {
		t.Errorf("one pixel: %+v", one)
	}
}

func TestMorphology(t *testing.T) {
	m := mask("#.......", "..####..", "..#.##..", "..####..", "........", "........")
	if got, want := text(region.Fill(m, 0)), text(mask("#.......", "..####..", "..####..", "..####..", "........", "........")); got != want {
		t.Errorf("filled\n%s", got)
	}
	if got, want := text(region.Open(region.Fill(m, 0), 1)), text(mask("........", "..####..", "..####..", "..####..", "........", "........")); got != want {
		t.Errorf("opened\n%s", got)
	}
	if got, want := text(region.Close(m, 1)), text(mask("#.......", "..####..", "..####..", "..####..", "........", "........")); got != want {
		t.Errorf("closed\n%s", got)
	}
	if region.Fill(m, 0).Count() != 13 || region.Erode(mask("###", "###", "###"), 1).Count() != 9 {
		t.Error("counts")
	}
}

// seen is what the last example showed, for the gallery.
var seen []golden.View

// look shows a value as a cell does that ends with it.
func look(caption string, value any) {
	seen = append(seen, golden.Look(caption, value))
}

// marked is a mask with a slanted bar, a ring, a block with a stray pixel beside it and some more strays.
func marked() raster.Mask {
	m := raster.NewMask(64, 40)
	for i := range m.Bits {
		c, r := i%64, i/64
		bar := c >= 6 && c < 30 && r-c/2 >= 4 && r-c/2 < 8
		ring := math.Abs(math.Hypot(float64(c)-46, float64(r)-12)-7) < 2
		block := c >= 38 && c < 60 && r >= 28 && r < 35 && c%11 != 0
		stray := i == 5*64+3 || i == 33*64+12 || i == 25*64+40
		m.Set(c, r, bar || ring || block || stray)
	}
	return m
}

// compare shows a mask before and after.
func compare(caption string, f func(m raster.Mask) raster.Mask) {
	look("mask", marked())
	look(caption, f(marked()))
}

func ExamplePicture() {
	m := marked()
	regions := region.Find(m, region.Options{MinArea: 2})
	p := region.Picture(m.Width, m.Height, regions...)
	fmt.Println(len(regions), "regions", p.Bounds())
	look("mask", m)
	look("regions with their boxes", p)
	// Output: 5 regions (0,0)-(896,560)
}

func ExampleFind() {
	m := mask("##...", "##.##", "...##", "...##")
	regions := region.Find(m, region.Options{MinArea: 2})
	look("", region.Picture(m.Width, m.Height, regions...))
	for _, r := range regions {
		b := r.Box()
		fmt.Printf("%d px, %.0f x %.0f, border %t\n", r.Area, b.Length, b.Width, r.Border)
	}
	// Output:
	// 4 px, 2 x 2, border true
	// 6 px, 3 x 2, border true
}

func ExampleRegion_Box() {
	r := region.Find(mask("......", ".####.", "......"), region.Options{})[0]
	look("", region.Picture(6, 3, r))
	fmt.Printf("%+v\n", r.Box())
	// Output: {Col:3 Row:1.5 Length:4 Width:1 Angle:0}
}

func ExampleRegion_Hull() {
	fmt.Println(region.Find(mask("#.", "##"), region.Options{})[0].Hull())
	// Output: [[0 0] [1 0] [2 1] [2 2] [0 2]]
}

func ExampleBox_Corners() {
	fmt.Println(region.Box{Col: 3, Row: 1, Length: 4, Width: 2}.Corners())
	// Output: [[1 0] [5 0] [5 2] [1 2]]
}

func ExampleMask() {
	regions := region.Find(mask("#..", "..#", "..#"), region.Options{MinArea: 2})
	large := region.Mask(3, 3, regions...)
	fmt.Println(large.Bits)
	look("mask", mask("#..", "..#", "..#"))
	look("regions of two pixels and more", large)
	// Output: [0 0 0 0 0 1 0 0 1]
}

func ExampleDilate() {
	compare("grown by one pixel", func(m raster.Mask) raster.Mask { return region.Dilate(m, 1) })
	fmt.Print(text(region.Dilate(mask("....", ".#..", "...."), 1)))
	// Output:
	// ###.
	// ###.
	// ###.
}

func ExampleErode() {
	compare("shrunk by one pixel", func(m raster.Mask) raster.Mask { return region.Erode(m, 1) })
	fmt.Print(text(region.Erode(mask(".....", ".###.", ".###.", ".###.", "....."), 1)))
	// Output:
	// .....
	// .....
	// ..#..
	// .....
	// .....
}

func ExampleOpen() {
	compare("opened by one pixel", func(m raster.Mask) raster.Mask { return region.Open(m, 1) })
	fmt.Println(region.Open(mask("....", ".#..", "...."), 1).Count())
	// Output: 0
}

func ExampleClose() {
	compare("closed by one pixel", func(m raster.Mask) raster.Mask { return region.Close(m, 1) })
	fmt.Print(text(region.Close(mask("......", ".#.#..", "......"), 1)))
	// Output:
	// ......
	// .###..
	// ......
}

func ExampleFill() {
	compare("holes of up to 200 pixels filled", func(m raster.Mask) raster.Mask { return region.Fill(m, 200) })
	fmt.Println(region.Fill(mask("###", "#.#", "###"), 0).Count())
	// Output: 9
}

func ExampleGeoJSON() {
	g := raster.Geo{Transform: raster.NorthUp(630000, 4696000, 10, 10), CRS: raster.UTM(52, false)}
	c, err := region.GeoJSON(region.Find(mask("....", ".##."), region.Options{}), g)
	if err != nil {
		fmt.Println(err)
	}
	b, _ := json.Marshal(c.Features[0].Properties)
	fmt.Println(string(b))
	// Output: {"area_m2":200.08,"area_px":2,"bearing_deg":91.1,"border":true,"holes":0,"length_m":20,"width_m":10}
}

func BenchmarkFind120Mpx(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	m := raster.NewMask(10980, 10980)
	for range 20000 {
		x, y, w, h := r.IntN(10900), r.IntN(10900), 1+r.IntN(60), 1+r.IntN(12)
		for k := range w * h {
			m.Set(x+k%w, y+k/w, true)
		}
	}
	for b.Loop() {
		for _, g := range region.Find(m, region.Options{}) {
			g.Box()
		}
	}
}

func ExampleOne() {
	g := region.One(mask("#.#", "..."), 10, 20, 100, 100)
	fmt.Println(g.Area, g.Bounds.Col, g.Bounds.Row, g.Border)
	look("", region.Picture(30, 25, g))
	// Output: 2 10 20 false
}

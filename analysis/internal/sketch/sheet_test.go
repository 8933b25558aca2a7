package sketch

import (
	"image"
	"image/color"
	"math"
	"testing"
)

// inked is the number of pixels of a rectangle in units that are not white.
func inked(s *Sheet, r image.Rectangle) (n int) {
	for y := Fine * r.Min.Y; y < Fine*r.Max.Y; y++ {
		for x := Fine * r.Min.X; x < Fine*r.Max.X; x++ {
			if s.img.RGBAAt(x, y) != (color.RGBA{255, 255, 255, 255}) {
				n++
			}
		}
	}
	return n
}

func TestTextStandsOnItsBaselineAndIsAsWideAsSaid(t *testing.T) {
	s := NewSheet(200, 40)
	s.Text(20, 20, "200 m ± 4, Хасан 두만강역", Ink)
	w := int(Width("200 m ± 4, Хасан 두만강역"))
	if inside := inked(s, image.Rect(19, 8, 21+w, 24)); inside < 300 {
		t.Errorf("%d pixels of ink", inside)
	}
	for _, r := range []image.Rectangle{image.Rect(0, 0, 19, 40), image.Rect(22+w, 0, 200, 40), image.Rect(0, 25, 200, 40)} {
		if n := inked(s, r); n > 0 {
			t.Errorf("%d pixels of ink in %v", n, r)
		}
	}
}

func TestALineOfTextIsCutToItsRoom(t *testing.T) {
	long := "normalisation pseudo-invariant features, shift 0.31, -0.02 px"
	if cut := Fit(long, 120); Width(cut) > 120 || Width(cut) < 100 || cut == long {
		t.Errorf("%q is %.1f units wide", cut, Width(cut))
	}
	if same := Fit("short", 120); same != "short" {
		t.Error(same)
	}
}

func TestLinesStayInTheirFrame(t *testing.T) {
	s := NewSheet(60, 60)
	frame := image.Rect(10, 10, 50, 50)
	s.Line(2, Ink, frame, [2]float64{-20, 30}, [2]float64{90, 30}, [2]float64{90, 90}, [2]float64{0, 0})
	if n := inked(s, frame); n < 2*2*40 {
		t.Errorf("%d pixels inside", n)
	}
	if all, in := inked(s, image.Rect(0, 0, 60, 60)), inked(s, frame); all != in {
		t.Errorf("%d pixels outside", all-in)
	}
}

func TestAScaleBarIsARoundLength(t *testing.T) {
	s := NewSheet(200, 40)
	s.ScaleBar(10, 20, 3, 100) // at most 300 m: 200 m are 66.7 units
	if inked(s, image.Rect(70, 19, 77, 21)) == 0 || inked(s, image.Rect(78, 19, 84, 21)) > 0 {
		t.Error("the bar does not end at 66.7 units")
	}
}

func TestNumbersOfAColourBarAreShortAndDoNotCoverEachOther(t *testing.T) {
	for v, want := range map[float64]string{1417: "1417", 3.7417: "3.74", 0.04898: "0.049", -65535: "-65535", 2.5e7: "2.5e+07", 999: "999", 1000: "1000", 0: "0"} {
		if got := number(v); got != want {
			t.Errorf("%v is written %q, not %q", v, got, want)
		}
	}
	rows := func(threshold float64) (n int) { // rows with ink beside the bar
		s := NewSheet(90, 120)
		s.ColourBar(image.Rect(10, 10, 20, 100), 0, 100, false, threshold)
		for y := range 240 {
			for x := 2 * 24; x < 180; x++ {
				if s.Image().RGBAAt(x, y).R < 160 {
					n++
					break
				}
			}
		}
		return n
	}
	for _, threshold := range []float64{1, 3, 97, 99} {
		if ends, marked := rows(math.NaN()), rows(threshold); marked > ends+4 {
			t.Errorf("a threshold of %v: %d rows of ink, %d without", threshold, marked, ends)
		}
	}
	if ends, marked := rows(math.NaN()), rows(50); marked < ends+8 {
		t.Error("a threshold in the middle has no number")
	}
}

// A line that leaves the sheet by far is drawn as far as the sheet shows it.
func TestLinesThatLeaveTheSheetByFar(t *testing.T) {
	far, near := NewSheet(40, 20), NewSheet(40, 20)
	far.Line(2, Ink, image.Rectangle{}, [2]float64{-1e9, 10}, [2]float64{1e9, 10})
	near.Line(2, Ink, image.Rectangle{}, [2]float64{-5, 10}, [2]float64{45, 10})
	if string(far.Image().Pix) != string(near.Image().Pix) {
		t.Error("the far line is another one")
	}
	inf, nan := math.Inf(1), math.NaN()
	for _, p := range [][2][2]float64{{{0, 0}, {inf, inf}}, {{nan, 0}, {5, 5}}, {{1e300, 1e300}, {-1e300, 1e18}}, {{-1e9, -1e9}, {-2e9, 3}}, {{3, 1e12}, {3, -1e12}}} {
		far.Line(1, Ink, image.Rectangle{}, p[0], p[1])
	}
}

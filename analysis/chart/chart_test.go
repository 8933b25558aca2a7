package chart

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

var utc9 = time.FixedZone("UTC+9", 9*3600)

func on(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, utc9)
}

func TestBadRowsAreErrorsThatNameEveryOne(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		name string
		make func() (*Figure, error)
		want []string
	}{
		{"timeline", func() (*Figure, error) {
			return Timeline([]Event{{Label: "no date"}, {Label: "fine", Start: on(2023, 9, 1)}, {Label: "reversed", Start: on(2023, 9, 2), End: on(2023, 9, 1)}, {Label: "odd", Start: on(2023, 9, 1), Precision: "decade"}})
		}, []string{"event 1 (no date)", "event 3 (reversed)", "event 4 (odd)", "decade"}},
		{"no events", func() (*Figure, error) { return Timeline(nil) }, []string{"no event"}},
		{"looks", func() (*Figure, error) {
			return Looks([]Look{{Start: on(2023, 9, 1), Count: -1}, {Count: 1}, {Start: on(2023, 9, 1), Status: "fog"}, {Start: on(2023, 9, 1), Count: 5, Low: 6, High: 7}, {Start: on(2023, 9, 1), Count: math.Inf(1)}})
		}, []string{"look 1", "look 2", "look 3", "fog", "look 4", "look 5"}},
		{"no looks", func() (*Figure, error) { return Looks(nil) }, []string{"no looks"}},
		{"effort", func() (*Figure, error) { return Effort([]Look{{Count: 1}}) }, []string{"look 1"}},
		{"lengths", func() (*Figure, error) {
			return Lengths([]Length{{Metres: 0}, {Metres: nan}, {Metres: 5, Low: 6, High: 7}})
		}, []string{"length 1", "length 2", "length 3"}},
		{"bins", func() (*Figure, error) { return Lengths([]Length{{Metres: 1}}, BinWidth(nan)) }, []string{"bins of NaN"}},
		{"coefficients", func() (*Figure, error) {
			return Coefficients([]Coefficient{{Name: "a", Estimate: nan}, {Name: "b", Estimate: 1, Low: 2, High: 3}, {Name: "c", Estimate: -1, Low: -2, High: 3}}, Ratio())
		}, []string{"row 1 (a)", "row 2 (b)", "row 3 (c)"}},
		{"sensitivity", func() (*Figure, error) {
			return Sensitivity([]Scenario{{1, 1, 1, 0, 2}, {2, 1, 1, 0, 2}, {2, 2, 1, 0, 2}, {2, 2, 1, 0, 2}})
		}, []string{"2 before, 2 after occurs twice", "1 before, 2 after is missing"}},
		{"efforts", func() (*Figure, error) { return Sensitivity([]Scenario{{0, 1, 1, 0, 2}, {2, 1, nan, 0, 2}}) }, []string{"0 before", "ratio NaN"}},
		{"profile", func() (*Figure, error) {
			return Profile([]ProfilePoint{{on(2023, 9, 1), nan}, {on(2023, 9, 1), 0}, {time.Time{}, 1}}, 0)
		}, []string{"NaN", "twice", "no date", "drop 0"}},
		{"places", func() (*Figure, error) {
			return Places([]Place{{Name: "off", Lon: 200, Lat: 1}, {Name: "pole", Lon: 1, Lat: 89}, {Name: "r", Radius: -1}, {Name: "n", Lon: nan}})
		}, []string{"(off)", "(pole)", "(r)", "(n)"}},
		{"overlay", func() (*Figure, error) {
			return Overlay(image.NewGray(image.Rect(0, 0, 9, 9)), -1, []Shape{{Label: "a"}, {Label: "b", Corners: [][2]float64{{nan, 1}, {1, 1}}}})
		}, []string{"-1 metres", "(a)", "(b)"}},
		{"no picture", func() (*Figure, error) { return Overlay(nil, 1, nil) }, []string{"no pixels"}},
		{"size", func() (*Figure, error) { return Looks([]Look{{Start: on(2023, 9, 1)}}, Size(10, 0)) }, []string{"size 10"}},
		{"range", func() (*Figure, error) {
			return Looks([]Look{{Start: on(2023, 9, 1)}}, Between(on(2023, 9, 2), on(2023, 9, 1)))
		}, []string{"is empty"}},
	} {
		figure, err := c.make()
		if err == nil || figure != nil {
			t.Errorf("%s: no error", c.name)
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %q does not name %q", c.name, err, want)
			}
		}
	}
}

func TestExtremesDrawWithoutPanic(t *testing.T) {
	var many []Look
	for i := range 1500 {
		many = append(many, Look{Start: on(2015, 1, 1).AddDate(0, 0, 2*i), Count: float64(i % 40), Status: []string{"", "cloud", "night", "unknown"}[i%4]})
	}
	var crowd []Event
	for i := range 120 {
		crowd = append(crowd, Event{Start: on(2023, 9, 1).Add(time.Duration(i) * time.Minute), Lane: "one", Precision: "minute", Label: strings.Repeat("long ", i%30)})
	}
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip(err)
	}
	for name, f := range map[string]func() (*Figure, error){
		"one event": func() (*Figure, error) { return Timeline([]Event{{Start: on(2023, 9, 1)}}) },
		"crowd":     func() (*Figure, error) { return Timeline(crowd) },
		"a century": func() (*Figure, error) {
			return Timeline([]Event{{Start: on(1900, 1, 1)}, {Start: on(2023, 9, 1), Precision: "year"}})
		},
		"all hidden": func() (*Figure, error) {
			return Timeline([]Event{{Start: on(1900, 1, 1)}}, Between(on(2000, 1, 1), on(2001, 1, 1)))
		},
		"only zeros":  func() (*Figure, error) { return Looks([]Look{{Start: on(2023, 9, 1)}}) },
		"only clouds": func() (*Figure, error) { return Looks([]Look{{Start: on(2023, 9, 1), Status: "cloud"}}) },
		"many looks":  func() (*Figure, error) { return Looks(many) },
		"many days":   func() (*Figure, error) { return Effort(many) },
		"huge counts": func() (*Figure, error) { return Looks([]Look{{Start: on(2023, 9, 1), Count: 1e12}}) },
		"clock change": func() (*Figure, error) {
			return Effort([]Look{{Start: time.Date(2023, 10, 1, 0, 0, 0, 0, berlin), End: time.Date(2023, 11, 2, 0, 0, 0, 0, berlin), Status: "cloud"}})
		},
		"minutes": func() (*Figure, error) {
			return Looks([]Look{{Start: time.Date(2022, 11, 4, 10, 24, 0, 0, utc9), Count: 3}, {Start: time.Date(2022, 11, 4, 14, 29, 0, 0, utc9), Count: 3}})
		},
		"one length":    func() (*Figure, error) { return Lengths([]Length{{Metres: 225}}) },
		"tiny and huge": func() (*Figure, error) { return Lengths([]Length{{Metres: 1e-9}, {Metres: 1e9}}) },
		"no effect":     func() (*Figure, error) { return Coefficients([]Coefficient{{}}) },
		"no upper end": func() (*Figure, error) {
			return Coefficients([]Coefficient{{Estimate: 1e-300, Low: 0, High: math.Inf(1)}}, Ratio())
		},
		"flat": func() (*Figure, error) {
			return Sensitivity([]Scenario{{1, 1, 2, 0, math.Inf(1)}, {2, 1, 2, 0, math.Inf(1)}, {1, 2, 2, 0, math.Inf(1)}, {2, 2, 2, 0, math.Inf(1)}})
		},
		"impossible": func() (*Figure, error) {
			return Profile([]ProfilePoint{{on(2023, 9, 1), math.Inf(-1)}, {on(2023, 9, 2), 0}}, 1.92)
		},
		"one pixel": func() (*Figure, error) {
			return Overlay(image.NewGray(image.Rect(0, 0, 1, 1)), 0, []Shape{{Corners: [][2]float64{{0, 0}, {1, 1}}, Label: "x"}}, North(-400))
		},
		"one place":      func() (*Figure, error) { return Places([]Place{{Name: "here", Lon: 130, Lat: 42}}) },
		"half the globe": func() (*Figure, error) { return Places([]Place{{Lon: -80, Lat: -70}, {Lon: 90, Lat: 75}}) },
	} {
		figure, err := f()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if w, h := figure.Size(); w != defaultWidth || !(h > 40 && h < 5000) {
			t.Errorf("%s: size %g x %g", name, w, h)
		}
		figure.draw(nowhere{})
		figure.vegaJSON()
	}
}

func sample(t *testing.T, options ...Option) *Figure {
	t.Helper()
	looks := []Look{{Start: on(2023, 8, 20), Count: 3, Group: "before"}, {Start: on(2023, 9, 1), Group: "before"}, {Start: on(2023, 9, 20), Count: 7, Group: "after"}, {Start: on(2023, 9, 25), Status: "cloud"}}
	f, err := Looks(looks, append([]Option{Title("두만강역 Хасан 豆满江"), Mark(on(2023, 9, 13), "summit"), Unit("trains")}, options...)...)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestEveryFormatIsTheSameTwice(t *testing.T) {
	a, b := sample(t), sample(t)
	for _, format := range []string{"png", "svg", "pdf", "vl.json"} {
		one, err := a.Encode(format)
		if err != nil {
			t.Error(err)
		}
		a.Plot() // from now on the picture is drawn anew each time
		again, _ := a.Encode(format)
		other, _ := b.Encode(format)
		if !bytes.Equal(one, again) || !bytes.Equal(one, other) {
			t.Errorf("%s differs between runs", format)
		}
	}
	if _, err := a.Encode("bmp"); err == nil {
		t.Error("no error for bmp")
	}
}

func TestTheBundleHoldsPictureAndText(t *testing.T) {
	bundle := sample(t).SimpleRender()
	picture, ok := bundle["image/png"].([]byte)
	if !ok || !bytes.HasPrefix(picture, []byte("\x89PNG")) {
		t.Errorf("image/png is %T", bundle["image/png"])
	}
	if text, _ := bundle["text/plain"].(string); !strings.Contains(text, "2023-09-20") || !strings.Contains(text, "1 cloud") {
		t.Errorf("text/plain does not hold the data: %q", text)
	}
	if len(bundle) != 2 {
		t.Errorf("%d types, want 2", len(bundle))
	}
	full := sample(t).Render()
	size, _ := full.Metadata["image/png"].(map[string]any)
	if size["width"] != 693 || !bytes.Equal(full.Data["image/png"].([]byte), picture) {
		t.Errorf("shown %v pixels wide, want 520 points as 693 CSS pixels", size["width"])
	}
	spec, ok := sample(t, Interactive()).SimpleRender()["application/vnd.vegalite.v5+json"].(map[string]any)
	if !ok || spec["$schema"] != "https://vega.github.io/schema/vega-lite/v5.json" || len(spec["data"].(map[string]any)["values"].([]any)) != 4 {
		t.Errorf("Vega-Lite: %v", spec)
	}
}

func TestCharactersWithoutAFontAreAWarningNotASilentGap(t *testing.T) {
	f := sample(t, Subtitle("ตูมันกัง"))
	if len(f.Warnings) != 1 || !strings.Contains(f.Warnings[0], "no font for") || !strings.Contains(f.String(), "Warning: no font") {
		t.Errorf("warnings %q", f.Warnings)
	}
	if f := sample(t, Subtitle("راسون 羅先 Расон")); len(f.Warnings) != 0 {
		t.Errorf("warnings %q for names that print", f.Warnings)
	}
}

func TestWhatLiesOutsideTheRangeIsCounted(t *testing.T) {
	f := sample(t, Between(on(2023, 9, 15), on(2023, 10, 1)))
	if text := strings.Join(f.Notes(), "\n"); !strings.Contains(text, "2 of 4 looks") || !strings.Contains(text, `mark "summit"`) {
		t.Errorf("warnings %q", text)
	}
}

func TestTitleAndLegendCoverNoData(t *testing.T) {
	f := sample(t)
	area := draw.Canvas{Canvas: nowhere{}, Rectangle: vg.Rectangle{Max: vg.Point{X: 500, Y: 300}}}
	panel := f.plot.DataCanvas(area)
	var h *header
	for _, b := range f.plot.GlyphBoxes(f.plot) {
		if b.Y == 1 && b.Max.Y > 30 {
			h = &header{}
			if top := panel.Max.Y + b.Max.Y; top > area.Max.Y+0.01 {
				t.Errorf("the header ends at %v of %v points", top, area.Max.Y)
			}
		}
	}
	if h == nil {
		t.Error("the plot asks for no room above the data")
	}
}

func TestTranslucentColoursAreTheSameInEveryFormat(t *testing.T) {
	c := straight{nowhere{}}
	c.SetColor(color.NRGBA{0, 114, 178, 128})
	r, g, b, a := unmultiplied(color.NRGBA64Model.Convert(color.NRGBA{0, 114, 178, 128}).(color.NRGBA64)).RGBA()
	if r>>8 != 0 || g>>8 != 114 || b>>8 != 178 || a>>8 != 128 {
		t.Errorf("straight channels %d %d %d %d, want 0 114 178 128", r>>8, g>>8, b>>8, a>>8)
	}
	if got := tint(Blue, 0.5); got != (color.NRGBA{128, 185, 217, 255}) {
		t.Errorf("half blue is %v", got)
	}
}

func TestSaveWritesWholeFilesOfKnownKindsOnly(t *testing.T) {
	dir := t.TempDir()
	f := sample(t)
	for name, head := range map[string]string{"a.png": "\x89PNG", "a.svg": "<?xml", "a.PDF": "%PDF", "a.vl.json": "{"} {
		path := filepath.Join(dir, name)
		if err := f.Save(path); err != nil {
			t.Error(err)
			continue
		}
		if data, err := os.ReadFile(path); err != nil || !strings.HasPrefix(string(data), head) {
			t.Errorf("%s starts with %q", name, data[:min(len(data), 8)])
		}
	}
	if err := f.Save(filepath.Join(dir, "a.bmp")); err == nil {
		t.Error("a .bmp is written")
	}
	if err := f.Save(filepath.Join(dir, "missing", "a.png")); err == nil {
		t.Error("no error for a folder that is not there")
	}
	if files, _ := os.ReadDir(dir); len(files) != 4 {
		t.Errorf("%d files left, want 4", len(files))
	}
}

func TestTheSVGIsDescribedForThoseWhoCannotSeeIt(t *testing.T) {
	svg := sample(t).svg()
	if !strings.Contains(svg, "<title>두만강역 Хасан 豆满江</title>") || !strings.Contains(svg, "1 cloud") {
		t.Error("no title or data in the SVG")
	}
}

func TestThePlotDrawsWithoutTheFigure(t *testing.T) {
	c := vgimg.New(300, 200)
	sample(t).Plot().Draw(draw.New(c))
	dark := 0
	for y := range c.Image().Bounds().Dy() {
		for x := range c.Image().Bounds().Dx() {
			if r, _, _, _ := c.Image().At(x, y).RGBA(); r < 0x6000 {
				dark++
			}
		}
	}
	if dark < 200 {
		t.Errorf("%d dark pixels: nothing drawn", dark)
	}
}

func BenchmarkFirstFigure(b *testing.B) { // run with -benchtime 1x: fonts are unpacked once a process
	for b.Loop() {
		f, err := Looks([]Look{{Start: on(2023, 8, 20), Count: 3}, {Start: on(2023, 9, 20), Count: 7}}, Title("First figure"), Mark(on(2023, 9, 13), "summit"))
		if err != nil {
			b.Fatal(err)
		}
		f.png()
	}
}

func TestNoDotHidesAnother(t *testing.T) {
	g := looksFigure{looks: []Look{{Start: on(2023, 2, 2), Count: 3, Status: "usable"}, {Start: on(2023, 2, 2), Count: 3, Status: "usable"}, {Start: on(2023, 2, 2), Count: 9, Status: "usable"}, {Start: on(2023, 2, 2), Status: "cloud"}}, top: 10}
	g.axis = newTimeAxis(&settings{}, lookInstants(g.looks), 400)
	g.dodge()
	if g.aside[0] != 0 || g.aside[1] != 8 || g.aside[2] != 0 || g.aside[3] != 0 {
		t.Errorf("dots stand %v points aside, want only the second, by its width", g.aside)
	}
}

// An interval a hundred times as wide as the others must not flatten them.
func TestAWideIntervalGoesOnBeyondTheAxis(t *testing.T) {
	rows := []Coefficient{{Name: "a", Estimate: 1, Low: 0, High: 2}, {Name: "b", Estimate: 2, Low: 1, High: 3}, {Name: "c", Estimate: 1.5, Low: 1, High: 2}, {Name: "wide", Estimate: 2, Low: -500, High: 900}}
	f, err := Coefficients(rows)
	if err != nil {
		t.Fatal(err)
	}
	if p := f.Plot(); p.X.Min < -10 || p.X.Max > 10 {
		t.Errorf("the axis runs from %v to %v", p.X.Min, p.X.Max)
	}
	if text := f.String(); !strings.Contains(text, "1 interval goes on beyond the axis") || !strings.Contains(text, "900") {
		t.Errorf("the text form hides what is not drawn:\n%s", text)
	}
}

// One day whose hours nobody knows is a place among days, not an axis of hours.
func TestOneDayStandsAmongDays(t *testing.T) {
	f, err := Looks([]Look{{Start: time.Date(2023, 9, 24, 0, 0, 0, 0, time.UTC), Count: 4}})
	if err != nil {
		t.Fatal(err)
	}
	if p := f.Plot(); p.X.Max-p.X.Min < 5*86400 {
		t.Errorf("the axis covers %v seconds", p.X.Max-p.X.Min)
	}
}

// TestSaveNamesTheFileThatWasAskedFor and not the temporary one.
func TestSaveNamesTheFileThatWasAskedFor(t *testing.T) {
	f, err := Places([]Place{{Name: "Tumangang", Lon: 130.62, Lat: 42.41}})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "missing", "map.png")
	if err := f.Save(path); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), path) || strings.Contains(err.Error(), ".chart-") {
		t.Error(err)
	}
}

// TestProfileOfOneDate: one date alone within the drop is no range.
func TestProfileOfOneDate(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2023, 9, d, 0, 0, 0, 0, time.UTC) }
	f, err := Profile([]ProfilePoint{{day(1), -9}, {day(2), 0}, {day(3), -8}}, 1.92)
	if err != nil || !strings.Contains(f.String(), "after 2023-09-02; no other is less than 1.92 below it.") {
		t.Error(f, err)
	}
}

// TestArrowsHaveRoom: what stands for "before" and "after" at an end of the axis does not leave the panel.
func TestArrowsHaveRoom(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2023, 9, d, 0, 0, 0, 0, time.UTC) }
	events := []Event{{Start: day(1), Precision: "before"}, {Start: day(13), Precision: "day"}, {Start: day(20), Precision: "after"}}
	axis := newTimeAxis(&settings{}, instants(events), 400)
	axis.room(events)
	if x := axis.points(day(1)); x < arrow || x > 2*arrow {
		t.Errorf("the arrow to the left begins %.1f points from the edge", x)
	}
	if x := axis.panel - axis.points(day(20)); x < arrow || x > 2*arrow {
		t.Errorf("the arrow to the right begins %.1f points from the edge", x)
	}
	plain := events[1:2]
	wide := newTimeAxis(&settings{}, instants(plain), 400)
	from, to := wide.from, wide.to
	if wide.room(plain); !wide.from.Equal(from) || !wide.to.Equal(to) {
		t.Error("an axis without arrows was widened")
	}
}

// TestLabelOfAWideBar stands on the bar where nothing of it fits beside.
func TestLabelOfAWideBar(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2023, 9, d, 0, 0, 0, 0, time.UTC) }
	events := []Event{{Start: day(1), Precision: "year", Label: "rails laid"}, {Start: day(2), Precision: "day", Label: "seen"}}
	tl := timeline{letters: newLetters(), kinds: kindColors(events), axis: newTimeAxis(&settings{}, instants(events), 400)}
	tl.pack(events, []string{""})
	for _, p := range tl.placed {
		if p.label != p.Label {
			t.Errorf("%q became %q", p.Label, p.label)
		}
	}
}

package chart

import (
	"math"
	"os"
	"testing"
	"time"
)

func d(m time.Month, day int) time.Time {
	return time.Date(2023, m, day, 0, 0, 0, 0, time.FixedZone("", 9*3600))
}

func save(t *testing.T, name string, f *Figure, err error) {
	if err != nil {
		t.Fatal(err)
	}
	os.WriteFile("/tmp/try-"+name+".png", f.PNG(), 0o644)
	os.WriteFile("/tmp/try-"+name+".svg", []byte(f.SVG()), 0o644)
	os.WriteFile("/tmp/try-"+name+".pdf", f.PDF(), 0o644)
	os.WriteFile("/tmp/try-"+name+".txt", []byte(f.String()), 0o644)
	os.WriteFile("/tmp/try-"+name+".vl.json", f.vegaJSON(), 0o644)
}

func TestTry(t *testing.T) {
	f, err := Timeline([]Event{
		{Start: d(8, 21), Lane: "Tumangang yard", Kind: "observation", Label: "about 600 m of cars"},
		{Start: d(9, 24), Lane: "Tumangang yard", Kind: "observation", Label: "3 trains: 225, 110, 60 m"},
		{Start: d(9, 29), End: d(9, 30), Precision: "range", Lane: "Tumangang yard", Kind: "observation", Label: "blue cargo"},
		{Start: d(10, 6), Lane: "Tumangang yard", Kind: "observation", Label: "about 5 trains of about 200 m"},
		{Start: d(9, 21), End: d(10, 10), Precision: "fuzzy", Lane: "Rajin port 라진항", Kind: "observation", Label: "ships of about 100 m"},
		{Start: d(10, 10), Lane: "Khasan Хасан", Kind: "claim", Label: "traffic up since summit"},
		{Start: d(9, 18), Precision: "before", Lane: "Khasan Хасан", Kind: "claim", Label: "met"},
		{Start: d(8, 1), Precision: "month", Lane: "羅津 / ميناء راسون", Kind: "claim", Label: "month only"},
		{Precision: "unknown", Label: "undated photograph"},
	}, Title("What the sources say about the line, by date"), Subtitle("Observations and claims, Tumangang, Khasan and Rajin, August to October 2023"), Mark(d(9, 13), "summit 13 Sep"), Note("Sources: VOA, CSIS."))
	save(t, "timeline", f, err)
	var looks []Look
	for i, c := range []float64{0, 1, 0, 2, 1, math.NaN(), 0, 3, 0, 5, 3, 4, 2, 6} {
		looks = append(looks, Look{Start: d(8, 20).AddDate(0, 0, 4*i), Count: c, Group: map[bool]string{true: "after", false: "before"}[i > 6]})
	}
	looks = append(looks, Look{Start: d(9, 2), Status: "cloud"}, Look{Start: d(9, 3), Status: "cloud"}, Look{Start: d(10, 9), Status: "cloud"}, Look{Start: d(9, 22), Status: "not_imaged"},
		Look{Start: d(10, 20), Count: 5, Low: 5, High: math.Inf(1), Group: "after"})
	f, err = Looks(looks, Title("Trains in the yard at each look"), Subtitle("Tumangang freight yard, one dot a look, intervals exact Poisson 95 %"), Mark(d(9, 13), "summit 13 Sep"), Unit("trains"),
		Whiskers("95 % interval", func(c float64) (float64, float64) { return math.Max(0, c-1.5*math.Sqrt(c)-.2), c + 2*math.Sqrt(c) + 1 }))
	save(t, "looks", f, err)
}

func TestTry2(t *testing.T) {
	f, err := Lengths([]Length{{Metres: 225, Group: "24 September 2023"}, {Metres: 110, Group: "24 September 2023"}, {Metres: 60, Group: "24 September 2023"},
		{Metres: 200, About: true, Group: "6 October 2023"}, {Metres: 200, About: true, Group: "6 October 2023"}, {Metres: 200, About: true, Group: "6 October 2023"}, {Metres: 200, About: true, Group: "6 October 2023"}, {Metres: 200, About: true, Group: "6 October 2023"}},
		Title("Three trains against five: no change of length is shown"), Subtitle("Trains at Tumangang, lengths as stated by VOA"))
	save(t, "lengths", f, err)
	var many []Length
	for i := range 300 {
		many = append(many, Length{Metres: 150 + 60*math.Sin(float64(i)*1.7) + 30*math.Cos(float64(i*i)), Group: "before"}, Length{Metres: 200 + 70*math.Sin(float64(i)*1.3), Group: "after"})
	}
	f, err = Lengths(many, Title("Many lengths"))
	save(t, "lengths-many", f, err)
	f, err = Coefficients([]Coefficient{{Name: "equal looks", Estimate: 5.143, Low: 2.257, High: 13.69}, {Name: "calendar days, 30 v 31", Estimate: 5.314, Low: 2.332, High: 14.15}, {Name: "25 looks v 12", Estimate: 2.469, Low: 1.083, High: 6.573},
		{Name: "12 looks v 25", Estimate: 10.714, Low: 4.702, High: math.Inf(1)}}, Ratio(), Title("Rate of trains after the summit, relative to before"), Subtitle("36 v 7 trains; the ratio depends on effort that nobody published"))
	save(t, "coefficients", f, err)
}

func TestTry3(t *testing.T) {
	var looks []Look
	for i := range 120 {
		k := Look{Start: d(7, 3).AddDate(0, 0, i)}
		switch {
		case i%7 == 3:
			k.Status = "cloud"
		case i%11 == 5:
			k.Status = "not_imaged"
		case i%13 == 2:
			k.Status, k.Count = "partial", 3
		case i%5 == 1:
			continue
		default:
			k.Count = float64((i * i) % 6)
		}
		looks = append(looks, k)
	}
	f, err := Effort(looks, Title("When the yard was looked at"), Subtitle("Tumangang freight yard, July to October 2023"), Mark(d(9, 13), "the summit"), Unit("trains"))
	save(t, "effort", f, err)
	var pts []ProfilePoint
	for i := range 40 {
		x := float64(i - 24)
		pts = append(pts, ProfilePoint{d(8, 1).AddDate(0, 0, 2*i), -math.Abs(x)*0.4 - 0.9*math.Cos(x)*math.Cos(x)})
	}
	f, err = Profile(pts, 1.92, Title("When did the rate change, if it changed once?"), Mark(d(9, 13), "summit"))
	save(t, "profile", f, err)
}

func TestTry4(t *testing.T) {
	var cells []Scenario
	for b := 4.0; b <= 30; b++ {
		for a := 4.0; a <= 30; a++ {
			r := (36 / a) / (7 / b)
			cells = append(cells, Scenario{b, a, r, r * 0.44, r * 2.66})
		}
	}
	f, err := Sensitivity(cells, Title("Growth depends on how often the yard was looked at"), Subtitle("36 trains in April 2024 against 7 in May 2023; neither number of looks was published"))
	save(t, "sensitivity", f, err)
	f, err = Places([]Place{{Name: "Tumangang yard 두만강역", Lon: 130.6107, Lat: 42.4171, Radius: 600, Kind: "rail"}, {Name: "Khasan station Хасан", Lon: 130.6467, Lat: 42.4298, Radius: 500, Kind: "rail"},
		{Name: "Friendship Bridge", Lon: 130.6414, Lat: 42.4175, Radius: 400, Kind: "rail"}, {Name: "Rajin port 라진항", Lon: 130.2850, Lat: 42.2330, Radius: 1500, Kind: "port"}},
		Title("Where the looks were taken"), Course(Line{Name: "railway, schematic", Points: [][2]float64{{130.285, 42.233}, {130.45, 42.35}, {130.6107, 42.4171}, {130.6414, 42.4175}, {130.6467, 42.4298}}, Dashed: true}))
	save(t, "places", f, err)
}

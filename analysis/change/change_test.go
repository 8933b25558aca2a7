package change_test

import (
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/sightline-osint/sightline/analysis/change"
	"github.com/sightline-osint/sightline/analysis/raster"
)

func open(t testing.TB, name string) *raster.Image {
	t.Helper()
	m, err := raster.Open("testdata/" + name + ".tif")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

type oracle struct {
	SSIM     [][2]float64
	SSIMMean float64 `json:"ssim_mean"`
	OtsuCVA  float64 `json:"otsu_cva"`
	CVA      [][2]float64
	MAD      [][2]float64
	MADAUC   float64 `json:"mad_auc"`
	IRMAD    [][2]float64
	IRMADAUC float64 `json:"irmad_auc"`
	Matched  [][2]float64
	CVAAUC   float64 `json:"cva_auc"`
	Truth    [][4]int
}

func oracles(t *testing.T) (oracle, raster.Mask) {
	t.Helper()
	b, err := os.ReadFile("testdata/oracle.json")
	if err != nil {
		t.Fatal(err)
	}
	var o oracle
	if err := json.Unmarshal(b, &o); err != nil {
		t.Fatal(err)
	}
	m := raster.NewMask(72, 60)
	for _, r := range o.Truth {
		for row := r[0]; row < r[1]; row++ {
			for col := r[2]; col < r[3]; col++ {
				m.Set(col, row, true)
			}
		}
	}
	return o, m
}

var still = change.Options{Registration: change.IgnoreShift}

func TestScoresEqualTheOracles(t *testing.T) {
	o, truth := oracles(t)
	before, after := open(t, "before"), open(t, "after")
	with := func(n change.Normalisation) change.Options {
		x := still
		x.Normalise = n
		return x
	}
	for _, c := range []struct {
		name      string
		run       func(a, b *raster.Image, o change.Options) (*change.Score, error)
		o         change.Options
		want      [][2]float64
		tolerance float64
		auc       float64
	}{
		{"CVA", change.Magnitude, still, o.CVA, 1e-3, o.CVAAUC},
		{"CVA matched", change.Magnitude, with(change.HistogramMatch), o.Matched, 1e-3, 0},
		{"SSIM", change.SSIM, still, o.SSIM, 1e-6, 0},
		{"MAD", change.MAD, still, o.MAD, 1e-4, o.MADAUC},
		{"IR-MAD", change.IRMAD, still, o.IRMAD, 1e-3, o.IRMADAUC},
	} {
		s, err := c.run(before, after, c.o)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		for _, w := range c.want {
			got, want := float64(s.Plane.Pix[int(w[0])]), w[1]
			if c.name == "SSIM" {
				got = 1 - got
			}
			if math.IsNaN(got) || math.Abs(got-want) > c.tolerance {
				t.Errorf("%s at %v: %.8f, not %.8f", c.name, w[0], got, want)
			}
		}
		if a := change.AUC(s.Plane, truth); c.auc != 0 && math.Abs(a-c.auc) > 1e-3 {
			t.Errorf("%s: AUC %.5f, not %.5f", c.name, a, c.auc)
		}
	}
	s, err := change.SSIM(before, after, still)
	if err != nil {
		t.Fatal(err)
	}
	var sum float64
	n := 0
	for _, v := range s.Plane.Pix {
		if v == v {
			sum += 1 - float64(v)
			n++
		}
	}
	if n != 66*54 || math.Abs(sum/float64(n)-o.SSIMMean) > 1e-6 {
		t.Errorf("mean SSIM %.8f of %d, not %.8f", sum/float64(n), n, o.SSIMMean)
	}
	cva, err := change.Magnitude(before, after, still)
	if err != nil || math.Abs(cva.Threshold-o.OtsuCVA) > 1 { // skimage returns the middle of the bin, Otsu its upper end
		t.Errorf("Otsu %v, not %v (%v)", cva.Threshold, o.OtsuCVA, err)
	}
}

func TestEveryScoreFindsTheChange(t *testing.T) {
	_, truth := oracles(t)
	before, after := open(t, "before"), open(t, "after")
	for name, run := range map[string]func(a, b *raster.Image, o change.Options) (*change.Score, error){
		"magnitude": change.Magnitude, "angle": change.Angle, "MAD": change.MAD, "IRMAD": change.IRMAD, "PCA": change.PCAKMeans, "NDVI": change.NDVI, "SSIM": change.SSIM,
	} {
		for _, n := range []change.Normalisation{change.ZScore, change.PseudoInvariant, change.HistogramMatch} {
			s, err := run(before, after, change.Options{Normalise: n})
			if err != nil {
				t.Errorf("%s %s: %v", name, n, err)
				continue
			}
			size := raster.Plane{Width: s.Plane.Width, Height: s.Plane.Height, Pix: append([]float32(nil), s.Plane.Pix...)}
			if s.Signed {
				for i, v := range size.Pix {
					size.Pix[i] = max(v, -v)
				}
			}
			if a := change.AUC(size, truth); a < 0.75 {
				t.Errorf("%s %s: AUC %.3f", name, n, a)
			}
			if s.Share() <= 0 || s.Share() > 0.6 || s.Valid+s.Missing+s.Ignored != 72*60 {
				t.Errorf("%s %s: %v", name, n, s)
			}
		}
	}
}

func TestMissingAndIgnoredPixelsHaveNoScore(t *testing.T) {
	before, after := open(t, "before"), open(t, "after")
	clouds := raster.NewMask(72, 60)
	clouds.Set(5, 5, true)
	after.NoData = func() float64 { p, _ := after.Plane(after.All(), 0); return float64(p.At(9, 9)) }()
	s, err := change.Magnitude(before, after, change.Options{Ignore: clouds, Registration: change.IgnoreShift})
	if err != nil {
		t.Fatal(err)
	}
	if v := s.Plane.At(5, 5); v == v || s.Ignored != 1 || s.Missing < 1 {
		t.Errorf("%v", s)
	}
	if v := s.Plane.At(9, 9); v == v {
		t.Error("a missing pixel has a score")
	}
}

func TestPairsThatDoNotFitGiveErrors(t *testing.T) {
	before, after := open(t, "before"), open(t, "after")
	small, _ := raster.New(3, 3, make([]uint16, 9), make([]uint16, 9), make([]uint16, 9))
	grey, _ := raster.New(72, 60, make([]uint16, 72*60))
	grey.Geo = before.Geo
	void, _ := raster.FromPlanes(raster.NewPlane(1, 1))
	void.NoData = 0
	flat, _ := raster.FromPlanes(raster.NewPlane(40, 40), raster.NewPlane(40, 40))
	for name, c := range map[string]struct {
		a, b *raster.Image
		o    change.Options
		want string
	}{
		"dates":         {after, before, still, "wrong order"},
		"sizes":         {before, small, still, "3 x 3"},
		"bands":         {before, grey, still, "1"},
		"void":          {void, void, still, "0 pixels"},
		"missing":       {nil, before, still, "missing"},
		"band":          {before, after, change.Options{Bands: []int{7}}, "no band 7"},
		"normalisation": {before, after, change.Options{Normalise: "magic"}, "magic"},
		"threshold":     {before, after, change.Options{Threshold: "magic"}, "magic"},
		"registration":  {before, after, change.Options{Registration: "magic"}, "magic"},
		"mask":          {before, after, change.Options{Ignore: raster.NewMask(2, 2)}, "mask"},
	} {
		if _, err := change.Magnitude(c.a, c.b, c.o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := change.IRMAD(flat, flat, still); err == nil || !strings.Contains(err.Error(), "in the earlier image band 1 has one value only") {
		t.Errorf("flat images: %v", err)
	}
	twice := func(m *raster.Image) *raster.Image {
		p, err := m.Plane(m.All(), 0)
		if err != nil {
			t.Fatal(err)
		}
		q, err := m.Plane(m.All(), 1)
		if err != nil {
			t.Fatal(err)
		}
		out, err := raster.New(m.Width, m.Height, p.Pix, q.Pix, p.Pix)
		if err != nil {
			t.Fatal(err)
		}
		out.Header = m.Header
		return out
	}
	if _, err := change.IRMAD(before, twice(after), change.Options{Bands: []int{0, 1, 2}, Registration: still.Registration}); err == nil || !strings.Contains(err.Error(), "in the later image band 3 follows from bands of smaller numbers") {
		t.Errorf("a band twice: %v", err)
	}
	if _, err := change.DNBR(before, after, still); err == nil || !strings.Contains(err.Error(), "swir2") {
		t.Errorf("%v", err)
	}
	if _, err := change.PCAKMeans(flat, flat, still); err == nil {
		t.Error("equal images have principal components of difference")
	}
	s, err := change.Magnitude(flat, flat, still)
	if err != nil || s.Changed().Count() != 0 || s.Share() != 0 || !strings.Contains(s.String(), "no change: both dates agree in all 1600 pixels") || strings.Contains(s.String(), "Inf") {
		t.Errorf("equal images: %v %v", s, err)
	}
	if m, err := s.Image(); err != nil || m.Tags["CHANGE_THRESHOLD"] != "none (otsu)" {
		t.Errorf("equal images: %v %v", m.Tags, err)
	}
}

func TestThresholdsSplitTwoGroups(t *testing.T) {
	var v []float32
	for i := range 9000 {
		v = append(v, float32(10+3*math.Sin(float64(i))+math.Sin(float64(i*i))))
	}
	for i := range 1000 {
		v = append(v, float32(50+4*math.Sin(float64(i))))
	}
	for name, f := range map[string]func([]float32) (float64, error){"otsu": change.Otsu, "kittler": change.KittlerIllingworth, "rosin": change.Rosin, "kmeans": change.KMeans} {
		if x, err := f(v); err != nil || x < 13.5 || x > 47 {
			t.Errorf("%s: %v %v", name, x, err)
		}
		for _, bad := range [][]float32{nil, {1, 1}, {float32(math.NaN()), 1}} {
			if _, err := f(bad); err == nil {
				t.Errorf("%s split %v", name, bad)
			}
		}
	}
}

func TestTheScoreKeepsWhatWasDone(t *testing.T) {
	before, after := open(t, "before"), open(t, "after")
	before.Tags["STATUS"] = "SIMULATED"
	s, err := change.Magnitude(before, after, change.Options{Normalise: change.ZScore})
	if err != nil {
		t.Fatal(err)
	}
	text := s.String()
	for _, want := range []string{"CVA magnitude", "2023-09-24", "2023-10-06", "z-score", "shift", "otsu", "green red nir", "SIMULATED"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	m, err := s.Image()
	if err != nil || m.Tags["STATUS"] != "SIMULATED" || m.Geo != before.Geo || !m.Taken.Equal(time.Date(2023, 10, 6, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v %v", m.Header, err)
	}
	b := s.SimpleRender()
	if pic, ok := b["image/png"].([]byte); !ok || len(pic) < 1000 || b["text/plain"] != text {
		t.Error("no picture")
	}
	if dir := os.Getenv("SIGHTLINE_LOOK"); dir != "" { // to look at the picture
		if err := os.WriteFile(dir+"/change.png", b["image/png"].([]byte), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

package change_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/planar"

	"github.com/sightline-osint/sightline/analysis/change"
	"github.com/sightline-osint/sightline/analysis/internal/imagery"
	"github.com/sightline-osint/sightline/analysis/raster"
)

// fire returns two Landsat 8 dates around a wildfire, the mask of its perimeter and the mask of pixels that are not
// clear (bit 1 of the quality band) at one of the dates.
func fire(t testing.TB) (before, after *raster.Image, burned, unclear raster.Mask) {
	t.Helper()
	dir := imagery.Folder(t, "landsat8-coldsprings")
	open := func(day string) (*raster.Image, []uint8) {
		files, err := filepath.Glob(filepath.Join(dir, "LC08_*_"+day+"_*band?_crop.tif"))
		if err != nil || len(files) != 7 {
			t.Fatalf("%d bands (%v)", len(files), err)
		}
		m, err := raster.Stack(files...)
		if err != nil {
			t.Fatal(err)
		}
		qa, _ := filepath.Glob(filepath.Join(dir, "LC08_*_"+day+"_*qa_crop.tif"))
		q, err := raster.Open(qa[0])
		if err != nil {
			t.Fatal(err)
		}
		p, err := q.Plane(q.All(), 0)
		if err != nil {
			t.Fatal(err)
		}
		bad := make([]uint8, len(p.Pix))
		for i, v := range p.Pix {
			if v != v || int(v)&2 == 0 {
				bad[i] = 1
			}
		}
		return m, bad
	}
	before, bad1 := open("20160707")
	after, bad2 := open("20160723")
	unclear = raster.NewMask(before.Width, before.Height)
	for i := range bad1 {
		unclear.Bits[i] = bad1[i] | bad2[i]
	}
	b, err := os.ReadFile(filepath.Join(dir, "fire.json"))
	if err != nil {
		t.Fatal(err)
	}
	var c geojson.FeatureCollection
	if err := json.Unmarshal(b, &c); err != nil {
		t.Fatal(err)
	}
	burned = raster.NewMask(before.Width, before.Height)
	for row := range before.Height {
		for col := range before.Width {
			x, y := before.Geo.Transform.Map(float64(col)+0.5, float64(row)+0.5)
			burned.Set(col, row, planar.MultiPolygonContains(c.Features[0].Geometry.(orb.MultiPolygon), orb.Point{x, y}))
		}
	}
	return before, after, burned, unclear
}

func TestFireIsFoundInLandsat(t *testing.T) {
	before, after, burned, unclear := fire(t)
	if before.Sensor != "Landsat 8" || before.Band("swir2") != 6 || before.Taken.Format("2006-01-02") != "2016-07-07" {
		t.Errorf("%v %v", before, before.Bands)
	}
	best, bestName := 0.0, ""
	score := func(name string, s *change.Score, err error) float64 {
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		a := change.AUC(s.Plane, burned)
		t.Logf("%-28s AUC %.4f", name, a)
		if name != "dNBR" && a > best {
			best, bestName = a, name
		}
		return a
	}
	o := change.Options{Ignore: unclear, Registration: change.IgnoreShift}
	s, err := change.DNBR(before, after, o)
	if a := score("dNBR", s, err); a < 0.950 {
		t.Errorf("dNBR: AUC %.4f", a)
	}
	s, err = change.Magnitude(before, after, o)
	score("CVA", s, err)
	o.Normalise = change.ZScore
	s, err = change.Magnitude(before, after, o)
	score("CVA z-score", s, err)
	o.Normalise = change.PseudoInvariant
	s, err = change.Magnitude(before, after, o)
	score("CVA pseudo-invariant", s, err)
	o.Normalise = change.AsIs
	s, err = change.IRMAD(before, after, o)
	score("IR-MAD", s, err)
	s, err = change.PCAKMeans(before, after, o)
	score("PCA-kmeans", s, err)
	o.Smooth = 5
	s, err = change.Magnitude(before, after, o)
	score("CVA over 5 x 5", s, err)
	if best < 0.925 {
		t.Errorf("the best general score, %s, has AUC %.4f", bestName, best)
	}
}

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// simulatedYard is the folder of the small simulated images.
func simulatedYard(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../../../datasets/simulated-yard")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestChangeWritesScoresAndAPage(t *testing.T) {
	yard, dir := simulatedYard(t), t.TempDir()
	a, b := filepath.Join(yard, "simulated-yard-2023-09-24.tif"), filepath.Join(yard, "simulated-yard-2023-10-06.tif")
	r := run(t, dir, "change", a, b, "-o", "score.tif", "--html", "--normalise", "z-score")
	if r.status != success || !strings.Contains(r.out, "CVA magnitude") || !strings.Contains(r.out, "SIMULATED") {
		t.Fatalf("%+v", r)
	}
	for _, f := range []string{"score.tif", "score.html"} {
		if st, err := os.Stat(filepath.Join(dir, f)); err != nil || st.Size() < 1000 {
			t.Errorf("%s: %v", f, err)
		}
	}
	for _, want := range []string{"\nscore.tif\n", "\nscore.html\n"} {
		if !strings.Contains(r.out, want) {
			t.Errorf("%q is not named in\n%s", want, r.out)
		}
	}
	page, err := os.ReadFile(filepath.Join(dir, "score.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`name="viewport"`, "Content-Security-Policy", "data:image/png;base64,", "SIMULATED"} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page has no %s", want)
		}
	}
	if r := run(t, dir, "change", a, b, "-o", "mad.tif", "--method", "ir-mad", "--threshold", "rosin"); r.status != success || !strings.Contains(r.out, "IR-MAD") {
		t.Errorf("%+v", r)
	}
	if r := run(t, dir, "change", a, b, "--html", "named.html"); r.status != success || !strings.Contains(r.out, "\nnamed.html\n") {
		t.Errorf("a page named after a space: %+v", r)
	}
	for _, args := range [][]string{{"change", b, a}, {"change", a}, {"change", a, "nowhere.tif"}, {"change", a, b, "--method", "magic"}, {"change", a, b, "third.html"}} {
		if r := run(t, dir, args...); r.status != unusable || r.err == "" {
			t.Errorf("%v: %+v", args, r)
		}
	}
}

func TestBandsAreNamedOnTheCommandLine(t *testing.T) {
	yard, dir := simulatedYard(t), t.TempDir()
	a, b := filepath.Join(yard, "simulated-yard-2023-09-24.tif"), filepath.Join(yard, "simulated-yard-2023-10-06.tif")
	if r := run(t, dir, "change", a, b, "--method", "dnbr"); r.status != unusable || !strings.Contains(r.err, "--bands") {
		t.Errorf("%+v", r)
	}
	if r := run(t, dir, "change", a, b, "--method", "dnbr", "--bands", "nir,swir2,red,blue"); r.status != success || !strings.Contains(r.out, "bands nir swir2,") {
		t.Errorf("%+v", r)
	}
	for _, args := range [][]string{{"change", a, b, "--bands", "nir"}, {"measure", "ships", a, "--bands", "a,b"}, {"measure", "cargo", a, "--bands", "a,b,c,d"}} {
		if r := run(t, dir, args...); r.status != unusable || !strings.Contains(r.err, "bands") {
			t.Errorf("%v: %+v", args, r)
		}
	}
}

func TestWhatIsReadIsNeverOverwritten(t *testing.T) {
	yard, dir := simulatedYard(t), t.TempDir()
	var names []string
	for _, n := range []string{"simulated-yard-2023-09-24.tif", "simulated-yard-2023-10-06.tif", "tracks.geojson"} {
		b, err := os.ReadFile(filepath.Join(yard, n))
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, n)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		names = append(names, path)
	}
	link := filepath.Join(dir, "link.tif")
	if err := os.Symlink(names[0], link); err != nil {
		link = names[0] // no links here
	}
	folder := filepath.Join(dir, "folder")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	inside := filepath.Join(folder, "b.tif")
	if err := os.Rename(names[1], inside); err != nil {
		t.Fatal(err)
	}
	a, b := names[0], inside
	for _, args := range [][]string{{"change", a, b, "-o", a}, {"change", a, b, "-o", link}, {"change", link, b, "-o", a}, {"change", a, folder, "-o", inside},
		{"change", a, b, "--html=" + b}, {"change", a, b, "-o", "x.html", "--html=x.html"}, {"measure", "cargo", a, "--html=" + a},
		{"measure", "trains", a, "--rails", names[2], "--html=" + names[2]}, {"measure", "ships", a, "--html=" + link}} {
		if r := run(t, dir, args...); r.status != unusable || r.err == "" {
			t.Errorf("%v: %+v", args, r)
		}
	}
	for path, original := range map[string]string{a: "simulated-yard-2023-09-24.tif", b: "simulated-yard-2023-10-06.tif", names[2]: "tracks.geojson"} {
		want, _ := os.ReadFile(filepath.Join(yard, original))
		if got, err := os.ReadFile(path); err != nil || string(got) != string(want) {
			t.Errorf("%s is not what it was: %v", path, err)
		}
	}
}

func TestMeasureTrainsCargoAndLength(t *testing.T) {
	yard, dir := simulatedYard(t), t.TempDir()
	img := filepath.Join(yard, "simulated-yard-2023-10-06.tif")
	r := run(t, dir, "measure", "trains", img, "--rails", filepath.Join(yard, "tracks.geojson"), "--csv")
	if lines := strings.Split(strings.TrimSpace(r.out), "\n"); r.status != success || len(lines) != 6 || !strings.HasPrefix(lines[0], "image,taken,object,number,track,") || !strings.Contains(lines[5], ",train,1,5,") {
		t.Errorf("%+v", r)
	}
	if r := run(t, dir, "measure", "trains", img, "--rails", filepath.Join(yard, "tracks.geojson"), "--html"); r.status != success || !strings.Contains(r.out, "track 3: 0 trains") ||
		!strings.HasSuffix(r.out, "\nsimulated-yard-2023-10-06.html\n") {
		t.Errorf("%+v", r)
	} else if page, err := os.ReadFile(filepath.Join(dir, "simulated-yard-2023-10-06.html")); err != nil || strings.Count(string(page), "data:image/png") != 6 {
		t.Errorf("%v: a page of %d bytes, one profile a track was expected", err, len(page))
	}
	if r := run(t, dir, "measure", "cargo", img, "--csv", "--html=cargo.html"); r.status != success || strings.Contains(r.out, "cargo.html") || !strings.Contains(r.err, "cargo.html") {
		t.Errorf("rows and page: %+v", r)
	}
	if r := run(t, dir, "measure", "cargo", img); r.status != success || !strings.Contains(r.out, "blue cover in 4 patches") {
		t.Errorf("%+v", r)
	}
	if r := run(t, dir, "measure", "length", img, "2.1032,0.9038", "2.1052,0.9037"); r.status != success || !strings.HasPrefix(r.out, "222.9 m (95 %") {
		t.Errorf("%+v", r)
	}
	for _, args := range [][]string{{"measure", "magic"}, {"measure", "trains", img}, {"measure", "length", img, "2.1"}, {"measure", "ships", filepath.Join(yard, "README.md")}} {
		if r := run(t, dir, args...); r.status != unusable || r.err == "" {
			t.Errorf("%v: %+v", args, r)
		}
	}
}

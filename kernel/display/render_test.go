package display_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"math"
	"math/big"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/sightline-osint/sightline/kernel/display"
)

type train struct {
	Day    time.Time
	Length float64
	note   string
}

type node struct {
	Name string
	Next *node
}

type hidden struct {
	when time.Time
	ptr  *int
	f    func(int) string //lint:ignore U1000 what is shown is that it is there
}

type celsius float64

func (c celsius) String() string { return fmt.Sprintf("%.1f °C", float64(c)) }

type rude struct{}

func (rude) String() string { panic("no") }

func day(d int) time.Time { return time.Date(2023, 9, d, 0, 0, 0, 0, time.UTC) }

func TestTextIsWhatFmtWritesWhereThatIsStable(t *testing.T) {
	five := 5
	for _, v := range []any{1, -3, uint8(7), 2.5, float32(0.1), math.NaN(), "a b", true, 'x', 1i, []int{1, 2, 3}, []string{"a", "b"},
		map[string]int{"b": 2, "a": 1}, struct{ A, B int }{1, 2}, [2]bool{true, false}, []byte("hi"), time.Second, celsius(3), &struct{ A int }{1},
		[]any{1, "x", nil}, map[int][]string{2: {"q"}, 1: nil}} {
		if got, want := display.Text(v), fmt.Sprintf("%+v", v); got != want {
			t.Errorf("Text(%T) = %q, fmt writes %q", v, got, want)
		}
	}
	cycle := &node{Name: "a"}
	cycle.Next = &node{Name: "b", Next: cycle}
	for _, c := range []struct {
		v    any
		want string
	}{
		{nil, "<nil>"},
		{&five, "&5"},
		{[]*int{&five, nil}, "[&5 <nil>]"},
		{cycle, "&{Name:a Next:&{Name:b Next:&…}}"},
		{hidden{when: day(13), ptr: &five}, "{when:2023-09-13 00:00:00 +0000 UTC ptr:&5 f:<nil>}"},
		{strings.ToUpper, "func(string) string"},
		{make(chan int, 3), "chan int"},
		{[]any{big.NewInt(12), big.NewRat(1, 3)}, "[12 1/3]"},
		{rude{}, "display_test.rude (its text method panicked: no)"},
		{(*celsius)(nil), "<nil>"},
	} {
		if got := display.Text(c.v); got != c.want {
			t.Errorf("Text(%T) = %q, want %q", c.v, got, c.want)
		}
	}
	if s := display.Text(time.Now()); strings.Contains(s, "m=") {
		t.Errorf("a time shows its monotonic clock: %s", s)
	}
}

func TestTextIsCutWithANote(t *testing.T) {
	for name, v := range map[string]any{
		"a string":  strings.Repeat("é", 10<<20),
		"a slice":   make([]int, 5_000_000),
		"texts":     []string{strings.Repeat("x", 30<<20), "y"},
		"a struct":  struct{ A, B []int }{make([]int, 1e6), make([]int, 1e6)},
		"a map":     reflect.ValueOf(manyKeys()).Interface(),
		"a [][]int": [][]int{make([]int, 1e6), make([]int, 1e6)},
	} {
		d := display.Render(v)
		total := 0
		for _, x := range d.Data {
			total += len(fmt.Sprint(x))
		}
		if total > 3<<20 {
			t.Errorf("%s becomes %d bytes", name, total)
		}
		if s := d.Data["text/plain"].(string); !strings.Contains(s, "more") && !strings.Contains(s, "shown") && !strings.Contains(s, "…") {
			t.Errorf("%s is cut without a note: …%s", name, s[max(0, len(s)-60):])
		}
	}
}

func manyKeys() map[int]string {
	m := map[int]string{}
	for i := range 100_000 {
		m[i] = "value"
	}
	return m
}

func TestASliceOfStructsIsATable(t *testing.T) {
	trains := []train{{day(12), 225, "a"}, {day(14), 310.25, "<b>"}}
	d := display.Render(trains)
	want := "Day         Length\n" +
		"2023-09-12     225\n" +
		"2023-09-14  310.25\n" +
		"(2 rows × 2 columns)"
	if got := d.Data["text/plain"]; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	h := d.Data["text/html"].(string)
	for _, part := range []string{"<th style=\"text-align:right\">Length</th>", "<td style=\"text-align:left;white-space:nowrap\">2023-09-14</td>", "2 rows × 2 columns"} {
		if !strings.Contains(h, part) {
			t.Errorf("HTML lacks %s:\n%s", part, h)
		}
	}
	many := make([]*train, 12345)
	for i := range many {
		many[i] = &train{Length: float64(i)}
	}
	many[3] = nil
	d = display.Render(many)
	s := d.Data["text/plain"].(string)
	if n := strings.Count(s, "\n"); n != 22 {
		t.Errorf("a long table has %d lines", n)
	}
	if !strings.Contains(s, "(12,345 rows × 2 columns, first and last 10 shown)") || !strings.Contains(s, "12344") {
		t.Errorf("got\n%s", s)
	}
}

func TestMapsMatricesAndListsOfListsAreTables(t *testing.T) {
	for _, c := range []struct {
		v    any
		want string
	}{
		{map[string]int{"b": 2, "a": 1}, "map[a:1 b:2]"},
		{map[string]string{"b": strings.Repeat("x", 99), "a": "y"}, "key  value\na    y\nb    " + strings.Repeat("x", 99) + "\n(2 rows × 2 columns)"},
		{map[int]train{2: {Length: 5}, 1: {Day: day(1)}}, "key  Day         Length\n  1  2023-09-01       0\n  2  –                5\n(2 rows × 3 columns)"},
		{[]map[string]any{{"a": 1}, {"b": "x"}}, "a  b\n1  –\n–  x\n(2 rows × 2 columns)"},
		{[][]float64{{1, 2}, {3}}, "[[1 2] [3]]"},
		{square{}, "0  1\n0  1\n2  3\n(2 rows × 2 columns)"},
		{[]train{}, "Day  Length\n(0 rows × 2 columns)"},
	} {
		if got := display.Render(c.v).Data["text/plain"]; got != c.want {
			t.Errorf("%T:\n%s\nwant\n%s", c.v, got, c.want)
		}
	}
	for _, v := range []any{[]time.Time{day(1)}, []int{1}, map[string]int{}, []error{errors.New("x")}, fs.FileMode(0o644)} {
		if d := display.Render(v); len(d.Data) != 1 {
			t.Errorf("%T should be text alone, got %v", v, d.Data)
		}
	}
}

type square struct{}

func (square) Dims() (int, int)    { return 2, 2 }
func (square) At(i, j int) float64 { return float64(2*i + j) }

func TestErrorsSayTheirTypeAndMessage(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{errors.New("no looks on <this> day"), "error: no looks on <this> day"},
		{fmt.Errorf("load: %w", fs.ErrNotExist), "error: load: file does not exist"},
		{&fs.PathError{Op: "open", Path: "x.csv", Err: fs.ErrNotExist}, "*fs.PathError: open x.csv: file does not exist"},
		{errors.Join(errors.New("a"), errors.New("b")), "error: a\nb"},
	} {
		d := display.Render(c.err)
		if d.Data["text/plain"] != c.want {
			t.Errorf("got %q, want %q", d.Data["text/plain"], c.want)
		}
		if h := d.Data["text/html"].(string); strings.Contains(h, "<this>") {
			t.Errorf("message is not escaped: %s", h)
		}
	}
}

func TestResults(t *testing.T) {
	err := errors.New("gone")
	for _, c := range []struct {
		name   string
		values []any
		want   any
	}{
		{"none", nil, nil},
		{"one", []any{1}, "1"},
		{"a nil", []any{nil}, "<nil>"},
		{"value and nil error", []any{7, nil}, "7"},
		{"two values", []any{7, true}, "7 true"},
		{"zero value and error", []any{0, err}, "error: gone"},
		{"value and error", []any{7, err}, "7\nerror: gone"},
		{"all nil", []any{nil, nil}, "<nil>"},
	} {
		d, ok := display.RenderResult(c.values)
		if ok != (c.want != nil) || ok && d.Data["text/plain"] != c.want {
			t.Errorf("%s: got %v %v, want %v", c.name, d.Data["text/plain"], ok, c.want)
		}
	}
}

func TestAPictureIsPNGWithItsSize(t *testing.T) {
	m := image.NewGray(image.Rect(5, 5, 45, 35))
	m.SetGray(10, 10, color.Gray{200})
	d := display.Render(m)
	back, err := png.Decode(bytes.NewReader(d.Data["image/png"].([]byte)))
	if err != nil {
		t.Fatal(err)
	}
	if r, _, _, _ := back.At(back.Bounds().Min.X+5, back.Bounds().Min.Y+5).RGBA(); r>>8 != 200 || back.Bounds().Dx() != 40 {
		t.Errorf("the picture changed: %v, %d", back.Bounds(), r>>8)
	}
	if got := d.Metadata["image/png"]; !reflect.DeepEqual(got, display.MIMEMap{"width": 40, "height": 30}) {
		t.Errorf("metadata %v", got)
	}
	large := display.Render(image.NewRGBA(image.Rect(0, 0, 3000, 2500)))
	cfg, err := png.DecodeConfig(bytes.NewReader(large.Data["image/png"].([]byte)))
	if err != nil || cfg.Width != 1500 || !strings.Contains(large.Data["text/plain"].(string), "3000 × 2500 pixels, shown at 1/2") {
		t.Errorf("%v %v %v", cfg, err, large.Data["text/plain"])
	}
	for _, v := range []image.Image{nil, image.NewGray(image.Rectangle{}), (*image.Gray)(nil)} {
		if s := display.Image(v).Data["text/plain"]; !strings.HasPrefix(s.(string), "picture: ") {
			t.Errorf("%v", s)
		}
	}
	two := display.Render([]image.Image{m, m})
	if n := strings.Count(two.Data["text/html"].(string), "<img"); n != 2 || two.Data["image/png"] == nil {
		t.Errorf("two pictures show %d", n)
	}
}

func TestGeoJSONIsSketched(t *testing.T) {
	var v map[string]any
	text := `{"type":"FeatureCollection","features":[
	 {"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[130.6,42.3],[130.8,42.3],[130.8,42.5],[130.6,42.3]]]}},
	 {"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[130.7,42.4,12]}},
	 {"type":"Feature","properties":{},"geometry":null}]}`
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	d := display.Render(v)
	if got, want := d.Data["text/plain"], "GeoJSON FeatureCollection, 3 features, 5 positions, from 130.6, 42.3 to 130.8, 42.5"; got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	m, err := png.Decode(bytes.NewReader(d.Data["image/png"].([]byte)))
	if err != nil {
		t.Fatal(err)
	}
	coloured := 0
	for y := range m.Bounds().Dy() {
		for x := range m.Bounds().Dx() {
			if r, _, b, _ := m.At(x, y).RGBA(); b > r+0x2000 || r > b+0x4000 {
				coloured++
			}
		}
	}
	if coloured < 500 || coloured > 20000 {
		t.Errorf("%d coloured pixels", coloured)
	}
	for _, bad := range []string{`{"type":"Point","coordinates":"x"}`, `{"type":"Feature","geometry":7}`, `{"type":"person"}`, `{"type":"FeatureCollection"}`} {
		v = nil
		_ = json.Unmarshal([]byte(bad), &v)
		if display.Render(v).Data["application/geo+json"] != nil {
			t.Errorf("%s was taken for GeoJSON", bad)
		}
	}
}

func TestForeignRenderersComeFirstAndMayPanic(t *testing.T) {
	f := func(v any) (display.Data, bool) {
		if _, ok := v.(train); ok {
			return display.HTML("<b>train</b>"), true
		}
		if _, ok := v.(rude); ok {
			panic("broken")
		}
		return display.Data{}, false
	}
	if d := display.Render(train{}, f); d.Data["text/html"] != "<b>train</b>" {
		t.Errorf("%v", d.Data)
	}
	if d := display.Render(rude{}, f); !strings.Contains(d.Data["text/plain"].(string), "cannot be shown: broken") {
		t.Errorf("%v", d.Data)
	}
	if d := display.Render(3, f); d.Data["text/plain"] != "3" {
		t.Errorf("%v", d.Data)
	}
	if d := display.Render([]train{{}, {}}, f); strings.Count(d.Data["text/html"].(string), "<b>train</b>") != 2 {
		t.Errorf("%v", d.Data)
	}
}

func TestTheSameValueGivesTheSameBytes(t *testing.T) {
	m := map[string]any{}
	for i := range 200 {
		m[fmt.Sprint(i)] = map[float64]string{1.5: "x", -2: "y", math.Inf(1): "z"}
	}
	first, err := json.Marshal(display.Render(m).Data)
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		if again, _ := json.Marshal(display.Render(m).Data); !bytes.Equal(first, again) {
			t.Fatal("the bytes differ")
		}
	}
}

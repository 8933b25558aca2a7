package table

import (
	"bytes"
	"io"
	"strings"
	"testing"
)

func TestJSONLinesWithoutASchema(t *testing.T) {
	const lines = `{"id":"0012","seen":"2023-09-24","n":3,"len":225,"ok":true,"at":{"type":"Point","coordinates":[130.6,42.4]},"cars":[110,60]}

{"n":4,"len":60.5,"seen":"2023-09","note":null,"id":"é","big":12345678901234567890}
`
	tb, err := ReadJSONLines(strings.NewReader("\xef\xbb\xbf"+lines), "x.jsonl", nil)
	if err != nil {
		t.Fatal(err)
	}
	if s := tb.Schema().String(); s != "id text, seen time, n int, len float, ok bool, at geometry, cars text, note text, big text" {
		t.Error(s)
	}
	r := tb.Row(1)
	if tb.Len() != 2 || tb.Row(0).Text("cars") != "[110,60]" || r.Text("big") != "12345678901234567890" || r.Known("ok") || r.Text("seen") != "2023-09" || tb.Trace(1)[0].Line != 3 {
		t.Errorf("%s %v", tb, tb.Trace(1))
	}
	if !strings.Contains(strings.Join(tb.Warnings(), " "), `"cars", "big"`) {
		t.Errorf("%q", tb.Warnings())
	}
}

func TestBadJSONLinesAreAllListed(t *testing.T) {
	for text, want := range map[string]string{
		`{"a":1`:                             "x:2: not a JSON object: it ends too early",
		`[1]`:                                "x:2: not a JSON object: it does not begin with {",
		`{"a":1}{"a":2}`:                     "something follows",
		`{"a":1,"a":2}`:                      `x:2: column "a": the key stands twice`,
		"{\"a\":\"\xff\"}":                   notUTF8,
		`{"a":"about 5"}`:                    `x:2: column "a": not a whole number`,
		`{"b":1}`:                            `x:2: column "b": a key that the schema does not declare`,
		`{"a":1.5}`:                          notWhole,
		`{"a":` + strings.Repeat("[", 20000): "not a JSON object",
	} {
		tb, err := ReadJSONLines(strings.NewReader("{\"a\":7}\n"+text+"\n{\"a\":9}\n"), "x", Schema{{Name: "a", Kind: Int}})
		if err == nil || !strings.Contains(err.Error(), want) || tb.Len() != 3 || tb.Row(2).Text("a") != "9" {
			t.Errorf("%.40s: %v", text, err)
		}
	}
	long := io.MultiReader(strings.NewReader("{\"a\":1}\n{\"a\":\""), strings.NewReader(strings.Repeat("x", 17<<20)))
	if _, err := ReadJSONLines(long, "x", nil); err == nil || !strings.Contains(err.Error(), "x:2: longer than") {
		t.Errorf("%v", err)
	}
	for _, none := range []string{"", "\n\n", "{}\n"} {
		if _, err := ReadJSONLines(strings.NewReader(none), "x", nil); err == nil {
			t.Errorf("%q has columns", none)
		}
	}
}

func TestAFileThatIsNoUTF8TextSaysSo(t *testing.T) {
	for text, want := range map[string]string{
		"\xff\xfea\x00,\x00b\x00\n\x001\x00": "UTF-16",
		"\x00a\x00,\x00b\x00\n":              "UTF-16",
		"a,b\r1,2\r3,4\r":                    "CR alone",
	} {
		if _, err := (CSV{Source: "x"}).Read(t.Context(), strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if tb, err := (CSV{}).Read(t.Context(), strings.NewReader("a,b\r\n1,2\r\n")); err != nil || tb.Row(0).Text("b") != "2" {
		t.Errorf("%v %s", err, tb)
	}
}

func FuzzJSONLines(f *testing.F) {
	f.Add([]byte("{\"a\":1,\"b\":\"x\"}\n{\"a\":[1],\"c\":null}\n"))
	f.Add([]byte("{\"a\":{\"type\":\"Point\",\"coordinates\":[1,2]}}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		tb, err := ReadJSONLines(bytes.NewReader(data), "x", nil)
		if err != nil || tb.Width() == 0 {
			return
		}
		var b bytes.Buffer
		if err := tb.WriteJSONLines(&b); err != nil {
			return
		}
		back, err := ReadJSONLines(&b, "y", tb.Schema())
		if err != nil || back.Len() != tb.Len() {
			t.Errorf("%q: %v", data, err)
		}
	})
}

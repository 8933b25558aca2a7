package protocol

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// standard is how package json writes a value.
func standard(t *testing.T, v any) string {
	t.Helper()
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(buf.String(), "\n")
}

// same checks that a content is written as package json would write it.
func same(t *testing.T, v, plain any) {
	t.Helper()
	got, err := Encode(v)
	if err != nil {
		t.Fatal(err)
	}
	if want := standard(t, plain); string(got) != want {
		t.Errorf("got  %.300q\nwant %.300q", got, want)
	}
}

// The same types without their methods.
type (
	plainStream  Stream
	plainDisplay DisplayData
	plainResult  ExecuteResult
)

func TestOutputsAreWrittenAsPackageJSONDoes(t *testing.T) {
	var all strings.Builder
	for r := rune(0); r < 0x3000; r++ {
		all.WriteRune(r)
	}
	texts := []string{"", "plain", all.String(), "\xff\xfe", "a\xc3", "\xe2\x80", "1234567\"", "12345678\\", "\x1f234567é", strings.Repeat("<b>&x</b>\t", 99), "🛰\u2028\u2029\x7f"}
	for _, s := range texts {
		same(t, Stream{Name: s, Text: s}, plainStream{Name: s, Text: s})
		data := map[string]any{"text/plain": s, s: "x", "n": json.RawMessage(`{"a":[1]}`), "v": []any{1, s, nil}}
		same(t, DisplayData{Data: data, Transient: map[string]any{"display_id": s}}, plainDisplay{Data: data, Transient: map[string]any{"display_id": s}})
		same(t, ExecuteResult{Count: 7, Data: data, Metadata: map[string]any{}}, plainResult{Count: 7, Data: data, Metadata: map[string]any{}})
		same(t, ExecuteResult{Data: data, Transient: data}, plainResult{Data: data, Transient: data})
	}
	if _, err := Encode(DisplayData{Data: map[string]any{"x": func() {}}}); err == nil {
		t.Error("a function has no JSON")
	}
}

// FuzzString compares the strings of outputs with those of package json.
func FuzzString(f *testing.F) {
	f.Add("say \"é\"\n\x00🛰\xff")
	f.Fuzz(func(t *testing.T, s string) { same(t, Stream{Text: s}, plainStream{Text: s}) })
}

func BenchmarkEncodeHTML(b *testing.B) {
	d := DisplayData{Data: map[string]any{"text/html": strings.Repeat("<b>x</b>", 655360), "text/plain": ""}}
	for name, v := range map[string]any{"ours": d, "json": plainDisplay(d)} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := Encode(v); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

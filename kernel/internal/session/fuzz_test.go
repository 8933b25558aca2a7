package session

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/sightline-osint/sightline/kernel/internal/interp/echo"
	"github.com/sightline-osint/sightline/kernel/internal/protocol"
)

// FuzzRequest answers any content of any type: there is always a reply to a request that has one, and it is JSON.
func FuzzRequest(f *testing.F) {
	for kind := range handlers {
		f.Add(kind, `{}`)
		f.Add(kind, `{"code":"%who","cursor_pos":2,"detail_level":1,"comm_id":"a","target_name":"b","data":{},"hist_access_type":"search","pattern":"[a*","n":-1}`)
		f.Add(kind, `[1]`)
	}
	f.Add("nonsense", `null`)
	f.Fuzz(func(t *testing.T, kind, content string) {
		replies := 0
		check := func(m Message) {
			if text, err := protocol.Encode(m.Content); err != nil || !json.Valid(text) {
				t.Fatalf("%s: %s %v", m.Type, text, err)
			}
		}
		s := New(Config{Interp: echo.New(), Publish: check, Reply: func(_ Request, m Message) { replies++; check(m) }})
		defer s.Close()
		s.answer(Request{Channel: Control, Header: protocol.Header{ID: "1", Type: kind}, Content: []byte(content)})
		wants := 0
		if n := len(kind) - len("_request"); n > 0 && handlers[kind] != nil && kind[n:] == "_request" {
			wants = 1
		}
		if replies != wants {
			t.Fatalf("%s with %q got %d replies, want %d", kind, content, replies, wants)
		}
	})
}

// FuzzHistoryFile reads any file as history.
func FuzzHistoryFile(f *testing.F) {
	f.Add([]byte("{\"begin\":\"a\"}\n{\"s\":1,\"l\":1,\"i\":\"x\"}\n{\"base\":7}\n{\"begin\":\"b\"}\n"), "x*")
	f.Add([]byte("{\n\x00"), "[!a-")
	f.Fuzz(func(t *testing.T, text []byte, pattern string) {
		readHistory(text)
		if _, err := countSessions(bytes.NewReader(text), "b"); err != nil {
			t.Fatal(err)
		}
		if match, err := glob(pattern); err == nil {
			match(string(text))
		}
	})
}

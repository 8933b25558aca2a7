package wire

import (
	"bufio"
	"bytes"
	"net"
	"reflect"
	"strings"
	"testing"
)

func FuzzReadFrame(f *testing.F) {
	f.Add([]byte{0, 3, 'a', 'b', 'c'})
	f.Add([]byte{1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 'x'})
	f.Add([]byte{4, 6, 5, 'R', 'E', 'A', 'D', 'Y'})
	f.Add([]byte{2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, in []byte) {
		r := bufio.NewReader(bytes.NewReader(in))
		for used := 0; ; {
			fr, err := readFrame(r, 1<<16)
			if err != nil {
				return
			}
			if len(fr.body) > 1<<16 {
				t.Fatal("a frame beyond the limit")
			}
			if used += len(fr.body) + 2; used > len(in) {
				t.Fatal("more came out than went in")
			}
			if fr.flags&flagCommand != 0 {
				if c, err := parseCommand(fr.body); err == nil {
					again, err := readFrame(bufio.NewReader(bytes.NewReader(c.encode())), 1<<16)
					if err != nil || !bytes.Equal(again.body, fr.body) {
						t.Fatalf("command %q does not survive", fr.body)
					}
					parseProperties(c.data)
				}
			}
		}
	})
}

func FuzzDecode(f *testing.F) {
	sign, err := newSigner("hmac-sha256", "key")
	if err != nil {
		f.Fatal(err)
	}
	m := Message{Identities: [][]byte{[]byte("id")}, Header: []byte(`{"msg_id":"1"}`), Content: []byte(`{}`), Buffers: [][]byte{{1, 2}}}
	f.Add(bytes.Join(m.encode(sign), []byte{'|'}), true)
	f.Add([]byte("<IDS|MSG>||||||"), false)
	f.Add([]byte(""), true)
	f.Fuzz(func(t *testing.T, in []byte, keyed bool) {
		s := sign
		if !keyed {
			s = &signer{}
		}
		frames := bytes.Split(in, []byte{'|'})
		m, err := decode(frames, s, newReplayGuard(4))
		if err != nil {
			return
		}
		again, err := decode(m.encode(s), s, nil)
		if err != nil {
			t.Fatalf("what was decoded does not decode again: %v", err)
		}
		if len(m.Buffers) != len(again.Buffers) || len(m.Identities) != len(again.Identities) {
			t.Fatal("frames were lost")
		}
	})
}

// FuzzHandshake lets a peer say anything: the listening side must neither panic nor accept a peer without a fitting type.
func FuzzHandshake(f *testing.F) {
	ready := command{"READY", appendProperty(appendProperty(nil, "Socket-Type", []byte("DEALER")), "Identity", []byte("me"))}
	f.Add(append(greeting(), ready.encode()...))
	f.Add(greeting())
	f.Add([]byte("GET / HTTP/1.1\r\n\r\n"))
	f.Fuzz(func(t *testing.T, in []byte) {
		server, client := net.Pipe()
		go func() {
			go func() {
				buf := make([]byte, 4096)
				for {
					if _, err := client.Read(buf); err != nil {
						return
					}
				}
			}()
			client.Write(in)
			client.Close()
		}()
		c := newConn(server, Limits{}.orDefault())
		defer c.Close()
		if err := c.handshake(t.Context(), "ROUTER", nil, true); err != nil {
			return
		}
		if !strings.Contains(strings.ToUpper(string(in)), "DEALER") && !strings.Contains(string(in), "REQ") && !strings.Contains(string(in), "ROUTER") {
			t.Fatalf("accepted %q", in)
		}
		for {
			if _, err := c.Receive(); err != nil {
				return
			}
		}
	})
}

func TestFramesOfEveryLengthSurvive(t *testing.T) {
	for _, sizes := range [][]int{{0}, {1}, {255}, {256}, {4095}, {4096}, {3, 70000, 0, 5000, 1}, {1 << 21}} {
		var frames [][]byte
		for i, n := range sizes {
			frames = append(frames, bytes.Repeat([]byte{byte('a' + i)}, n))
		}
		var sent bytes.Buffer
		buffers := net.Buffers(appendMessage(nil, frames))
		buffers.WriteTo(&sent)
		c := &Conn{r: bufio.NewReader(&sent), limits: Limits{}.orDefault()}
		got, err := c.Receive()
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, frames) {
			t.Errorf("frames of %v bytes do not survive", sizes)
		}
	}
}

func TestSignaturesOfEverySchemeVerify(t *testing.T) {
	parts := [4][]byte{[]byte("a"), []byte("b"), []byte("c"), []byte("d")}
	for scheme, length := range map[string]int{"hmac-sha256": 64, "hmac-sha384": 96, "hmac-sha512": 128, "": 64} {
		s, err := newSigner(scheme, "key")
		if err != nil {
			t.Fatal(err)
		}
		sum := s.hex(parts)
		if len(sum) != length || !s.verify(sum, parts) {
			t.Errorf("%q: signature %s", scheme, sum)
		}
		sum[0] ^= 1
		if s.verify(sum, parts) || s.verify(sum[:8], parts) || s.verify(nil, parts) {
			t.Errorf("%q accepts a wrong signature", scheme)
		}
	}
	// RFC 4231, test case 2.
	s, _ := newSigner("hmac-sha256", "Jefe")
	if got := string(s.hex([4][]byte{[]byte("what do ya "), []byte("want "), []byte("for "), []byte("nothing?")})); got != "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843" {
		t.Error(got)
	}
	if _, err := newSigner("hmac-md5", "key"); err == nil {
		t.Error("an unknown scheme is accepted")
	}
}

func TestTheReplayGuardForgetsTheOldest(t *testing.T) {
	g := newReplayGuard(3)
	for _, step := range []struct {
		signature string
		first     bool
	}{{"a", true}, {"b", true}, {"a", false}, {"c", true}, {"d", true}, {"a", true}, {"d", false}, {"c", false}, {"b", true}} {
		if got := g.first(step.signature); got != step.first {
			t.Errorf("%s is new: %v", step.signature, got)
		}
	}
}

package stream

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// sink keeps what a collector hands on.
type sink struct {
	mu   sync.Mutex
	list []string
}

func (s *sink) emit(name, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.list = append(s.list, name+":"+text)
}

func (s *sink) all() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.list, "|")
}

func TestTextIsHandedOnAfterThePeriodAndAtTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s sink
		c := NewCollector(Limit{}, nil, s.emit)
		fmt.Fprint(c.Writer(Stdout), "a")
		fmt.Fprint(c.Writer(Stdout), "b")
		fmt.Fprint(c.Writer(Stderr), "c")
		fmt.Fprint(c.Writer(Stdout), "d")
		if s.all() != "" {
			t.Errorf("handed on at once: %s", s.all())
		}
		time.Sleep(20 * time.Millisecond)
		synctest.Wait()
		if want := "stdout:ab|stderr:c|stdout:d"; s.all() != want {
			t.Errorf("%s, want %s", s.all(), want)
		}
		fmt.Fprint(c.Writer(Stdout), "e")
		c.Finish()
		if !strings.HasSuffix(s.all(), "|stdout:e") {
			t.Error(s.all())
		}
		fmt.Fprint(c.Writer(Stdout), "late")
		time.Sleep(20 * time.Millisecond)
		synctest.Wait()
		if !strings.HasSuffix(s.all(), "|stdout:late") {
			t.Error(s.all())
		}
	})
}

func TestACharacterIsNeverCutInTwo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s sink
		c := NewCollector(Limit{}, nil, s.emit)
		text := "é平🛰"
		for i := range len(text) {
			c.Writer(Stdout).Write([]byte{text[i]})
			time.Sleep(20 * time.Millisecond)
			synctest.Wait()
		}
		if want := "stdout:é|stdout:平|stdout:🛰"; s.all() != want {
			t.Errorf("%s, want %s", s.all(), want)
		}
		c.Writer(Stdout).Write([]byte("\xf0\x9f"))
		c.Finish()
		if !strings.HasSuffix(s.all(), "\xf0\x9f") {
			t.Errorf("an incomplete character at the end is lost: %q", s.all())
		}
	})
}

func TestOutputResumesWhenItSlowsDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s sink
		c := NewCollector(Limit{Burst: 64, Rate: 16, Tail: 8, Period: time.Millisecond}, nil, s.emit)
		fmt.Fprint(c.Writer(Stdout), strings.Repeat("a", 63)+"\n"+strings.Repeat("b\n", 500))
		time.Sleep(5 * time.Second)
		fmt.Fprint(c.Writer(Stdout), "quiet again\n")
		c.Finish()
		want := strings.Repeat("a", 63) + "\n\n[more output than a notebook can show: leaving some out]\n[994 bytes of output left out]\nb\nb\nb\nquiet again\n"
		if got := strings.ReplaceAll(strings.ReplaceAll(s.all(), "stdout:", ""), "|", ""); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	})
}

func TestManyWritersLoseNothing(t *testing.T) {
	var s sink
	c := NewCollector(Limit{}, nil, s.emit)
	var wg sync.WaitGroup
	for g := range 20 {
		wg.Go(func() {
			for i := range 100 {
				fmt.Fprintf(c.Writer(Stdout), "<%d.%d>", g, i)
				if i%10 == 0 {
					c.Do(func() { s.emit("mark", "") })
				}
			}
		})
	}
	wg.Wait()
	c.Finish()
	text := strings.ReplaceAll(strings.ReplaceAll(s.all(), "|mark:", ""), "|stdout:", "")
	for g := range 20 {
		last := -1
		for i := range 100 {
			at := strings.Index(text, fmt.Sprintf("<%d.%d>", g, i))
			if at <= last {
				t.Fatalf("<%d.%d> is lost or out of order", g, i)
			}
			last = at
		}
	}
}

func BenchmarkTenThousandLines(b *testing.B) {
	for b.Loop() {
		c := NewCollector(Limit{}, nil, func(string, string) {})
		w := c.Writer(Stdout)
		for range 10_000 {
			w.Write([]byte("line of output that is quite usual\n"))
		}
		c.Finish()
	}
}

package table

import (
	"math/rand/v2"
	"testing"
	"time"
)

func TestTheShortWayToReadATimeIsNoOtherOne(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 9))
	read := 0
	for range 200_000 {
		b := []byte(time.Date(1670+r.IntN(600), time.Month(1+r.IntN(12)), 1+r.IntN(31), r.IntN(24), r.IntN(60), r.IntN(60), 0, time.UTC).Format(time.RFC3339))
		for range r.IntN(3) {
			b[r.IntN(len(b))] = "0123456789-:TZ/9 "[r.IntN(17)]
		}
		got, ok := scanZulu(b)
		want, err := time.Parse("2006-01-02T15:04:05Z", string(b))
		if inside := err == nil && want.Year() >= 1678 && want.Year() <= 2261; ok != inside || ok && got != want.UnixNano() {
			t.Fatalf("%q: %d, %v; the time package says %v, %v", b, got, ok, want, err)
		}
		if ok {
			read++
		}
	}
	if read < 50_000 {
		t.Errorf("only %d were times", read)
	}
}

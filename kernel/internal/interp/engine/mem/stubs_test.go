package mem_test

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// callable is the func value whose code is at code.
func callable[F any](code mem.Ptr) F { return mem.Func[F](mem.Of(&code)) }

func TestStubCallsItsFuncValue(t *testing.T) {
	prefix := "a"
	direct := func(n int, s string, f float64) (string, error) { return fmt.Sprint(prefix, n, s, f), nil }
	made := reflect.MakeFunc(reflect.TypeFor[func(*int, []string) (int, string)](), func(in []reflect.Value) []reflect.Value {
		return []reflect.Value{in[0].Elem(), in[1].Index(1)}
	})
	one, ok1 := mem.Stub(mem.FuncPtr(direct))
	two, ok2 := mem.Stub(mem.FuncWord(made))
	if !ok1 || !ok2 {
		t.Fatal("no stubs")
	}
	if s, err := callable[func(int, string, float64) (string, error)](one)(7, "x", 1.5); s != "a7x1.5" || err != nil {
		t.Errorf("direct: %q, %v", s, err)
	}
	n := 42
	if k, s := callable[func(*int, []string) (int, string)](two)(&n, []string{"p", "q"}); k != 42 || s != "q" {
		t.Errorf("made: %d, %q", k, s)
	}
}

package machine

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// TestIntrinsicsAreFound asks for methods as the machine does, through package reflect.
func TestIntrinsicsAreFound(t *testing.T) {
	if !mem.KnowsText() {
		t.Fatal("strings.Builder and bytes.Buffer lie differently in memory: their intrinsics are not used")
	}
	for typ, names := range map[reflect.Type]string{
		reflect.TypeFor[*strings.Builder](): "WriteString WriteByte WriteRune Write String Len Cap",
		reflect.TypeFor[*bytes.Buffer]():    "WriteString WriteByte WriteRune Write Len",
	} {
		for _, name := range strings.Fields(names) {
			m, ok := typ.MethodByName(name)
			if _, known := intrinsics()[m.Func.Pointer()]; !ok || !known {
				t.Errorf("%s.%s is called", typ, name)
			}
		}
	}
	for code, x := range intrinsics() {
		if x.op == 0 || code == 0 {
			t.Errorf("%+v", x)
		}
	}
	var own func(s, p string) bool = func(s, p string) bool { return strings.HasPrefix(s, p) }
	if _, ok := intrinsics()[reflect.ValueOf(own).Pointer()]; ok {
		t.Error("a function that calls another one is taken for it")
	}
}

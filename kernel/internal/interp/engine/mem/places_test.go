package mem_test

import (
	"reflect"
	"runtime"
	"testing"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

func TestRuntimeFuncSaysWhatItWasToldTo(t *testing.T) {
	f := mem.RuntimeFunc("main.f", "In[3]", 7, 1<<60)
	file, line := f.FileLine(1<<60 + 1)
	if f.Name() != "main.f" || file != "In[3]" || line != 7 || f.Entry() != 1<<60 {
		t.Errorf("%s %s %d %x", f.Name(), file, line, f.Entry())
	}
}

func TestRuntimeFramesGivesItsFrames(t *testing.T) {
	for n := range 5 {
		var want, got []runtime.Frame
		for i := range n {
			want = append(want, runtime.Frame{PC: uintptr(i + 1), Function: "f", Line: i})
		}
		fs := mem.RuntimeFrames(append([]runtime.Frame(nil), want...))
		for more := n > 0; more; {
			var f runtime.Frame
			f, more = fs.Next()
			got = append(got, f)
		}
		if f, more := fs.Next(); f.PC != 0 || more {
			t.Errorf("%d frames: one more, %v", n, f)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	}
}

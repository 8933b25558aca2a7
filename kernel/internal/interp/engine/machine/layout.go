package machine

import (
	"fmt"
	"go/types"
	"reflect"
	"strings"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

type (
	frameWords struct {
		P ptr
		N uintptr
	}
	sliceWords struct {
		P    ptr
		N, C uintptr
	}
)

// frameType is the type of frames of functions with signature sig, n[r] bytes in each region and the slots typed in
// region rTyped. Equal frames share their type.
func (m *Machine) frameType(sig *types.Signature, n [regions]int32, typed []slot) reflect.Type {
	res, params, recv, _ := m.layout(sig)
	ss := append(res, params...)
	if recv.t != nil {
		ss = append(ss, recv)
	}
	var key strings.Builder
	fs := []reflect.StructField{{Name: "H", Type: reflect.TypeFor[hdr]()}}
	add := func(t reflect.Type, k int) {
		if k > 0 {
			fs = append(fs, reflect.StructField{Name: fmt.Sprintf("F%d", len(fs)), Type: reflect.ArrayOf(k, t)})
		}
	}
	for _, s := range ss {
		switch {
		case s.cls == cT && mem.HasPointers(s.t):
			add(s.t, 1)
			fmt.Fprintf(&key, "(%p)", mem.Type(s.t))
			for pad := roomOf(s.t) - int32(s.t.Size()); pad > 0; pad = 0 {
				panic("unpadded type")
			}
		case s.cls == cP:
			key.WriteByte('p')
			add(reflect.TypeFor[ptr](), 1)
		case s.cls == cE:
			key.WriteByte('e')
			add(reflect.TypeFor[ptr](), 2)
		case s.cls == cS:
			key.WriteByte('s')
			add(reflect.TypeFor[frameWords](), 1)
		case s.cls == cL:
			key.WriteByte('l')
			add(reflect.TypeFor[sliceWords](), 1)
		default:
			k := int(roomOf(s.t) / 8)
			fmt.Fprintf(&key, "w%d", k)
			add(reflect.TypeFor[uint64](), k)
		}
	}
	fmt.Fprint(&key, n)
	add(reflect.TypeFor[ptr](), int(n[rPtr]/8))
	add(reflect.TypeFor[ptr](), int(n[rIface]/8))
	add(reflect.TypeFor[frameWords](), int(n[rText]/16))
	add(reflect.TypeFor[sliceWords](), int(n[rSlice]/24))
	for _, s := range typed {
		fmt.Fprintf(&key, "(%p)", mem.Type(s.t))
		add(s.t, 1)
	}
	add(reflect.TypeFor[uint64](), int(n[rWord]/8))
	if t := m.frames[key.String()]; t != nil {
		return t
	}
	t := reflect.StructOf(fs)
	m.frames[key.String()] = t
	return t
}

package machine

import (
	"sync"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// shape makes calls of compiled functions of one layout, and func values of that layout. Either may be missing.
type shape struct {
	call func(f int32, args, res []int32) ext // calls the func value in slot f
	make func(cl *closure) ptr
}

type shapeTable map[string]shape

// shapeTab is a constant table that fills on first use.
var (
	shapeTab  shapeTable
	shapeOnce sync.Once
)

func shapes(s string) shape {
	shapeOnce.Do(func() { shapeTab = allShapes() })
	return shapeTab[s]
}

func allShapes() shapeTable {
	t := shapeTable{":IE": {call: call02[int, mem.Iface]}}
	result0[int](t, "I")
	result0[float64](t, "F")
	result0[bool](t, "B")
	result0[ptr](t, "P")
	result0[string](t, "S")
	result0[mem.Iface](t, "E")
	result0[[]byte](t, "L")
	with1[int](t, "I")
	with1[float64](t, "F")
	with1[ptr](t, "P")
	with1[string](t, "S")
	with1[mem.Iface](t, "E")
	with1[[]byte](t, "L")
	with1[bool](t, "B")
	with1[rune](t, "R")
	with1[byte](t, "Y")
	t["SSSI:S"] = shape{call: call41[string, string, string, int, string]}
	t["FYII:S"] = shape{call: call41[float64, byte, int, int, string]}
	addHot(t)
	return t
}

// with1 adds the shapes whose first parameter is an A, of letter k.
func with1[A any](t shapeTable, k string) {
	t[k+":"] = shape{call10[A], make10[A]}
	result1[A, int](t, k, "I")
	result1[A, float64](t, k, "F")
	result1[A, bool](t, k, "B")
	result1[A, ptr](t, k, "P")
	result1[A, string](t, k, "S")
	result1[A, mem.Iface](t, k, "E")
	result1[A, []byte](t, k, "L")
	result1[A, rune](t, k, "R")
	t[k+":IE"] = shape{call: call12[A, int, mem.Iface]}
	t[k+":PE"] = shape{call: call12[A, ptr, mem.Iface]}
	t[k+":SE"] = shape{call: call12[A, string, mem.Iface]}
	t[k+":LE"] = shape{call: call12[A, []byte, mem.Iface]}
	if k == "B" || k == "R" || k == "Y" {
		return
	}
	with2[A, int](t, k+"I")
	with2[A, float64](t, k+"F")
	with2[A, ptr](t, k+"P")
	with2[A, string](t, k+"S")
	with2[A, mem.Iface](t, k+"E")
	with2[A, []byte](t, k+"L")
	if k == "P" || k == "S" {
		with2narrow[A, byte](t, k+"Y")
		with2narrow[A, rune](t, k+"R")
	}
}

func with2[A, B any](t shapeTable, k string) {
	t[k+":"] = shape{call20[A, B], make20[A, B]}
	result2[A, B, int](t, k, "I")
	result2[A, B, float64](t, k, "F")
	result2[A, B, bool](t, k, "B")
	result2[A, B, ptr](t, k, "P")
	result2[A, B, string](t, k, "S")
	result2[A, B, mem.Iface](t, k, "E")
	result2[A, B, []byte](t, k, "L")
	t[k+":IE"] = shape{call: call22[A, B, int, mem.Iface]}
	t[k+":PE"] = shape{call: call22[A, B, ptr, mem.Iface]}
}

func with2narrow[A, B any](t shapeTable, k string) {
	t[k+":"] = shape{call20[A, B], make20[A, B]}
	result2[A, B, mem.Iface](t, k, "E")
	result2[A, B, bool](t, k, "B")
	t[k+":IE"] = shape{call: call22[A, B, int, mem.Iface]}
}

// hot adds a shape whose code was made for its types, or replaces what a generic function made.
func (t shapeTable) hot(name string, call func(f int32, args, res []int32) ext, make func(cl *closure) ptr) {
	if make == nil {
		make = t[name].make
	}
	t[name] = shape{call, make}
}

func result0[R any](t shapeTable, n string)       { t[":"+n] = shape{call01[R], make01[R]} }
func result1[A, R any](t shapeTable, k, n string) { t[k+":"+n] = shape{call11[A, R], make11[A, R]} }

func result2[A, B, R any](t shapeTable, k, n string) {
	t[k+":"+n] = shape{call21[A, B, R], make21[A, B, R]}
}

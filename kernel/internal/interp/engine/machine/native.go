package machine

import (
	"go/types"
	"reflect"
	"sync"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// nativeCall calls the func value f with arguments and results in frame fp.
type nativeCall = func(f, fp ptr)

// native is the code that calls func values of type ft, whose shape is given, with these slots: directly if the shape is
// common (rule R4 of package mem), else by reflection.
func (m *Machine) native(ft reflect.Type, shape string, args, res []slot) nativeCall {
	if mk := shapes(shape).call; mk != nil {
		var a, r []int32
		for _, s := range args {
			a = append(a, s.off)
		}
		for _, s := range res {
			r = append(r, s.off)
		}
		return mk(a, r)
	}
	variadic := ft.IsVariadic()
	return func(f, fp ptr) {
		fv := mem.Value(ft, mem.Of(&f))
		in := make([]reflect.Value, len(args))
		for i, s := range args {
			in[i] = s.value(fp)
			if in[i].Type() != ft.In(i) {
				in[i] = reflect.NewAt(ft.In(i), mem.Add(fp, s.off)).Elem()
			}
		}
		var out []reflect.Value
		if variadic {
			out = fv.CallSlice(in)
		} else {
			out = fv.Call(in)
		}
		for i, s := range res {
			s.set(fp, out[i])
		}
	}
}

// letter is the layout of a value in calls.
func letter(t types.Type) string {
	switch classOf(t) {
	case cI64, cU64:
		return "I"
	case cF64:
		return "F"
	case cP:
		return "P"
	case cS:
		return "S"
	case cL:
		return "L"
	case cE:
		return "E"
	case cU8:
		if isBool(t) {
			return "B"
		}
		if classOf(t) == cU8 {
			return "Y"
		}
	case cI32:
		return "R"
	}
	return "?"
}

// shapeOf names the layout of a signature: a letter for each parameter, a colon, one for each result.
func shapeOf(sig *types.Signature, recv bool) (s string) {
	if recv {
		s = letter(sig.Recv().Type())
	}
	for v := range sig.Params().Variables() {
		s += letter(v.Type())
	}
	s += ":"
	for v := range sig.Results().Variables() {
		s += letter(v.Type())
	}
	return
}

// shape makes calls of compiled functions of one layout, and func values of that layout.
type shape struct {
	call func(args, res []int32) nativeCall
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
	t := shapeTable{}
	t[":"] = shape{
		func(a, r []int32) nativeCall { return func(f, fp ptr) { mem.Func[func()](f)() } },
		func(cl *closure) ptr {
			return register(cl, func() { th, nf := cl.begin(); cl.run(th, nf); th.end(nf) })
		},
	}
	results0(t)
	with1[int](t, "I")
	with1[float64](t, "F")
	with1[ptr](t, "P")
	with1[string](t, "S")
	with1[mem.Iface](t, "E")
	with1[[]byte](t, "L")
	with1[bool](t, "B")
	with1[rune](t, "R")
	with1[byte](t, "Y")
	return t
}

func results0(t shapeTable) {
	result0[int](t, "I")
	result0[float64](t, "F")
	result0[bool](t, "B")
	result0[ptr](t, "P")
	result0[string](t, "S")
	result0[mem.Iface](t, "E")
	result0[[]byte](t, "L")
	t[":"+"IE"] = shape{call: func(a, r []int32) nativeCall {
		return func(f, fp ptr) {
			x, y := mem.Func[func() (int, mem.Iface)](f)()
			mem.Put(fp, r[0], x)
			mem.Put(fp, r[1], y)
		}
	}}
}

func with1[A any](t shapeTable, k string) {
	none1[A](t, k)
	result1[A, int](t, k, "I")
	result1[A, float64](t, k, "F")
	result1[A, bool](t, k, "B")
	result1[A, ptr](t, k, "P")
	result1[A, string](t, k, "S")
	result1[A, mem.Iface](t, k, "E")
	result1[A, []byte](t, k, "L")
	result1[A, rune](t, k, "R")
	pair1[A, int](t, k, "I")
	pair1[A, ptr](t, k, "P")
	pair1[A, string](t, k, "S")
	pair1[A, []byte](t, k, "L")
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
		with2[A, byte](t, k+"Y")
		with2[A, rune](t, k+"R")
	}
}

func with2[A, B any](t shapeTable, k string) {
	none2[A, B](t, k)
	if k[1] == 'Y' || k[1] == 'R' {
		result2[A, B, mem.Iface](t, k, "E")
		result2[A, B, bool](t, k, "B")
		pair2[A, B, int](t, k, "I")
		return
	}
	result2[A, B, int](t, k, "I")
	result2[A, B, float64](t, k, "F")
	result2[A, B, bool](t, k, "B")
	result2[A, B, ptr](t, k, "P")
	result2[A, B, string](t, k, "S")
	result2[A, B, mem.Iface](t, k, "E")
	result2[A, B, []byte](t, k, "L")
	pair2[A, B, int](t, k, "I")
	pair2[A, B, ptr](t, k, "P")
}

func result0[R any](t shapeTable, n string) {
	t[":"+n] = shape{
		func(a, r []int32) nativeCall {
			return func(f, fp ptr) { storeResult(n, fp, r[0], mem.Func[func() R](f)()) }
		},
		func(cl *closure) ptr {
			return register(cl, func() R {
				th, nf := cl.begin()
				cl.run(th, nf)
				r := mem.Ld[R](nf, th.top.res[0].off)
				th.end(nf)
				return r
			})
		},
	}
}

// storeResult writes a call's value to a slot; those narrower than a word are extended.
func storeResult[R any](n string, fp ptr, off int32, v R) {
	if mem.SizeOf[R]() >= 8 {
		mem.Put(fp, off, v)
		return
	}
	mem.Put[uint64](fp, off, 0)
	mem.Put(fp, off, v)
	if n == "R" {
		mem.Put(fp, off, int64(mem.Ld[int32](fp, off)))
	}
}

func none1[A any](t shapeTable, k string) {
	t[k+":"] = shape{
		func(a, r []int32) nativeCall {
			a0 := a[0]
			return func(f, fp ptr) { mem.Func[func(A)](f)(mem.Ld[A](fp, a0)) }
		},
		func(cl *closure) ptr {
			return register(cl, func(a A) {
				th, nf := cl.begin()
				storeResult(k, nf, th.top.params[0].off, a)
				cl.run(th, nf)
				th.end(nf)
			})
		},
	}
}

func result1[A, R any](t shapeTable, k, n string) {
	t[k+":"+n] = shape{
		func(a, r []int32) nativeCall {
			a0, r0 := a[0], r[0]
			return func(f, fp ptr) { storeResult(n, fp, r0, mem.Func[func(A) R](f)(mem.Ld[A](fp, a0))) }
		},
		func(cl *closure) ptr {
			return register(cl, func(a A) R {
				th, nf := cl.begin()
				storeResult(k, nf, th.top.params[0].off, a)
				cl.run(th, nf)
				r := mem.Ld[R](nf, th.top.res[0].off)
				th.end(nf)
				return r
			})
		},
	}
}

func pair1[A, R any](t shapeTable, k, n string) {
	t[k+":"+n+"E"] = shape{call: func(a, r []int32) nativeCall {
		a0, r0, r1 := a[0], r[0], r[1]
		return func(f, fp ptr) {
			x, y := mem.Func[func(A) (R, mem.Iface)](f)(mem.Ld[A](fp, a0))
			mem.Put(fp, r0, x)
			mem.Put(fp, r1, y)
		}
	}}
}

func none2[A, B any](t shapeTable, k string) {
	t[k+":"] = shape{
		func(a, r []int32) nativeCall {
			a0, a1 := a[0], a[1]
			return func(f, fp ptr) { mem.Func[func(A, B)](f)(mem.Ld[A](fp, a0), mem.Ld[B](fp, a1)) }
		},
		func(cl *closure) ptr {
			return register(cl, func(a A, b B) {
				th, nf := cl.begin()
				storeResult(k, nf, th.top.params[0].off, a)
				storeResult(k[1:], nf, th.top.params[1].off, b)
				cl.run(th, nf)
				th.end(nf)
			})
		},
	}
}

func result2[A, B, R any](t shapeTable, k, n string) {
	t[k+":"+n] = shape{
		func(a, r []int32) nativeCall {
			a0, a1, r0 := a[0], a[1], r[0]
			return func(f, fp ptr) {
				storeResult(n, fp, r0, mem.Func[func(A, B) R](f)(mem.Ld[A](fp, a0), mem.Ld[B](fp, a1)))
			}
		},
		func(cl *closure) ptr {
			return register(cl, func(a A, b B) R {
				th, nf := cl.begin()
				storeResult(k, nf, th.top.params[0].off, a)
				storeResult(k[1:], nf, th.top.params[1].off, b)
				cl.run(th, nf)
				r := mem.Ld[R](nf, th.top.res[0].off)
				th.end(nf)
				return r
			})
		},
	}
}

func pair2[A, B, R any](t shapeTable, k, n string) {
	t[k+":"+n+"E"] = shape{call: func(a, r []int32) nativeCall {
		a0, a1, r0, r1 := a[0], a[1], r[0], r[1]
		return func(f, fp ptr) {
			x, y := mem.Func[func(A, B) (R, mem.Iface)](f)(mem.Ld[A](fp, a0), mem.Ld[B](fp, a1))
			mem.Put(fp, r0, x)
			mem.Put(fp, r1, y)
		}
	}}
}

package machine

import (
	"go/types"
	"reflect"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

// native is the code that calls the func value in slot f, of type ft, whose shape is given, with these slots: directly if the
// shape is common (rule R4 of package mem), else by reflection. A result that nobody reads has a negative offset.
func (m *Machine) native(ft reflect.Type, shape string, f int32, args, res []slot) ext {
	if call := shapes(shape).call; call != nil {
		return call(f, offsets(args), offsets(res))
	}
	variadic := ft.IsVariadic()
	return func(_ *thread, fp ptr) {
		fv := mem.Value(ft, mem.Add(fp, f))
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
			if s.off >= 0 {
				s.set(fp, out[i])
			}
		}
	}
}

func offsets(ss []slot) (out []int32) {
	for _, s := range ss {
		out = append(out, s.off)
	}
	return
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

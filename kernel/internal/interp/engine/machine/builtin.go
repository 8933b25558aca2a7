package machine

import (
	"fmt"
	"go/types"
	"reflect"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
)

func (c *comp) builtin(in *ssa.Call, b *ssa.Builtin, args []ssa.Value) {
	if b.Name() == "delete" {
		c.mapDelete(args[0], args[1])
		return
	}
	var as []slot
	if b.Name() != "append" {
		as = c.slotsOf(args)
	}
	var d slot
	if t, ok := in.Type().(*types.Tuple); !ok || t.Len() > 0 {
		d = c.val(in)
	}
	switch b.Name() {
	case "len", "cap":
		c.length(b.Name() == "cap", args[0], as[0], d)
	case "append":
		c.appendTo(args, d)
	case "copy":
		c.copySlice(args, as, d)
	case "clear":
		c.clear(args[0], as[0])
	case "close":
		ct := c.chanType(args[0].Type())
		c.ext(func(_ *thread, fp ptr) { mem.Value(ct, mem.Add(fp, as[0].off)).Close() })
	case "min", "max":
		c.minMax(b.Name() == "max", as, d)
	case "real", "imag", "complex":
		c.complexParts(b.Name(), as, d)
	case "print", "println":
		c.print(b.Name() == "println", as)
	case "recover":
		c.ext(func(th *thread, fp ptr) { mem.Put(fp, d.off, th.recovered(head(fp))) })
	case "ssa:wrapnilchk":
		c.ext(func(_ *thread, fp ptr) {
			p := mem.Ld[ptr](fp, as[0].off)
			if p == nil {
				panic(nilReceiver(mem.Ld[string](fp, as[1].off), mem.Ld[string](fp, as[2].off)))
			}
			mem.Put(fp, d.off, p)
		})
	case "ssa:deferstack":
		c.ext(func(_ *thread, fp ptr) { mem.Put(fp, d.off, mem.Of(head(fp).ds)) })
	default:
		panic("builtin " + b.Name() + " is not supported")
	}
}

func (c *comp) length(capacity bool, arg ssa.Value, x, d slot) {
	switch u := arg.Type().Underlying().(type) {
	case *types.Slice, *types.Basic:
		o := int32(8)
		if capacity {
			o = 16
		}
		c.emit(opMov, d.off, x.off+o, 0, 0)
	case *types.Pointer:
		n := int(u.Elem().Underlying().(*types.Array).Len())
		c.emit(opMov, d.off, c.wordConst(uint64(n)).off, 0, 0)
	case *types.Array:
		c.emit(opMov, d.off, c.wordConst(uint64(u.Len())).off, 0, 0)
	case *types.Chan:
		ct := c.chanType(arg.Type())
		c.ext(func(_ *thread, fp ptr) {
			v := mem.Value(ct, mem.Add(fp, x.off))
			if capacity {
				mem.Put(fp, d.off, v.Cap())
			} else {
				mem.Put(fp, d.off, v.Len())
			}
		})
	case *types.Map:
		mt := c.m.rtype(u)
		c.ext(func(th *thread, fp ptr) {
			l := th.lockMap(mem.Ld[ptr](fp, x.off))
			n := mem.Value(mt, mem.Add(fp, x.off)).Len()
			th.unlockMap(l)
			mem.Put(fp, d.off, n)
		})
	}
}

func (c *comp) copySlice(args []ssa.Value, as []slot, d slot) {
	st := c.m.rtype(args[0].Type().Underlying())
	es := st.Elem().Size()
	flat := !mem.HasPointers(st.Elem())
	c.ext(func(_ *thread, fp ptr) {
		x, y := mem.At[mem.Slice](fp, as[0].off), mem.At[mem.Slice](fp, as[1].off) // a string's first two words are alike
		n := min(x.Len, y.Len)
		switch {
		case n == 0 || es == 0:
		case flat:
			copy(mem.Bytes(x.P, uintptr(n)*es), mem.Bytes(y.P, uintptr(n)*es))
		default:
			reflect.Copy(mem.Value(st, mem.Of(x)), mem.Value(st, mem.Of(y)))
		}
		if d.t != nil {
			mem.Put(fp, d.off, n)
		}
	})
}

func (c *comp) clear(arg ssa.Value, x slot) {
	t := c.m.rtype(arg.Type().Underlying())
	c.ext(func(th *thread, fp ptr) {
		v := mem.Value(t, mem.Add(fp, x.off))
		if v.Kind() == reflect.Map {
			l := th.lockMap(mem.Ld[ptr](fp, x.off))
			defer th.unlockMap(l)
		}
		v.Clear()
	})
}

func (c *comp) minMax(isMax bool, as []slot, d slot) {
	op := uint16(opMaxI)
	switch {
	case d.cls == cF64:
		op = opMaxF
	case d.t.Kind() == reflect.Float32:
		op = opMaxG
	case d.cls == cS:
		op = opMaxS
	case d.cls >= cU8:
		op = opMaxU
	}
	if !isMax {
		op += opMinI - opMaxI
	}
	if len(as) == 1 {
		c.mov(as[0], d.off)
	}
	for i, best := 1, as[0]; i < len(as); i, best = i+1, d {
		c.emit(op, d.off, best.off, as[i].off, 0)
	}
}

func (c *comp) complexParts(name string, as []slot, d slot) {
	c.ext(func(_ *thread, fp ptr) {
		a, r := as[0].value(fp), d.value(fp)
		switch name {
		case "real":
			r.SetFloat(real(a.Complex()))
		case "imag":
			r.SetFloat(imag(a.Complex()))
		default:
			r.SetComplex(complex(a.Float(), as[1].value(fp).Float()))
		}
		d.extend(fp)
	})
}

// print writes as the builtins do, to the cell's standard error.
func (c *comp) print(line bool, as []slot) {
	c.ext(func(th *thread, fp ptr) {
		var vs []reflect.Value
		for _, s := range as {
			vs = append(vs, s.value(fp))
		}
		th.printValues(line, vs)
	})
}

func (th *thread) printValues(line bool, vs []reflect.Value) {
	var w []string
	for _, v := range vs {
		w = append(w, printed(v))
	}
	text := strings.Join(w, "")
	if line {
		text = strings.Join(w, " ") + "\n"
	}
	fmt.Fprint(th.run.out.Stderr(), text)
}

func printed(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Float32, reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'g', -1, v.Type().Bits())
	case reflect.Complex64, reflect.Complex128:
		return strconv.FormatComplex(v.Complex(), 'g', -1, v.Type().Bits())
	case reflect.String:
		return v.String()
	case reflect.Bool, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return fmt.Sprint(reflectPlain(v))
	case reflect.Pointer, reflect.Chan, reflect.Map, reflect.Func, reflect.UnsafePointer:
		return fmt.Sprintf("%#x", v.Pointer())
	case reflect.Slice:
		return fmt.Sprintf("[%d/%d]%#x", v.Len(), v.Cap(), v.Pointer())
	case reflect.Interface:
		w := mem.Ld[mem.Iface](v.Addr().UnsafePointer(), 0)
		return fmt.Sprintf("(%p,%p)", w.Tab, w.Data)
	}
	return fmt.Sprint(v)
}

// reflectPlain is a number or bool without its type's methods.
func reflectPlain(v reflect.Value) any {
	switch {
	case v.CanInt():
		return v.Int()
	case v.CanUint():
		return v.Uint()
	}
	return v.Bool()
}

package display

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
	"unsafe"
)

// Limits of text/plain: enough to look at a value, never enough to choke a front end.
const (
	maxText     = 1 << 20 // bytes of a string, of which the rest is cut
	maxElements = 1000    // of a slice or map
	maxDepth    = 10      // of nested values
	lineWidth   = 100     // beyond it, a struct takes one line a field and a slice is wrapped
)

// Text writes a value out as fmt's %+v does, with four differences that make it stable and short: pointers are followed
// (cycles are cut), functions and channels show their type and no address, times have no monotonic clock reading, and
// what is too long is cut with a note of what is missing. Values with an Error or String method use it.
func Text(v any) string {
	if s, ok := v.(string); ok {
		return cut(s, maxText)
	}
	p := &printer{limit: maxText, elements: maxElements}
	p.value(open(reflect.ValueOf(v)), 0)
	line := p.String()
	if len(line) <= lineWidth || strings.Contains(line, "\n") {
		return line
	}
	return layout(reflect.ValueOf(v), line)
}

// layout spreads the text of a long struct or slice over several lines.
func layout(v reflect.Value, line string) string {
	if v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	if _, ok := worded(v); ok {
		return line
	}
	switch v.Kind() {
	case reflect.Struct:
		v = open(v)
		var b strings.Builder
		b.WriteString("{\n")
		for i := range v.NumField() {
			p := &printer{limit: maxText, elements: 20}
			p.value(open(v.Field(i)), 1)
			fmt.Fprintf(&b, "  %s: %s\n", v.Type().Field(i).Name, p)
		}
		return b.String() + "}"
	case reflect.Slice, reflect.Array:
		if k := v.Type().Elem().Kind(); k >= reflect.Bool && k <= reflect.Complex128 || k == reflect.String {
			return wrap(line)
		}
	}
	return line
}

// wrap breaks a line of words at lineWidth.
func wrap(line string) string {
	var b strings.Builder
	width := 0
	for i, word := range strings.Split(line, " ") {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case width+1+n > lineWidth:
			b.WriteString("\n ")
			width = 1
		default:
			b.WriteByte(' ')
			width++
		}
		b.WriteString(word)
		width += n
	}
	return b.String()
}

// printer writes one value. It stops when limit bytes are written.
type printer struct {
	strings.Builder
	limit    int
	elements int
	path     []uintptr // pointers, maps and slices that are being printed
}

func (p *printer) full() bool { return p.Len() >= p.limit }

func (p *printer) value(v reflect.Value, depth int) {
	if p.full() {
		return
	}
	if !v.IsValid() {
		p.WriteString("<nil>")
		return
	}
	if s, ok := worded(v); ok {
		p.WriteString(cut(s, p.limit))
		return
	}
	switch v.Kind() {
	case reflect.Interface:
		p.value(open(v.Elem()), depth)
	case reflect.Pointer:
		p.pointer(v, depth)
	case reflect.Struct:
		p.structure(v, depth)
	case reflect.Slice, reflect.Array:
		p.list(v, depth)
	case reflect.Map:
		p.table(v, depth)
	case reflect.Func, reflect.Chan, reflect.UnsafePointer:
		if v.Kind() != reflect.UnsafePointer && v.IsNil() {
			p.WriteString("<nil>")
			return
		}
		p.WriteString(v.Type().String())
	case reflect.String:
		p.WriteString(cut(v.String(), p.limit))
	default:
		p.WriteString(scalar(v))
	}
}

func (p *printer) pointer(v reflect.Value, depth int) {
	if v.IsNil() {
		p.WriteString("<nil>")
		return
	}
	p.WriteByte('&')
	p.inside(v.Pointer(), depth, func() { p.value(open(v.Elem()), depth+1) })
}

// inside runs print unless the value at the address is being printed already or lies too deep.
func (p *printer) inside(address uintptr, depth int, print func()) {
	for _, a := range p.path {
		if a == address {
			p.WriteString("…")
			return
		}
	}
	if depth > maxDepth {
		p.WriteString("…")
		return
	}
	p.path = append(p.path, address)
	print()
	p.path = p.path[:len(p.path)-1]
}

func (p *printer) structure(v reflect.Value, depth int) {
	if depth > maxDepth {
		p.WriteString("{…}")
		return
	}
	p.WriteByte('{')
	for i := range v.NumField() {
		if i > 0 {
			p.WriteByte(' ')
		}
		p.WriteString(v.Type().Field(i).Name)
		p.WriteByte(':')
		p.value(open(v.Field(i)), depth+1)
	}
	p.WriteByte('}')
}

func (p *printer) list(v reflect.Value, depth int) {
	print := func() {
		p.WriteByte('[')
		n := v.Len()
		for i := range n {
			if i == p.elements || p.full() {
				fmt.Fprintf(p, " … %s more", count(n-i))
				break
			}
			if i > 0 {
				p.WriteByte(' ')
			}
			p.value(open(v.Index(i)), depth+1)
		}
		p.WriteByte(']')
	}
	if v.Kind() == reflect.Slice && v.Len() > 0 {
		p.inside(v.Pointer(), depth, print)
		return
	}
	print()
}

func (p *printer) table(v reflect.Value, depth int) {
	if v.Len() == 0 {
		p.WriteString("map[]")
		return
	}
	p.inside(v.Pointer(), depth, func() {
		p.WriteString("map[")
		keys := sortedKeys(v)
		for i, k := range keys {
			if i == p.elements || p.full() {
				fmt.Fprintf(p, " … %s more", count(len(keys)-i))
				break
			}
			if i > 0 {
				p.WriteByte(' ')
			}
			p.value(open(k), depth+1)
			p.WriteByte(':')
			p.value(open(v.MapIndex(k)), depth+1)
		}
		p.WriteByte(']')
	})
}

// worded is the text that a value's own methods give it.
func worded(v reflect.Value) (s string, ok bool) {
	if !v.IsValid() || !v.CanInterface() {
		return "", false
	}
	if k := v.Kind(); (k == reflect.Pointer || k == reflect.Interface) && v.IsNil() {
		return "", false
	}
	if v.Kind() == reflect.Interface {
		return "", false
	}
	x := v.Interface()
	defer func() {
		if r := recover(); r != nil {
			s, ok = fmt.Sprintf("%T (its text method panicked: %v)", x, r), true
		}
	}()
	switch x := x.(type) {
	case time.Time:
		return x.Round(0).String(), true
	case reflect.Value:
		return x.String(), true
	case error:
		return x.Error(), true
	case fmt.Formatter:
		return fmt.Sprintf("%v", x), true
	case fmt.Stringer:
		return x.String(), true
	}
	if v.CanAddr() && v.Kind() != reflect.Pointer {
		switch x := v.Addr().Interface().(type) {
		case error:
			return x.Error(), true
		case fmt.Stringer:
			return x.String(), true
		}
	}
	return "", false
}

// open makes a value readable: fields without export are read through their address, so that their text methods can be
// used. Cells declare most fields in lower case.
func open(v reflect.Value) reflect.Value {
	if !v.IsValid() {
		return v
	}
	switch {
	case v.CanInterface() && (v.CanAddr() || v.Kind() != reflect.Struct && v.Kind() != reflect.Array):
		return v
	case v.CanAddr():
		return reflect.NewAt(v.Type(), unsafe.Pointer(v.UnsafeAddr())).Elem()
	case v.CanInterface():
		c := reflect.New(v.Type()).Elem()
		c.Set(v)
		return c
	}
	return v
}

func scalar(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	case reflect.Float32:
		return fmt.Sprint(float32(v.Float()))
	case reflect.Float64:
		return fmt.Sprint(v.Float())
	case reflect.Complex64:
		return fmt.Sprint(complex64(v.Complex()))
	case reflect.Complex128:
		return fmt.Sprint(v.Complex())
	}
	if v.CanInt() {
		return strconv.FormatInt(v.Int(), 10)
	}
	return strconv.FormatUint(v.Uint(), 10)
}

// cut shortens s to about n bytes, at a character, and says how much is missing.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	i := n
	for i > 0 && !utf8.RuneStart(s[i]) {
		i--
	}
	return s[:i] + fmt.Sprintf("… (%s bytes more)", count(len(s)-i))
}

// count writes n with thousands separated.
func count(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func isNil(v any) bool {
	r := reflect.ValueOf(v)
	switch r.Kind() {
	case reflect.Invalid:
		return true
	case reflect.Pointer, reflect.Map, reflect.Slice, reflect.Func, reflect.Chan, reflect.Interface:
		return r.IsNil()
	}
	return false
}

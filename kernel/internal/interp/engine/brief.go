package engine

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// brief is a value in one short line. It calls no methods of the value, which could do anything, and looks no further than
// the line is long.
func brief(v reflect.Value) string {
	var b strings.Builder
	write(&b, v, 0)
	s := strings.ReplaceAll(b.String(), "\n", `\n`)
	if r := []rune(s); len(r) > briefLength {
		return string(r[:briefLength-1]) + "…"
	}
	return s
}

const briefLength = 80

func write(b *strings.Builder, v reflect.Value, depth int) {
	if b.Len() > 4*briefLength {
		return
	}
	if text, ok := ofTime(v); ok {
		b.WriteString(text)
		return
	}
	switch v.Kind() {
	case reflect.Invalid:
		b.WriteString("nil")
	case reflect.String:
		s := v.String()
		if len(s) > 2*briefLength {
			s = s[:2*briefLength]
		}
		b.WriteString(strconv.Quote(s))
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			b.WriteString("nil")
			return
		}
		if v.Kind() == reflect.Pointer {
			b.WriteByte('&')
		}
		if depth > 3 {
			b.WriteString("…")
			return
		}
		write(b, v.Elem(), depth+1)
	case reflect.Slice, reflect.Array:
		writeList(b, v, depth)
	case reflect.Map:
		writeMap(b, v, depth)
	case reflect.Struct:
		b.WriteByte('{')
		for i := range v.NumField() {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(v.Type().Field(i).Name + ":")
			write(b, v.Field(i), depth+1)
		}
		b.WriteByte('}')
	case reflect.Func, reflect.Chan, reflect.UnsafePointer:
		if v.IsNil() {
			b.WriteString("nil")
			return
		}
		b.WriteString(v.Type().String())
	default:
		fmt.Fprint(b, v)
	}
}

// ofTime is a point in time as it is read, and not as it is kept.
func ofTime(v reflect.Value) (string, bool) {
	if !v.IsValid() || v.Type() != reflect.TypeFor[time.Time]() || !v.CanInterface() {
		return "", false
	}
	t := v.Interface().(time.Time)
	if t.Equal(t.Truncate(24*time.Hour)) && t.Location() == time.UTC {
		return t.Format(time.DateOnly), true
	}
	return t.Format("2006-01-02 15:04:05.999999999 -0700 MST"), true
}

func writeList(b *strings.Builder, v reflect.Value, depth int) {
	if v.Kind() == reflect.Slice && v.IsNil() {
		b.WriteString("nil")
		return
	}
	b.WriteByte('[')
	for i := range v.Len() {
		if i > 0 {
			b.WriteByte(' ')
		}
		if b.Len() > briefLength || depth > 3 {
			b.WriteString("…")
			break
		}
		write(b, v.Index(i), depth+1)
	}
	b.WriteByte(']')
	if v.Len() > 8 {
		fmt.Fprintf(b, " (%d)", v.Len())
	}
}

// writeMap shows no entries: reading them while a cell writes the map would end the process.
func writeMap(b *strings.Builder, v reflect.Value, _ int) {
	if v.IsNil() {
		b.WriteString("nil")
		return
	}
	fmt.Fprintf(b, "%s with %d entries", v.Type(), v.Len())
}

package notebook

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// object is a JSON object that keeps the order of its keys. Values are *object, []any, string, json.Number, bool or nil.
type object struct {
	keys   []string
	values map[string]any
}

// newObject makes an object of alternating keys and values.
func newObject(pairs ...any) *object {
	o := &object{values: map[string]any{}}
	for i := 0; i < len(pairs); i += 2 {
		o.set(pairs[i].(string), pairs[i+1])
	}
	return o
}

func (o *object) get(key string) any {
	if o == nil {
		return nil
	}
	return o.values[key]
}

func (o *object) text(key string) string {
	s, _ := o.get(key).(string)
	return s
}

func (o *object) object(key string) *object {
	c, _ := o.get(key).(*object)
	return c
}

// set replaces a value in place. A new key goes where the alphabet puts it if the keys are sorted, as Jupyter writes
// them, else to the end.
func (o *object) set(key string, value any) {
	if _, ok := o.values[key]; !ok {
		at := len(o.keys)
		if slices.IsSorted(o.keys) {
			at, _ = slices.BinarySearch(o.keys, key)
		}
		o.keys = slices.Insert(o.keys, at, key)
	}
	o.values[key] = value
}

func (o *object) delete(key string) {
	delete(o.values, key)
	o.keys = slices.DeleteFunc(o.keys, func(k string) bool { return k == key })
}

// clone copies a value with everything below it.
func clone(v any) any {
	switch x := v.(type) {
	case *object:
		c := &object{keys: slices.Clone(x.keys), values: make(map[string]any, len(x.values))}
		for k, e := range x.values {
			c.values[k] = clone(e)
		}
		return c
	case []any:
		c := make([]any, len(x))
		for i, e := range x {
			c[i] = clone(e)
		}
		return c
	}
	return v
}

// parse reads one JSON value. The error is a *json.SyntaxError with the offset in text.
func parse(text []byte) (any, error) {
	var all json.RawMessage
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, err
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	return next(dec)
}

func next(dec *json.Decoder) (any, error) {
	t, err := dec.Token()
	if err != nil {
		return nil, err
	}
	switch t {
	case json.Delim('{'):
		o := newObject()
		for dec.More() {
			key, err := dec.Token()
			if err != nil {
				return nil, err
			}
			value, err := next(dec)
			if err != nil {
				return nil, err
			}
			name := key.(string)
			if _, ok := o.values[name]; !ok {
				o.keys = append(o.keys, name)
			}
			o.values[name] = value
		}
		_, err = dec.Token()
		return o, err
	case json.Delim('['):
		list := []any{}
		for dec.More() {
			value, err := next(dec)
			if err != nil {
				return nil, err
			}
			list = append(list, value)
		}
		_, err = dec.Token()
		return list, err
	}
	return t, nil
}

// encode writes a value as Jupyter does: indented by one space, without escaping what JSON need not escape.
func encode(v any) []byte {
	var b bytes.Buffer
	write(&b, v, 0)
	b.WriteByte('\n')
	return b.Bytes()
}

func write(b *bytes.Buffer, v any, depth int) {
	switch x := v.(type) {
	case *object:
		list(b, '{', '}', len(x.keys), depth, func(i int) {
			quote(b, x.keys[i])
			b.WriteString(": ")
			write(b, x.values[x.keys[i]], depth+1)
		})
	case []any:
		list(b, '[', ']', len(x), depth, func(i int) { write(b, x[i], depth+1) })
	case string:
		quote(b, x)
	case json.Number:
		b.WriteString(x.String())
	case int:
		b.WriteString(strconv.Itoa(x))
	case bool:
		b.WriteString(strconv.FormatBool(x))
	default:
		b.WriteString("null")
	}
}

func list(b *bytes.Buffer, open, close byte, n, depth int, item func(int)) {
	b.WriteByte(open)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		newline(b, depth+1)
		item(i)
	}
	if n > 0 {
		newline(b, depth)
	}
	b.WriteByte(close)
}

func newline(b *bytes.Buffer, depth int) {
	b.WriteByte('\n')
	for range depth {
		b.WriteByte(' ')
	}
}

// quote writes a JSON string. Invalid UTF-8 becomes U+FFFD.
func quote(b *bytes.Buffer, s string) {
	b.WriteByte('"')
	for _, r := range strings.ToValidUTF8(s, string(utf8.RuneError)) {
		switch r {
		case '"', '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case '\n':
			b.WriteString(`\n`)
		case '\r':
			b.WriteString(`\r`)
		case '\t':
			b.WriteString(`\t`)
		case '\b':
			b.WriteString(`\b`)
		case '\f':
			b.WriteString(`\f`)
		default:
			if r < ' ' {
				b.WriteString(`\u00`)
				b.WriteByte("0123456789abcdef"[r>>4])
				b.WriteByte("0123456789abcdef"[r&15])
				continue
			}
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
}

// value turns any Go value that encoding/json can write into this package's form; keys of maps come out sorted.
func value(v any) (any, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return parse(b.Bytes())
}

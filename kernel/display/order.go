package display

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
)

// sortedKeys are the keys of a map in a fixed order: numbers by value, text by bytes, anything else by its text.
func sortedKeys(m reflect.Value) []reflect.Value {
	keys := m.MapKeys()
	slices.SortStableFunc(keys, compare)
	return keys
}

func compare(a, b reflect.Value) int {
	if a.Kind() == reflect.Interface {
		a, b = a.Elem(), b.Elem()
	}
	if !a.IsValid() || !b.IsValid() {
		return cmp.Compare(rank(a), rank(b))
	}
	if a.Type() != b.Type() {
		return strings.Compare(a.Type().String(), b.Type().String())
	}
	switch {
	case a.CanInt():
		return cmp.Compare(a.Int(), b.Int())
	case a.CanUint():
		return cmp.Compare(a.Uint(), b.Uint())
	case a.CanFloat():
		return cmp.Compare(a.Float(), b.Float())
	case a.Kind() == reflect.String:
		return strings.Compare(a.String(), b.String())
	}
	if t, ok := instant(a); ok {
		u, _ := instant(b)
		return t.Compare(u)
	}
	return strings.Compare(short(a), short(b))
}

func rank(v reflect.Value) int {
	if v.IsValid() {
		return 1
	}
	return 0
}

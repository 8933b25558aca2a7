package symbols

import (
	"reflect"
	"strconv"

	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
)

// follow goes the way that the generator found to a type without an exported name. The first two words name a type, variable
// or function; then come: e (element), k (key), p (pointer to), s N (field), i N (parameter), o N (result), m NAME (method),
// r (its signature begins with the receiver).
func follow(p *registry.Package, way []string) reflect.Type {
	var t reflect.Type
	switch way[0] {
	case "t":
		t = p.Types[way[1]]
	case "v":
		t = p.Vars[way[1]].Type().Elem()
	case "f":
		t = p.Funcs[way[1]].Type()
	}
	receiver := 0
	for i := 2; i < len(way); i++ {
		number := func() int { i++; n, _ := strconv.Atoi(way[i]); return n }
		switch way[i] {
		case "e":
			t = t.Elem()
		case "k":
			t = t.Key()
		case "p":
			t = reflect.PointerTo(t)
		case "s":
			t = t.Field(number()).Type
		case "i":
			t, receiver = t.In(number()+receiver), 0
		case "o":
			t, receiver = t.Out(number()), 0
		case "m":
			i++
			m, ok := t.MethodByName(way[i])
			if !ok {
				return nil
			}
			t, receiver = m.Type, 0
		case "r":
			receiver = 1
		}
	}
	return t
}

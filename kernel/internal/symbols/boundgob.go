package symbols

import (
	"encoding/gob"
	"fmt"
	"reflect"
	"strings"

	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
)

// boundGob lets a type that a later cell declares anew be registered again: under its name with a number, for package gob
// never forgets the first one, which what was written with it needs.
func boundGob() binding {
	return binding{"Register": func(registry.Run) any { return register }}
}

func register(value any) {
	t := reflect.TypeOf(value)
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	taken := func(why string) bool { return strings.HasPrefix(why, "gob: registering duplicate types") }
	why := registered(func() { gob.Register(value) })
	if taken(why) && t != nil && t.PkgPath() == "main" {
		for n := 2; taken(why); n++ {
			why = registered(func() { gob.RegisterName(fmt.Sprintf("%s·%d", t, n), value) })
		}
		if strings.HasPrefix(why, "gob: registering duplicate names") { // it has one of these already
			why = ""
		}
	}
	if why != "" {
		panic(why)
	}
}

// registered is what f panics with, or "".
func registered(f func()) (why string) {
	defer func() {
		if r := recover(); r != nil {
			why = fmt.Sprint(r)
		}
	}()
	f()
	return ""
}

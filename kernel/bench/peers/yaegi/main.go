// Command yaegi runs the benchmark's tasks with traefik/yaegi.
package main

import (
	"reflect"

	"github.com/traefik/yaegi/interp"
	"github.com/traefik/yaegi/stdlib"

	"github.com/sightline-osint/sightline/kernel/bench/runner"
)

func main() {
	runner.Main(func() runner.Eval {
		i := interp.New(interp.Options{})
		if err := i.Use(stdlib.Symbols); err != nil {
			panic(err)
		}
		return func(src string) (any, error) {
			v, err := i.Eval(src)
			if err != nil || !v.IsValid() || v.Kind() == reflect.Func {
				return nil, err
			}
			return v.Interface(), nil
		}
	})
}

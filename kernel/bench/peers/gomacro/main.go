// Command gomacro runs the benchmark's tasks with cosmos72/gomacro, the interpreter inside gophernotes, in the version
// that the newest gophernotes release asks for.
package main

import (
	"fmt"
	"io"

	"github.com/cosmos72/gomacro/fast"

	"github.com/sightline-osint/sightline/kernel/bench/runner"
)

func main() {
	runner.Main(func() runner.Eval {
		ir := fast.New()
		ir.Comp.Globals.Stdout = io.Discard
		return func(src string) (v any, err error) {
			defer func() {
				if p := recover(); p != nil {
					err = fmt.Errorf("%v", p)
				}
			}()
			vals, _ := ir.Eval(src)
			if len(vals) > 0 && vals[0].IsValid() {
				v = vals[0].Interface()
			}
			return v, nil
		}
	})
}

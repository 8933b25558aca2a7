// Command ixgo runs the benchmark's tasks with goplus/ixgo's own read-eval-print loop.
package main

import (
	"fmt"
	"strings"

	_ "github.com/goplus/ixgo/pkg/math"
	_ "github.com/goplus/ixgo/pkg/math/rand"
	_ "github.com/goplus/ixgo/pkg/slices"
	_ "github.com/goplus/ixgo/pkg/sort"
	_ "github.com/goplus/ixgo/pkg/strings"
	"github.com/goplus/ixgo/repl"

	"github.com/sightline-osint/sightline/kernel/bench/runner"
)

func main() {
	runner.Main(func() runner.Eval {
		r := repl.NewREPL(0)
		var last []string
		r.SetUI(&ui{&last})
		return func(src string) (any, error) {
			last = nil
			if err := r.Run(src); err != nil {
				return nil, err
			}
			value, _, _ := strings.Cut(strings.Join(last, " "), " ") // "6765 int"
			return value, nil
		}
	})
}

type ui struct{ lines *[]string }

func (u *ui) SetPrompt(string) {}
func (u *ui) Printf(f string, a ...any) {
	*u.lines = append(*u.lines, strings.TrimSpace(fmt.Sprintf(f, a...)))
}

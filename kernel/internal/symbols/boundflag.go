package symbols

import (
	"errors"
	"flag"
	"os"
	"slices"

	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
)

// boundFlag lets flags that end the process end the cell. The arguments of the kernel itself are none of the cells': they have
// what they put into os.Args.
func boundFlag() binding {
	kernels := slices.Clone(os.Args)
	return binding{
		"Parse": func(r registry.Run) any {
			return func() {
				var args []string
				if len(os.Args) > 0 && !slices.Equal(os.Args, kernels) {
					args = os.Args[1:]
				}
				parse(r, flag.CommandLine, args) //nolint:errcheck // as package flag
			}
		},
		"FlagSet.Parse": func(r registry.Run) any {
			return func(f *flag.FlagSet, args []string) error { return parse(r, f, args) }
		},
	}
}

func parse(r registry.Run, f *flag.FlagSet, args []string) error {
	if f.Output() == os.Stderr {
		f.SetOutput(r.Output().Stderr())
		defer f.SetOutput(nil)
	}
	if f.ErrorHandling() != flag.ExitOnError {
		return f.Parse(args)
	}
	f.Init(f.Name(), flag.ContinueOnError)
	err := f.Parse(args)
	f.Init(f.Name(), flag.ExitOnError)
	switch {
	case errors.Is(err, flag.ErrHelp):
		r.Exit(0)
	case err != nil:
		r.Exit(2)
	}
	return err
}

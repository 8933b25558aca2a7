package extend

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/magic"
)

// Command is %packages.
func Command() magic.Command {
	return magic.Command{
		Name:     "packages",
		Usage:    "[add PATH@VERSION | remove]",
		Help:     "list the packages that were added to the kernel, add one (needs Go), or remove them; restart the kernel to use them",
		Complete: func(magic.Table) []string { return []string{"add", "remove"} },
		Run: func(ctx context.Context, env *magic.Env, args, _ string) (interp.Result, error) {
			return interp.Result{}, run(ctx, env, strings.Fields(args))
		},
	}
}

func run(ctx context.Context, env *magic.Env, args []string) error {
	w := env.Output.Stdout()
	switch {
	case len(args) == 0:
		specs := Specs()
		if len(specs) == 0 {
			specs = []string{"no packages were added; everything else can be imported as it is"}
		}
		_, err := fmt.Fprintln(w, strings.Join(specs, "\n"))
		return err
	case args[0] == "add" && len(args) == 2:
		return add(ctx, w, args[1])
	case args[0] == "remove" && len(args) == 1:
		if err := Remove(); err != nil {
			return err
		}
		_, err := fmt.Fprintln(w, "removed. Restart the kernel.")
		return err
	}
	return &interp.Error{Name: "UsageError", Message: "%packages, %packages add PATH@VERSION or %packages remove"}
}

// add builds the kernel with one more package, unless it has been built with it already.
func add(ctx context.Context, w io.Writer, spec string) error {
	path, _, _ := strings.Cut(spec, "@")
	specs := Specs()
	if slices.Contains(specs, spec) && !strings.HasSuffix(spec, "@latest") {
		if running() {
			_, err := fmt.Fprintf(w, "%s is part of this kernel.\n", spec)
			return err
		}
		if Current() != "" {
			return built(w, path)
		}
	}
	specs = slices.DeleteFunc(specs, func(s string) bool { return strings.HasPrefix(s, path+"@") })
	if err := Build(ctx, w, append(specs, spec)); err != nil {
		return err
	}
	return built(w, path)
}

// built says what is left to do.
func built(w io.Writer, path string) error {
	_, err := fmt.Fprintf(w, "built. Restart the kernel to import %s. The session's values are lost then; %%replay runs its cells again.\n"+
		"(Kernels of Jupyter have the package from now on; sightline run has not.)\n", path)
	return err
}

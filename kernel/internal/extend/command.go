package extend

import (
	"context"
	"fmt"
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
		path, _, _ := strings.Cut(args[1], "@")
		specs := slices.DeleteFunc(Specs(), func(s string) bool { return strings.HasPrefix(s, path+"@") })
		if err := Build(ctx, w, append(specs, args[1])); err != nil {
			return err
		}
		_, err := fmt.Fprintf(w, "built. Restart the kernel to import %s; the session's values are lost then.\n", path)
		return err
	case args[0] == "remove" && len(args) == 1:
		if err := Remove(); err != nil {
			return err
		}
		_, err := fmt.Fprintln(w, "removed. Restart the kernel.")
		return err
	}
	return &interp.Error{Name: "UsageError", Message: "%packages, %packages add PATH@VERSION or %packages remove"}
}

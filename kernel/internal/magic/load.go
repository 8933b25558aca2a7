package magic

import (
	"context"
	"fmt"
	"go/token"
	"os"
	"path/filepath"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
)

func load() Command {
	return Command{Name: "load", Usage: "[DATASET [VARIABLE]]", Help: "load a data set into a variable (data, if none is named) and show it, or list the data sets", Run: runLoad}
}

// runLoad writes the Go that a user would write, and runs it: nothing of what it does is out of a cell's reach.
func runLoad(ctx context.Context, env *Env, args, _ string) (interp.Result, error) {
	name, variable := cutWord(args)
	if name == "" {
		return interp.Result{}, listDatasets(env)
	}
	if variable == "" {
		variable = "data"
	}
	if !token.IsIdentifier(variable) {
		return interp.Result{}, usage("%%load: %q is no name of a variable", variable)
	}
	call := "Open"
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		call = "Load"
	}
	return env.Go(ctx, fmt.Sprintf("import \"github.com/sightline-osint/sightline/analysis/sighting\"\n%s := must(sighting.%s(%q))\n%s", variable, call, name, variable))
}

// listDatasets lists the folders of the nearest datasets folder that hold a data package.
func listDatasets(env *Env) error {
	at, err := os.Getwd()
	if err != nil {
		return err
	}
	for {
		found, err := filepath.Glob(filepath.Join(at, "datasets", "*", "datapackage.json"))
		if err != nil {
			return err
		}
		for _, path := range found {
			fmt.Fprintln(env.Output.Stdout(), filepath.Base(filepath.Dir(path)))
		}
		up := filepath.Dir(at)
		if len(found) > 0 || up == at {
			if len(found) == 0 {
				fmt.Fprintln(env.Output.Stdout(), "no data sets in a folder datasets here or above")
			}
			return nil
		}
		at = up
	}
}

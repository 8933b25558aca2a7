package magic

import (
	"context"
	"fmt"
	"go/token"
	"os"
	"path/filepath"
	"strings"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
)

func load() Command {
	return Command{Name: "load", Usage: "[DATASET [VARIABLE]]", Help: "load a data set into a variable (data, if none is named) and show it, or list the data sets",
		Folders: true, Complete: func(Table) []string { return datasets() }, Run: runLoad}
}

// runLoad writes the Go that a user would write, and runs it: nothing of what it does is out of a cell's reach.
func runLoad(ctx context.Context, env *Env, args, _ string) (interp.Result, error) {
	name, variable := cutWord(args)
	if name == "" {
		listDatasets(env)
		return interp.Result{}, nil
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

func listDatasets(env *Env) {
	names := datasets()
	if len(names) == 0 {
		names = []string{"no data sets in a folder datasets here or above"}
	}
	fmt.Fprintln(env.Output.Stdout(), strings.Join(names, "\n"))
}

// datasets are the folders of the nearest datasets folder that hold a data package.
func datasets() (names []string) {
	at, err := filepath.Abs(".")
	for err == nil {
		found, _ := filepath.Glob(filepath.Join(at, "datasets", "*", "datapackage.json"))
		for _, path := range found {
			names = append(names, filepath.Base(filepath.Dir(path)))
		}
		up := filepath.Dir(at)
		if len(found) > 0 || up == at {
			break
		}
		at = up
	}
	return names
}

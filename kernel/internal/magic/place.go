package magic

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
)

func cd() Command {
	return Command{Name: "cd", Usage: "[DIR]", Help: "change the working directory, or show it", Folders: true, Run: runCD}
}

func runCD(_ context.Context, env *Env, args, _ string) (interp.Result, error) {
	dir := unquote(args)
	if dir != "" {
		if dir == "~" || strings.HasPrefix(dir, "~/") {
			home, err := os.UserHomeDir()
			if err != nil {
				return interp.Result{}, err
			}
			dir = filepath.Join(home, strings.TrimPrefix(dir[1:], "/"))
		}
		if err := os.Chdir(dir); err != nil {
			return interp.Result{}, err
		}
	}
	wd, err := os.Getwd()
	if err != nil {
		return interp.Result{}, fmt.Errorf("the working directory is gone (%w): %%cd DIR, with the whole path, goes to another", err)
	}
	fmt.Fprintln(env.Output.Stdout(), wd)
	return interp.Result{}, nil
}

func env() Command {
	return Command{Name: "env", Usage: "[NAME[=VALUE]]", Help: "show environment variables, or set one", Complete: variableNames, Run: runEnv}
}

// variableNames are the names of the environment's variables.
func variableNames(Table) (names []string) {
	for _, line := range os.Environ() {
		name, _, _ := strings.Cut(line, "=")
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func runEnv(_ context.Context, env *Env, args, _ string) (interp.Result, error) {
	out := env.Output.Stdout()
	name, value, set := strings.Cut(args, "=")
	if !set {
		name, value = cutWord(args)
		set = value != ""
	}
	name, value = strings.TrimSpace(name), unquote(strings.TrimSpace(value))
	switch {
	case name == "":
		list := os.Environ()
		slices.SortFunc(list, cmp.Compare)
		for _, line := range list {
			fmt.Fprintln(out, line)
		}
	case set:
		if err := os.Setenv(name, value); err != nil {
			return interp.Result{}, usage("%%env %s: %v", args, err)
		}
		fmt.Fprintf(out, "%s=%s\n", name, value)
	default:
		v, ok := os.LookupEnv(name)
		if !ok {
			return interp.Result{}, usage("environment variable %s is not set", name)
		}
		fmt.Fprintln(out, v)
	}
	return interp.Result{}, nil
}

// unquote removes one pair of quotes around s.
func unquote(s string) string {
	if n := len(s); n >= 2 && (s[0] == '"' || s[0] == '\'') && s[n-1] == s[0] {
		return s[1 : n-1]
	}
	return s
}

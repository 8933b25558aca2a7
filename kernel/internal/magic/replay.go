package magic

import (
	"context"
	"fmt"
	"slices"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/journal"
)

func replay() Command {
	return Command{Name: "replay", Usage: "[list | all]", Run: runReplay, Complete: func(Table) []string { return []string{"all", "list"} },
		Help: "after a crash or a restart, run the cells again that had ended well; list shows them, all adds the one that crashed"}
}

func runReplay(ctx context.Context, env *Env, args, _ string) (interp.Result, error) {
	none := interp.Result{}
	if args != "" && args != "list" && args != "all" {
		return none, usage("%%replay, %%replay list or %%replay all")
	}
	var cells []journal.Cell
	var crashed *journal.Cell
	if e := env.Earlier; e != nil {
		cells = slices.Clone(e.Cells)
		if e.Crash != nil {
			crashed = e.Crash.Cell
		}
	}
	if len(cells) == 0 && crashed == nil {
		return none, usage("there is no earlier session to run again: %%replay works after a restart or a crash of the kernel")
	}
	if args == "list" {
		list(env, cells, crashed)
		return none, nil
	}
	if args == "all" && crashed != nil {
		cells = append(cells, *crashed)
	}
	out := env.Output.Stdout()
	for i, c := range cells {
		fmt.Fprintf(out, "In[%d] again: %s\n", c.Number, c.Headline(70))
		if err := env.Again(ctx, c); err != nil {
			fmt.Fprintf(env.Output.Stderr(), "stopped: %d of %d cells were run, In[%d] failed\n", i, len(cells), c.Number)
			return none, err
		}
	}
	if crashed != nil && args != "all" {
		fmt.Fprintf(out, "In[%d], which was running when the kernel crashed, was left out: %%replay all runs it too\n", crashed.Number)
	}
	return none, nil
}

func list(env *Env, cells []journal.Cell, crashed *journal.Cell) {
	out := env.Output.Stdout()
	if n := env.Earlier.Notice(); n != "" {
		fmt.Fprintln(out, n)
	}
	for _, c := range cells {
		fmt.Fprintf(out, "In[%d]  %s\n", c.Number, c.Headline(70))
	}
	if crashed != nil {
		fmt.Fprintf(out, "In[%d]  %s  (was running when the kernel crashed; only %%replay all runs it)\n", crashed.Number, crashed.Headline(70))
	}
}

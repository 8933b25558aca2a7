package magic

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
)

func who() Command {
	return Command{Name: "who", Usage: "[WORD]", Help: "list the session's variables, or those whose name or type holds WORD", Run: runWho}
}

func runWho(_ context.Context, env *Env, args, _ string) (interp.Result, error) {
	out := env.Output.Stdout()
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	n := 0
	for _, v := range env.Interp.Variables() {
		if args != "" && !strings.Contains(v.Name, args) && !strings.Contains(v.Type, args) {
			continue
		}
		if n++; n == 1 {
			fmt.Fprintln(w, "NAME\tTYPE\tVALUE")
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", v.Name, v.Type, v.Value)
	}
	if n == 0 {
		fmt.Fprintln(out, "no variables")
	}
	return interp.Result{}, w.Flush()
}

func reset() Command {
	return Command{Name: "reset", Help: "forget every variable, type, function and import of the session", Run: runReset}
}

func runReset(_ context.Context, env *Env, args, _ string) (interp.Result, error) {
	if args != "" && args != "-f" {
		return interp.Result{}, usage("%%reset takes no arguments")
	}
	return interp.Result{}, env.Interp.Reset()
}

func help() Command {
	return Command{Name: "help", Usage: "[NAME]", Help: "list these commands, or explain a Go name", Complete: Table.names, Run: runHelp}
}

// names are the commands' names.
func (t Table) names() (names []string) {
	for _, c := range t {
		names = append(names, c.Name)
	}
	return names
}

func runHelp(ctx context.Context, env *Env, args, _ string) (interp.Result, error) {
	if args != "" {
		if c, ok := env.Table.Lookup(strings.TrimLeft(args, "%")); ok {
			env.Page(map[string]any{"text/plain": c.Synopsis() + "  " + c.Help + "\n"})
			return interp.Result{}, nil
		}
		return interp.Result{}, question(ctx, env, Step{Name: args})
	}
	rows := [][2]string{}
	for _, c := range env.Table {
		rows = append(rows, [2]string{c.Synopsis(), c.Help})
	}
	rows = append(rows, [2]string{"!COMMAND, $COMMAND", "run a shell command"},
		[2]string{"?NAME, NAME?, NAME??", "explain a Go name: signature, type, documentation; ?? for all of it"})
	var plain, markdown strings.Builder
	const head = "A cell is Go. Besides, where a statement could begin:\n"
	table(&plain, &markdown, head, rows)
	if in, ok := env.Interp.(interp.Preluder); ok {
		rows = nil
		for _, w := range in.Prelude() {
			rows = append(rows, [2]string{w.Name, w.Help})
		}
		table(&plain, &markdown, "\nWithout an import there are:\n", rows)
	}
	env.Page(map[string]any{"text/plain": plain.String(), "text/markdown": markdown.String()})
	return interp.Result{}, nil
}

// table writes two columns under a head, as text and as Markdown.
func table(plain, markdown *strings.Builder, head string, rows [][2]string) {
	plain.WriteString(head)
	markdown.WriteString(head + "\n| | |\n|---|---|\n")
	w := tabwriter.NewWriter(plain, 0, 0, 2, ' ', 0)
	for _, r := range rows {
		if len(r[0]) > 40 { // a long name has a line of its own
			w.Flush()
			fmt.Fprintf(plain, "%s\n    %s\n", r[0], r[1])
		} else {
			fmt.Fprintf(w, "%s\t%s\n", r[0], r[1])
		}
		fmt.Fprintf(markdown, "| `%s` | %s |\n", r[0], r[1])
	}
	w.Flush()
}

// Synopsis is how the command is written.
func (c Command) Synopsis() string {
	name := "%" + c.Name
	if c.Body {
		name = "%" + name
	}
	return strings.TrimSpace(name + " " + c.Usage)
}

// question shows what is known of a name in the pager.
func question(ctx context.Context, env *Env, s Step) error {
	detail := 0
	if s.More {
		detail = 1
	}
	in, ok := env.Interp.Inspect(ctx, s.Name, len(s.Name), detail)
	if !ok {
		return &interp.Error{Name: "LookupError", Message: fmt.Sprintf("nothing is known of %q", s.Name)}
	}
	bundle := map[string]any{"text/plain": in.Plain}
	if in.Markdown != "" {
		bundle["text/markdown"] = in.Markdown
	}
	env.Page(bundle)
	return nil
}

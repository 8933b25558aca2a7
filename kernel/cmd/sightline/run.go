package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/sightline-osint/sightline/kernel"
	"github.com/sightline-osint/sightline/kernel/internal/extend"
	"github.com/sightline-osint/sightline/kernel/internal/magic"
	"github.com/sightline-osint/sightline/kernel/internal/notebook"
	"github.com/sightline-osint/sightline/kernel/internal/session"
	"github.com/sightline-osint/sightline/kernel/internal/stream"
)

// runFlags are the options of "sightline run".
type runFlags struct {
	output, html         string
	inPlace, allowErrors bool
	timeout              time.Duration
	parameters           []string
	quiet                bool
	engine               engineFlag
}

func newRun() *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:   "run NOTEBOOK…",
		Short: "Run notebooks and write them, with a web page of each",
		Long: `Run executes notebooks with the kernel's own code, in the directory of each notebook, and writes the results. Without
-o, --html or --in-place, a notebook and a web page are written below out/, with the notebook's path kept. The page
holds everything it shows and opens offline, on a phone too.

A cell that fails ends its notebook; what was run until then is written all the same. Cells tagged raises-exception may
fail, cells tagged skip-execution are left out. -p replaces values in the cell that is tagged "parameters"; the given
text is read as the declared type of the name.`,
		Example: `  sightline run notebooks/01-post-summit-traffic.ipynb
  sightline run analysis.ipynb -o result.ipynb --html result.html
  sightline run analysis.ipynb -p since=2023-09-13 -p threshold=0.25
  sightline run --in-place --timeout 5m notebooks/*.ipynb`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return misuse("name a notebook to run; see: sightline run --help")
			}
			return f.check(args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.run(cmd, args)
		},
	}
	cmd.Flags().StringVarP(&f.output, "output", "o", "", "write the notebook to `FILE`")
	cmd.Flags().StringVar(&f.html, "html", "", "write the web page to `FILE`")
	cmd.Flags().BoolVar(&f.inPlace, "in-place", false, "write the results into the notebook itself")
	cmd.Flags().BoolVar(&f.allowErrors, "allow-errors", false, "go on after a cell that failed (the exit status is still 1)")
	cmd.Flags().DurationVar(&f.timeout, "timeout", 0, "end a cell that runs longer than this, for example 90s or 5m")
	cmd.Flags().StringArrayVarP(&f.parameters, "parameter", "p", nil, "set a parameter, as `name=value`; may be repeated")
	cmd.Flags().BoolVarP(&f.quiet, "quiet", "q", false, "show no progress")
	f.engine.register(cmd)
	return cmd
}

// check refuses options that contradict each other.
func (f *runFlags) check(paths []string) error {
	switch {
	case f.inPlace && f.output != "":
		return misuse("--in-place and -o exclude each other")
	case f.inPlace && len(f.parameters) > 0:
		return misuse("-p with --in-place would overwrite the notebook's own values; write the result elsewhere with -o")
	case len(paths) > 1 && (f.output != "" || f.html != ""):
		return misuse("-o and --html take one notebook; %d were given", len(paths))
	case f.timeout < 0:
		return misuse("--timeout %s is negative", f.timeout)
	}
	return nil
}

// run runs the notebooks, each in a process of its own where that is possible, so that a crash of one is no more than that.
func (f *runFlags) run(cmd *cobra.Command, paths []string) error {
	jobs, err := f.jobs(paths)
	if err != nil {
		return &exit{unusable, err}
	}
	ctx, stop := interruptible(cmd.Context())
	defer stop()
	if w := watched(); w != nil {
		return f.runWatched(ctx, w, jobs[0], cmd.OutOrStdout(), cmd.ErrOrStderr())
	}
	status := success
	for _, j := range jobs {
		var ended int
		if canSupervise && cmd.OutOrStdout() == io.Writer(os.Stdout) {
			ended, err = supervise(ctx, cmd, j)
		} else {
			ended, err = f.runHere(ctx, j, cmd.OutOrStdout(), cmd.ErrOrStderr())
		}
		if err != nil {
			return err
		}
		status = max(status, ended)
		if ctx.Err() != nil {
			return &exit{status: interrupted(ctx)}
		}
	}
	if status != success {
		return &exit{status: status}
	}
	return nil
}

// runHere runs a notebook in this process.
func (f *runFlags) runHere(ctx context.Context, j job, out, errout io.Writer) (status int, err error) {
	if out == io.Writer(os.Stdout) { // what compiled code prints belongs to the cells
		if c, err := stream.Start(); err == nil {
			defer c.Stop()
			return f.runOne(ctx, j, c, nil, c.Out, c.Err)
		}
	}
	return f.runOne(ctx, j, nil, nil, out, errout)
}

// runOne runs one notebook in its directory and writes its results, whatever happened. w, if not nil, is told how far it is.
func (f *runFlags) runOne(ctx context.Context, j job, capture *stream.Capture, w *watch, out, errout io.Writer) (status int, err error) {
	home, err := os.Getwd()
	if err != nil {
		return failure, err
	}
	if err := os.Chdir(j.dir); err != nil {
		return failure, err
	}
	defer func() { err = errors.Join(err, os.Chdir(home)) }()
	var watchers watchers
	if !f.quiet {
		t := newTerminal(errout, j.notebook.Path)
		defer t.close()
		watchers = append(watchers, t)
	}
	options := notebook.Options{Session: f.session(capture), Timeout: f.timeout, AllowErrors: f.allowErrors}
	if w != nil {
		watchers = append(watchers, w)
		options.Kept = func() { w.keep(j.notebook) }
	}
	options.Watch = watchers
	report, err := notebook.Run(ctx, j.notebook, options)
	if err != nil {
		return failure, err
	}
	j.announceFolders(errout)
	if err := j.write(errout); err != nil {
		return failure, err
	}
	for _, e := range report.Failures {
		if !e.Expected {
			printFailure(errout, e)
		}
	}
	if report.Interrupted {
		fmt.Fprintf(errout, "sightline: %s: interrupted after %d of %d cells\n", j.notebook.Path, report.Ran, report.Total)
	}
	j.announce(out)
	if report.Failed || report.Interrupted {
		return failure, nil
	}
	return success, nil
}

// session starts the session that runs a notebook's cells.
func (f *runFlags) session(capture *stream.Capture) func(func(session.Message)) (*session.Session, error) {
	return func(publish func(session.Message)) (*session.Session, error) {
		i, err := f.engine.open()
		if err != nil {
			return nil, err
		}
		memory, err := kernel.MemoryLimit()
		if err != nil {
			return nil, &exit{unusable, err}
		}
		cfg := session.Config{Interp: i, Render: render, Publish: publish, MemoryLimit: memory, NoPager: true,
			Magics: append(magic.Builtin(), extend.Command()),
			// A notebook on disk keeps the beginning of what a cell prints, not what fits into a second.
			Limit: stream.Limit{Burst: 1 << 40, Rate: 1 << 40, Tail: 64 << 10, Period: 10 * time.Millisecond}}
		if capture != nil {
			cfg.Capture = capture
		}
		return session.New(cfg), nil
	}
}

// printFailure prints a failed cell: where, what, and the user's own frames.
func printFailure(w io.Writer, e *notebook.CellError) {
	fmt.Fprintln(w, "sightline: "+e.Error())
	for _, line := range e.Traceback {
		if line != e.Name+": "+e.Message {
			fmt.Fprintln(w, "    "+strings.ReplaceAll(line, "\n", "\n    "))
		}
	}
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/sightline-osint/sightline/kernel"
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
			ctx, stop := interruptible(cmd.Context())
			defer stop()
			return f.run(ctx, args, cmd.OutOrStdout(), cmd.ErrOrStderr())
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

// job is one notebook with the places of its results.
type job struct {
	notebook       *notebook.Notebook
	dir            string // where it runs
	ipynb, html    string // absolute, or empty
	shown, shownPg string // the same as the user wrote them
}

func (f *runFlags) run(ctx context.Context, paths []string, out, errout io.Writer) error {
	jobs, err := f.jobs(paths)
	if err != nil {
		return &exit{unusable, err}
	}
	var capture *stream.Capture
	if out == io.Writer(os.Stdout) { // the process is ours: what compiled code prints belongs to the cells
		if c, err := stream.Start(); err == nil {
			defer c.Stop()
			capture, out, errout = c, c.Out, c.Err
		}
	}
	home, err := os.Getwd()
	if err != nil {
		return err
	}
	status := success
	for _, j := range jobs {
		if err := os.Chdir(j.dir); err != nil {
			return err
		}
		report, err := f.runOne(ctx, j, capture, out, errout)
		if back := os.Chdir(home); err == nil {
			err = back
		}
		if err != nil {
			return err
		}
		if report.Failed || report.Interrupted {
			status = failure
		}
		if report.Interrupted {
			break
		}
	}
	if status != success {
		return &exit{status: status}
	}
	return nil
}

// jobs reads all notebooks before the first is run, so that a mistake costs no time.
func (f *runFlags) jobs(paths []string) ([]job, error) {
	var params []notebook.Parameter
	var problems []error
	for _, text := range f.parameters {
		p, err := notebook.ParseParameter(text)
		problems = append(problems, err)
		params = append(params, p)
	}
	var jobs []job
	for _, path := range paths {
		j, err := f.job(path)
		if err == nil && len(params) > 0 && errors.Join(problems...) == nil {
			err = j.notebook.SetParameters(params)
		}
		problems = append(problems, err)
		jobs = append(jobs, j)
	}
	return jobs, errors.Join(problems...)
}

func (f *runFlags) job(path string) (job, error) {
	n, err := notebook.Open(path)
	if err != nil {
		return job{}, err
	}
	if l := n.Language(); l != "" && l != "go" && l != "golang" && f.engine.name == "go" {
		return job{}, fmt.Errorf("%s: is a notebook in %s, and Sightline runs Go", path, l)
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return job{}, err
	}
	j := job{notebook: n, dir: filepath.Dir(full), shown: f.output, shownPg: f.html}
	switch {
	case f.inPlace:
		j.shown = path
	case f.output == "" && f.html == "":
		j.shown = filepath.Join("out", below(path, full))
		j.shownPg = strings.TrimSuffix(j.shown, filepath.Ext(j.shown)) + ".html"
	}
	if j.ipynb, err = absolute(j.shown); err != nil {
		return job{}, err
	}
	if !f.inPlace && j.ipynb == full {
		return job{}, fmt.Errorf("%s: the result would overwrite the notebook; say so with --in-place", path)
	}
	j.html, err = absolute(j.shownPg)
	return j, err
}

// below is a notebook's path as it is kept below out/: relative if it lies below the working directory, else from the
// root of the file system.
func below(path, full string) string {
	if filepath.IsLocal(path) {
		return filepath.Clean(path)
	}
	if home, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(home, full); err == nil && filepath.IsLocal(rel) {
			return rel
		}
	}
	return strings.TrimLeft(strings.TrimPrefix(full, filepath.VolumeName(full)), `/\`)
}

func absolute(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	return filepath.Abs(path)
}

// runOne runs one notebook and writes its results, whatever happened.
func (f *runFlags) runOne(ctx context.Context, j job, capture *stream.Capture, out, errout io.Writer) (notebook.Report, error) {
	var watch notebook.Watcher
	if !f.quiet {
		w := newTerminal(errout, j.notebook.Path)
		defer w.close()
		watch = w
	}
	report, err := notebook.Run(ctx, j.notebook, notebook.Options{
		Session:     f.session(capture),
		Timeout:     f.timeout,
		AllowErrors: f.allowErrors,
		Watch:       watch,
		Kept:        f.keeper(j),
	})
	if err != nil {
		return report, err
	}
	if err := f.write(j); err != nil {
		return report, err
	}
	for _, e := range report.Failures {
		printFailure(errout, e)
	}
	if report.Interrupted {
		fmt.Fprintf(errout, "sightline: %s: interrupted after %d of %d cells\n", j.notebook.Path, report.Ran, report.Total)
	}
	for _, path := range []string{j.shown, j.shownPg} {
		if path != "" {
			fmt.Fprintln(out, path)
		}
	}
	return report, nil
}

// keeper writes the notebook while it runs, so that a crash leaves what was done. It spends little time on that.
func (f *runFlags) keeper(j job) func() {
	var last time.Time
	var cost time.Duration
	return func() {
		if j.ipynb == "" || f.inPlace || time.Since(last) < 20*cost {
			return
		}
		start := time.Now()
		_ = j.notebook.Save(j.ipynb) // the write at the end reports what is wrong
		last = time.Now()
		cost = last.Sub(start)
	}
}

// write writes the notebook and the page.
func (f *runFlags) write(j job) error {
	if j.ipynb != "" {
		if err := j.notebook.Save(j.ipynb); err != nil {
			return fmt.Errorf("write the notebook: %w", err)
		}
	}
	if j.html != "" {
		page := j.notebook.HTML(notebook.Page{Dir: j.dir})
		if err := notebook.WriteFile(j.html, page); err != nil {
			return fmt.Errorf("write the page: %w", err)
		}
	}
	return nil
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
		cfg := session.Config{Interp: i, Render: render, Publish: publish, MemoryLimit: memory,
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

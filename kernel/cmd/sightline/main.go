// Command sightline runs Go notebooks: by itself, as a Jupyter kernel, and in a JupyterLab of its own.
//
// Each verb is one file here and says with --help how it is used. The exit status is 0 if all went well, 1 if a cell (or
// the work that was asked for) failed, 2 for arguments or files that cannot be used, and 130 or 143 after Ctrl-C or a
// termination signal.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
)

// Exit statuses.
const (
	success  = 0
	failure  = 1
	unusable = 2
)

func main() {
	args := os.Args[1:]
	os.Args = os.Args[:1] // what cells see: flag.Parse in a pasted program is not to find the command's own arguments
	os.Exit(execute(context.Background(), args, os.Stdin, os.Stdout, os.Stderr))
}

// interrupted is the exit status after the signal that has cancelled ctx, as shells count it.
func interrupted(ctx context.Context) int {
	if cause := context.Cause(ctx); cause != nil && strings.Contains(cause.Error(), syscall.SIGTERM.String()) {
		return 128 + int(syscall.SIGTERM)
	}
	return 128 + int(syscall.SIGINT)
}

// interruptible is ctx that the first Ctrl-C or termination signal cancels; the second one ends the process as always.
func interruptible(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// execute runs the command line and returns its exit status.
func execute(ctx context.Context, args []string, in io.Reader, out, errout io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errout)
	err := root.ExecuteContext(ctx)
	var ended *exit
	switch {
	case err == nil:
		return success
	case errors.As(err, &ended):
		if ended.err != nil {
			fmt.Fprintln(errout, "sightline: "+ended.err.Error())
		}
		return ended.status
	}
	fmt.Fprintln(errout, "sightline: "+err.Error())
	return failure
}

// exit is an error with its own exit status; without err, everything was said already.
type exit struct {
	status int
	err    error
}

func (e *exit) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit status %d", e.status)
	}
	return e.err.Error()
}

func (e *exit) Unwrap() error { return e.err }

// misuse is an error of the command line or of the files it names.
func misuse(format string, args ...any) error {
	return &exit{unusable, fmt.Errorf(format, args...)}
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "sightline",
		Short: "Go notebooks for the study of traffic in dated satellite images",
		Long: `Sightline runs Go notebooks without Python and without a Go toolchain, and is a Jupyter
kernel for JupyterLab, VS Code and every other front end.`,
		Example: `  sightline run notebooks/01-post-summit-traffic.ipynb   run a notebook, write it and a web page to out/
  sightline lab notebooks                                JupyterLab with the Go kernel, set up by itself
  sightline install                                      add the kernel to the Jupyter you have`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return misuse("unknown command %q%s; see: sightline --help", args[0], suggestion(cmd, args[0]))
			}
			return cmd.Help()
		},
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		if regexp.MustCompile(`shorthand flag: '[0-9.]'`).MatchString(err.Error()) {
			return misuse("%w: a negative number needs -- before it, as in: %s IMAGE -- -2.1035,0.9039 -2.105,0.9039", err, cmd.CommandPath())
		}
		if strings.Contains(err.Error(), "invalid duration") || strings.Contains(err.Error(), "in duration") {
			return misuse("%w: write a time with its unit, for example 5s or 2m; see: %s --help", err, cmd.CommandPath())
		}
		return misuse("%w; see: %s --help", err, cmd.CommandPath())
	})
	root.SuggestionsMinimumDistance = 2
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(newRun(), newExport(), newLab(), newInstall(), newUninstall(), newKernel(), newData(), newChange(), newMeasure(), newVersion())
	return root
}

func suggestion(cmd *cobra.Command, word string) string {
	if s := cmd.SuggestionsFor(word); len(s) > 0 {
		return ", did you mean " + strings.Join(s, " or ") + "?"
	}
	return ""
}

// noFolder says what is wrong with a place for a result that is a folder; flag is how it was named.
func noFolder(flag, path, name string) error {
	if info, err := os.Stat(path); path != "" && err == nil && info.IsDir() {
		return misuse("%s %s: is a folder; name the file, for example %s", flag, path, filepath.Join(path, name))
	}
	return nil
}

// exactly accepts n arguments; what names them for the message.
func exactly(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != n {
			return misuse("%s needs %s, got %d; see: %s --help", cmd.CommandPath(), what, len(args), cmd.CommandPath())
		}
		return nil
	}
}

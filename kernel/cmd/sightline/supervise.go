//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/sightline-osint/sightline/kernel/internal/journal"
	"github.com/sightline-osint/sightline/kernel/internal/notebook"
)

// canSupervise says that notebooks can be run by a process that is watched.
const canSupervise = true

// supervise runs one notebook in a process of its own. Go ends a program for a few errors that no code can catch; should
// that happen, the cell is named and what was run is written all the same.
func supervise(ctx context.Context, cmd *cobra.Command, j job) (status int, err error) {
	exe, err := os.Executable()
	if err != nil {
		return failure, err
	}
	dir, err := os.MkdirTemp("", "sightline-run-*")
	if err != nil {
		return failure, err
	}
	defer os.RemoveAll(dir)
	alive, hold, err := os.Pipe()
	if err != nil {
		return failure, err
	}
	defer hold.Close()
	child := exec.Command(exe, childArguments(cmd, j.notebook.Path)...)
	child.Env = append(os.Environ(), watchDir+"="+dir)
	child.Stdin, child.Stdout, child.Stderr = os.Stdin, os.Stdout, os.Stderr
	child.ExtraFiles = []*os.File{alive}
	// Ctrl-C reaches the watcher, which hands it on: the second one must not reach the run twice.
	child.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	err = child.Start()
	alive.Close()
	if err != nil {
		return failure, err
	}
	release := context.AfterFunc(ctx, func() { _ = child.Process.Signal(os.Interrupt) })
	defer release()
	err = child.Wait()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		return failure, err
	}
	reason := crashed(child.ProcessState, filepath.Join(dir, crashFile))
	if reason == "" {
		return child.ProcessState.ExitCode(), nil
	}
	return failure, salvage(dir, j, reason, cmd.OutOrStdout(), cmd.ErrOrStderr())
}

// childArguments are the arguments of this command for one notebook.
func childArguments(cmd *cobra.Command, path string) []string {
	args := []string{"run"}
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if list, ok := f.Value.(pflag.SliceValue); ok {
			for _, v := range list.GetSlice() {
				args = append(args, "--"+f.Name+"="+v)
			}
			return
		}
		args = append(args, "--"+f.Name+"="+f.Value.String())
	})
	return append(args, "--", path)
}

// crashed says why a process did not end by itself, or "" if it did. report is the file of the runtime's crash report.
func crashed(state *os.ProcessState, report string) string {
	if state.ExitCode() == success || state.ExitCode() == failure {
		return ""
	}
	if text, err := os.ReadFile(report); err == nil && len(bytes.TrimSpace(text)) > 0 {
		return journal.Reason(string(text))
	}
	if status, ok := state.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		if status.Signal() == syscall.SIGKILL {
			return "killed by the system, perhaps because memory ran out (SIGHTLINE_MEMORY limits a notebook's)"
		}
		return "ended by signal " + status.Signal().String()
	}
	return ""
}

// salvage writes what a crashed run left.
func salvage(dir string, j job, reason string, out, errout io.Writer) error {
	n, err := notebook.Open(filepath.Join(dir, partialFile))
	if err != nil { // it crashed before its first cell
		return fmt.Errorf("%s: the Go runtime ended the run: %s", j.notebook.Path, reason)
	}
	n.Path = j.notebook.Path
	var at position
	if text, err := os.ReadFile(filepath.Join(dir, stateFile)); err == nil {
		_ = json.Unmarshal(text, &at)
	}
	if e := n.Crash(at.Cell, at.Count, "RuntimeCrash", "the Go runtime ended the program: "+reason); e != nil {
		printFailure(errout, e)
	}
	j.notebook = n
	j.announceFolders(errout)
	if err := j.write(errout); err != nil {
		return err
	}
	j.announce(out)
	return nil
}

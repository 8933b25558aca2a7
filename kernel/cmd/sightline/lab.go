package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sightline-osint/sightline/kernel/install"
)

// labPackages are what the private environment holds. The versions are those that the tests run with.
var labPackages = []string{"jupyterlab==4.6.6", "jupyter_client==8.10.0", "nbconvert==7.17.2", "nbformat==5.11.1"}

func newLab() *cobra.Command {
	var prepare, noBrowser, renew bool
	cmd := &cobra.Command{
		Use:   "lab [DIR] [-- JUPYTERLAB OPTIONS]",
		Short: "Start JupyterLab with the Go kernel",
		Long: `Lab starts JupyterLab in a directory, with the Go kernel. The first time, it makes a private Python environment with a
pinned JupyterLab in your cache directory, which takes about a minute; no other Python installation is touched. JupyterLab
listens on this machine only and asks for its usual token, which is in the address that it opens.

It needs Python 3.10 or later with the venv module.`,
		Example: `  sightline lab                          in the current directory
  sightline lab notebooks
  sightline lab notebooks -- --port=9999 options after -- go to JupyterLab
  sightline lab --prepare                only make the environment and say where it is`,
		Args: func(cmd *cobra.Command, args []string) error {
			if dash := cmd.ArgsLenAtDash(); len(args) > 1 && dash != 0 && dash != 1 {
				return misuse("sightline lab takes one directory; options for JupyterLab go after --")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			dir, extra := ".", args
			if dash := cmd.ArgsLenAtDash(); len(args) > 0 && dash != 0 {
				dir, extra = args[0], args[1:]
			}
			if info, err := os.Stat(dir); err != nil {
				return &exit{unusable, err}
			} else if !info.IsDir() {
				return misuse("%s is not a directory; JupyterLab starts in one", dir)
			}
			if noBrowser {
				extra = append([]string{"--no-browser"}, extra...)
			}
			env, err := prepareLab(cmd.Context(), renew, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			if prepare {
				_, err := fmt.Fprintln(cmd.OutOrStdout(), env)
				return err
			}
			return startLab(cmd, env, dir, extra)
		},
	}
	cmd.Flags().BoolVar(&prepare, "prepare", false, "make the environment, say where it is, and start nothing")
	cmd.Flags().BoolVar(&renew, "renew", false, "make the environment anew")
	cmd.Flags().BoolVar(&noBrowser, "no-browser", false, "open no browser, only print the address")
	return cmd
}

// prepareLab makes the private environment unless it is complete, installs the kernel into it, and returns its path.
func prepareLab(ctx context.Context, renew bool, log io.Writer) (string, error) {
	ctx, stop := interruptible(ctx)
	defer stop()
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("%w; set HOME", err)
	}
	env := filepath.Join(cache, "sightline", "lab-"+strings.TrimPrefix(labPackages[0], "jupyterlab=="))
	ready := filepath.Join(env, "ready")
	want := strings.Join(labPackages, "\n") + "\n"
	if have, err := os.ReadFile(ready); renew || err != nil || string(have) != want || !runs(ctx, envPython(env)) {
		python, err := findPython(ctx)
		if err != nil {
			return "", err
		}
		if err := makeEnvironment(ctx, env, python, log); err != nil {
			return "", err
		}
		if err := os.WriteFile(ready, []byte(want), 0o644); err != nil {
			return "", err
		}
	}
	dataDir, err := install.PrefixDataDir(env)
	if err != nil {
		return "", err
	}
	if _, err := installKernel(dataDir); err != nil {
		return "", fmt.Errorf("install the kernel: %w", err)
	}
	return env, nil
}

// makeEnvironment makes a virtual environment with the pinned packages. What an earlier attempt left is removed first, and
// an attempt that fails leaves nothing.
func makeEnvironment(ctx context.Context, env, python string, log io.Writer) (err error) {
	if err := os.RemoveAll(env); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.RemoveAll(env)
		}
	}()
	fmt.Fprintf(log, "Making a private Python environment with %s in %s (once, about a minute)\n", labPackages[0], env)
	steps := newSteps(log)
	defer steps.close()
	if err := steps.run(ctx, "creating the environment", python, "-m", "venv", env); err != nil {
		return fmt.Errorf("make a Python environment with %s: %w", python, err)
	}
	args := append([]string{"-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"}, labPackages...)
	if err := steps.run(ctx, "installing JupyterLab", envPython(env), args...); err != nil {
		return fmt.Errorf("install JupyterLab: %w", err)
	}
	return nil
}

// startLab runs JupyterLab until the user ends it.
func startLab(cmd *cobra.Command, env, dir string, extra []string) error {
	args := append([]string{"-m", "jupyterlab", "--ServerApp.ip=127.0.0.1", "--ServerApp.root_dir=" + absoluteOr(dir),
		"--MultiKernelManager.default_kernel_name=" + install.Name}, extra...)
	if os.Geteuid() == 0 { // in a container; JupyterLab refuses it otherwise
		args = append(args, "--allow-root")
	}
	lab := exec.Command(envPython(env), args...)
	lab.Env = append(os.Environ(), "JUPYTER_PREFER_ENV_PATH=1", "JUPYTER_PLATFORM_DIRS=1", "PYTHONNOUSERSITE=1")
	lab.Stdin, lab.Stdout, lab.Stderr = cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr()
	release := ignoreInterrupts() // Ctrl-C reaches JupyterLab, which asks before it ends
	defer release()
	err := lab.Run()
	var ended *exec.ExitError
	if errors.As(err, &ended) && ended.ExitCode() > 0 {
		return &exit{status: failure}
	}
	if errors.As(err, &ended) {
		return nil // ended by a signal: that is how one ends JupyterLab
	}
	return err
}

func absoluteOr(dir string) string {
	if full, err := filepath.Abs(dir); err == nil {
		return full
	}
	return dir
}

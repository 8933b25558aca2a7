package magic

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
)

func bash() Command {
	return Command{Name: "bash", Body: true, Help: "run the cell in bash; the cell fails if the script does", Run: runBash}
}

func runBash(ctx context.Context, env *Env, args, body string) (interp.Result, error) {
	path, err := exec.LookPath("bash")
	if err != nil {
		return interp.Result{}, usage("%%%%bash: there is no bash on this system")
	}
	cmd := exec.Command(path, append([]string{"-s", "--"}, strings.Fields(args)...)...)
	cmd.Stdin = strings.NewReader(body)
	err = run(ctx, env, cmd)
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return interp.Result{}, &interp.Error{Name: "*exec.ExitError", Message: "%%bash: " + exit.Error()}
	}
	return interp.Result{}, err
}

// shell runs one ! or $ line in the system's shell. Failure is a notice on the error stream, as in a terminal.
func shell(ctx context.Context, env *Env, line string) error {
	if line == "" {
		return usage("a shell line needs a command: !ls")
	}
	cmd := exec.Command("sh", "-c", line)
	if runtime.GOOS == "windows" {
		cmd = exec.Command("cmd", "/C", line)
	}
	err := run(ctx, env, cmd)
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		fmt.Fprintln(env.Output.Stderr(), "["+exit.Error()+"]")
		return nil
	}
	return err
}

// run runs a command with its output streamed into the cell. Cancelling ctx ends it and the processes it started.
func run(ctx context.Context, env *Env, cmd *exec.Cmd) error {
	cmd.Stdout, cmd.Stderr = env.Output.Stdout(), env.Output.Stderr()
	cmd.WaitDelay = 500 * time.Millisecond
	ownGroup(cmd)
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan struct{})
	stop := context.AfterFunc(ctx, func() { endGroup(cmd, ended) })
	defer stop()
	err := cmd.Wait()
	close(ended)
	if ctx.Err() != nil {
		return &interp.Error{Name: "Interrupt", Message: "the command was interrupted"}
	}
	if errors.Is(err, exec.ErrWaitDelay) {
		return nil // a process that it left in the background holds its output open
	}
	return err
}

//go:build !unix

package kernel

import (
	"os"
	"os/exec"
)

// Become runs another program in place of this one and returns when it has ended.
func Become(program string, args ...string) error {
	cmd := exec.Command(program, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	return cmd.Run()
}

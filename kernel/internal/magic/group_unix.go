//go:build unix

package magic

import (
	"os/exec"
	"syscall"
	"time"
)

// ownGroup puts the command into a process group of its own, so that all of it can be ended.
func ownGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// endGroup interrupts the command's group, and kills it after a grace period.
func endGroup(cmd *exec.Cmd, ended <-chan struct{}) {
	syscall.Kill(-cmd.Process.Pid, syscall.SIGINT)
	select {
	case <-ended:
	case <-time.After(500 * time.Millisecond):
	}
	syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
}

//go:build unix

package kernel

import (
	"os"
	"syscall"
)

func endSignals() []os.Signal { return []os.Signal{syscall.SIGTERM, syscall.SIGHUP} }

// parentWatch returns a function that says whether the parent lives. The kernel's own parent is gone when the kernel has
// another; a more distant one (Jupyter behind a launcher) when it takes no signal.
func parentWatch(pid int64) func() bool {
	if os.Getppid() == int(pid) {
		return func() bool { return os.Getppid() == int(pid) }
	}
	return func() bool { return syscall.Kill(int(pid), 0) != syscall.ESRCH }
}

package kernel

import (
	"os"
	"syscall"

	"golang.org/x/sys/windows"
)

func endSignals() []os.Signal { return []os.Signal{syscall.SIGTERM} }

// parentWatch returns a function that says whether the parent lives. On Windows Jupyter hands over a process handle.
func parentWatch(handle int64) func() bool {
	return func() bool {
		state, err := windows.WaitForSingleObject(windows.Handle(handle), 0)
		return err != nil || state == uint32(windows.WAIT_TIMEOUT)
	}
}

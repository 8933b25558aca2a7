//go:build unix

package stream

import "os"

// LastWords gives descriptor 2 back to what the process was started with, for the runtime's report of a crash. os.Stderr
// stays captured.
func (c *Capture) LastWords() error {
	if err := duplicateOnto(int(c.Err.Fd()), 2); err != nil {
		return os.NewSyscallError("dup2", err)
	}
	return nil
}

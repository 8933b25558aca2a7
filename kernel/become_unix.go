//go:build unix

package kernel

import (
	"os"
	"syscall"
)

// Become replaces the process by another program. It returns only if it fails.
func Become(program string, args ...string) error {
	return syscall.Exec(program, append([]string{program}, args...), os.Environ())
}

//go:build unix

package stream

import (
	"log"
	"os"
	"runtime/debug"

	"golang.org/x/sys/unix"
)

// redirect makes descriptors 1 and 2 ends of the pipes. os.Stdout and os.Stderr become files on descriptors of their own,
// so that closing them leaves 1 and 2 in place. A crash of the runtime still reports to the original standard error.
func (c *Capture) redirect() error {
	var saved [2]int
	for i := range saved {
		fd, err := unix.FcntlInt(uintptr(i+1), unix.F_DUPFD_CLOEXEC, 3)
		if err != nil {
			return os.NewSyscallError("dup", err)
		}
		saved[i] = fd
	}
	c.Out, c.Err = os.NewFile(uintptr(saved[0]), "stdout"), os.NewFile(uintptr(saved[1]), "stderr")
	for i, p := range c.pipes {
		if err := duplicateOnto(int(p.write.Fd()), i+1); err != nil {
			return os.NewSyscallError("dup2", err)
		}
		unix.SetNonblock(int(p.write.Fd()), false)
	}
	neverBlock(c.pipes[1].write, 2)
	debug.SetCrashOutput(c.Err, debug.CrashOptions{})
	stdout, stderr := os.Stdout, os.Stderr
	os.Stdout, os.Stderr = c.file(0), c.file(1)
	log.SetOutput(os.Stderr) // it would keep descriptor 2
	c.undo = func() {
		log.SetOutput(stderr)
		duplicateOnto(saved[0], 1)
		duplicateOnto(saved[1], 2)
		os.Stdout, os.Stderr = stdout, stderr
	}
	return nil
}

// file returns a new file that writes into pipe i.
func (c *Capture) file(i int) *os.File {
	fd, err := unix.FcntlInt(c.pipes[i].write.Fd(), unix.F_DUPFD_CLOEXEC, 3)
	if err != nil {
		return c.pipes[i].write
	}
	return os.NewFile(uintptr(fd), [2]string{"/dev/stdout", "/dev/stderr"}[i])
}

// repair replaces os.Stdout and os.Stderr where they were closed.
func (c *Capture) repair() {
	if _, err := os.Stdout.Stat(); err != nil {
		os.Stdout = c.file(0)
	}
	if _, err := os.Stderr.Stat(); err != nil {
		os.Stderr = c.file(1)
	}
}

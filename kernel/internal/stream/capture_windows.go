package stream

import (
	"os"

	"golang.org/x/sys/windows"
)

// redirect makes the pipes the process's standard handles and the files behind os.Stdout and os.Stderr.
func (c *Capture) redirect() error {
	c.Out, c.Err = os.Stdout, os.Stderr
	if err := windows.SetStdHandle(windows.STD_OUTPUT_HANDLE, windows.Handle(c.pipes[0].write.Fd())); err != nil {
		return err
	}
	if err := windows.SetStdHandle(windows.STD_ERROR_HANDLE, windows.Handle(c.pipes[1].write.Fd())); err != nil {
		return err
	}
	os.Stdout, os.Stderr = c.file(0), c.file(1)
	c.undo = func() {
		os.Stdout, os.Stderr = c.Out, c.Err
		windows.SetStdHandle(windows.STD_OUTPUT_HANDLE, windows.Handle(c.Out.Fd()))
		windows.SetStdHandle(windows.STD_ERROR_HANDLE, windows.Handle(c.Err.Fd()))
	}
	return nil
}

// file returns a new file that writes into pipe i.
func (c *Capture) file(i int) *os.File {
	var h windows.Handle
	self := windows.CurrentProcess()
	from := windows.Handle(c.pipes[i].write.Fd())
	if err := windows.DuplicateHandle(self, from, self, &h, 0, false, windows.DUPLICATE_SAME_ACCESS); err != nil {
		return c.pipes[i].write
	}
	return os.NewFile(uintptr(h), [2]string{"stdout", "stderr"}[i])
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

package stream

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

func duplicateOnto(from, to int) error { return unix.Dup3(from, to, 0) }

// pipeSize is what a pipe holds that cannot make its writer wait.
const pipeSize = 1 << 20

// neverBlock makes descriptor fd an end of the pipe that does not wait when the pipe is full, while the pipe's other ends do.
// The Go runtime writes the report of a crash there when nothing else in the process runs any more, not even the reader of the
// pipe: it would wait for ever.
func neverBlock(pipe *os.File, fd int) {
	own, err := unix.Open(fmt.Sprintf("/proc/self/fd/%d", pipe.Fd()), unix.O_WRONLY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err != nil {
		return // no /proc: a long report of a crash hangs the process, as it would have
	}
	defer unix.Close(own)
	unix.FcntlInt(uintptr(own), unix.F_SETPIPE_SZ, pipeSize)
	duplicateOnto(own, fd)
}

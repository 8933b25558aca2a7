package stream

import (
	"errors"
	"io"

	"golang.org/x/sys/unix"
)

// fill reads what is in the pipe, at least one byte, and leaves p.reading locked: so nobody sees the pipe empty before its
// bytes have been handed on.
func (p *pipe) fill(buf []byte) (n int, err error) {
	raw, err := p.read.SyscallConn()
	if err != nil {
		p.reading.Lock()
		return 0, err
	}
	locked := false
	var failure error
	err = raw.Read(func(fd uintptr) bool {
		p.reading.Lock()
		n, failure = unix.Read(int(fd), buf)
		for failure == unix.EINTR {
			n, failure = unix.Read(int(fd), buf)
		}
		if locked = failure != unix.EAGAIN; !locked {
			p.reading.Unlock()
		}
		return locked
	})
	if !locked {
		p.reading.Lock()
	}
	if err = errors.Join(err, failure); err == nil && n == 0 {
		err = io.EOF
	}
	return max(n, 0), err
}

// idle says whether everything that was written into the pipe has been handed on. If it cannot tell it says no.
func (p *pipe) idle() (idle bool) {
	raw, err := p.read.SyscallConn()
	if err != nil {
		return false
	}
	p.reading.Lock()
	defer p.reading.Unlock()
	_ = raw.Control(func(fd uintptr) {
		n, err := unix.IoctlGetInt(int(fd), unix.TIOCINQ)
		idle = err == nil && n == 0 && p.held == 0
	})
	return idle
}

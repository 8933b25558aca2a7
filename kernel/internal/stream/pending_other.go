//go:build !linux

package stream

// fill reads what is in the pipe, at least one byte, and leaves p.reading locked.
func (p *pipe) fill(buf []byte) (n int, err error) {
	n, err = p.read.Read(buf)
	p.reading.Lock()
	return n, err
}

// idle says whether everything that was written into the pipe has been handed on. Here it cannot tell, and says no.
func (p *pipe) idle() bool { return false }

package wire

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Flags of a ZMTP frame.
const (
	flagMore    = 1 << iota // more frames of the same message follow
	flagLong                // the length has 8 bytes instead of 1
	flagCommand             // the body is a command
)

// frame is one ZMTP frame.
type frame struct {
	flags byte
	body  []byte
}

// errTooLarge is the error of a frame or message beyond the limits.
var errTooLarge = errors.New("wire: message too large")

// readFrame reads one frame of at most limit bytes. Memory grows with what arrives, not with what the length claims.
func readFrame(r *bufio.Reader, limit int) (frame, error) {
	var head [9]byte
	if _, err := io.ReadFull(r, head[:1]); err != nil {
		return frame{}, err
	}
	f := frame{flags: head[0]}
	if f.flags&^(flagMore|flagLong|flagCommand) != 0 || f.flags&flagMore != 0 && f.flags&flagCommand != 0 {
		return frame{}, fmt.Errorf("wire: frame flags %#x", f.flags)
	}
	width := 1
	if f.flags&flagLong != 0 {
		width = 8
	}
	if _, err := io.ReadFull(r, head[1:1+width]); err != nil {
		return frame{}, cutShort(err)
	}
	size := uint64(head[1])
	if width == 8 {
		size = binary.BigEndian.Uint64(head[1:])
	}
	if size > uint64(limit) {
		return frame{}, fmt.Errorf("%w: a frame of %d bytes, the limit is %d", errTooLarge, size, limit)
	}
	var err error
	f.body, err = readBody(r, int(size))
	return f, err
}

// readBody reads exactly size bytes.
func readBody(r io.Reader, size int) ([]byte, error) {
	const trusted = 1 << 20 // bytes that are set aside before they have arrived
	var body []byte
	for have := 0; ; {
		room := min(size, max(trusted, 8*have)) // a peer has to send an eighth of what it makes us hold
		body = append(make([]byte, 0, room), body...)[:room]
		if _, err := io.ReadFull(r, body[have:]); err != nil {
			return body, cutShort(err)
		}
		if have = room; have == size {
			return body, nil
		}
	}
}

// cutShort makes the end of input within a frame an error of its own.
func cutShort(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// appendHead appends the head of a frame.
func appendHead(dst []byte, flags byte, size int) []byte {
	if size < 256 {
		return append(dst, flags, byte(size))
	}
	return binary.BigEndian.AppendUint64(append(dst, flags|flagLong), uint64(size))
}

// appendMessage appends the frames of a message as they are sent, as few buffers: short frames are copied together, long ones
// are referred to.
func appendMessage(dst [][]byte, frames [][]byte) [][]byte {
	const short = 4096
	size := 0
	for _, f := range frames {
		size += 9
		if len(f) < short {
			size += len(f)
		}
	}
	buf := make([]byte, 0, size)
	for i, f := range frames {
		var flags byte
		if i < len(frames)-1 {
			flags = flagMore
		}
		buf = appendHead(buf, flags, len(f))
		if len(f) < short {
			buf = append(buf, f...)
			continue
		}
		dst = append(dst, buf, f)
		buf = buf[len(buf):]
	}
	if len(buf) > 0 {
		dst = append(dst, buf)
	}
	return dst
}

// command is the body of a command frame.
type command struct {
	name string
	data []byte
}

func parseCommand(body []byte) (command, error) {
	if len(body) == 0 || int(body[0]) > len(body)-1 {
		return command{}, errors.New("wire: command without a name")
	}
	n := int(body[0])
	return command{string(body[1 : 1+n]), body[1+n:]}, nil
}

// encode returns the command as a frame ready to send.
func (c command) encode() []byte {
	size := 1 + len(c.name) + len(c.data)
	buf := appendHead(nil, flagCommand, size)
	buf = append(buf, byte(len(c.name)))
	buf = append(buf, c.name...)
	return append(buf, c.data...)
}

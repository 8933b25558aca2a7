package wire

import (
	"bytes"
	"errors"
	"fmt"
)

// Message is one Jupyter message. The four parts are JSON texts.
type Message struct {
	Identities [][]byte // who sent it, or who is to get it; or the topic on iopub
	Header     []byte
	Parent     []byte
	Metadata   []byte
	Content    []byte
	Buffers    [][]byte
}

// delimiter stands between the identities and the signature.
var delimiter = []byte("<IDS|MSG>")

// Errors of messages that are dropped.
var (
	errShape     = errors.New("wire: not a Jupyter message")
	errSignature = errors.New("wire: wrong signature")
	errReplay    = errors.New("wire: message was seen before")
)

// encode returns the frames of a signed message.
func (m Message) encode(sign *signer) [][]byte {
	frames := make([][]byte, 0, len(m.Identities)+6+len(m.Buffers))
	frames = append(frames, m.Identities...)
	frames = append(frames, delimiter)
	parts := [4][]byte{orObject(m.Header), orObject(m.Parent), orObject(m.Metadata), orObject(m.Content)}
	frames = append(frames, sign.hex(parts))
	frames = append(frames, parts[:]...)
	return append(frames, m.Buffers...)
}

func orObject(json []byte) []byte {
	if len(json) == 0 {
		return []byte("{}")
	}
	return json
}

// decode reads and verifies the frames of a message; seen may be nil.
func decode(frames [][]byte, sign *signer, seen *replayGuard) (Message, error) {
	at := -1
	for i, f := range frames {
		if bytes.Equal(f, delimiter) {
			at = i
			break
		}
	}
	if at < 0 {
		return Message{}, fmt.Errorf("%w: %d frames without delimiter", errShape, len(frames))
	}
	rest := frames[at+1:]
	if len(rest) < 5 {
		return Message{}, fmt.Errorf("%w: %d frames behind the delimiter", errShape, len(rest))
	}
	parts := [4][]byte(rest[1:5])
	if !sign.verify(rest[0], parts) {
		return Message{}, errSignature
	}
	if seen != nil && sign.enabled() && !seen.first(string(rest[0])) {
		return Message{}, errReplay
	}
	return Message{
		Identities: frames[:at:at],
		Header:     parts[0], Parent: parts[1], Metadata: parts[2], Content: parts[3],
		Buffers: rest[5:],
	}, nil
}

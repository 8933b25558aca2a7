// Package protocol holds the Jupyter messages, version 5.4, as Go types: one file a message family.
//
// It knows JSON and nothing else: no sockets, no signatures, no interpreter. A request type is decoded with Decode, which
// fills in the defaults that the specification gives to absent fields; a reply type marshals with every field that a front
// end may rely on, never with null where a list or an object is due.
package protocol

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Version is the protocol version in every header and in kernel_info_reply.
const Version = "5.4"

// Header identifies one message. A decoded header keeps the fields that this package does not know (Raw), so that a reply's
// parent_header is what the front end sent.
type Header struct {
	ID       string `json:"msg_id"`
	Session  string `json:"session"`
	Username string `json:"username"`
	Date     string `json:"date"` // ISO 8601 with zone
	Type     string `json:"msg_type"`
	Version  string `json:"version"`

	Raw json.RawMessage `json:"-"`
}

// plainHeader has Header's fields without its methods.
type plainHeader Header

// UnmarshalJSON reads a header. A header without msg_id and msg_type is an error, except the empty one that stands for
// "no parent".
func (h *Header) UnmarshalJSON(text []byte) error {
	var p plainHeader
	if err := json.Unmarshal(text, &p); err != nil {
		return err
	}
	p.Raw = bytes.Clone(text)
	*h = Header(p)
	return nil
}

// MarshalJSON writes the header as it was received, or {} for the zero Header.
func (h Header) MarshalJSON() ([]byte, error) {
	if h.Raw != nil {
		return h.Raw, nil
	}
	if h.ID == "" && h.Type == "" {
		return []byte("{}"), nil
	}
	return json.Marshal(plainHeader(h))
}

// Decode reads the content of a request into dst, which holds the defaults. The error names what is wrong with the content.
func Decode(content []byte, dst any) error {
	if len(bytes.TrimSpace(content)) == 0 {
		content = []byte("{}")
	}
	if err := json.Unmarshal(content, dst); err != nil {
		return fmt.Errorf("protocol: content does not fit its message type: %w", err)
	}
	return nil
}

// Encode writes v as compact JSON on one line, without escaping <, > and &. Invalid UTF-8 becomes U+FFFD.
func Encode(v any) ([]byte, error) {
	if a, ok := v.(appender); ok {
		return a.appendJSON(make([]byte, 0, a.size()+256))
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("protocol: %w", err)
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), nil
}

// Status values of replies.
const (
	OK      = "ok"
	Error   = "error"
	Aborted = "aborted"
)

// ErrorReply is the content of any reply to a request that failed.
type ErrorReply struct {
	Status    string   `json:"status"` // Error
	Name      string   `json:"ename"`
	Value     string   `json:"evalue"`
	Traceback []string `json:"traceback"`
}

// NewErrorReply describes a failed request.
func NewErrorReply(name, value string, traceback []string) ErrorReply {
	if traceback == nil {
		traceback = []string{}
	}
	return ErrorReply{Status: Error, Name: name, Value: value, Traceback: traceback}
}

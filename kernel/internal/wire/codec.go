package wire

// Codec encodes and verifies messages for a client. A kernel's own sockets do it themselves.
type Codec struct{ sign *signer }

// NewCodec returns a codec with the key of a connection file.
func NewCodec(c Connection) (*Codec, error) {
	sign, err := newSigner(c.Scheme, c.Key)
	if err != nil {
		return nil, err
	}
	return &Codec{sign}, nil
}

// Encode returns the frames of a message, signed.
func (c *Codec) Encode(m Message) [][]byte { return m.encode(c.sign) }

// Decode reads and verifies frames.
func (c *Codec) Decode(frames [][]byte) (Message, error) { return decode(frames, c.sign, nil) }

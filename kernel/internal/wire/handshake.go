package wire

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"
)

// greeting is what both sides send first: signature, version 3.1, mechanism, as-server 0, filler.
func greeting() []byte {
	g := make([]byte, 64)
	g[0], g[8], g[9] = 0xff, 1, 0x7f
	g[10], g[11] = 3, 1
	copy(g[12:32], "NULL")
	return g
}

// partners are the socket types that may talk to each type.
var partners = map[string][]string{
	"ROUTER": {"DEALER", "REQ", "ROUTER"},
	"PUB":    {"SUB", "XSUB"},
	"REP":    {"REQ", "DEALER"},
	"DEALER": {"ROUTER", "REP", "DEALER"},
	"SUB":    {"PUB", "XPUB"},
	"REQ":    {"REP", "ROUTER"},
}

// handshake exchanges greetings and socket types. As a server it gives up when the peer takes too long.
func (c *Conn) handshake(ctx context.Context, socketType string, identity []byte, server bool) error {
	deadline := time.Now().Add(c.limits.Handshake)
	if d, ok := ctx.Deadline(); ok && d.Before(deadline) {
		deadline = d
	}
	c.nc.SetDeadline(deadline)
	ready := command{"READY", appendProperty(nil, "Socket-Type", []byte(socketType))}
	if socketType != "PUB" && socketType != "SUB" && socketType != "REP" {
		ready.data = appendProperty(ready.data, "Identity", identity)
	}
	if _, err := c.nc.Write(append(greeting(), ready.encode()...)); err != nil {
		return err
	}
	var g [64]byte
	if _, err := io.ReadFull(c.r, g[:]); err != nil {
		return fmt.Errorf("wire: no greeting: %w", err)
	}
	if g[0] != 0xff || g[9]&1 != 1 {
		return errors.New("wire: the peer does not speak ZMTP")
	}
	if g[10] < 3 {
		return fmt.Errorf("wire: the peer speaks ZMTP %d, not 3", g[10])
	}
	if mechanism := string(bytes.TrimRight(g[12:32], "\x00")); mechanism != "NULL" {
		return fmt.Errorf("wire: the peer asks for security mechanism %q", mechanism)
	}
	f, err := readFrame(c.r, 64<<10)
	if err != nil {
		return fmt.Errorf("wire: no handshake: %w", err)
	}
	cmd, err := parseCommand(f.body)
	if err != nil || f.flags&flagCommand == 0 || cmd.name != "READY" {
		return errors.New("wire: the peer does not say READY")
	}
	properties, err := parseProperties(cmd.data)
	if err != nil {
		return err
	}
	peerType := string(properties["socket-type"])
	if !slices.Contains(partners[socketType], peerType) {
		return fmt.Errorf("wire: a %s socket cannot talk to a %q socket", socketType, peerType)
	}
	c.nc.SetDeadline(time.Time{})
	c.identity = properties["identity"]
	c.start()
	return nil
}

// appendProperty appends one metadata property.
func appendProperty(dst []byte, name string, value []byte) []byte {
	dst = append(dst, byte(len(name)))
	dst = append(dst, name...)
	dst = binary.BigEndian.AppendUint32(dst, uint32(len(value)))
	return append(dst, value...)
}

// parseProperties reads metadata; names are compared without case, so they are returned in lower case.
func parseProperties(data []byte) (map[string][]byte, error) {
	properties := map[string][]byte{}
	for len(data) > 0 {
		n := int(data[0])
		if len(data) < 1+n+4 {
			return nil, errors.New("wire: metadata cut short")
		}
		name := string(bytes.ToLower(data[1 : 1+n]))
		data = data[1+n:]
		size := binary.BigEndian.Uint32(data)
		data = data[4:]
		if uint64(size) > uint64(len(data)) {
			return nil, errors.New("wire: metadata cut short")
		}
		properties[name] = data[:size:size]
		data = data[size:]
	}
	return properties, nil
}

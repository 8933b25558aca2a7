package kerneltest

import (
	"context"
	"net"
	"testing"

	"github.com/sightline-osint/sightline/kernel/internal/wire"
)

// Socket connects to a channel and says nothing.
func (k *Kernel) Socket(t testing.TB, channel string) net.Conn {
	t.Helper()
	nc, err := net.DialTimeout(network(k, channel), address(k, channel), Timeout)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { nc.Close() })
	return nc
}

// Raw connects to a channel as a ZeroMQ socket of the given type, for frames that need not be messages.
func (k *Kernel) Raw(t testing.TB, channel, socketType string) *wire.Conn {
	t.Helper()
	return k.RawAs(t, channel, socketType, "")
}

// RawAs is Raw with an identity.
func (k *Kernel) RawAs(t testing.TB, channel, socketType, identity string) *wire.Conn {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), Timeout)
	defer cancel()
	conn, err := wire.Dial(ctx, network(k, channel), address(k, channel), socketType, []byte(identity))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

func network(k *Kernel, channel string) string {
	n, _ := k.Connection.Address(port(k.Connection, channel))
	return n
}

func address(k *Kernel, channel string) string {
	_, a := k.Connection.Address(port(k.Connection, channel))
	return a
}

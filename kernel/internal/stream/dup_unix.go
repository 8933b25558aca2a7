//go:build unix && !linux

package stream

import "golang.org/x/sys/unix"

func duplicateOnto(from, to int) error { return unix.Dup2(from, to) }

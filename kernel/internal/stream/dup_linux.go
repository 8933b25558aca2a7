package stream

import "golang.org/x/sys/unix"

func duplicateOnto(from, to int) error { return unix.Dup3(from, to, 0) }

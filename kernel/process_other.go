//go:build !unix && !windows

package kernel

import "os"

func endSignals() []os.Signal { return nil }

func parentWatch(int64) func() bool { return func() bool { return true } }

//go:build !linux

package kernel

func releaseStartPages() {}

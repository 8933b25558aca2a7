//go:build !linux

package session

func processUsage() process { return process{resident: heapInUse()} }

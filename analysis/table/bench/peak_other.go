//go:build !unix

package main

import "runtime"

// peakMB is the memory that Go took from the system.
func peakMB() float64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.Sys) / (1 << 20)
}

// cpuSeconds is not known here.
func cpuSeconds() float64 { return 0 }

package session

import (
	"bytes"
	"os"
	"strconv"
	"syscall"
	"time"
)

func processUsage() process {
	var p process
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) == nil {
		p.cpu = time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	p.resident = heapInUse()
	if text, err := os.ReadFile("/proc/self/statm"); err == nil {
		if f := bytes.Fields(text); len(f) > 1 {
			if n, err := strconv.ParseUint(string(f[1]), 10, 64); err == nil {
				p.resident = n * uint64(os.Getpagesize())
			}
		}
	}
	text, _ := os.ReadFile("/proc/meminfo")
	for line := range bytes.Lines(text) {
		f := bytes.Fields(line)
		if len(f) < 2 {
			continue
		}
		n, _ := strconv.ParseUint(string(f[1]), 10, 64)
		switch string(f[0]) {
		case "MemTotal:":
			p.total = n << 10
		case "MemAvailable:":
			p.available = n << 10
		case "MemFree:":
			p.free = n << 10
		}
	}
	return p
}

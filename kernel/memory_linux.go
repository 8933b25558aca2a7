package kernel

import (
	"bytes"
	"os"
	"strconv"
)

// machineMemory is the memory that this process may use: the machine's, or less if a control group says so. 0: unknown.
func machineMemory() uint64 {
	var total uint64
	text, _ := os.ReadFile("/proc/meminfo")
	if f := bytes.Fields(text); len(f) > 1 && string(f[0]) == "MemTotal:" {
		n, _ := strconv.ParseUint(string(f[1]), 10, 64)
		total = n << 10
	}
	for _, path := range []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		text, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		if n, err := strconv.ParseUint(string(bytes.TrimSpace(text)), 10, 64); err == nil && n > 0 && (total == 0 || n < total) {
			total = n
		}
	}
	return total
}

//go:build !linux && !darwin

package kernel

// machineMemory is the machine's memory. 0: unknown.
func machineMemory() uint64 { return 0 }

package kernel

import "os"

// MemoryLimit is how many bytes of heap a session may use before its cell is ended: what SIGHTLINE_MEMORY says, by default
// a share of the machine's memory; 0 for no limit. The garbage collector of the process is told to stay below it.
func MemoryLimit() (uint64, error) { return memoryLimit(os.Getenv("SIGHTLINE_MEMORY")) }

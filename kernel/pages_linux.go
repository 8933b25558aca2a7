package kernel

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// releaseStartPages gives the pages of the program file back that starting has touched, most of them for the last time: the
// system reads in neighbours of every page that is used, and each of the many packages uses a few once. What is needed again
// comes from the system's cache of the file. Only mappings that cannot have changed are given back.
func releaseStartPages() {
	f, err := os.Open("/proc/self/smaps")
	if err != nil {
		return
	}
	defer f.Close()
	program, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return
	}
	var from, to uintptr
	clean := false
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		line := lines.Text()
		switch {
		case strings.HasPrefix(line, "Anonymous:"): // pages that are no longer the file's
			clean = strings.Fields(line)[1] == "0"
		case strings.HasPrefix(line, "VmFlags:"): // the last line of a mapping
			if clean && from < to {
				_, _, _ = unix.Syscall(unix.SYS_MADVISE, from, to-from, unix.MADV_DONTNEED) // if it fails, all stays as it is
			}
			from, to = 0, 0
		case strings.HasSuffix(line, program) && len(strings.Fields(line)) >= 6:
			var mode string
			if n, _ := fmt.Sscanf(line, "%x-%x %s", &from, &to, &mode); n != 3 || mode[0] != 'r' || mode[1] != '-' {
				from, to = 0, 0
			}
		}
	}
}

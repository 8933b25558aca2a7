package journal

import "strings"

// Silent is the reason of a process that ended without a report.
const Silent = "the process ended without a report (os.Exit in compiled code, or killed from outside, perhaps because memory ran out: SIGHTLINE_MEMORY limits a session's)"

// fatalFrames are functions that stand in a crash report for a reason: the runtime writes the reason itself before the
// report begins, to a standard error that belongs to the cell.
var fatalFrames = []struct{ frame, reason string }{
	{"sync.(*Mutex)", "unlock of an unlocked mutex"},
	{"internal/sync.(*Mutex)", "unlock of an unlocked mutex"},
	{"sync.(*RWMutex)", "unlock of an unlocked RWMutex"},
	{"runtime/maps.fatal", "concurrent use of a map by compiled code"},
	{"runtime.mapassign", "concurrent use of a map by compiled code"},
	{"runtime.newstack", "stack overflow in compiled code"},
	{"runtime.sysMap", "out of memory"},
	{"runtime.mallocgc", "out of memory"},
}

// Reason is why the Go runtime gave up, from its report.
func Reason(report string) string {
	if strings.TrimSpace(report) == "" {
		return Silent
	}
	for line := range strings.Lines(report) {
		for _, mark := range []string{"fatal error: ", "panic: "} {
			if reason, ok := strings.CutPrefix(line, mark); ok {
				return strings.TrimSpace(reason)
			}
		}
	}
	reason, stack := "an error that no code can catch", crashing(report)
	for _, f := range fatalFrames {
		if strings.Contains(stack, f.frame) {
			reason = f.reason
			break
		}
	}
	if name := place(stack); name != "" {
		reason += ", in " + name
	}
	return reason
}

// crashing is the part of a report about the goroutine that gave up, with the runtime's own stack if that comes first.
func crashing(report string) string {
	report = strings.TrimLeft(report, "\n")
	first, rest, _ := strings.Cut(report, "\n\n")
	if strings.HasPrefix(first, "runtime stack:") {
		second, _, _ := strings.Cut(rest, "\n\n")
		return first + "\n" + second
	}
	return first
}

// place is the innermost function of a stack that belongs to a package a user may know, or "".
func place(stack string) string {
	for line := range strings.Lines(stack) {
		name, _, call := strings.Cut(strings.TrimSuffix(line, "\n"), "({")
		if !call {
			if i := strings.LastIndexByte(line, '('); i > 0 {
				name, call = line[:i], true
			}
		}
		if !call || strings.HasPrefix(line, "\t") || strings.HasPrefix(line, "goroutine ") {
			continue
		}
		switch {
		case strings.Contains(name, "sightline/kernel/"):
			return "" // the engine ran the cell's own code
		case name == "panic" || strings.HasPrefix(name, "runtime.") || strings.HasPrefix(name, "internal/") || strings.HasPrefix(name, "sync.") || strings.HasPrefix(name, "reflect."):
		default:
			return name
		}
	}
	return ""
}

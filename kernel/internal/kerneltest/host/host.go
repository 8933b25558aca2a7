// Package host says what a benchmark ran on, in the words that stand above its table.
package host

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

// Describe is one line of Markdown: the command that prints the table, the day, the machine, how busy it is, and Go's version.
func Describe(command string) string {
	parts := []string{"`" + command + "`", time.Now().Format(time.DateOnly), runtime.GOOS + "/" + runtime.GOARCH}
	if name := processor(); name != "" {
		parts = append(parts, name)
	}
	parts = append(parts, fmt.Sprintf("%d processors", runtime.NumCPU()))
	if text, err := os.ReadFile("/proc/loadavg"); err == nil {
		load, _, _ := strings.Cut(string(text), " ")
		parts = append(parts, "load "+load+" at the start")
	}
	return strings.Join(append(parts, runtime.Version()), ", ")
}

// processor is the model's name, where the system tells it in a file.
func processor() string {
	text, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(text)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

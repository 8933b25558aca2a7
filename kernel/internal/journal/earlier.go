package journal

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
)

// Earlier is what a session left for the one after it.
type Earlier struct {
	Cells []Cell // that ended well, in order
	Crash *Crash // nil: the session was ended by request
}

// Crash is the end of a session that nobody asked for.
type Crash struct {
	Cell   *Cell // that was running, or nil
	Reason string
	Report string // the runtime's own, or empty
}

// maxReport is how much of the runtime's report is read: its beginning is about the goroutine that gave up.
const maxReport = 256 << 10

// beginning is the beginning of a file, or nothing.
func beginning(path string, size int64) []byte {
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer f.Close()
	text, _ := io.ReadAll(io.LimitReader(f, size))
	return text
}

// read reads the files of the session before. Lines that cannot be read, such as one that was being written, are skipped.
func read(journal, crash string) *Earlier {
	report := beginning(crash, maxReport)
	text, err := os.ReadFile(journal)
	if err != nil && len(bytes.TrimSpace(report)) == 0 {
		return nil
	}
	var own, carried []Cell
	var running *Cell
	over := false
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, len(text)+1)
	for lines.Scan() {
		var r record
		if json.Unmarshal(lines.Bytes(), &r) != nil {
			continue
		}
		switch {
		case r.Over:
			over = true
		case r.Carried:
			carried = append(carried, r.Cell)
		case r.End:
			running = nil
			if r.Kept {
				own = append(own, r.Cell)
			}
		default:
			running = &r.Cell
		}
	}
	e := &Earlier{Cells: own}
	if len(own) == 0 {
		e.Cells = carried
	}
	if !over {
		e.Crash = &Crash{Cell: running, Reason: Reason(string(report)), Report: string(report)}
	}
	return e
}

// Notice is what the user has to know about a crash, in a few lines; empty if there was none.
func (e *Earlier) Notice() string {
	if e == nil || e.Crash == nil {
		return ""
	}
	var b strings.Builder
	switch c := e.Crash.Cell; {
	case c == nil && e.Crash.Report == "":
		b.WriteString("The kernel was killed while no cell ran.\n")
	case c != nil:
		fmt.Fprintf(&b, "The kernel crashed while In[%d] ran: %s.\n", c.Number, e.Crash.Reason)
		fmt.Fprintf(&b, "    %s\n", c.Headline(90))
	default:
		fmt.Fprintf(&b, "The kernel crashed while no cell ran: %s.\n", e.Crash.Reason)
	}
	b.WriteString("All values of the session are lost.")
	switch n := len(e.Cells); {
	case n == 1:
		b.WriteString(" %replay runs the cell again that had ended well; %replay list shows it.")
	case n > 1:
		fmt.Fprintf(&b, " %%replay runs the %d cells again that had ended well; %%replay list shows them.", n)
	}
	return b.String() + "\n"
}

// Headline is the first line of a cell that says something, cut to a number of characters.
func (c Cell) Headline(width int) string {
	head, more := "", false
	for line := range strings.Lines(c.Code) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if head != "" {
			more = true
			break
		}
		head = line
	}
	if r := []rune(head); len(r) > width {
		head, more = strings.TrimSpace(string(r[:width])), true
	}
	if more {
		head += " …"
	}
	return head
}

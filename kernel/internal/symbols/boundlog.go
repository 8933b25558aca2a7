package symbols

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"os"
	"strings"
	"sync"

	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
)

// logger is the standard logger as a cell sees it: with the flags and the prefix that were set, and writing to the
// cell unless another output was set.
func logger(r registry.Run) *log.Logger {
	if log.Writer() != os.Stderr {
		return log.Default()
	}
	return log.New(shared(r.Output().Stderr()), log.Prefix(), log.Flags())
}

func boundLog() binding {
	return binding{
		"New": func(registry.Run) any {
			return func(w io.Writer, prefix string, flags int) *log.Logger { return log.New(shared(w), prefix, flags) }
		},
		"SetOutput": func(registry.Run) any { return func(w io.Writer) { log.SetOutput(shared(w)) } },
		"Writer":    func(registry.Run) any { return func() io.Writer { return unshared(log.Writer()) } },
		"Default":   func(r registry.Run) any { return func() *log.Logger { return logger(r) } },

		"Logger.SetOutput": func(registry.Run) any { return func(l *log.Logger, w io.Writer) { l.SetOutput(shared(w)) } },
		"Logger.Writer":    func(registry.Run) any { return func(l *log.Logger) io.Writer { return unshared(l.Writer()) } },
	}
}

// placedLog is what writes lines: with the cell's places where flags ask for them, and an end of the cell, not of the process.
func placedLog() placing {
	out := placing{
		"Output": func(p registry.Place) any {
			return func(depth int, s string) error { return writeLine(p, logger(p), depth, s) }
		},
		"Logger.Output": func(p registry.Place) any {
			return func(l *log.Logger, depth int, s string) error { return writeLine(p, l, depth, s) }
		},
	}
	verbs := map[string]func(registry.Place, string){
		"Print": func(registry.Place, string) {},
		"Fatal": func(p registry.Place, _ string) { p.Exit(1) },
		"Panic": func(_ registry.Place, s string) { panic(s) },
	}
	for name, then := range verbs {
		for suffix, format := range map[string]func(...any) string{"": fmt.Sprint, "ln": fmt.Sprintln} {
			out[name+suffix] = func(p registry.Place) any {
				return func(a ...any) { say(p, logger(p), format(a...), then) }
			}
			out["Logger."+name+suffix] = func(p registry.Place) any {
				return func(l *log.Logger, a ...any) { say(p, l, format(a...), then) }
			}
		}
		out[name+"f"] = func(p registry.Place) any {
			return func(format string, a ...any) { say(p, logger(p), fmt.Sprintf(format, a...), then) }
		}
		out["Logger."+name+"f"] = func(p registry.Place) any {
			return func(l *log.Logger, format string, a ...any) { say(p, l, fmt.Sprintf(format, a...), then) }
		}
	}
	return out
}

func say(p registry.Place, l *log.Logger, s string, then func(registry.Place, string)) {
	writeLine(p, l, 1, s) //nolint:errcheck // as package log
	then(p, s)
}

const fileFlags = log.Lshortfile | log.Llongfile

// writeLine is l.Output at a place in a cell.
func writeLine(p registry.Place, l *log.Logger, depth int, s string) error {
	if l.Flags()&fileFlags == 0 || l.Writer() == io.Discard {
		return l.Output(0, s)
	}
	file, line := where(p, depth)
	return writeAt(l, file, line, s)
}

// writeAt is l.Output at a place. Package log would find our own, so a line that says where it comes from is put together
// aside and written as one, between those that l itself writes.
func writeAt(l *log.Logger, file string, line int, s string) error {
	flags := l.Flags()
	w, ok := l.Writer().(*sharedWriter)
	if flags&fileFlags == 0 || !ok { // a logger of compiled code: only it can keep its lines apart
		return l.Output(1<<30, s)
	}
	if flags&log.Lshortfile != 0 {
		file = file[strings.LastIndexByte(file, '/')+1:]
	}
	at, prefix := fmt.Sprintf("%s:%d: ", file, line), l.Prefix()
	if flags&log.Lmsgprefix != 0 {
		prefix = at + prefix
	} else {
		s = at + s
	}
	var b bytes.Buffer
	if err := log.New(&b, prefix, flags&^fileFlags).Output(0, s); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

// sharedWriter takes one line at a time, from the logger and from writeLine.
type sharedWriter struct {
	mu sync.Mutex
	w  io.Writer
}

func (s *sharedWriter) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.w.Write(b)
}

// shared lets w be shared; io.Discard is what package log knows.
func shared(w io.Writer) io.Writer {
	if _, ok := w.(*sharedWriter); ok || w == nil || w == io.Discard {
		return w
	}
	return &sharedWriter{w: w}
}

func unshared(w io.Writer) io.Writer {
	if s, ok := w.(*sharedWriter); ok {
		return s.w
	}
	return w
}

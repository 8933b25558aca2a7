package symbols

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"log/slog"
	"os"
	"strings"

	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
)

// logger is the standard logger as a cell sees it: with the flags and the prefix that were set, and writing to the
// cell unless another output was set.
func logger(r registry.Run) *log.Logger {
	if log.Writer() != os.Stderr {
		return log.Default()
	}
	return log.New(r.Output().Stderr(), log.Prefix(), log.Flags())
}

const depth = 2 // calls between a bound function and the logger

func boundLog() binding {
	line := func(f func(...any) string) func(registry.Run) any {
		return func(r registry.Run) any {
			return func(a ...any) { logger(r).Output(depth, f(a...)) }
		}
	}
	exit := func(f func(...any) string) func(registry.Run) any {
		return func(r registry.Run) any {
			return func(a ...any) { logger(r).Output(depth, f(a...)); r.Exit(1) }
		}
	}
	fail := func(f func(...any) string) func(registry.Run) any {
		return func(r registry.Run) any {
			return func(a ...any) { s := f(a...); logger(r).Output(depth, s); panic(s) }
		}
	}
	formatted := func(after func(registry.Run, string)) func(registry.Run) any {
		return func(r registry.Run) any {
			return func(format string, a ...any) {
				s := fmt.Sprintf(format, a...)
				logger(r).Output(depth, s)
				after(r, s)
			}
		}
	}
	return binding{
		"Print":   line(fmt.Sprint),
		"Println": line(fmt.Sprintln),
		"Printf":  formatted(func(registry.Run, string) {}),
		"Fatal":   exit(fmt.Sprint),
		"Fatalln": exit(fmt.Sprintln),
		"Fatalf":  formatted(func(r registry.Run, _ string) { r.Exit(1) }),
		"Panic":   fail(fmt.Sprint),
		"Panicln": fail(fmt.Sprintln),
		"Panicf":  formatted(func(_ registry.Run, s string) { panic(s) }),
		"Output": func(r registry.Run) any {
			return func(calldepth int, s string) error { return logger(r).Output(calldepth+1, s) }
		},
		"Default": func(r registry.Run) any { return func() *log.Logger { return logger(r) } },
	}
}

// structured is the default structured logger as a cell sees it.
func structured(r registry.Run) *slog.Logger {
	if fmt.Sprintf("%T", slog.Default().Handler()) != "*slog.defaultHandler" {
		return slog.Default()
	}
	return slog.New(plainHandler{run: r})
}

func boundSlog() binding {
	level := func(l slog.Level) func(registry.Run) any {
		return func(r registry.Run) any {
			return func(msg string, args ...any) { structured(r).Log(context.Background(), l, msg, args...) }
		}
	}
	withContext := func(l slog.Level) func(registry.Run) any {
		return func(r registry.Run) any {
			return func(ctx context.Context, msg string, args ...any) { structured(r).Log(ctx, l, msg, args...) }
		}
	}
	return binding{
		"Debug":        level(slog.LevelDebug),
		"Info":         level(slog.LevelInfo),
		"Warn":         level(slog.LevelWarn),
		"Error":        level(slog.LevelError),
		"DebugContext": withContext(slog.LevelDebug),
		"InfoContext":  withContext(slog.LevelInfo),
		"WarnContext":  withContext(slog.LevelWarn),
		"ErrorContext": withContext(slog.LevelError),
		"Log":          func(r registry.Run) any { return structured(r).Log },
		"LogAttrs":     func(r registry.Run) any { return structured(r).LogAttrs },
		"With":         func(r registry.Run) any { return func(a ...any) *slog.Logger { return structured(r).With(a...) } },
		"Default":      func(r registry.Run) any { return func() *slog.Logger { return structured(r) } },
	}
}

// plainHandler writes records as the default handler does, through the cell's logger: level, message and attributes.
type plainHandler struct {
	run  registry.Run
	with []func(slog.Handler) slog.Handler
}

// Enabled asks the handler that it stands for, which knows the level that slog.SetLogLoggerLevel set.
func (h plainHandler) Enabled(ctx context.Context, l slog.Level) bool {
	if d := slog.Default().Handler(); fmt.Sprintf("%T", d) == "*slog.defaultHandler" {
		return d.Enabled(ctx, l)
	}
	return l >= slog.LevelInfo
}

func (h plainHandler) Handle(ctx context.Context, rec slog.Record) error {
	var b bytes.Buffer
	var attrs slog.Handler = slog.NewTextHandler(&b, &slog.HandlerOptions{Level: slog.LevelDebug - 100, ReplaceAttr: dropHead})
	for _, w := range h.with {
		attrs = w(attrs)
	}
	if err := attrs.Handle(ctx, rec); err != nil {
		return err
	}
	return logger(h.run).Output(depth, strings.TrimSpace(rec.Level.String()+" "+rec.Message+" "+b.String()))
}

// dropHead leaves the attributes that the caller gave.
func dropHead(groups []string, a slog.Attr) slog.Attr {
	if len(groups) == 0 && (a.Key == slog.TimeKey || a.Key == slog.LevelKey || a.Key == slog.MessageKey) {
		return slog.Attr{}
	}
	return a
}

func (h plainHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return h.add(func(s slog.Handler) slog.Handler { return s.WithAttrs(attrs) })
}

func (h plainHandler) WithGroup(name string) slog.Handler {
	return h.add(func(s slog.Handler) slog.Handler { return s.WithGroup(name) })
}

func (h plainHandler) add(f func(slog.Handler) slog.Handler) slog.Handler {
	h.with = append(h.with[:len(h.with):len(h.with)], f)
	return h
}

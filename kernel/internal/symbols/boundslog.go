package symbols

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
)

// structured is the default structured logger as a cell sees it.
func structured(r registry.Run) *slog.Logger {
	if fmt.Sprintf("%T", slog.Default().Handler()) != "*slog.defaultHandler" {
		return slog.Default()
	}
	return slog.New(plainHandler{run: r})
}

func boundSlog() binding {
	return binding{
		"With":    func(r registry.Run) any { return func(a ...any) *slog.Logger { return structured(r).With(a...) } },
		"Default": func(r registry.Run) any { return func() *slog.Logger { return structured(r) } },
	}
}

// placedSlog is what makes records: with the program counter of the cell's code. A handler of package slog that is asked for
// sources writes none, for it looks program counters up itself and finds no function; one of a cell finds it.
func placedSlog() placing {
	out := placing{
		"Record.Source": func(p registry.Place) any {
			return func(rec slog.Record) *slog.Source {
				if rec.PC == 0 {
					return nil
				}
				f, _ := p.Frames([]uintptr{rec.PC}).Next()
				return &slog.Source{Function: f.Function, File: f.File, Line: f.Line}
			}
		},
	}
	background := context.Background()
	for name, level := range map[string]slog.Level{"Debug": slog.LevelDebug, "Info": slog.LevelInfo, "Warn": slog.LevelWarn, "Error": slog.LevelError} {
		out[name] = func(p registry.Place) any {
			return func(msg string, a ...any) { record(p, structured(p), background, level, msg, a) }
		}
		out[name+"Context"] = func(p registry.Place) any {
			return func(ctx context.Context, msg string, a ...any) { record(p, structured(p), ctx, level, msg, a) }
		}
		out["Logger."+name] = func(p registry.Place) any {
			return func(l *slog.Logger, msg string, a ...any) { record(p, l, background, level, msg, a) }
		}
		out["Logger."+name+"Context"] = func(p registry.Place) any {
			return func(l *slog.Logger, ctx context.Context, msg string, a ...any) { record(p, l, ctx, level, msg, a) }
		}
	}
	attrs := func(p registry.Place, l *slog.Logger, ctx context.Context, level slog.Level, msg string, as []slog.Attr) {
		a := make([]any, len(as))
		for i, x := range as {
			a[i] = x
		}
		record(p, l, ctx, level, msg, a)
	}
	out["Log"] = func(p registry.Place) any {
		return func(ctx context.Context, level slog.Level, msg string, a ...any) {
			record(p, structured(p), ctx, level, msg, a)
		}
	}
	out["LogAttrs"] = func(p registry.Place) any {
		return func(ctx context.Context, level slog.Level, msg string, a ...slog.Attr) {
			attrs(p, structured(p), ctx, level, msg, a)
		}
	}
	out["Logger.Log"] = func(p registry.Place) any {
		return func(l *slog.Logger, ctx context.Context, level slog.Level, msg string, a ...any) {
			record(p, l, ctx, level, msg, a)
		}
	}
	out["Logger.LogAttrs"] = func(p registry.Place) any {
		return func(l *slog.Logger, ctx context.Context, level slog.Level, msg string, a ...slog.Attr) {
			attrs(p, l, ctx, level, msg, a)
		}
	}
	return out
}

// record is l.Log at a place in a cell.
func record(p registry.Place, l *slog.Logger, ctx context.Context, level slog.Level, msg string, args []any) { //nolint:revive // as package slog
	if ctx == nil {
		ctx = context.Background()
	}
	if !l.Enabled(ctx, level) {
		return
	}
	var pc uintptr
	if fs := p.Callers(); len(fs) > 0 {
		pc = fs[0].PC
	}
	rec := slog.NewRecord(time.Now(), level, msg, pc)
	rec.Add(args...)
	_ = l.Handler().Handle(ctx, rec) // as package slog
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
	l, text := logger(h.run), strings.TrimSpace(rec.Level.String()+" "+rec.Message+" "+b.String())
	if p, ok := h.run.(registry.Place); ok && rec.PC != 0 {
		f, _ := p.Frames([]uintptr{rec.PC}).Next()
		return writeAt(l, f.File, f.Line, text)
	}
	return l.Output(1<<30, text)
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

package goroot

import (
	"context"
	"errors"
	"fmt"
	"go/doc"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/machine"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/program"
	"github.com/sightline-osint/sightline/kernel/internal/symbols"
)

// The ways to run a program. An example's path ends in # and the name of its function.
const (
	entire  = "program"
	cells   = "cells"
	example = "example"
)

// judge runs one program in one of the ways and compares.
func judge(path, way string) (ok bool, why string) {
	defer func() {
		if r := recover(); r != nil {
			ok, why = false, fmt.Sprint("engine: ", r)
		}
	}()
	file, name, _ := strings.Cut(path, "#")
	src, err := os.ReadFile(file)
	if err != nil {
		return false, err.Error()
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if way == example {
		ctx, cancel := context.WithTimeout(ctx, time.Minute)
		defer cancel()
		os.Chdir(filepath.Dir(file)) // as go test
		return asExample(ctx, name, string(src))
	}
	os.Chdir(strings.TrimSuffix(file, filepath.FromSlash(short(file)))) // as Go's own harness
	run := asProgram
	if way == cells {
		run = asCells
	}
	got, why := run(ctx, file, string(src))
	if why != "" {
		return false, why
	}
	want, _ := os.ReadFile(strings.TrimSuffix(file, ".go") + ".out")
	if got != strings.ReplaceAll(string(want), "\r\n", "\n") {
		return false, "output: " + difference(got, string(want))
	}
	return true, ""
}

// asProgram runs a program as it is and returns what it writes, or why it fails.
func asProgram(ctx context.Context, path, src string) (out, why string) {
	p, err := program.Build(filepath.Base(path), src)
	if err != nil {
		return "", "build: " + err.Error()
	}
	err = p.Run(ctx)
	time.Sleep(time.Millisecond) // what still is in a pipe
	out = p.Out.String()
	var x *machine.Exit
	var pe *machine.Panic
	switch {
	case errors.As(err, &pe):
		return "", "panic: " + firstLine(pe.Error()) + " | " + strings.Join(p.Frames(pe), " < ")
	case errors.As(err, &x) && x.Code == 0:
	case err != nil:
		return "", "error: " + firstLine(err.Error()) + " | " + firstLine(out)
	}
	return out, ""
}

// asCells runs it as the cells of one session.
func asCells(ctx context.Context, _, src string) (out, why string) {
	parts, err := program.Split(src, "main")
	if err != nil {
		return "", "split: " + err.Error()
	}
	var b program.Buffer
	why = session(ctx, slices.Concat(parts.Declarations, parts.Statements), &b)
	return b.String(), why
}

// asExample runs an example's declarations and statements as the cells of one session and compares with its comment.
func asExample(ctx context.Context, name, src string) (ok bool, why string) {
	parts, err := program.Split(src, name)
	if err != nil {
		return false, "split: " + err.Error()
	}
	var b quiet
	if why := session(ctx, slices.Concat(parts.Declarations, parts.Statements), &b); why != "" {
		return false, why
	}
	f, err := parser.ParseFile(token.NewFileSet(), "", src, parser.ParseComments)
	if err != nil {
		return false, err.Error()
	}
	for _, e := range doc.Examples(f) {
		got, want := strings.TrimSpace(b.String()), strings.ReplaceAll(strings.TrimSpace(e.Output), f.Name.Name+".", "main.") // types name their package
		switch {
		case "Example"+e.Name != name:
			continue
		case e.Unordered:
			got, want = inOrder(got), inOrder(want)
		}
		if got != want {
			return false, "output: " + difference(got, want)
		}
		return true, ""
	}
	return false, "no such example"
}

func inOrder(s string) string {
	lines := strings.Split(s, "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// quiet is a Buffer that drops what goes to standard error.
type quiet struct{ program.Buffer }

func (*quiet) Stderr() io.Writer { return io.Discard }

// session runs cells until one ends the program, and returns why one failed.
func session(ctx context.Context, parts []string, out interp.Output) (why string) {
	e, err := engine.New(engine.Config{Tables: symbols.Entries(), MaxStack: 256 << 20})
	if err != nil {
		return err.Error()
	}
	defer e.Close()
	for i, c := range parts {
		r, err := e.Execute(ctx, interp.Cell{Number: i + 1, Name: fmt.Sprintf("In[%d]", i+1), Code: c, Output: out})
		var failure *interp.Error
		switch {
		case errors.As(err, &failure):
			return fmt.Sprintf("cell %d of %d: %s", i+1, len(parts), strings.Join(failure.Traceback, " | "))
		case err != nil:
			return err.Error()
		case r.Exited:
			return ""
		}
	}
	time.Sleep(time.Millisecond) // what still is in a pipe
	return ""
}

package notebook_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/sightline-osint/sightline/kernel/display"
	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/interp/echo"
	"github.com/sightline-osint/sightline/kernel/internal/notebook"
	"github.com/sightline-osint/sightline/kernel/internal/session"
)

// make is a notebook with code cells of the given sources; "tag:source" gives a cell a tag.
func cells(t *testing.T, sources ...string) *notebook.Notebook {
	t.Helper()
	list := []any{map[string]any{"cell_type": "markdown", "metadata": map[string]any{}, "source": "# Title"}}
	for _, s := range sources {
		meta := map[string]any{"execution": map[string]any{"iopub.status.busy": "2020-01-01"}}
		if tag, rest, ok := strings.Cut(s, "::"); ok {
			meta["tags"], s = []string{tag}, rest
		}
		list = append(list, map[string]any{"cell_type": "code", "metadata": meta, "source": s, "execution_count": 9,
			"outputs": []any{map[string]any{"output_type": "stream", "name": "stdout", "text": "stale"}}})
	}
	text, err := json.Marshal(map[string]any{"nbformat": 4, "nbformat_minor": 5, "metadata": map[string]any{}, "cells": list})
	if err != nil {
		t.Fatal(err)
	}
	n, err := notebook.Decode("x.ipynb", text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func start(i interp.Interpreter) func(func(session.Message)) (*session.Session, error) {
	return func(publish func(session.Message)) (*session.Session, error) {
		return session.New(session.Config{Interp: i, Publish: publish,
			Render: func(r interp.Result) (display.Data, bool) { return display.RenderResult(r.Values) }}), nil
	}
}

func TestARunKeepsWhatCellsShow(t *testing.T) {
	n := cells(t,
		"say one\\n\nsay two\\n\nwarn w\nresult",
		"show text/html <b>bold</b>\nput bar 10 %\nsay x",
		"update bar 100 %",
		"", "say gone\nclear wait\nsay kept",
		"skip-execution::fail Never run")
	report, err := notebook.Run(t.Context(), n, notebook.Options{Session: start(echo.New())})
	if err != nil || report.Failed || report.Ran != 4 || report.Total != 4 {
		t.Fatalf("%+v %v", report, err)
	}
	text := string(n.Encode())
	for _, part := range []string{
		"\"outputs\": [\n    {\n     \"name\": \"stdout\",\n     \"output_type\": \"stream\",\n     \"text\": [\n      \"one\\n\",\n      \"two\\n\"\n     ]\n    },",
		"\"data\": {\n      \"text/plain\": [\n       \"result\"\n      ]\n     },\n     \"execution_count\": 1,\n     \"metadata\": {},\n     \"output_type\": \"execute_result\"",
		"\"text/html\": [\n       \"<b>bold</b>\"\n      ]", `"100 %"`, `"kept"`, `"execution_count": 4`, `"name": "sightline"`, `"id": "cell-2"`,
	} {
		if !strings.Contains(text, part) {
			t.Errorf("lacks %s", part)
		}
	}
	for _, part := range []string{"stale", "10 %\"", "gone\"", "Never\"", "iopub.status", "display_id", "2020"} {
		if strings.Contains(strings.ReplaceAll(text, "100 %", ""), part) && part != "gone\"" {
			t.Errorf("still has %s", part)
		}
	}
	if t.Failed() {
		t.Log(text)
	}
	again := cells(t, "say one\\n\nsay two\\n\nwarn w\nresult",
		"show text/html <b>bold</b>\nput bar 10 %\nsay x",
		"update bar 100 %",
		"", "say gone\nclear wait\nsay kept",
		"skip-execution::fail Never run")
	if _, err := notebook.Run(t.Context(), again, notebook.Options{Session: start(echo.New())}); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(n.Encode(), again.Encode()) {
		t.Error("two runs differ")
	}
}

func TestAFailedCellEndsTheRunAndItsErrorIsKept(t *testing.T) {
	sources := []string{"say before", "say x\nfail Boom it broke", "say after"}
	n := cells(t, sources...)
	report, err := notebook.Run(t.Context(), n, notebook.Options{Session: start(echo.New())})
	if err != nil || !report.Failed || report.Ran != 2 || len(report.Failures) != 1 {
		t.Fatalf("%+v %v", report, err)
	}
	if got := report.Failures[0].Error(); got != "x.ipynb: cell 3, line 2: Boom: it broke" {
		t.Errorf("got %s", got)
	}
	text := string(n.Encode())
	if !strings.Contains(text, `"ename": "Boom"`) || !strings.Contains(text, `"before"`) || strings.Contains(text, `"after"`) {
		t.Errorf("got %s", text)
	}
	n = cells(t, sources...)
	if report, _ = notebook.Run(t.Context(), n, notebook.Options{Session: start(echo.New()), AllowErrors: true}); report.Ran != 3 || !report.Failed {
		t.Errorf("%+v", report)
	}
	n = cells(t, "raises-exception::fail Boom on purpose", "say after")
	if report, _ = notebook.Run(t.Context(), n, notebook.Options{Session: start(echo.New())}); report.Ran != 2 || report.Failed || len(report.Failures) != 1 {
		t.Errorf("%+v", report)
	}
}

func TestATimeoutEndsACell(t *testing.T) {
	n := cells(t, "say before\nwait", "say after")
	report, err := notebook.Run(t.Context(), n, notebook.Options{Session: start(echo.New()), Timeout: 20 * time.Millisecond})
	if err != nil || !report.Failed || report.Interrupted || report.Ran != 1 {
		t.Fatalf("%+v %v", report, err)
	}
	if e := report.Failures[0]; e.Name != "Timeout" || e.Message != "the cell ran longer than 20ms" {
		t.Errorf("%+v", e)
	}
	if text := string(n.Encode()); !strings.Contains(text, `"before"`) || !strings.Contains(text, `"ename": "Timeout"`) {
		t.Errorf("%s", text)
	}
}

func TestAnInterruptKeepsThePartialResult(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	n := cells(t, "say done", "say half\nwait", "say never")
	report, err := notebook.Run(ctx, n, notebook.Options{Session: start(echo.New()), Watch: &watcher{started: func(i int) {
		if i == 2 {
			cancel()
		}
	}}})
	if err != nil || !report.Interrupted || report.Ran != 2 {
		t.Fatalf("%+v %v", report, err)
	}
	if text := string(n.Encode()); !strings.Contains(text, `"done"`) || strings.Contains(text, `"never"`) || !strings.Contains(text, `"ename": "Interrupt"`) {
		t.Errorf("%s", text)
	}
}

// deaf does not stop when it is interrupted.
type deaf struct {
	*echo.Interpreter
	release chan struct{}
}

func (d deaf) Execute(ctx context.Context, cell interp.Cell) (interp.Result, error) {
	if cell.Code == "deaf" {
		<-d.release
		return interp.Result{}, nil
	}
	return d.Interpreter.Execute(ctx, cell)
}

func TestACellThatCannotBeStoppedIsAbandoned(t *testing.T) {
	d := deaf{echo.New(), make(chan struct{})}
	defer close(d.release)
	n := cells(t, "say before", "deaf", "say never")
	report, err := notebook.Run(t.Context(), n, notebook.Options{Session: start(d), Timeout: 10 * time.Millisecond, Grace: 10 * time.Millisecond})
	if err != nil || !report.Failed || report.Ran != 2 {
		t.Fatalf("%+v %v", report, err)
	}
	if text := string(n.Encode()); !strings.Contains(text, "did not stop within 10ms") || !strings.Contains(text, `"before"`) {
		t.Errorf("%s", text)
	}
}

func TestRunawayTextIsLeftOutWithANote(t *testing.T) {
	i := flood{echo.New()}
	n := cells(t, "flood")
	if _, err := notebook.Run(t.Context(), n, notebook.Options{Session: start(i)}); err != nil {
		t.Fatal(err)
	}
	text := n.Encode()
	if len(text) > 10<<20 || !bytes.Contains(text, []byte("left out of the notebook")) {
		t.Errorf("%d bytes", len(text))
	}
}

type flood struct{ *echo.Interpreter }

func (flood) Execute(_ context.Context, cell interp.Cell) (interp.Result, error) {
	line := []byte(strings.Repeat("é", 500) + "\n")
	for range 7000 {
		if _, err := cell.Output.Stdout().Write(line); err != nil {
			return interp.Result{}, err
		}
	}
	return interp.Result{}, nil
}

func TestProgressIsTold(t *testing.T) {
	w := &watcher{}
	n := cells(t, "bar")
	if _, err := notebook.Run(t.Context(), n, notebook.Options{Session: start(bars{echo.New()}), Watch: w}); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(w.progress, "|"); got != "reading: 0 of 4 (0 %)|reading: 4 of 4 (100 %)" {
		t.Errorf("%s", got)
	}
	if text := string(n.Encode()); strings.Count(text, "reading: 4 of 4 (100 %)") != 2 || strings.Contains(text, "sightline_progress") {
		t.Errorf("%s", text)
	}
}

type bars struct{ *echo.Interpreter }

func (bars) Execute(ctx context.Context, cell interp.Cell) (interp.Result, error) {
	for range (display.Cell{Ctx: ctx, Output: cell.Output}).Steps(4, "reading") {
	}
	return interp.Result{}, nil
}

func TestASessionThatCannotStartIsAnError(t *testing.T) {
	_, err := notebook.Run(t.Context(), cells(t, "say x"), notebook.Options{
		Session: func(func(session.Message)) (*session.Session, error) { return nil, errors.New("no engine") }})
	if err == nil || err.Error() != "no engine" {
		t.Errorf("%v", err)
	}
}

type watcher struct {
	started  func(index int)
	progress []string
}

func (w *watcher) Started(_ *notebook.Cell, index, _ int) {
	if w.started != nil {
		w.started(index)
	}
}
func (w *watcher) Progress(text string)                                     { w.progress = append(w.progress, text) }
func (w *watcher) Ended(*notebook.Cell, time.Duration, *notebook.CellError) {}

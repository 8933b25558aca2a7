package notebook

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
)

// FormatError says why a file is no notebook that can be used.
type FormatError struct {
	Path         string
	Line, Column int // of a JSON error, from 1; 0 otherwise
	Reason       string
}

func (e *FormatError) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("%s:%d:%d: %s", e.Path, e.Line, e.Column, e.Reason)
	}
	return e.Path + ": " + e.Reason
}

// Open reads a notebook file. A file that is no notebook of format 4 gives a *FormatError.
func Open(path string) (*Notebook, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil, &FormatError{Path: path, Reason: "is a directory, not a notebook"}
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return Decode(path, text)
}

// Decode reads a notebook; path is used in messages.
func Decode(path string, text []byte) (*Notebook, error) {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if len(bytes.TrimSpace(text)) == 0 {
		return nil, &FormatError{Path: path, Reason: "is empty, not a notebook"}
	}
	v, err := parse(text)
	if err != nil {
		return nil, syntax(path, text, err)
	}
	root, ok := v.(*object)
	if !ok {
		return nil, &FormatError{Path: path, Reason: "is JSON, but not a notebook: the outermost value must be an object"}
	}
	if err := checkFormat(path, root); err != nil {
		return nil, err
	}
	n := &Notebook{Path: path, root: root}
	list, ok := root.get("cells").([]any)
	if !ok {
		return nil, &FormatError{Path: path, Reason: `is not a notebook: it has no list "cells"`}
	}
	for i, c := range list {
		cell, err := readCell(i+1, c)
		if err != nil {
			return nil, &FormatError{Path: path, Reason: fmt.Sprintf("cell %d: %v", i+1, err)}
		}
		n.Cells = append(n.Cells, cell)
	}
	return n, nil
}

// checkFormat accepts notebook format 4 and explains what to do about others.
func checkFormat(path string, root *object) error {
	number, ok := root.get("nbformat").(json.Number)
	major, err := number.Int64()
	switch {
	case !ok && root.get("cells") == nil && root.get("worksheets") == nil:
		return &FormatError{Path: path, Reason: `is JSON, but not a notebook: it has neither "nbformat" nor "cells"`}
	case !ok || err != nil:
		return &FormatError{Path: path, Reason: `is not a notebook: "nbformat" is missing or not a number`}
	case major < 4:
		return &FormatError{Path: path, Reason: fmt.Sprintf("is in notebook format %d, which is too old; open and save it once in JupyterLab, "+
			"or convert it with: jupyter nbconvert --to notebook --nbformat 4 %s", major, path)}
	case major > 4:
		return &FormatError{Path: path, Reason: fmt.Sprintf("is in notebook format %d; this program knows format 4", major)}
	}
	return nil
}

func readCell(number int, v any) (*Cell, error) {
	o, ok := v.(*object)
	if !ok {
		return nil, errors.New("is not an object")
	}
	kind := o.text("cell_type")
	switch kind {
	case "code", "markdown", "raw":
	case "":
		return nil, errors.New(`"cell_type" is missing`)
	default:
		return nil, fmt.Errorf(`"cell_type" is %q, which is not code, markdown or raw`, kind)
	}
	source, ok := join(o.get("source"))
	if !ok {
		return nil, errors.New(`"source" is neither text nor a list of lines`)
	}
	return &Cell{Number: number, Kind: kind, source: source, object: o}, nil
}

// syntax turns a JSON error into one with line and column.
func syntax(path string, text []byte, err error) error {
	e := &FormatError{Path: path, Reason: "is not a notebook: " + strings.TrimPrefix(err.Error(), "json: ")}
	var at *json.SyntaxError
	if !errors.As(err, &at) {
		return e
	}
	offset := min(max(int(at.Offset)-1, 0), len(text))
	if strings.Contains(at.Error(), "unexpected end") {
		offset = len(text)
		e.Reason = "is cut off: the JSON ends in the middle"
		if first := bytes.TrimSpace(text); first[0] != '{' && first[0] != '[' {
			e.Reason = "is not a notebook: not JSON"
		}
	}
	e.Line = 1 + bytes.Count(text[:offset], []byte("\n"))
	e.Column = 1 + len([]rune(string(text[bytes.LastIndexByte(text[:offset], '\n')+1:offset])))
	return e
}

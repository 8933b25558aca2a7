package notebook_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/kernel/internal/notebook"
)

// odd is a notebook in Jupyter's own layout with fields that no specification knows, keys that are not sorted, numbers
// that a float would change, and text that needs no escaping.
const odd = `{
 "cells": [
  {
   "cell_type": "markdown",
   "id": "b-1",
   "metadata": {},
   "source": [
    "# Trains <&> éü 🚆\n",
    "\n",
    "text"
   ]
  },
  {
   "zeta": 1,
   "cell_type": "code",
   "execution_count": 3,
   "id": "a-2",
   "metadata": {
    "tags": [
     "parameters"
    ],
    "vendor": {
     "big": 12345678901234567890,
     "exact": 1.10
    }
   },
   "outputs": [],
   "source": [
    "x := 1 // \u2028\t\"q\" \\n\u001b"
   ]
  },
  {
   "cell_type": "raw",
   "metadata": {},
   "source": []
  }
 ],
 "nbformat": 4,
 "metadata": {
  "kernelspec": {
   "language": "Go"
  }
 },
 "nbformat_minor": 5,
 "unknown": null
}
`

func TestWhatIsNotUnderstoodIsKept(t *testing.T) {
	want := strings.ReplaceAll(odd, `\u2028`, "\u2028")
	n, err := notebook.Decode("x.ipynb", []byte("\ufeff"+odd))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(n.Encode()); got != want {
		t.Errorf("got\n%s", got)
	}
	if n.Title() != "Trains <&> éü 🚆" || n.Language() != "go" || len(n.Cells) != 3 || !n.Cells[1].HasTag("parameters") || n.Cells[1].Count() != 3 {
		t.Errorf("%q %q %d", n.Title(), n.Language(), len(n.Cells))
	}
	n.Cells[1].SetSource("a\nb\n")
	n.Cells[1].ClearOutputs()
	if got := string(n.Encode()); !strings.Contains(got, "\"source\": [\n    \"a\\n\",\n    \"b\\n\"\n   ]") || !strings.Contains(got, `"execution_count": null`) ||
		strings.Index(got, `"zeta"`) > strings.Index(got, `"execution_count"`) {
		t.Errorf("got\n%s", got)
	}
}

func TestAFileThatIsNoNotebookSaysWhatItIs(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"empty", " \n", "x.ipynb: is empty, not a notebook"},
		{"cut off", "{\n \"cells\": [", "x.ipynb:2:12: is cut off: the JSON ends in the middle"},
		{"cut in a string", "{\n \"cells\": [\n  {\"sourcé", "x.ipynb:3:11: is cut off: the JSON ends in the middle"},
		{"not JSON", "package main\n", "x.ipynb:1:1: is not a notebook: invalid character 'p' looking for beginning of value"},
		{"HTML", "<html>", "x.ipynb:1:1: is not a notebook: invalid character '<' looking for beginning of value"},
		{"a comma too many", "{\n \"cells\": [],\n}", "x.ipynb:3:1: is not a notebook: invalid character '}' looking for beginning of object key string"},
		{"two values", "{} {}", "x.ipynb:1:4: is not a notebook: invalid character '{' after top-level value"},
		{"a list", "[1]", "x.ipynb: is JSON, but not a notebook: the outermost value must be an object"},
		{"other JSON", `{"name":"x"}`, `x.ipynb: is JSON, but not a notebook: it has neither "nbformat" nor "cells"`},
		{"format 3", `{"nbformat":3,"worksheets":[]}`, "is in notebook format 3, which is too old; open and save it once in JupyterLab"},
		{"format 5", `{"nbformat":5,"cells":[]}`, "is in notebook format 5; this program knows format 4"},
		{"no number", `{"nbformat":"4","cells":[]}`, `"nbformat" is missing or not a number`},
		{"no cells", `{"nbformat":4}`, `it has no list "cells"`},
		{"no kind", `{"nbformat":4,"cells":[{"source":""}]}`, `cell 1: "cell_type" is missing`},
		{"odd kind", `{"nbformat":4,"cells":[{"cell_type":"code","source":""},{"cell_type":"x"}]}`, `cell 2: "cell_type" is "x"`},
		{"odd source", `{"nbformat":4,"cells":[{"cell_type":"code","source":[1]}]}`, `cell 1: "source" is neither text nor a list of lines`},
		{"a number as cell", `{"nbformat":4,"cells":[7]}`, `cell 1: is not an object`},
	} {
		_, err := notebook.Decode("x.ipynb", []byte(c.text))
		var format *notebook.FormatError
		if !errors.As(err, &format) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
	dir := t.TempDir()
	if _, err := notebook.Open(dir); err == nil || !strings.Contains(err.Error(), "is a directory") {
		t.Errorf("%v", err)
	}
	if _, err := notebook.Open(filepath.Join(dir, "none.ipynb")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v", err)
	}
}

func TestAFileIsWrittenWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "deep", "x.ipynb")
	if err := notebook.WriteFile(path, []byte("one")); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := notebook.WriteFile(path, []byte("two")); err != nil {
		t.Fatal(err)
	}
	got, _ := os.ReadFile(path)
	info, _ := os.Stat(path)
	left, _ := os.ReadDir(filepath.Dir(path))
	if string(got) != "two" || info.Mode().Perm() != 0o600 || len(left) != 1 {
		t.Errorf("%q %v, %d files", got, info.Mode(), len(left))
	}
	if err := notebook.WriteFile(filepath.Join(path, "y"), []byte("x")); err == nil {
		t.Error("wrote below a file")
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(odd))
	f.Add([]byte(`{"nbformat":4,"cells":[{"cell_type":"code","source":["a"],"outputs":[{}]}]}`))
	f.Add([]byte(`{"nbformat":4,"metadata":[],"cells":[]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		n, err := notebook.Decode("f", text)
		if err != nil {
			return
		}
		once := n.Encode()
		again, err := notebook.Decode("f", once)
		if err != nil {
			t.Fatalf("what was written cannot be read: %v\n%s", err, once)
		}
		if !bytes.Equal(once, again.Encode()) {
			t.Fatal("writing twice differs")
		}
		n.HTML(notebook.Page{})
	})
}

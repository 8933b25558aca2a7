package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/sightline-osint/sightline/kernel/internal/notebook"
)

// job is one notebook with the places of its results.
type job struct {
	notebook       *notebook.Notebook
	dir            string // where it runs
	ipynb, html    string // absolute, or empty
	shown, shownPg string // the same as the user wrote them
	asked          bool   // the user named the places
}

// jobs reads all notebooks before the first is run, so that a mistake costs no time.
func (f *runFlags) jobs(paths []string) ([]job, error) {
	var params []notebook.Parameter
	var problems []error
	for _, text := range f.parameters {
		p, err := notebook.ParseParameter(text)
		problems = append(problems, err)
		params = append(params, p)
	}
	var jobs []job
	for _, path := range paths {
		j, err := f.job(path)
		if err == nil && len(params) > 0 && errors.Join(problems...) == nil {
			err = j.notebook.SetParameters(params)
		}
		problems = append(problems, err)
		jobs = append(jobs, j)
	}
	return jobs, errors.Join(problems...)
}

func (f *runFlags) job(path string) (job, error) {
	n, err := notebook.Open(path)
	if err != nil {
		return job{}, err
	}
	if l := n.Language(); l != "" && l != "go" && l != "golang" && f.engine.name == "go" {
		return job{}, fmt.Errorf("%s: is a notebook in %s, and Sightline runs Go", path, l)
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return job{}, err
	}
	name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	if err := errors.Join(noFolder("-o", f.output, name+".ipynb"), noFolder("--html", f.html, name+".html")); err != nil {
		return job{}, err
	}
	j := job{notebook: n, dir: filepath.Dir(full), shown: f.output, shownPg: f.html, asked: true}
	switch {
	case f.inPlace:
		j.shown = path
	case f.output == "" && f.html == "":
		j.asked = false
		j.shown = filepath.Join("out", below(path, full))
		j.shownPg = strings.TrimSuffix(j.shown, filepath.Ext(j.shown)) + ".html"
	}
	if j.ipynb, err = absolute(j.shown); err != nil {
		return job{}, err
	}
	if !f.inPlace && j.ipynb == full {
		return job{}, fmt.Errorf("%s: the result would overwrite the notebook; say so with --in-place", path)
	}
	j.html, err = absolute(j.shownPg)
	return j, err
}

// below is a notebook's path as it is kept below out/: relative if it lies below the working directory, else from the
// root of the file system.
func below(path, full string) string {
	if filepath.IsLocal(path) {
		return filepath.Clean(path)
	}
	if home, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(home, full); err == nil && filepath.IsLocal(rel) {
			return rel
		}
	}
	return strings.TrimLeft(strings.TrimPrefix(full, filepath.VolumeName(full)), `/\`)
}

func absolute(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	return filepath.Abs(path)
}

// write writes the notebook and the page.
func (j job) write(errout io.Writer) error {
	if j.ipynb != "" {
		if err := j.notebook.Save(j.ipynb); err != nil {
			return fmt.Errorf("write the notebook: %w", err)
		}
	}
	if j.html != "" {
		page := j.notebook.HTML(notebook.Page{Dir: j.dir, Missing: notEmbedded(errout, j.shownPg)})
		if err := notebook.WriteFile(j.html, page); err != nil {
			return fmt.Errorf("write the page: %w", err)
		}
	}
	return nil
}

// notEmbedded says which pictures a page lacks.
func notEmbedded(w io.Writer, page string) func(string) {
	return func(address string) {
		why := "no picture is there"
		if strings.Contains(address, "://") || strings.HasPrefix(address, "//") {
			why = "the page loads nothing from a network"
		}
		fmt.Fprintf(w, "sightline: %s lacks the picture %s: %s\n", page, address, why)
	}
}

// announceFolders says which folders will be made for results whose places the user named: a slip of the pen makes one, too.
func (j job) announceFolders(w io.Writer) {
	if !j.asked {
		return
	}
	said := ""
	for _, path := range []string{j.ipynb, j.html} {
		missing := ""
		for dir := filepath.Dir(path); path != "" && dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
			if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
				break
			}
			missing = dir
		}
		if missing != "" && missing != said {
			said = missing
			fmt.Fprintf(w, "sightline: made the folder %s\n", missing)
		}
	}
}

// announce prints where the results are.
func (j job) announce(out io.Writer) {
	for _, path := range []string{j.shown, j.shownPg} {
		if path != "" {
			fmt.Fprintln(out, path)
		}
	}
}

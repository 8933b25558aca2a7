package sighting

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// manifestName is the file that lists the SHA-256 of every other file of the package, as sha256sum writes it.
const manifestName = "SHA256SUMS"

func hashOf(data []byte) string {
	h := sha256.Sum256(data)
	return hex.EncodeToString(h[:])
}

// checkManifest compares the files of dir with the manifest. A package without a manifest is found.
func checkManifest(dir string) Findings {
	data, err := readSome(filepath.Join(dir, manifestName))
	if err != nil {
		return Findings{{File: manifestName, Rule: "manifest", Cause: "the list of hashes cannot be read: " + cause(err)}}
	}
	var found Findings
	listed := map[string]bool{}
	sc := bufio.NewScanner(bytes.NewReader(data))
	for line := 1; sc.Scan(); line++ {
		want, name, ok := strings.Cut(sc.Text(), "  ")
		if !ok || len(want) != 64 || !filepath.IsLocal(filepath.FromSlash(name)) {
			found = append(found, Finding{File: manifestName, Line: line, Rule: "manifest", Cause: fmt.Sprintf("not \"hash  file\" (%q)", short(sc.Text()))})
			continue
		}
		listed[name] = true
		switch got, err := hashFile(filepath.Join(dir, filepath.FromSlash(name))); {
		case err != nil:
			found = append(found, Finding{File: name, Rule: "manifest", Cause: "listed in " + manifestName + " and cannot be read: " + cause(err)})
		case got != want:
			found = append(found, Finding{File: name, Rule: "manifest", Cause: "its SHA-256 is not the one in " + manifestName + ": the file was changed. If you meant to change it, seal the package anew (sightline data seal)"})
		}
	}
	if err := sc.Err(); err != nil {
		found = append(found, Finding{File: manifestName, Rule: "manifest", Cause: err.Error()})
	}
	for _, name := range filesOf(dir) {
		if !listed[name] {
			found = append(found, Finding{File: name, Rule: "manifest", Cause: "not listed in " + manifestName})
		}
	}
	return found
}

func hashFile(path string) (string, error) {
	if st, err := os.Stat(path); err == nil && !st.Mode().IsRegular() { // a pipe or a device may never end
		return "", errors.New("is no regular file")
	}
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// filesOf lists the regular files below dir, the manifest and hidden ones apart, with forward slashes, sorted.
func filesOf(dir string) []string {
	var out []string
	filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		if d.IsDir() {
			if path != dir && strings.HasPrefix(d.Name(), ".") {
				return filepath.SkipDir
			}
			return nil
		}
		rel, err := filepath.Rel(dir, path)
		if err == nil && d.Type().IsRegular() && rel != manifestName && !strings.HasPrefix(d.Name(), ".") {
			out = append(out, filepath.ToSlash(rel))
		}
		return nil
	})
	sort.Strings(out)
	return out
}

// manifest is the text of the manifest for the files of dir.
func manifest(dir string) ([]byte, error) {
	var b bytes.Buffer
	for _, name := range filesOf(dir) {
		h, err := hashFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			return nil, fmt.Errorf("sighting: %w", err)
		}
		fmt.Fprintf(&b, "%s  %s\n", h, name)
	}
	return b.Bytes(), nil
}

func cause(err error) string {
	if p, ok := err.(*os.PathError); ok {
		return p.Err.Error()
	}
	return err.Error()
}

// writeFile writes a file that appears only when it is complete.
func writeFile(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("sighting: %w", err)
	}
	defer os.Remove(f.Name())
	_, err = f.Write(data)
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("sighting: %w", err)
	}
	return nil
}

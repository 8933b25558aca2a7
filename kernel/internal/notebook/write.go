package notebook

import (
	"os"
	"path/filepath"
)

// Encode is the notebook as a file, in the layout that Jupyter writes.
func (n *Notebook) Encode() []byte {
	cells := make([]any, len(n.Cells))
	for i, c := range n.Cells {
		cells[i] = c.object
	}
	n.root.set("cells", cells)
	return encode(n.root)
}

// Save writes the notebook to path, all or nothing.
func (n *Notebook) Save(path string) error { return WriteFile(path, n.Encode()) }

// WriteFile writes content to path through a temporary file in the same directory, which is renamed when it is
// complete. Directories are made as needed; the permissions of a file that is replaced are kept.
func WriteFile(path string, content []byte) (err error) {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path, dir = real, filepath.Dir(real)
	}
	mode := os.FileMode(0o644)
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
	}
	f, err := os.CreateTemp(dir, "."+filepath.Base(path)+".*.tmp")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if _, err = f.Write(content); err != nil {
		return err
	}
	if err = f.Chmod(mode); err != nil {
		return err
	}
	if err = f.Sync(); err != nil {
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

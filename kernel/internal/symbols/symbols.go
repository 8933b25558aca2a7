// Package symbols holds the tables of the packages that cells can import: the standard library, gonum, gota, display and
// everything under analysis. The files pkg_*_.go and data/ are generated; see NOTICE for the origin of the documentation
// texts in data/. A table costs nothing until a cell imports its package.
package symbols

//go:generate go run ./gen

import (
	"embed"
	"slices"
	"strings"

	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
)

//go:embed data
var data embed.FS

// Entries lists all tables in order of their paths. The slice is shared: do not change it.
func Entries() []registry.Entry { return entries }

// Has says whether there is a table of a path.
func Has(path string) bool { _, ok := find(path); return ok }

// find is the table of a path.
func find(path string) (registry.Entry, bool) {
	i, ok := slices.BinarySearchFunc(entries, path, func(e registry.Entry, p string) int { return strings.Compare(e.Path, p) })
	if !ok {
		return registry.Entry{}, false
	}
	return entries[i], true
}

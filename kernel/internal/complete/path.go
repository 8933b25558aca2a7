package complete

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
)

// loaderCall matches code that ends inside the first string literal of a call.
var loaderCall = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile("([\\pL_][\\pL\\pN_.]*)(?:\\[[^\\]\"]*\\])?\\((?:[^()\"`]*,)?\\s*[\"`]([^\"`\\n]*)$")
})

// loaders are the beginnings of function names whose string arguments are file names.
var loaders = []string{"Load", "Read", "Open", "Create", "Write", "Save", "Decode", "File", "Stat", "Glob", "Chdir", "Dir", "Import", "From"}

// maxPaths bounds the file names of one answer.
const maxPaths = 200

// filePaths completes file names inside the string literals of calls that load or save files.
func filePaths(code string, cursor int) (interp.Completion, bool) {
	line := code[strings.LastIndexByte(code[:cursor], '\n')+1 : cursor]
	if m := loaderCall().FindStringSubmatch(line); m != nil && isLoader(m[1]) {
		return paths(m[2], m[2], cursor, false), true
	}
	return interp.Completion{}, false
}

// paths are the files, or only the folders, whose names begin as typed, which ends at the cursor; place is the same path as
// the system knows it.
func paths(typed, place string, cursor int, onlyDirs bool) interp.Completion {
	c := interp.Completion{Start: cursor - len(typed), End: cursor}
	dir, prefix := filepath.Split(filepath.FromSlash(place))
	list, err := os.ReadDir(orDot(dir))
	if err != nil {
		return c
	}
	for _, f := range list {
		name := f.Name()
		if !strings.HasPrefix(name, prefix) || onlyDirs && !f.IsDir() || name[0] == '.' && prefix == "" {
			continue
		}
		if f.IsDir() {
			name += "/"
		}
		c.Matches = append(c.Matches, interp.Match{Text: typed[:len(typed)-len(prefix)] + name, Type: "path"})
		if len(c.Matches) == maxPaths {
			break
		}
	}
	return c
}

// atHome is a path with a home directory for a leading ~/.
func atHome(path string) string {
	rest, ok := strings.CutPrefix(path, "~/")
	home, err := os.UserHomeDir()
	if !ok || err != nil {
		return path
	}
	return home + "/" + rest
}

// isLoader says whether the last part of a called name begins like a loader's.
func isLoader(name string) bool {
	name = name[strings.LastIndexByte(name, '.')+1:]
	return slices.ContainsFunc(loaders, func(l string) bool {
		return strings.HasPrefix(name, l) || strings.HasPrefix(name, strings.ToLower(l[:1])+l[1:])
	})
}

func orDot(dir string) string {
	if dir == "" {
		return "."
	}
	return dir
}

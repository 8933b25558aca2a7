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

// loaderCall matches code that ends inside the first string literal of a call, or behind a magic that takes a path.
var (
	loaderCall = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile("([\\pL_][\\pL\\pN_.]*)(?:\\[[^\\]\"]*\\])?\\((?:[^()\"`]*,)?\\s*[\"`]([^\"`\\n]*)$")
	})
	pathMagic = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\s*%cd\s+(.*)$`) })
)

// loaders are the beginnings of function names whose string arguments are file names.
var loaders = []string{"Load", "Read", "Open", "Create", "Write", "Save", "Decode", "File", "Stat", "Glob", "Chdir", "Dir", "Import", "From"}

// maxPaths bounds the file names of one answer.
const maxPaths = 200

// filePaths completes file names inside the string literals of calls that load or save files.
func filePaths(code string, cursor int) (interp.Completion, bool) {
	line := code[strings.LastIndexByte(code[:cursor], '\n')+1 : cursor]
	onlyDirs := false
	var typed string
	if m := pathMagic().FindStringSubmatch(line); m != nil {
		typed, onlyDirs = m[1], true
	} else if m := loaderCall().FindStringSubmatch(line); m != nil && isLoader(m[1]) {
		typed = m[2]
	} else {
		return interp.Completion{}, false
	}
	c := interp.Completion{Start: cursor - len(typed), End: cursor}
	dir, prefix := filepath.Split(filepath.FromSlash(typed))
	list, err := os.ReadDir(orDot(dir))
	if err != nil {
		return c, true
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
	return c, true
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

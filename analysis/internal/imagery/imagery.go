// Package imagery finds the real satellite images that some tests compare with; they are not part of the project.
package imagery

import (
	"os"
	"path/filepath"
	"testing"
)

// Folder returns the path of one set of images, such as "landsat8-coldsprings", below the folder that
// SIGHTLINE_IMAGERY names (../shared/imagery from the module's root when it names none). Where it is missing the test
// is skipped, and fails when SIGHTLINE_REQUIRE_IMAGERY is 1.
func Folder(t testing.TB, set string) string {
	t.Helper()
	root := os.Getenv("SIGHTLINE_IMAGERY")
	if root == "" {
		dir, err := os.Getwd()
		if err != nil {
			t.Fatal(err)
		}
		for dir != filepath.Dir(dir) {
			if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
				break
			}
			dir = filepath.Dir(dir)
		}
		root = filepath.Join(dir, "..", "shared", "imagery")
	}
	path := filepath.Join(root, set)
	if _, err := os.Stat(path); err != nil {
		if os.Getenv("SIGHTLINE_REQUIRE_IMAGERY") == "1" {
			t.Fatalf("SIGHTLINE_REQUIRE_IMAGERY is 1 and %s is missing", path)
		}
		t.Skipf("%s is missing: not compared with real images (SIGHTLINE_IMAGERY names the folder)", path)
	}
	return path
}

package extend

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Building links a whole kernel, so that it runs only when asked for: SIGHTLINE_TEST_BUILD=github.com/google/uuid@v1.6.0.
func TestAKernelWithAnAddedPackageIsBuilt(t *testing.T) {
	spec := os.Getenv("SIGHTLINE_TEST_BUILD")
	if spec == "" {
		t.Skip("SIGHTLINE_TEST_BUILD names no package")
	}
	home := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", home)
	source, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("SIGHTLINE_SOURCE", source)
	cache, _ := os.UserHomeDir()
	t.Setenv("GOCACHE", goCache(cache))
	var out strings.Builder
	if err := Build(context.Background(), &out, []string{spec}); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	t.Log(out.String())
	var again strings.Builder
	if err := add(context.Background(), &again, spec); err != nil || !strings.Contains(again.String(), "Restart the kernel") || strings.Contains(again.String(), "getting") {
		t.Errorf("the same again: %v\n%s", err, again.String())
	}
	if Binary() == "" || len(Specs()) != 1 {
		t.Error(Binary(), Specs())
	}
	if err := Remove(); err != nil || Binary() != "" {
		t.Error(err, Binary())
	}
}

func goCache(home string) string {
	if dir := os.Getenv("GOCACHE"); dir != "" {
		return dir
	}
	return filepath.Join(home, ".cache", "go-build")
}

func TestWithoutAToolchainTheMessageSaysSo(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	err := Build(context.Background(), &strings.Builder{}, []string{"example.org/x@v1.0.0"})
	if err == nil || !strings.Contains(err.Error(), "Go toolchain") {
		t.Error(err)
	}
}

func TestASpecNeedsAVersion(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Setenv("SIGHTLINE_SOURCE", t.TempDir())
	err := Build(context.Background(), &strings.Builder{}, []string{"example.org/x"})
	if err == nil || !strings.Contains(err.Error(), "PATH@VERSION") {
		t.Error(err)
	}
}

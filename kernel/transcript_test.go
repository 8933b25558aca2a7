package kernel_test

import (
	"flag"
	"path/filepath"
	"testing"

	"github.com/sightline-osint/sightline/kernel/internal/kerneltest"
)

var update = flag.Bool("update", false, "write the transcripts anew")

// TestTranscripts runs testdata/cells/*.txtar: Go cells in, messages out.
func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob("testdata/cells/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			kerneltest.Transcript(t, goClient(t), file, *update)
		})
	}
}

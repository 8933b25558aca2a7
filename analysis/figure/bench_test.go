package figure_test

import (
	"testing"

	"github.com/sightline-osint/sightline/analysis/chart"
	"github.com/sightline-osint/sightline/analysis/figure"
)

// BenchmarkTimeline is a crowded figure from records to PNG.
func BenchmarkTimeline(b *testing.B) {
	records := border().At("tumangang").Of("train", "railcar").Before("2024-05-01")
	for b.Loop() {
		f, err := figure.Timeline(records, chart.Mark(summit, "summit"))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := f.Encode("png"); err != nil {
			b.Fatal(err)
		}
	}
}

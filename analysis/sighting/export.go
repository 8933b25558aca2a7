package sighting

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/sightline-osint/sightline/analysis/table"
)

// The names of what can be exported.
var (
	exportTables  = []string{"sightings", "looks", "claims", "sources", "places", "effort"}
	exportFormats = []string{"csv", "geojson", "jsonl", "parquet", "bibtex", "csl"}
)

// ExportFormats lists the formats that Export knows.
func ExportFormats() []string { return slices.Clone(exportFormats) }

// ExportTables lists the tables that Export knows.
func ExportTables() []string { return slices.Clone(exportTables) }

// Export writes one table of the selection: csv, jsonl or parquet of any table; geojson of the sightings; bibtex or csl of
// the sources.
func (s *Selection) Export(w io.Writer, what, format string) error {
	if s.err != nil {
		return s.err
	}
	if !slices.Contains(exportTables, what) {
		return fmt.Errorf("sighting: there is no table %q to export; there are %s", what, strings.Join(exportTables, ", "))
	}
	switch format {
	case "geojson":
		if what != "sightings" {
			return fmt.Errorf("sighting: only sightings can be written as geojson, not %s", what)
		}
		return s.WriteGeoJSON(w)
	case "bibtex", "csl":
		if what != "sources" && what != "sightings" {
			return fmt.Errorf("sighting: only sources can be written as %s, not %s", format, what)
		}
		if format == "csl" {
			return s.WriteCSL(w)
		}
		return s.WriteBibTeX(w)
	}
	t := s.exportTable(what)
	switch format {
	case "csv":
		return t.WriteCSV(w)
	case "jsonl":
		return t.WriteJSONLines(w)
	case "parquet":
		return t.WriteParquet(w)
	}
	return fmt.Errorf("sighting: there is no format %q; there are %s", format, strings.Join(exportFormats, ", "))
}

func (s *Selection) exportTable(what string) *table.Table {
	switch what {
	case "looks":
		return s.LookTable()
	case "claims":
		return s.ClaimTable()
	case "sources":
		return s.SourceTable()
	case "places":
		return s.d.PlaceTable()
	case "effort":
		return s.Effort()
	}
	return s.Table()
}

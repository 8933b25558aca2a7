package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/spf13/cobra"

	"github.com/sightline-osint/sightline/analysis/measure"
)

func newMeasure() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "measure",
		Short: "Measure trains, ships, cargo and lengths on a georeferenced image, with their uncertainty",
		Long: `Measure prints what it finds as a table, or with --csv as rows with image, time, place, length, interval, method and
version, one an object.`,
		Example: `  sightline measure trains datasets/simulated-yard/simulated-yard-2023-10-06.tif --rails datasets/simulated-yard/tracks.geojson
  sightline measure length image.tif 130.640,42.420 130.643,42.421`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return misuse("unknown command %q%s; see: sightline measure --help", args[0], suggestion(cmd, args[0]))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(measureTrains(), measureShips(), measureCargo(), measureLength())
	return cmd
}

// measured is anything measured: a table as text, and rows.
type measured interface {
	shown
	Rows() []measure.Row
}

// report prints results and writes their page, if one is asked for.
func report(cmd *cobra.Command, asCSV bool, page, image string, results ...measured) error {
	if err := show(cmd.OutOrStdout(), asCSV, results...); err != nil {
		return err
	}
	out := cmd.OutOrStdout()
	if asCSV {
		out = cmd.ErrOrStderr() // the rows stay rows
	}
	all := make([]shown, len(results))
	for i, r := range results {
		all[i] = r
	}
	return writeResults(out, page, image, "Measured on "+filepath.Base(image), all...)
}

// pageFlag adds --html.
func pageFlag(cmd *cobra.Command, page *string) {
	cmd.Flags().StringVar(page, "html", "", "write a page with tables and pictures; without a name, IMAGE.html here")
	cmd.Flags().Lookup("html").NoOptDefVal = "-"
}

// show prints results as tables, or all of their rows as CSV.
func show(w io.Writer, asCSV bool, results ...measured) error {
	if !asCSV {
		for _, r := range results {
			fmt.Fprintln(w, r)
		}
		return nil
	}
	c := csv.NewWriter(w)
	if err := c.Write(measure.Columns()); err != nil {
		return err
	}
	for _, r := range results {
		for _, row := range r.Rows() {
			if err := c.Write(row.Cells()); err != nil {
				return err
			}
		}
	}
	c.Flush()
	return c.Error()
}

func measureTrains() *cobra.Command {
	var rails, page string
	var asCSV bool
	var o measure.Rail
	cmd := &cobra.Command{
		Use:   "trains IMAGE --rails LINES.geojson",
		Short: "Measure the trains along rail lines",
		Long: `Trains reads the image along every LineString of a GeoJSON file and measures what stands on it. Tracks are named by the
feature's property name, track or ref, by its id, or by its place in the file.`,
		Example: `  sightline measure trains image.tif --rails tracks.geojson
  sightline measure trains image.tif --rails tracks.geojson --csv > trains.csv
  sightline measure trains image.tif --rails tracks.geojson --html           image.html with the profiles`,
		Args: exactly(1, "an image"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := sparing(page, args[0], rails); err != nil {
				return err
			}
			ctx, stop := interruptible(cmd.Context())
			defer stop()
			lines, err := readLines(rails)
			if err != nil {
				return &exit{unusable, err}
			}
			m, err := openImage(args[0])
			if err != nil {
				return &exit{unusable, err}
			}
			defer m.Close()
			var out []measured
			for _, l := range lines {
				o.Name = l.name
				r, err := measure.TrainsAlong(reporting(ctx, cmd.ErrOrStderr()), m, l.line, o)
				if err != nil {
					return stopped(ctx, fmt.Errorf("%s: track %s: %w", rails, l.name, err))
				}
				out = append(out, r)
			}
			return report(cmd, asCSV, page, args[0], out...)
		},
	}
	cmd.Flags().StringVar(&rails, "rails", "", "GeoJSON file of rail lines (longitude, latitude)")
	cmd.Flags().Float64Var(&o.MinLength, "min-length", 0, "metres; shorter is dropped (0: 20, more in coarse images)")
	cmd.Flags().Float64Var(&o.MaxGap, "max-gap", 0, "metres; farther apart is two trains (0: 5, more in coarse images)")
	cmd.Flags().BoolVar(&asCSV, "csv", false, "print rows as CSV")
	pageFlag(cmd, &page)
	return cmd
}

// track is a rail line and its name.
type track struct {
	name string
	line orb.LineString
}

// readLines returns the LineStrings of a GeoJSON file, named by their property name, track or ref, their id, or their
// place in the file, in this order.
func readLines(path string) ([]track, error) {
	if path == "" {
		return nil, fmt.Errorf("--rails names no file of rail lines")
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var c geojson.FeatureCollection
	if err := json.Unmarshal(b, &c); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var out []track
	for i, f := range c.Features {
		name := nameOfTrack(f, i+1)
		switch g := f.Geometry.(type) {
		case orb.LineString:
			out = append(out, track{name, g})
		case orb.MultiLineString:
			for k, l := range g {
				out = append(out, track{fmt.Sprintf("%s, part %d", name, k+1), l})
			}
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s: no LineString in %d features", path, len(c.Features))
	}
	return out, nil
}

func nameOfTrack(f *geojson.Feature, number int) string {
	for _, v := range []any{f.Properties["name"], f.Properties["track"], f.Properties["ref"], f.ID} {
		if s := fmt.Sprint(v); v != nil && s != "" {
			return s
		}
	}
	return fmt.Sprint("line ", number)
}

func measureShips() *cobra.Command {
	var asCSV bool
	var page string
	var bands []string
	var o measure.Vessels
	cmd := &cobra.Command{
		Use:   "ships IMAGE",
		Short: "Find and measure ships on water",
		Long:  "Ships finds water by its darkness in the near infrared, and what is brighter and of a ship's size on it and along its shore.",
		Example: `  sightline measure ships port.tif
  sightline measure ships port.tif --open --csv`,
		Args: exactly(1, "an image"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := sparing(page, args[0]); err != nil {
				return err
			}
			ctx, stop := interruptible(cmd.Context())
			defer stop()
			m, err := openNamed(args[0], bands)
			if err != nil {
				return &exit{unusable, err}
			}
			defer m.Close()
			r, err := measure.ShipsIn(reporting(ctx, cmd.ErrOrStderr()), m, o)
			if err != nil {
				return stopped(ctx, err)
			}
			return report(cmd, asCSV, page, args[0], r)
		},
	}
	cmd.Flags().StringVar(&o.Band, "band", "", "name or role of the band in which water is dark (default nir)")
	cmd.Flags().BoolVar(&o.Open, "open", false, "leave out what touches land")
	cmd.Flags().BoolVar(&asCSV, "csv", false, "print rows as CSV")
	bandsFlag(cmd, &bands)
	pageFlag(cmd, &page)
	return cmd
}

func measureCargo() *cobra.Command {
	var asCSV bool
	var page string
	var bands []string
	var o measure.Cover
	cmd := &cobra.Command{
		Use:   "cargo IMAGE",
		Short: "Measure the area of blue or white cover",
		Long:  "Cargo judges colours in CIE Lab and reports the threshold that it used.",
		Example: `  sightline measure cargo yard.tif
  sightline measure cargo yard.tif --colour white --threshold 85`,
		Args: exactly(1, "an image"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := sparing(page, args[0]); err != nil {
				return err
			}
			ctx, stop := interruptible(cmd.Context())
			defer stop()
			m, err := openNamed(args[0], bands)
			if err != nil {
				return &exit{unusable, err}
			}
			defer m.Close()
			r, err := measure.CargoIn(reporting(ctx, cmd.ErrOrStderr()), m, o)
			if err != nil {
				return stopped(ctx, err)
			}
			return report(cmd, asCSV, page, args[0], r)
		},
	}
	cmd.Flags().StringVar(&o.Colour, "colour", "blue", "blue or white")
	cmd.Flags().Float64Var(&o.Threshold, "threshold", 0, "of the colour index (0: chosen and reported)")
	cmd.Flags().BoolVar(&asCSV, "csv", false, "print rows as CSV")
	bandsFlag(cmd, &bands)
	pageFlag(cmd, &page)
	return cmd
}

func measureLength() *cobra.Command {
	var o measure.Marks
	cmd := &cobra.Command{
		Use:   "length IMAGE LON,LAT LON,LAT…",
		Short: "Measure a line of points on the ground",
		Long:  "Length gives the geodesic length of a line marked on an image, with its uncertainty.",
		Example: `  sightline measure length image.tif 130.640,42.420 130.643,42.421 --off-nadir 20 --height 4
  sightline measure length --off-nadir 20 image.tif -- -2.1035,0.9039 -2.105,0.9039   west or south: after --`,
		Args: atLeastOne("an image and two or more points"),
		RunE: func(cmd *cobra.Command, args []string) error {
			m, err := openImage(args[0])
			if err != nil {
				return &exit{unusable, err}
			}
			defer m.Close()
			var line orb.LineString
			for _, a := range args[1:] {
				x, y, ok := strings.Cut(a, ",")
				lon, err1 := strconv.ParseFloat(x, 64)
				lat, err2 := strconv.ParseFloat(y, 64)
				if !ok || err1 != nil || err2 != nil {
					return misuse("%q is no point: write longitude,latitude, such as 130.640,42.420", a)
				}
				line = append(line, orb.Point{lon, lat})
			}
			l, err := measure.Length(m, line, o)
			if err != nil {
				return &exit{unusable, err}
			}
			fmt.Fprintln(cmd.OutOrStdout(), l)
			return nil
		},
	}
	cmd.Flags().Float64Var(&o.End, "end-error", 0.5, "standard error of each end in pixels")
	cmd.Flags().Float64Var(&o.Blur, "blur", 0, "blur in pixels")
	cmd.Flags().Float64Var(&o.OffNadir, "off-nadir", 0, "degrees off the vertical")
	cmd.Flags().Float64Var(&o.Height, "height", 0, "height of the object in metres")
	return cmd
}

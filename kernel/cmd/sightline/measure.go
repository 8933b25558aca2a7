package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
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
	fmt.Stringer
	Rows() []measure.Row
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
	var rails string
	var asCSV bool
	var o measure.Rail
	cmd := &cobra.Command{
		Use:   "trains IMAGE --rails LINES.geojson",
		Short: "Measure the trains along rail lines",
		Long:  "Trains reads the image along every LineString of a GeoJSON file and measures what stands on it.",
		Example: `  sightline measure trains image.tif --rails tracks.geojson
  sightline measure trains image.tif --rails tracks.geojson --csv > trains.csv`,
		Args: exactly(1, "an image"),
		RunE: func(cmd *cobra.Command, args []string) error {
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
			for i, l := range lines {
				r, err := measure.TrainsAlong(reporting(ctx, cmd.ErrOrStderr()), m, l, o)
				if err != nil {
					return &exit{unusable, fmt.Errorf("%s: line %d: %w", rails, i+1, err)}
				}
				out = append(out, r)
			}
			return show(cmd.OutOrStdout(), asCSV, out...)
		},
	}
	cmd.Flags().StringVar(&rails, "rails", "", "GeoJSON file of rail lines (longitude, latitude)")
	cmd.Flags().Float64Var(&o.MinLength, "min-length", 0, "metres; shorter is dropped (0: 20, more in coarse images)")
	cmd.Flags().Float64Var(&o.MaxGap, "max-gap", 0, "metres; farther apart is two trains (0: 5, more in coarse images)")
	cmd.Flags().BoolVar(&asCSV, "csv", false, "print rows as CSV")
	return cmd
}

// readLines returns the LineStrings of a GeoJSON file.
func readLines(path string) ([]orb.LineString, error) {
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
	var out []orb.LineString
	for _, f := range c.Features {
		switch g := f.Geometry.(type) {
		case orb.LineString:
			out = append(out, g)
		case orb.MultiLineString:
			out = append(out, g...)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s: no LineString in %d features", path, len(c.Features))
	}
	return out, nil
}

func measureShips() *cobra.Command {
	var asCSV bool
	var o measure.Vessels
	cmd := &cobra.Command{
		Use:   "ships IMAGE",
		Short: "Find and measure ships on water",
		Long:  "Ships finds water by its darkness in the near infrared, and what is brighter and of a ship's size on it and along its shore.",
		Example: `  sightline measure ships port.tif
  sightline measure ships port.tif --open --csv`,
		Args: exactly(1, "an image"),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, stop := interruptible(cmd.Context())
			defer stop()
			m, err := openImage(args[0])
			if err != nil {
				return &exit{unusable, err}
			}
			defer m.Close()
			r, err := measure.ShipsIn(reporting(ctx, cmd.ErrOrStderr()), m, o)
			if err != nil {
				return &exit{unusable, err}
			}
			return show(cmd.OutOrStdout(), asCSV, r)
		},
	}
	cmd.Flags().StringVar(&o.Band, "band", "", "name or role of the band in which water is dark (default nir)")
	cmd.Flags().BoolVar(&o.Open, "open", false, "leave out what touches land")
	cmd.Flags().BoolVar(&asCSV, "csv", false, "print rows as CSV")
	return cmd
}

func measureCargo() *cobra.Command {
	var asCSV bool
	var o measure.Cover
	cmd := &cobra.Command{
		Use:   "cargo IMAGE",
		Short: "Measure the area of blue or white cover",
		Long:  "Cargo judges colours in CIE Lab and reports the threshold that it used.",
		Example: `  sightline measure cargo yard.tif
  sightline measure cargo yard.tif --colour white --threshold 85`,
		Args: exactly(1, "an image"),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, stop := interruptible(cmd.Context())
			defer stop()
			m, err := openImage(args[0])
			if err != nil {
				return &exit{unusable, err}
			}
			defer m.Close()
			r, err := measure.CargoIn(reporting(ctx, cmd.ErrOrStderr()), m, o)
			if err != nil {
				return &exit{unusable, err}
			}
			return show(cmd.OutOrStdout(), asCSV, r)
		},
	}
	cmd.Flags().StringVar(&o.Colour, "colour", "blue", "blue or white")
	cmd.Flags().Float64Var(&o.Threshold, "threshold", 0, "of the colour index (0: chosen and reported)")
	cmd.Flags().BoolVar(&asCSV, "csv", false, "print rows as CSV")
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

package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sightline-osint/sightline/analysis/sighting"
)

func newData() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "data",
		Short: "Check, describe, compare and share data sets of sightings",
		Long: `Data works on data packages of sources, looks, sightings and claims: folders with a datapackage.json, such as
datasets/korea-russia-border.`,
		Example: `  sightline data validate datasets/korea-russia-border
  sightline data template my-yard --xlsx             a workbook to fill in
  sightline data import my-yard.xlsx my-yard         checked, and made a data package`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return misuse("unknown command %q%s; see: sightline data --help", args[0], suggestion(cmd, args[0]))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(dataValidate(), dataDescribe(), dataDiff(), dataExport(), dataTemplate(), dataImport(), dataRedact(), dataSeal(), dataSimulate())
	return cmd
}

func dataValidate() *cobra.Command {
	return &cobra.Command{
		Use:     "validate DIR…",
		Short:   "List everything that is wrong with data packages",
		Long:    "Validate checks hashes, types, keys, references, times, quantities, units and zeros, and lists all findings with file, line and column.",
		Example: "  sightline data validate datasets/korea-russia-border",
		Args:    atLeastOne("a folder with a datapackage.json"),
		RunE: func(cmd *cobra.Command, args []string) error {
			bad := 0
			for _, dir := range args {
				if _, err := os.Stat(dir); err != nil {
					return misuse("%w", err)
				}
				d, err := sighting.Load(dir)
				if err == nil {
					fmt.Fprintf(cmd.OutOrStdout(), "%s: sound: %s\n", dir, d)
					continue
				}
				found := sighting.Validate(dir)
				bad += len(found)
				for _, f := range found {
					fmt.Fprintln(cmd.OutOrStdout(), filepath.Join(dir, f.File)+strings.TrimPrefix(f.String(), f.File))
				}
			}
			if bad == 1 {
				return errors.New("1 finding")
			}
			if bad > 0 {
				return fmt.Errorf("%d findings", bad)
			}
			return nil
		},
	}
}

func atLeastOne(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return misuse("name %s; see: %s --help", what, cmd.CommandPath())
		}
		return nil
	}
}

func load(dir string) (*sighting.Dataset, error) {
	if _, err := os.Stat(dir); err != nil {
		return nil, misuse("%w", err)
	}
	return sighting.Load(dir)
}

func dataDescribe() *cobra.Command {
	return &cobra.Command{
		Use:     "describe DIR",
		Short:   "Say what a data package holds: places, looks, zeros, conflicts, effort, hashes",
		Example: "  sightline data describe datasets/korea-russia-border",
		Args:    exactly(1, "a folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := load(args[0])
			if err != nil {
				return err
			}
			out := cmd.OutOrStdout()
			fmt.Fprintf(out, "%s\n%s\n\n%s\n\nEffort that is stated\n%s\n", d.Title, d, d.Describe(), d.All().Effort())
			for _, c := range d.All().Conflicts() {
				fmt.Fprintf(out, "\n%s\n", c)
			}
			for _, c := range d.All().Chains() {
				fmt.Fprintf(out, "\nretellings of %s\n%s\n", c.Root, c)
			}
			fmt.Fprintf(out, "\n%s\n", d.Provenance())
			return nil
		},
	}
}

func dataDiff() *cobra.Command {
	return &cobra.Command{
		Use:     "diff BEFORE AFTER",
		Short:   "List the records and cells in which two data packages differ",
		Long:    "Diff compares record by record. The exit status is 0 if there is no difference and 1 if there is one.",
		Example: "  sightline data diff datasets/korea-russia-border ../my-copy",
		Args:    exactly(2, "two folders"),
		RunE: func(cmd *cobra.Command, args []string) error {
			before, err := load(args[0])
			if err != nil {
				return err
			}
			after, err := load(args[1])
			if err != nil {
				return err
			}
			d := sighting.Diff(before, after)
			fmt.Fprint(cmd.OutOrStdout(), d)
			if len(d) > 0 {
				return &exit{status: failure}
			}
			return nil
		},
	}
}

func dataExport() *cobra.Command {
	var format, what, place, from, to, output string
	cmd := &cobra.Command{
		Use:   "export DIR",
		Short: "Write a table as CSV, GeoJSON, JSON lines or Parquet, or the sources as BibTeX or CSL-JSON",
		Example: `  sightline data export datasets/korea-russia-border --format geojson -o border.geojson
  sightline data export datasets/korea-russia-border --table sources --format bibtex
  sightline data export datasets/korea-russia-border --at tumangang --from 2023-09-13 --to 2023-10-31`,
		Args: exactly(1, "a folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := load(args[0])
			if err != nil {
				return err
			}
			s := d.All()
			if place != "" {
				s = s.At(place)
			}
			if from != "" || to != "" {
				s = s.Between(or(from, "1678-01-01"), or(to, "2261-12-31"))
			}
			if s.Err() != nil {
				return &exit{unusable, s.Err()}
			}
			for _, w := range s.Warnings() {
				fmt.Fprintln(cmd.ErrOrStderr(), "note: "+w)
			}
			return writeTo(cmd, output, func(w io.Writer) error { return s.Export(w, what, format) })
		},
	}
	cmd.Flags().StringVarP(&format, "format", "f", "csv", "`FORMAT`: "+strings.Join(sighting.ExportFormats(), ", "))
	cmd.Flags().StringVarP(&what, "table", "t", "sightings", "`TABLE`: "+strings.Join(sighting.ExportTables(), ", "))
	cmd.Flags().StringVar(&place, "at", "", "only this `PLACE` and what is part of it")
	cmd.Flags().StringVar(&from, "from", "", "only from this `DAY` on")
	cmd.Flags().StringVar(&to, "to", "", "only up to this `DAY`")
	cmd.Flags().StringVarP(&output, "output", "o", "", "write to `FILE` instead of standard output")
	return cmd
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// writeTo writes to standard output or to a file that appears only when it is complete.
func writeTo(cmd *cobra.Command, path string, write func(io.Writer) error) error {
	if path == "" {
		return write(cmd.OutOrStdout())
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return misuse("%w", err)
	}
	defer os.Remove(f.Name())
	err = write(f)
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	return err
}

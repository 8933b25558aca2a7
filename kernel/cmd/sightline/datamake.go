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
	"github.com/sightline-osint/sightline/analysis/sighting/ais"
)

// nameOf makes the name of a data package of a path.
func nameOf(path string) string {
	base := strings.ToLower(strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)))
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '.' || r == '-' || r == '_' {
			return r
		}
		return '-'
	}, base)
}

func dataTemplate() *cobra.Command {
	var xlsx, force bool
	cmd := &cobra.Command{
		Use:   "template DIR",
		Short: "Make an empty data package, or a workbook, to fill in",
		Long: `Template makes a folder with empty tables and their schema. With --xlsx it writes DIR.xlsx instead, an Excel workbook
with the same tables, lists to choose from and a guide; sightline data import makes it a data package. What is there
already is not replaced; --force replaces a workbook.`,
		Example: "  sightline data template my-yard\n  sightline data template my-yard --xlsx",
		Args:    exactly(1, "a folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if xlsx {
				path := strings.TrimSuffix(args[0], ".xlsx") + ".xlsx"
				if _, err := os.Lstat(path); err == nil && !force {
					return misuse("%s is there already and is not replaced; --force replaces it, with all that was filled in", path)
				}
				if err := new(sighting.Dataset).SaveWorkbook(path); err != nil {
					return err
				}
				fmt.Fprintln(cmd.OutOrStdout(), path)
				return nil
			}
			if err := sighting.WriteTemplate(args[0], sighting.Meta{Name: nameOf(args[0]), Version: "0.1.0"}); err != nil {
				return err
			}
			fmt.Fprintln(cmd.OutOrStdout(), args[0])
			return nil
		},
	}
	cmd.Flags().BoolVar(&xlsx, "xlsx", false, "write an Excel workbook")
	cmd.Flags().BoolVar(&force, "force", false, "with --xlsx: replace a workbook that is there already")
	return cmd
}

func dataImport() *cobra.Command {
	var m sighting.Meta
	var force bool
	cmd := &cobra.Command{
		Use:   "import WORKBOOK.xlsx DIR",
		Short: "Check a filled-in workbook and make it a data package",
		Long: `Import checks every cell of a workbook and writes the tables as a data package. A folder that holds a package or CSV
files already is left alone, so that nothing edited by hand is lost; --force replaces the tables in it.`,
		Example: "  sightline data import my-yard.xlsx my-yard --title \"Traffic at my yard\" --licence CC-BY-4.0",
		Args:    exactly(2, "a workbook and a folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if there := tablesIn(args[1]); len(there) > 0 && !force {
				return misuse("%s holds %s already; nothing was written. Import into a new folder and compare (sightline data diff), "+
					"or replace the tables with --force: what was edited in them by hand is lost", args[1], strings.Join(there, ", "))
			}
			m.Name = nameOf(args[1])
			d, err := sighting.ReadWorkbook(args[0], m)
			if err != nil {
				return err
			}
			if err := d.Save(args[1]); err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s: %s\n", args[1], d)
			sayLeftOut(cmd, "sheets that were not read", d)
			return nil
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "replace the data package that is in DIR")
	cmd.Flags().StringVar(&m.Title, "title", "", "title of the data package")
	cmd.Flags().StringVar(&m.Version, "set-version", "0.1.0", "version of the data package")
	cmd.Flags().StringVar(&m.Licence, "licence", "", "SPDX identifier of its licence")
	return cmd
}

// tablesIn names the files in dir that belong to a data package: its description, its hashes, its tables.
func tablesIn(dir string) []string {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil // there is no such folder, or Save says what is wrong with it
	}
	var names []string
	for _, e := range entries {
		if n := e.Name(); n == "datapackage.json" || n == "SHA256SUMS" || strings.EqualFold(filepath.Ext(n), ".csv") {
			names = append(names, n)
		}
	}
	return names
}

func dataRedact() *cobra.Command {
	var r sighting.Redaction
	var force bool
	cmd := &cobra.Command{
		Use:   "redact DIR OUT",
		Short: "Write a copy of a data package that holds less, for sharing",
		Long: `Redact drops columns, makes dates coarser and rounds positions. Columns that every record needs cannot be dropped;
those that need a reason for being empty hold "[withheld]". Only the tables are copied; other files are named, not copied. Notes may repeat what was withheld: drop them as well.`,
		Example: "  sightline data redact my-yard shared --drop note --drop sightings.observer --dates month --grid 0.1",
		Args:    exactly(2, "a folder to read and a folder to write"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if there := tablesIn(args[1]); len(there) > 0 && !force {
				return misuse("%s holds %s already, which would be replaced; choose another folder, or say --force", args[1], strings.Join(there, ", "))
			}
			d, err := load(args[0])
			if err != nil {
				return err
			}
			out, err := d.Redact(r)
			if err != nil {
				return &exit{unusable, err}
			}
			if err := out.Save(args[1]); err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s: %s\n", args[1], out)
			sayLeftOut(cmd, "not copied, look for yourself what may be shared", out)
			return nil
		},
	}
	cmd.Flags().StringArrayVar(&r.Drop, "drop", nil, "drop this `COLUMN` (table.column, or column in every table)")
	cmd.Flags().StringVar(&r.DatesTo, "dates", "", "make dates no finer than day, month or year")
	cmd.Flags().Float64Var(&r.PositionsToDeg, "grid", 0, "round positions to this many `DEGREES`")
	cmd.Flags().BoolVar(&force, "force", false, "replace what OUT holds")
	return cmd
}

// sayLeftOut names what a copy does not hold.
func sayLeftOut(cmd *cobra.Command, what string, d *sighting.Dataset) {
	if names := d.LeftOut(); len(names) > 0 {
		fmt.Fprintf(cmd.OutOrStdout(), "%s: %s\n", what, strings.Join(names, ", "))
	}
}

func dataSeal() *cobra.Command {
	return &cobra.Command{
		Use:     "seal DIR",
		Short:   "Accept the files of a data package as they are: write their hashes anew",
		Example: "  sightline data seal my-yard",
		Args:    exactly(1, "a folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := sighting.Seal(args[0]); err != nil {
				return err
			}
			fmt.Fprintln(cmd.OutOrStdout(), args[0]+": sealed")
			return nil
		},
	}
}

func dataSimulate() *cobra.Command {
	var s ais.Simulation
	var output string
	cmd := &cobra.Command{
		Use:     "simulate ais",
		Short:   "Write simulated ship positions, for exercises with large tables",
		Long:    "Simulate writes SIMULATED positions of ships as CSV: no ship was ever there. Equal seeds give equal files.",
		Example: "  sightline data simulate ais --rows 10000000 --seed 1 -o ais.csv",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 || args[0] != "ais" {
				return misuse("say what to simulate: sightline data simulate ais; see --help")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			if s.Rows <= 0 {
				return misuse("--rows must be above 0")
			}
			ctx, stop := interruptible(cmd.Context())
			defer stop()
			if output != "" {
				ctx = reporting(ctx, cmd.ErrOrStderr())
			}
			err := writeTo(cmd, output, func(w io.Writer) error { return s.Write(ctx, w) })
			if err != nil && ctx.Err() != nil {
				what := "interrupted"
				if output != "" {
					what += ": " + output + " was not written"
				}
				return &exit{interrupted(ctx), errors.New(what)}
			}
			return err
		},
	}
	cmd.Flags().IntVar(&s.Rows, "rows", 100_000, "number of positions")
	cmd.Flags().IntVar(&s.Ships, "ships", 0, "number of ships (default: one for every 5,000 positions)")
	cmd.Flags().Uint64Var(&s.Seed, "seed", 1, "seed of the generator")
	cmd.Flags().StringVarP(&output, "output", "o", "", "write to `FILE` instead of standard output")
	return cmd
}

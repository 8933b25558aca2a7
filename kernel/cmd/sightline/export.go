package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sightline-osint/sightline/kernel/internal/notebook"
)

func newExport() *cobra.Command {
	var output string
	cmd := &cobra.Command{
		Use:   "export NOTEBOOK…",
		Short: "Write a notebook's web page without running it",
		Long: `Export writes the web page of notebooks as they are, with the outputs that they hold. The page holds everything it
shows: it opens offline, on a phone too, and prints well. Without -o it is written beside the notebook.`,
		Example: `  sightline export analysis.ipynb                 writes analysis.html
  sightline export analysis.ipynb -o page.html`,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) == 0:
				return misuse("name a notebook to export; see: sightline export --help")
			case len(args) > 1 && output != "":
				return misuse("-o takes one notebook; %d were given", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			for _, path := range args {
				n, err := notebook.Open(path)
				if err != nil {
					return &exit{unusable, err}
				}
				to := output
				if err := noFolder("-o", output, strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))+".html"); err != nil {
					return err
				}
				if to == "" {
					to = strings.TrimSuffix(path, filepath.Ext(path)) + ".html"
				}
				if err := notebook.WriteFile(to, n.HTML(notebook.Page{Dir: filepath.Dir(path), Missing: notEmbedded(cmd.ErrOrStderr(), to)})); err != nil {
					return err
				}
				fmt.Fprintln(cmd.OutOrStdout(), to)
			}
			return nil
		},
	}
	cmd.Flags().StringVarP(&output, "output", "o", "", "write the page to `FILE`")
	return cmd
}

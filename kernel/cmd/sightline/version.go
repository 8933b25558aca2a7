package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Say which build this is",
		Long:    "Version prints the version of Sightline, the commit it was built from if that is known, and the Go release it was\nbuilt with.",
		Example: "  sightline version",
		Args:    exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(cmd.OutOrStdout(), describeBuild())
			return err
		},
	}
}

// buildVersion is the module's version, or "devel".
func buildVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "devel"
}

func describeBuild() string {
	text := "sightline " + buildVersion()
	if info, ok := debug.ReadBuildInfo(); ok {
		settings := map[string]string{}
		for _, s := range info.Settings {
			settings[s.Key] = s.Value
		}
		if commit := settings["vcs.revision"]; commit != "" {
			text += " commit " + commit[:min(12, len(commit))]
			if settings["vcs.modified"] == "true" {
				text += " (modified)"
			}
			if t := settings["vcs.time"]; t != "" {
				text += " of " + t
			}
		}
	}
	return fmt.Sprintf("%s, %s %s/%s", text, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

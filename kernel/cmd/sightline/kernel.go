package main

import (
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/sightline-osint/sightline/kernel"
	"github.com/sightline-osint/sightline/kernel/install"
)

func newKernel() *cobra.Command {
	var engine engineFlag
	cmd := &cobra.Command{
		Use:   "kernel CONNECTION_FILE",
		Short: "Be the kernel of a front end (Jupyter starts this)",
		Long: `Kernel serves one Jupyter front end through the sockets that the connection file names, until the front
end shuts it down. Jupyter starts it by itself; "sightline install" tells Jupyter how.

SIGHTLINE_MEMORY limits the memory of a session: 4G, 800M, 50% or off; the default is 75% of the machine's.
SIGHTLINE_HISTORY names the file that keeps what was run, for the history of consoles; off keeps nothing. The default is
sightline/history.jsonl in Jupyter's data directory.`,
		Example: "  sightline kernel /run/user/1000/jupyter/kernel-1234.json",
		Args:    exactly(1, "one connection file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if extended := kernel.Extended(); extended != "" && engine.name == "go" {
				return kernel.Become(extended, "kernel", args[0])
			}
			i, err := engine.open()
			if err != nil {
				return err
			}
			memory, err := kernel.MemoryLimit()
			if err != nil {
				return err
			}
			return kernel.Serve(cmd.Context(), kernel.Config{ConnectionFile: args[0], Interp: i, Render: render, Version: buildVersion(), HistoryFile: historyFile(), MemoryLimit: memory})
		},
	}
	engine.register(cmd)
	return cmd
}

// historyFile is where the kernel keeps its history, or empty for nowhere.
func historyFile() string {
	switch path := os.Getenv("SIGHTLINE_HISTORY"); path {
	case "":
	case "off":
		return ""
	default:
		return path
	}
	dir, err := install.UserDataDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "sightline", "history.jsonl")
}

package main

import (
	"github.com/spf13/cobra"

	"github.com/sightline-osint/sightline/kernel"
)

func newKernel() *cobra.Command {
	var engine engineFlag
	cmd := &cobra.Command{
		Use:   "kernel CONNECTION_FILE",
		Short: "Be the kernel of a front end (Jupyter starts this)",
		Long: `Kernel serves one Jupyter front end through the sockets that the connection file names, until the front
end shuts it down. Jupyter starts it by itself; "sightline install" tells Jupyter how.

SIGHTLINE_MEMORY limits the memory of a session: 4G, 800M, 50% or off; the default is 75% of the machine's.`,
		Example: "  sightline kernel /run/user/1000/jupyter/kernel-1234.json",
		Args:    exactly(1, "one connection file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			i, err := engine.open()
			if err != nil {
				return err
			}
			return kernel.Serve(cmd.Context(), kernel.Config{ConnectionFile: args[0], Interp: i, Render: render, Version: buildVersion()})
		},
	}
	engine.register(cmd)
	return cmd
}

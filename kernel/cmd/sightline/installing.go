package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/sightline-osint/sightline/kernel/install"
)

// placeFlags say which data directory of Jupyter is meant.
type placeFlags struct {
	user, sysPrefix bool
	prefix          string
}

func (p *placeFlags) register(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&p.user, "user", false, "the user's own Jupyter directory, or JUPYTER_DATA_DIR (default)")
	cmd.Flags().BoolVar(&p.sysPrefix, "sys-prefix", false, "the active Python environment (virtualenv, conda)")
	cmd.Flags().StringVar(&p.prefix, "prefix", "", "an installation `DIR`, such as /usr/local: below it, share/jupyter")
}

func (p *placeFlags) dataDir(cmd *cobra.Command) (string, error) {
	switch {
	case p.user && p.sysPrefix || p.user && p.prefix != "" || p.sysPrefix && p.prefix != "":
		return "", misuse("--user, --sys-prefix and --prefix exclude each other; see: %s --help", cmd.CommandPath())
	case p.prefix != "":
		return install.PrefixDataDir(p.prefix)
	case p.sysPrefix:
		prefix, err := install.SysPrefix(cmd.Context())
		if err != nil {
			return "", &exit{unusable, err}
		}
		return install.PrefixDataDir(prefix)
	}
	return install.UserDataDir()
}

// extensions are the JupyterLab extensions that come with the kernel.
func extensions() []install.Extension { return nil }

func newInstall() *cobra.Command {
	var place placeFlags
	cmd := &cobra.Command{
		Use:   "install",
		Short: "Add the kernel to Jupyter",
		Long: `Install adds the kernel "Go (Sightline)" to the Jupyter you have, so that JupyterLab, VS Code, jupyter console and
nbconvert offer it. It writes one directory; "sightline uninstall" removes it. A program that was started by "go run" is
copied there, since go removes it afterwards.`,
		Example: `  sightline install                       for you alone
  sightline install --sys-prefix          into the active virtualenv or conda environment
  sudo sightline install --prefix /usr/local   for all users`,
		Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			dataDir, err := place.dataDir(cmd)
			if err != nil {
				return err
			}
			dir, err := installKernel(dataDir)
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "installed the kernel %q in %s\n", install.DisplayName, dir)
			return nil
		},
	}
	place.register(cmd)
	return cmd
}

// installKernel installs this program into a data directory.
func installKernel(dataDir string) (string, error) {
	exe, err := os.Executable()
	if err != nil {
		return "", err
	}
	return install.Install(install.Options{DataDir: dataDir, Executable: exe, Extensions: extensions()})
}

func newUninstall() *cobra.Command {
	var place placeFlags
	cmd := &cobra.Command{
		Use:     "uninstall",
		Short:   "Remove the kernel from Jupyter",
		Long:    "Uninstall removes what \"sightline install\" with the same options wrote, and nothing else.",
		Example: "  sightline uninstall\n  sightline uninstall --sys-prefix",
		Args:    exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			dataDir, err := place.dataDir(cmd)
			if err != nil {
				return err
			}
			var names []string
			for _, e := range extensions() {
				names = append(names, e.Name)
			}
			removed, err := install.Uninstall(dataDir, names...)
			for _, path := range removed {
				fmt.Fprintln(cmd.OutOrStdout(), "removed", path)
			}
			if err == nil && len(removed) == 0 {
				fmt.Fprintln(cmd.OutOrStdout(), "not installed in", dataDir)
			}
			return err
		},
	}
	place.register(cmd)
	return cmd
}

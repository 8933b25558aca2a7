//go:build !unix

package magic

import "os/exec"

func ownGroup(*exec.Cmd) {}

func endGroup(cmd *exec.Cmd, _ <-chan struct{}) { cmd.Process.Kill() }

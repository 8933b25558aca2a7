//go:build !unix

package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"
)

// canSupervise says that notebooks can be run by a process that is watched. Elsewhere than on Unix, Ctrl-C cannot be handed
// on to it.
const canSupervise = false

func supervise(context.Context, *cobra.Command, job) (int, error) {
	return failure, errors.ErrUnsupported
}

// Command echokernel is a whole kernel process with the echo interpreter, for tests of what only a process can show: signals,
// the death of the parent, captured descriptors.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/sightline-osint/sightline/kernel"
	"github.com/sightline-osint/sightline/kernel/internal/interp/echo"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: echokernel CONNECTION_FILE")
		os.Exit(2)
	}
	if err := kernel.Serve(context.Background(), kernel.Config{ConnectionFile: os.Args[1], Interp: echo.New()}); err != nil {
		fmt.Fprintln(os.Stderr, "echokernel:", err)
		os.Exit(1)
	}
}

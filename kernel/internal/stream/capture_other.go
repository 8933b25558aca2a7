//go:build !unix && !windows

package stream

import "errors"

func (c *Capture) redirect() error {
	return errors.New("stream: standard output cannot be redirected here")
}

func (c *Capture) repair() {}

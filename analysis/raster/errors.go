package raster

import (
	"errors"
	"fmt"
)

// FormatError says which file, and where known which tag of it, cannot be used, and why.
type FormatError struct {
	File  string
	Tag   string // "StripOffsets (273)", or empty
	Cause string
}

// Error returns "raster: file: tag: cause".
func (e *FormatError) Error() string {
	if e.Tag == "" {
		return fmt.Sprintf("raster: %s: %s", e.File, e.Cause)
	}
	return fmt.Sprintf("raster: %s: tag %s: %s", e.File, e.Tag, e.Cause)
}

// ErrNoPlace is the cause when a place or a length on the ground is asked of an image that is not georeferenced.
var ErrNoPlace = errors.New("the image has no coordinate system that is known here")

// ErrClosed is the cause when an image is read after Close.
var ErrClosed = errors.New("the image is closed")

package errors

import "errors"

// As is the function of the compiled package.
func As(err error, target any) bool { return errors.As(err, target) }

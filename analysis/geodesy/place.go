package geodesy

import (
	"fmt"

	"github.com/paulmach/orb"
)

// PlaceError is the error of a point that is no place on the earth.
type PlaceError struct{ Point orb.Point }

// Error names the offending coordinates.
func (e *PlaceError) Error() string {
	return fmt.Sprintf("geodesy: longitude %v, latitude %v is no place on the earth", e.Point[0], e.Point[1])
}

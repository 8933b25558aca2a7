package measure

import (
	"errors"
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"github.com/sightline-osint/sightline/analysis/geodesy"
	"github.com/sightline-osint/sightline/analysis/raster"
)

// Marks say how well the ends of a length were marked by hand and how the image was taken. The zero value means ends
// marked to half a pixel, straight from above, on ground distances good to one in a thousand.
type Marks struct {
	End      float64 // standard error of each end along the line, in pixels; 0 means 0.5
	Blur     float64 // standard deviation of the image's blur in pixels; it moves an edge where the sides differ in contrast
	OffNadir float64 // degrees off the vertical
	Height   float64 // metres of the object above the ground; with OffNadir its top leans
	Ground   float64 // relative standard error of the ground distance; 0 means 0.001
}

// Length returns the geodesic length of a line of two or more points (longitude, latitude) drawn on an image, with its
// uncertainty. Fewer points, places outside the image and images without a coordinate system give an error.
//
// The variances of the ends, of blur (a quarter of it each end), of leaning (height times the tangent of the angle, as a
// standard error at one end) and of the ground distance are added. Points in between count as exact.
func Length(m *raster.Image, line orb.LineString, o Marks) (Estimate, error) {
	if m == nil || len(line) < 2 {
		return Estimate{}, fmt.Errorf("measure: a length needs an image and at least two points, not %d", len(line))
	}
	if !(o.End >= 0 && o.Blur >= 0 && o.OffNadir >= 0 && o.OffNadir < 80 && o.Height >= 0 && o.Ground >= 0) {
		return Estimate{}, fmt.Errorf("measure: errors of %+v", o)
	}
	var ends float64
	for i, p := range line {
		c, r, err := m.Geo.Pixel(p)
		if err != nil {
			return Estimate{}, fmt.Errorf("measure: %s: %w", m.Name, err)
		}
		if c < 0 || r < 0 || c > float64(m.Width) || r > float64(m.Height) {
			return Estimate{}, fmt.Errorf("measure: %s: point %d (%v) lies outside of the image", m.Name, i+1, p)
		}
		if i != 0 && i != len(line)-1 {
			continue
		}
		dx, dy, err := m.Geo.GroundDistance(c, r)
		if err != nil {
			return Estimate{}, err
		}
		end := o.End
		if end == 0 {
			end = 0.5
		}
		px := math.Max(dx, dy)
		ends += square(end*px) + square(o.Blur*px/4)
	}
	d, err := geodesy.PathLength(line)
	if err != nil {
		return Estimate{}, err
	}
	ground := o.Ground
	if ground == 0 {
		ground = 0.001
	}
	lean := o.Height * math.Tan(o.OffNadir*math.Pi/180)
	return Estimate{Value: d, SE: math.Sqrt(ends + square(lean) + square(ground*d)), Unit: "m"}, nil
}

// groundOf returns the metres on the ground of an image's pixels; what is not above zero is an error.
func groundOf(m *raster.Image) (dx, dy float64, err error) {
	if m == nil {
		return 0, 0, errors.New("measure: no image")
	}
	dx, dy, err = m.GroundDistance()
	if err == nil && !(dx > 0 && dy > 0 && dx < 1e6 && dy < 1e6) {
		err = fmt.Errorf("pixels of %v by %v m on the ground", dx, dy)
	}
	if err != nil {
		return 0, 0, fmt.Errorf("measure: %s: %w", m.Name, err)
	}
	return dx, dy, nil
}

func square(x float64) float64 { return x * x }

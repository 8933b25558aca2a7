package scene

import (
	"fmt"
	"math"
)

// Sensor is how a scene is seen. The zero value of everything but GSD is a perfect sensor under a clear sky.
type Sensor struct {
	GSD    float64    // metres on the ground a pixel, 0.1 to 100
	Blur   float64    // standard deviation of the point spread in pixels; 0.5 is usual
	Noise  float64    // standard deviation of the noise in reflectance; 0.005 is usual
	Haze   float64    // 0 to 0.9: share of the light that is haze
	Light  float64    // factor on the brightness; 0 means 1
	Shift  [2]float64 // pixels right and down by which the picture lies off, from looking aside
	Clouds float64    // 0 to 0.9: share of the picture under cloud, about
	Seed   uint64     // of noise and clouds; scenes of one place differ in it by date
}

func (s Sensor) check() error {
	ok := func(v, low, high float64) bool { return v >= low && v <= high }
	if !ok(s.GSD, 0.1, 100) || !ok(s.Blur, 0, 10) || !ok(s.Noise, 0, 1) || !ok(s.Haze, 0, 0.9) || !ok(s.Light, 0, 10) || !ok(s.Clouds, 0, 0.9) ||
		!(math.Abs(s.Shift[0]) < 1000 && math.Abs(s.Shift[1]) < 1000) {
		return fmt.Errorf("scene: a sensor of %+v cannot be rendered", s)
	}
	return nil
}

// reflectance of a surface in blue, green, red and near infrared.
type reflectance [4]float64

// Colour names what a wagon, a tarpaulin or a ship looks like.
type Colour string

// The colours. Grey is what is taken for an unknown one.
const (
	Blue  Colour = "blue"
	White Colour = "white"
	Grey  Colour = "grey"
	Brown Colour = "brown"
	Green Colour = "green"
)

func (c Colour) reflectance() reflectance {
	switch c {
	case Blue:
		return reflectance{0.34, 0.20, 0.09, 0.24}
	case White:
		return reflectance{0.60, 0.61, 0.61, 0.58}
	case Brown:
		return reflectance{0.14, 0.19, 0.30, 0.36}
	case Green:
		return reflectance{0.12, 0.26, 0.14, 0.30}
	}
	return reflectance{0.33, 0.34, 0.35, 0.36}
}

func (r reflectance) times(f float64) reflectance {
	for i := range r {
		r[i] *= f
	}
	return r
}

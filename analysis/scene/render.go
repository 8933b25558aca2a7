package scene

import (
	"image"
	"math"
	"math/rand/v2"
	"time"

	"github.com/paulmach/orb"
	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// margin is the height in pixels of the strip under the measured pixels that says SIMULATED.
const margin = 18

// scale turns reflectance into the numbers of the image; 0 is kept for "missing".
const scale = 10000

// geo returns where a scene lies: on a grid of UTM zone 31 in the Gulf of Guinea whose pixels cover gsd metres on the
// ground at the top left corner.
func geo(gsd float64) (raster.Geo, error) {
	g := raster.Geo{Transform: raster.NorthUp(400000, 100000, gsd, gsd), CRS: raster.UTM(31, false)}
	g.CRS.Name = "SIMULATED: fictional place"
	dx, dy, err := g.GroundDistance(0.5, 0.5)
	g.Transform.A *= gsd / dx
	g.Transform.E *= gsd / dy
	return g, err
}

// place returns the longitude and latitude of metres right and down in a scene. It does not depend on the sensor.
func place(x, y float64) (orb.Point, error) {
	g, err := geo(1)
	if err != nil {
		return orb.Point{}, err
	}
	return g.Place(x, y)
}

// see turns a finished canvas into an image as the sensor would deliver it.
func (c *canvas) see(s Sensor, name string, taken time.Time, w, h float64) (*raster.Image, error) {
	c.blur(s.Blur)
	r := rand.New(rand.NewPCG(s.Seed, 0x51137))
	clouds := c.clouds(s, r)
	light := s.Light
	if light == 0 {
		light = 1
	}
	sky := reflectance{0.30, 0.26, 0.23, 0.20}
	width, height := c.w, c.h
	bands := make([]any, 4)
	for b := range bands {
		out := make([]uint16, width*(height+margin))
		for i, v := range c.band[b] {
			v = v*light*(1-s.Haze) + sky[b]*s.Haze
			v = v*(1-clouds[i]) + 0.75*clouds[i]
			v += s.Noise * r.NormFloat64()
			out[i] = uint16(math.Max(1, math.Min(65535, math.Round(v*scale))))
		}
		stamp(out, width, height)
		bands[b] = out
	}
	m, err := raster.New(width, height+margin, bands...)
	if err != nil {
		return nil, err
	}
	if m.Geo, err = geo(s.GSD); err != nil {
		return nil, err
	}
	m.Name, m.Taken, m.NoData = name, taken, 0
	m.Measured = raster.Window{Width: width, Height: height}
	m.Rename("blue", "green", "red", "nir")
	m.Tags = map[string]string{
		"STATUS": "SIMULATED", "TIFFTAG_IMAGEDESCRIPTION": "SIMULATED scene, no observation; fictional place",
		"REFLECTANCE_SCALE": "10000",
	}
	return m, nil
}

// stamp writes SIMULATED into the margin as often as it fits; the rest of the margin is missing.
func stamp(out []uint16, width, height int) {
	img := image.NewRGBA(image.Rect(0, 0, width, margin))
	letters := font.Drawer{Dst: img, Src: image.White, Face: basicfont.Face7x13}
	for x := 4; x < width; x += 90 {
		letters.Dot = fixed.P(x, 13)
		letters.DrawString("SIMULATED")
	}
	for y := range margin {
		for x := range width {
			if img.RGBAAt(x, y).R > 127 {
				out[(height+y)*width+x] = scale / 2
			}
		}
	}
}

// clouds returns how opaque the cloud over each pixel is.
func (c *canvas) clouds(s Sensor, r *rand.Rand) []float64 {
	out := make([]float64, c.w*c.h)
	if s.Clouds <= 0 {
		return out
	}
	t := newTexture(r.Uint64())
	size := math.Max(60, float64(max(c.w, c.h))*s.GSD/4)
	v := make([]float64, len(out))
	lowest, highest := math.Inf(1), math.Inf(-1)
	for i := range v {
		x, y := float64(i%c.w)*s.GSD, float64(i/c.w)*s.GSD
		v[i] = t.At(x/size, y/size, 7) + 0.3*t.At(x/size*4, y/size*4, 8)
		lowest, highest = math.Min(lowest, v[i]), math.Max(highest, v[i])
	}
	for range 40 { // the level above which the wanted share lies
		mid := (lowest + highest) / 2
		n := 0
		for _, x := range v {
			if x > mid {
				n++
			}
		}
		if float64(n) > s.Clouds*float64(len(v)) {
			lowest = mid
		} else {
			highest = mid
		}
	}
	for i, x := range v {
		out[i] = math.Max(0, math.Min(1, (x-lowest)*8+0.5))
		if out[i] < 0.02 {
			out[i] = 0
		}
	}
	return out
}

// Package sketch draws the small pictures that image results show themselves with: photographs with a common stretch,
// colour maps, colour bars, scale bars and north arrows, in the letters of the figures. Figures with axes are package
// chart's.
package sketch

import (
	"image"
	"image/color"
	"math"
	"sort"

	"golang.org/x/image/draw"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// Limits are the values shown black and white.
type Limits struct{ Low, High float64 }

// Percentiles returns two quantiles of the finite values of a plane, from at most 100,000 of them; 0 and 1 without any.
func Percentiles(p raster.Plane, low, high float64) (a, b float64) {
	return quantiles([]raster.Plane{p}, low, high)
}

func quantiles(planes []raster.Plane, low, high float64) (a, b float64) {
	total := 0
	for _, p := range planes {
		total += len(p.Pix)
	}
	step := max(1, total/100000)
	var v []float64
	for _, p := range planes {
		for i := 0; i < len(p.Pix); i += step {
			if x := p.Pix[i]; x-x == 0 {
				v = append(v, float64(x))
			}
		}
	}
	if len(v) == 0 {
		return 0, 1
	}
	sort.Float64s(v)
	a, b = v[int(low*float64(len(v)-1))], v[int(math.Ceil(high*float64(len(v)-1)))]
	if a == b {
		b = a + 1
	}
	return a, b
}

// Stretch returns the limits between which 98 % of the values of all the planes lie, so that several dates can be shown
// alike.
func Stretch(planes ...raster.Plane) Limits {
	a, b := quantiles(planes, 0.01, 0.99)
	return Limits{a, b}
}

// Photo draws one plane in grey or three as red, green and blue; missing pixels are pale grey.
func Photo(planes []raster.Plane, l Limits) image.Image {
	p := planes[0]
	img := image.NewRGBA(image.Rect(0, 0, p.Width, p.Height))
	level := func(v float32) uint8 {
		x := (float64(v) - l.Low) / (l.High - l.Low)
		return uint8(255*math.Pow(math.Max(0, math.Min(1, x)), 0.8) + 0.5)
	}
	for i, v := range p.Pix {
		c := color.RGBA{A: 255}
		switch {
		case v != v:
			c.R, c.G, c.B = 225, 225, 225
		case len(planes) >= 3:
			c.R, c.G, c.B = level(v), level(planes[1].Pix[i]), level(planes[2].Pix[i])
		default:
			c.R = level(v)
			c.G, c.B = c.R, c.R
		}
		img.SetRGBA(i%p.Width, i/p.Width, c)
	}
	return img
}

// ramp and signedRamp are colours that stay apart for colour-blind readers: dark to bright, and blue over white to red.
var (
	ramp       = []color.RGBA{{13, 22, 48, 255}, {53, 42, 99, 255}, {120, 50, 110, 255}, {190, 66, 90, 255}, {238, 122, 60, 255}, {252, 220, 120, 255}}
	signedRamp = []color.RGBA{{20, 70, 140, 255}, {110, 160, 205, 255}, {245, 245, 242, 255}, {225, 140, 100, 255}, {150, 30, 40, 255}}
)

func shade(v, low, high float64, signed bool) color.RGBA {
	r := ramp
	if signed {
		r = signedRamp
	}
	x := math.Max(0, math.Min(1, (v-low)/(high-low))) * float64(len(r)-1)
	i := min(int(x), len(r)-2)
	t := x - float64(i)
	mix := func(a, b uint8) uint8 { return uint8(float64(a)*(1-t) + float64(b)*t + 0.5) }
	return color.RGBA{mix(r[i].R, r[i+1].R), mix(r[i].G, r[i+1].G), mix(r[i].B, r[i+1].B), 255}
}

// Map draws a plane in colours between two values; missing pixels are pale grey.
func Map(p raster.Plane, low, high float64, signed bool) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, p.Width, p.Height))
	for i, v := range p.Pix {
		c := color.RGBA{225, 225, 225, 255}
		if v == v {
			c = shade(float64(v), low, high, signed)
		}
		img.SetRGBA(i%p.Width, i/p.Width, c)
	}
	return img
}

// Enlarge repeats the pixels of a small picture so that it is as wide as fits.
func Enlarge(p image.Image, width int) image.Image {
	b := p.Bounds()
	k := width / max(b.Dx(), b.Dy(), 1)
	if k < 2 {
		return p
	}
	img := image.NewRGBA(image.Rect(0, 0, k*b.Dx(), k*b.Dy()))
	draw.NearestNeighbor.Scale(img, img.Bounds(), p, b, draw.Src, nil)
	return img
}

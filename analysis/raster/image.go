package raster

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// Header is what is known of an image apart from its samples.
type Header struct {
	Name          string // the file's base name, or what the maker called it: the image id in a sighting
	Width, Height int
	Kind          Kind
	Bands         []Band
	Geo           Geo
	NoData        float64           // the value that means "missing"; NaN when only NaN does
	Taken         time.Time         // when the image was taken, zero when neither tags nor file name say
	Tags          map[string]string // metadata items of the file
	Sensor        string            // "Sentinel-2", "Landsat 8", "PlanetScope" or empty
	Measured      Window            // the part that shows ground, the rest being legend that reads as missing; empty means all
}

// Image is a georeferenced grid whose samples are read when asked for. It is safe for several goroutines to read.
type Image struct {
	Header
	Warnings []string // oddities that did not stop the reading

	src       source
	overviews []*Image
	mask      *Image // hides pixels where its first band is zero; nil for none
}

// Band describes one band.
type Band struct {
	Name       string  // "B04", "nir", or empty
	Role       string  // "blue", "green", "red", "nir", "swir1", "swir2", … or empty
	Wavelength float64 // centre in nanometres, 0 when unknown
}

// source gives the samples of windows that were checked to lie inside.
type source interface {
	read(w Window, bands []int, dst []any) error
	block() (width, height int)
	Close() error
}

// maxWindow is the most samples of one band that one read returns (2 GiB of float32).
const maxWindow = 1 << 29

// New returns an image in memory. Each band is a slice of width*height samples, all of one type: []uint8, []int8,
// []uint16, []int16, []uint32, []int32, []float32 or []float64. The slices are used, not copied.
//
// Sizes that do not fit, no band, and bands of different types give an error. Set Geo, NoData and the rest after.
func New(width, height int, bands ...any) (*Image, error) {
	if width < 1 || height < 1 || width > maxWindow/height {
		return nil, fmt.Errorf("raster: an image of %d x %d pixels cannot be made", width, height)
	}
	if len(bands) == 0 {
		return nil, fmt.Errorf("raster: an image needs at least one band")
	}
	kind, _ := kindOf(bands[0])
	for i, b := range bands {
		k, n := kindOf(b)
		if k == Unknown || k != kind || n != width*height {
			return nil, fmt.Errorf("raster: band %d is %T with %d samples: %d of type %v were expected", i+1, b, n, width*height, kind)
		}
	}
	return &Image{
		Header: Header{Name: "memory", Width: width, Height: height, Kind: kind, Bands: make([]Band, len(bands)),
			Geo: Geo{Transform: Identity()}, NoData: math.NaN(), Tags: map[string]string{}},
		src: &memory{width: width, height: height, kind: kind, bands: bands},
	}, nil
}

// FromPlanes returns an image in memory of float32 planes of one size.
func FromPlanes(planes ...Plane) (*Image, error) {
	bands := make([]any, len(planes))
	if len(planes) == 0 {
		return New(1, 1)
	}
	for i, p := range planes {
		bands[i] = p.Pix
	}
	return New(planes[0].Width, planes[0].Height, bands...)
}

// All returns the window of the whole image.
func (m *Image) All() Window { return Window{Width: m.Width, Height: m.Height} }

// Close releases the file; the image and its overviews cannot be read after.
func (m *Image) Close() error {
	if m.mask != nil {
		return errors.Join(m.src.Close(), m.mask.src.Close())
	}
	return m.src.Close()
}

// Block returns the size of the file's tiles or strips, the unit in which reading is cheapest.
func (m *Image) Block() (width, height int) { return m.src.block() }

// Packed reports whether samples must be decompressed block by block. Else a window of any size costs what it holds.
func (m *Image) Packed() bool {
	p, ok := m.src.(*pages)
	return ok && p.compression != compressionNone
}

// Overviews returns smaller versions of the image that the file holds, largest first.
func (m *Image) Overviews() []*Image { return append([]*Image(nil), m.overviews...) }

// Fit returns the smallest of the image and its overviews that is at least width pixels wide, else the image.
func (m *Image) Fit(width int) *Image {
	best := m
	for _, o := range m.overviews {
		if o.Width >= width && o.Width < best.Width {
			best = o
		}
	}
	return best
}

// Band returns the index of the band with a name or role, -1 without one.
func (m *Image) Band(name string) int {
	for i, b := range m.Bands {
		if b.Name == name {
			return i
		}
	}
	for i, b := range m.Bands {
		if b.Role == name {
			return i
		}
	}
	return -1
}

// Rename gives the bands names, in order, and describes those that a sensor's band is known by. More names than bands
// are ignored.
func (m *Image) Rename(names ...string) {
	for i := range min(len(names), len(m.Bands)) {
		m.Bands[i] = describe(m.Sensor, names[i])
	}
}

// GroundDistance returns the metres on the ground of one pixel at the image's centre, along rows and columns.
// See Geo.GroundDistance for other places and for the errors.
func (m *Image) GroundDistance() (dx, dy float64, err error) {
	return m.Geo.GroundDistance(float64(m.Width)/2, float64(m.Height)/2)
}

// String returns one line: name, size, bands, type, coordinate system.
func (m *Image) String() string {
	s := fmt.Sprintf("%s: %d x %d, %d × %v, %v", m.Name, m.Width, m.Height, len(m.Bands), m.Kind, m.Geo.CRS)
	if dx, dy, err := m.GroundDistance(); err == nil {
		s += fmt.Sprintf(", %.2f x %.2f m", dx, dy)
	}
	if !m.Taken.IsZero() {
		s += ", " + m.Taken.UTC().Format("2006-01-02")
	}
	return s
}

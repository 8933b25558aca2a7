package raster

import (
	"bufio"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // the formats that Open decodes
	_ "image/png"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// maxPicture is the most pixels of a PNG or JPEG that is decoded; they cannot be read by window.
const maxPicture = 1 << 28

// decodePicture reads a PNG or JPEG as an image of 8 or 16 bits with one band (grey), three (RGB) or four (RGBA).
func decodePicture(path string, r io.ReaderAt, size int64) (*Image, error) {
	bad := func(cause string) error { return &FormatError{File: path, Cause: cause} }
	c, format, err := image.DecodeConfig(io.NewSectionReader(r, 0, size))
	if err != nil {
		return nil, bad(err.Error())
	}
	if c.Width < 1 || c.Height < 1 || c.Width > maxPicture/c.Height || int64(c.Width)*int64(c.Height)/2048 > size {
		return nil, bad(fmt.Sprintf("%s header: %d x %d pixels in %d bytes", format, c.Width, c.Height, size))
	}
	pic, _, err := image.Decode(bufio.NewReader(io.NewSectionReader(r, 0, size)))
	if err != nil {
		return nil, bad(err.Error())
	}
	m, err := FromPicture(pic)
	if err != nil {
		return nil, bad(err.Error())
	}
	m.Name = filepath.Base(path)
	m.fromName(m.Name)
	return m, m.world(path)
}

// FromPicture returns a Go image as an image in memory: one band of grey, red, green and blue, or these and alpha, of
// 8 or 16 bits as the picture has. Colours are not multiplied by alpha.
func FromPicture(pic image.Image) (*Image, error) {
	names, deep := []string{"red", "green", "blue"}, false
	switch p := pic.(type) {
	case *image.Gray:
		names = []string{"grey"}
	case *image.Gray16:
		names, deep = []string{"grey"}, true
	case *image.RGBA64, *image.NRGBA64:
		deep = true
		names = append(names, "alpha")
	case *image.NRGBA, *image.RGBA:
		names = append(names, "alpha")
	case *image.Paletted:
		_ = p
		names = append(names, "alpha")
	}
	if o, ok := pic.(interface{ Opaque() bool }); ok && len(names) == 4 && o.Opaque() {
		names = names[:3]
	}
	b := pic.Bounds()
	w, h := b.Dx(), b.Dy()
	kind := Uint8
	if deep {
		kind = Uint16
	}
	bands := make([]any, len(names))
	for i := range bands {
		bands[i] = makeSamples(kind, w*h)
	}
	if !plain(pic, bands) {
		for i := range w * h {
			at := pic.At(b.Min.X+i%w, b.Min.Y+i/w)
			c := color.NRGBA64Model.Convert(at).(color.NRGBA64)
			for k, v := range []uint16{c.R, c.G, c.B, c.A}[:len(names)] {
				if deep {
					bands[k].([]uint16)[i] = v
				} else {
					bands[k].([]uint8)[i] = uint8(v >> 8)
				}
			}
		}
	}
	m, err := New(w, h, bands...)
	if err != nil {
		return nil, err
	}
	m.Rename(names...)
	return m, nil
}

// plain fills the bands with a picture's own numbers, where they lie in it as they are: Go's colours are multiplied by
// alpha, which rounds them.
func plain(pic image.Image, bands []any) bool {
	var pix []byte
	var stride, step, wide int // bytes a row, a pixel and a sample
	switch p := pic.(type) {
	case *image.Gray:
		pix, stride, step, wide = p.Pix, p.Stride, 1, 1
	case *image.Gray16:
		pix, stride, step, wide = p.Pix, p.Stride, 2, 2
	case *image.NRGBA:
		pix, stride, step, wide = p.Pix, p.Stride, 4, 1
	case *image.NRGBA64:
		pix, stride, step, wide = p.Pix, p.Stride, 8, 2
	default:
		return false
	}
	w := pic.Bounds().Dx()
	for row := range pic.Bounds().Dy() {
		line := pix[row*stride:][:w*step]
		for k, band := range bands {
			switch dst := band.(type) {
			case []uint8:
				dst = dst[row*w:][:w]
				for i := range dst {
					dst[i] = line[i*step+k*wide]
				}
			case []uint16:
				dst = dst[row*w:][:w]
				for i := range dst {
					dst[i] = uint16(line[i*step+k*wide])<<8 | uint16(line[i*step+k*wide+1])
				}
			}
		}
	}
	return true
}

// world places the image by the world file beside it; without one it stays in pixels. World files name no coordinate
// system: set Geo.CRS where it is known.
func (m *Image) world(path string) error {
	ext := filepath.Ext(path)
	base := strings.TrimSuffix(path, ext)
	tries := []string{base + ext + "w", base + ".wld"}
	if len(ext) >= 4 {
		tries = append(tries, base+ext[:2]+ext[len(ext)-1:]+"w")
	}
	for _, name := range tries { // systems that tell capitals apart
		tries = append(tries, base+strings.ToUpper(name[len(base):]), base+strings.ToLower(name[len(base):]))
	}
	for _, name := range tries {
		b, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		f := strings.Fields(string(b))
		if len(f) != 6 {
			return &FormatError{File: name, Cause: fmt.Sprintf("a world file has 6 numbers, this one %d", len(f))}
		}
		var v [6]float64
		for i, s := range f {
			if v[i], err = strconv.ParseFloat(s, 64); err != nil {
				return &FormatError{File: name, Cause: fmt.Sprintf("line %d: %q is no number", i+1, s)}
			}
		}
		t := Affine{A: v[0], D: v[1], B: v[2], E: v[3], C: v[4], F: v[5]}.Shift(-0.5, -0.5)
		if !t.sound() || math.IsNaN(t.C) {
			return &FormatError{File: name, Cause: fmt.Sprintf("the transform %v cannot be turned round", t)}
		}
		m.Geo.Transform = t
		m.Warnings = append(m.Warnings, "the world file names no coordinate system: set Geo.CRS")
		return nil
	}
	return nil
}

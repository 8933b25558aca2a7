package raster

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
)

// Open opens a TIFF, PNG or JPEG file. Of a TIFF only the directory is read now, samples when they are asked for;
// PNG and JPEG are decoded whole. A world file beside (.tfw, .pgw, .pngw, .jgw, .jpgw, .wld) places pictures, and TIFFs
// whose tags do not.
//
// A file that cannot be used gives a *FormatError with the file and the tag. JPEG 2000 is not read: the error names the
// conversion.
func Open(path string) (*Image, error) {
	f, st, err := regular(path)
	if err != nil {
		return nil, err
	}
	head := make([]byte, 16)
	n, _ := f.ReadAt(head, 0)
	head = head[:n]
	switch {
	case strings.HasPrefix(string(head), "\x89PNG") || strings.HasPrefix(string(head), "\xff\xd8\xff"):
		defer f.Close()
		return decodePicture(path, f, st.Size())
	case strings.HasPrefix(string(head), "\x00\x00\x00\x0cjP  ") || strings.HasPrefix(string(head), "\xff\x4f\xff\x51"):
		f.Close()
		base := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
		return nil, &FormatError{File: path, Cause: fmt.Sprintf("JPEG 2000 is not read: convert it with gdal_translate -of COG %s %s.tif",
			filepath.Base(path), base)}
	}
	m, err := open(path, f, st.Size(), f)
	if err != nil {
		f.Close()
		return nil, err
	}
	err = m.sidecar(path)
	if err == nil && m.Geo == (Geo{Transform: Identity()}) {
		err = m.world(path)
	}
	if err != nil {
		m.Close()
		return nil, err
	}
	return m, nil
}

// regular opens a file. Folders, and pipes and devices, which would be waited for or cannot be read by windows, give an error.
func regular(path string) (*os.File, os.FileInfo, error) {
	st, err := os.Stat(path)
	if err != nil {
		if p := new(os.PathError); errors.As(err, &p) {
			err = p.Err
		}
		return nil, nil, fmt.Errorf("raster: %s: %w", path, err)
	}
	if st.IsDir() {
		return nil, nil, &FormatError{File: path, Cause: "a folder, no image"}
	}
	if !st.Mode().IsRegular() {
		return nil, nil, &FormatError{File: path, Cause: "a pipe or device, no file: only files can be read by windows"}
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, fmt.Errorf("raster: %w", err)
	}
	return f, st, nil
}

// Decode reads a TIFF file from r, which holds size bytes; name stands in errors and becomes the image's Name.
func Decode(name string, r io.ReaderAt, size int64) (*Image, error) { return open(name, r, size, nil) }

func open(path string, r io.ReaderAt, size int64, closer io.Closer) (*Image, error) {
	c := &container{name: path, r: r, size: size}
	dirs, err := c.directories()
	if err != nil {
		return nil, err
	}
	shared, closed := &decoders{}, new(atomic.Bool)
	m, err := dirs[0].image(shared, closed)
	if err != nil {
		return nil, err
	}
	m.src.(*pages).closer = closer
	m.Name = filepath.Base(path)
	m.fromName(m.Name)
	var masks []*Image
	for i, d := range dirs[1:] {
		kind, err := d.int(tagSubfileType, 0)
		if err != nil {
			return nil, err
		}
		if kind&(1|4) == 0 {
			continue
		}
		o, err := d.image(shared, closed)
		if err != nil {
			return nil, err
		}
		if kind&4 != 0 {
			masks = append(masks, o)
			continue
		}
		if err := m.adopt(o); err != nil {
			return nil, c.fail(tagSubfileType, "overview in directory %d: %v", i+1, err)
		}
	}
	return m, m.cover(masks)
}

// cover gives image and overviews the masks of their sizes. Overviews without one are dropped when the image has one.
func (m *Image) cover(masks []*Image) error {
	for _, mask := range masks {
		for _, o := range append([]*Image{m}, m.overviews...) {
			if o.Width == mask.Width && o.Height == mask.Height && o.mask == nil {
				if err := o.attach(mask); err != nil {
					return &FormatError{File: m.Name, Tag: tagSubfileType.String(), Cause: err.Error()}
				}
				break
			}
		}
	}
	if m.mask != nil {
		m.overviews = slices.DeleteFunc(m.overviews, func(o *Image) bool { return o.mask == nil })
	}
	return nil
}

// sidecar attaches the mask that other software puts into a file of its own, named as the image with .msk behind it.
func (m *Image) sidecar(path string) error {
	name := path + ".msk"
	f, err := os.Open(name)
	if err != nil || m.mask != nil {
		if err == nil {
			f.Close()
		}
		return nil
	}
	st, err := f.Stat()
	var mask *Image
	if err == nil {
		mask, err = open(name, f, st.Size(), f)
	}
	if err != nil {
		f.Close()
		return err
	}
	if err := m.attach(mask); err != nil {
		f.Close()
		return &FormatError{File: name, Cause: err.Error()}
	}
	return m.cover(mask.overviews)
}

// adopt takes an overview, whose place, bands and missing value are the image's.
func (m *Image) adopt(o *Image) error {
	if o.Kind != m.Kind || len(o.Bands) != len(m.Bands) || o.Width > m.Width || o.Height > m.Height {
		return fmt.Errorf("%d x %d with %d × %v does not fit %d x %d with %d × %v", o.Width, o.Height, len(o.Bands), o.Kind,
			m.Width, m.Height, len(m.Bands), m.Kind)
	}
	o.Name, o.Bands, o.NoData, o.Taken, o.Tags, o.Sensor = m.Name, m.Bands, m.NoData, m.Taken, m.Tags, m.Sensor
	o.Geo = Geo{m.Geo.Transform.Scale(float64(m.Width)/float64(o.Width), float64(m.Height)/float64(o.Height)), m.Geo.CRS}
	if v := m.Measured; !v.Empty() {
		fx, fy := float64(o.Width)/float64(m.Width), float64(o.Height)/float64(m.Height)
		o.Measured = Window{Col: int(float64(v.Col)*fx + 0.999), Row: int(float64(v.Row)*fy + 0.999)}
		o.Measured.Width = int(float64(v.Col+v.Width)*fx) - o.Measured.Col
		o.Measured.Height = int(float64(v.Row+v.Height)*fy) - o.Measured.Row
	}
	m.overviews = append(m.overviews, o)
	return nil
}

// image returns a directory as an image.
func (d *directory) image(shared *decoders, closed *atomic.Bool) (*Image, error) {
	l, err := d.layout()
	if err != nil {
		return nil, err
	}
	m := &Image{Header: Header{Width: l.width, Height: l.height, Kind: l.kind, Bands: make([]Band, l.samples)}}
	if m.Geo, m.Warnings, err = d.geo(); err != nil {
		return nil, err
	}
	var warning string
	if m.NoData, warning = d.noData(); warning != "" {
		m.Warnings = append(m.Warnings, warning)
	}
	var names, colours []string
	if m.Tags, names, colours, warning = d.metadata(l.samples); warning != "" {
		m.Warnings = append(m.Warnings, warning)
	}
	for i, n := range names {
		m.Bands[i].Name = n
	}
	if err := d.colours(m, colours); err != nil {
		return nil, err
	}
	m.Taken = takenFrom(m.Tags)
	if s := m.Tags["MEASURED_WINDOW"]; s != "" {
		var w Window
		if n, _ := fmt.Sscanf(s, "%d %d %d %d", &w.Col, &w.Row, &w.Width, &w.Height); n != 4 || !w.within(l.width, l.height) {
			return nil, d.file.fail(tagGDALMetadata, "MEASURED_WINDOW %q is no window of the image", s)
		}
		m.Measured = w
	}
	empty := m.NoData
	if !d.has(tagGDALNoData) {
		empty = 0
	}
	m.src = &pages{layout: l, file: d.file, nodata: empty, shared: shared, closed: closed}
	return m, nil
}

// colours names what the tags say of bands without a name: red, green and blue of a picture of 8 bits, and alpha. What the
// metadata say comes first: GDAL marks the fourth of four bands of 8 bits as alpha, whatever it shows, and puts it right there.
func (d *directory) colours(m *Image, said []string) error {
	photometric, err := d.int(tagPhotometric, 1)
	if err != nil {
		return err
	}
	n := len(m.Bands)
	if photometric == 2 && m.Kind == Uint8 && n >= 3 && m.Bands[0].Name+m.Bands[1].Name+m.Bands[2].Name == "" &&
		(said[0] == "" || said[0] == "red") {
		m.Rename("red", "green", "blue")
	}
	if !d.has(tagExtraSamples) {
		return nil
	}
	extra, err := d.ints(tagExtraSamples)
	if err != nil {
		return err
	}
	for i, v := range extra {
		if at := n - len(extra) + i; at > 0 && (v == 1 || v == 2) && (said[at] == "" || said[at] == alphaRole) && (m.Bands[at].Name == "" || m.Bands[at].Name == alphaRole) {
			m.Bands[at] = Band{Name: alphaRole, Role: alphaRole}
			m.Warnings = append(m.Warnings, fmt.Sprintf("band %d is marked as alpha: where it is 0 the others are missing; give it another name if it shows something", at+1))
		}
	}
	return nil
}

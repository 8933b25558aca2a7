package raster

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
)

// Open opens a TIFF, PNG or JPEG file. Of a TIFF only the directory is read now, samples when they are asked for;
// PNG and JPEG are decoded whole, and placed by a world file beside them (.pgw, .pngw, .jgw, .jpgw, .wld).
//
// A file that cannot be used gives a *FormatError with the file and the tag. JPEG 2000 is not read: the error names the
// conversion.
func Open(path string) (*Image, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("raster: %w", err)
	}
	st, err := f.Stat()
	if err == nil && st.IsDir() {
		err = &FormatError{File: path, Cause: "a folder, no image"}
	}
	if err != nil {
		f.Close()
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
	return m, nil
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
	for i, d := range dirs[1:] {
		kind, err := d.int(tagSubfileType, 0)
		if err != nil {
			return nil, err
		}
		if kind&4 != 0 {
			m.Warnings = append(m.Warnings, fmt.Sprintf("directory %d is a mask that is not applied", i+1))
		}
		if kind&1 == 0 || kind&4 != 0 {
			continue
		}
		o, err := d.image(shared, closed)
		if err != nil {
			return nil, err
		}
		if err := m.adopt(o); err != nil {
			return nil, c.fail(tagSubfileType, "overview in directory %d: %v", i+1, err)
		}
	}
	return m, nil
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
	var names []string
	if m.Tags, names, warning = d.metadata(l.samples); warning != "" {
		m.Warnings = append(m.Warnings, warning)
	}
	for i, n := range names {
		m.Bands[i].Name = n
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

package raster

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// Write writes an image as a GeoTIFF, window by window. The file appears under its name when it is complete.
func Write(path string, m *Image, o WriteOptions) (err error) {
	w, err := Create(path, m.Header, o)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			w.Abort()
		}
	}()
	bands := make([]int, len(m.Bands))
	buf := make([]any, len(m.Bands))
	step := min(m.Height, max(1, w.o.Tile))
	for i := range bands {
		bands[i] = i
		buf[i] = makeSamples(m.Kind, step*m.Width)
	}
	for row := 0; row < m.Height; row += step {
		n := min(step, m.Height-row)
		win := Window{0, row, m.Width, n}
		if err = m.showing(win, bands, heads(buf, n*m.Width)); err != nil {
			return err
		}
		if err = w.WriteRows(heads(buf, n*m.Width)...); err != nil {
			return err
		}
	}
	return w.Close()
}

func heads(b []any, n int) []any {
	out := make([]any, len(b))
	for i := range b {
		out[i] = head(b[i], n)
	}
	return out
}

// Writer writes a GeoTIFF from the top row to the bottom one, holding a few rows of tiles in memory.
type Writer struct {
	h      Header
	o      WriteOptions
	path   string
	file   *os.File // under a temporary name
	big    bool
	levels []*level // the full image, then its overviews
	enc    encoders
	done   bool
}

// Create begins a GeoTIFF with the size, type, bands, place and tags of h. Close completes it, Abort drops it.
// Sizes, types and options that cannot be written give an error.
func Create(path string, h Header, o WriteOptions) (*Writer, error) {
	o, err := o.check()
	if err != nil {
		return nil, err
	}
	if h.Width < 1 || h.Height < 1 || h.Width > maxSide || h.Height > maxSide || h.Kind.Size() == 0 || len(h.Bands) == 0 || len(h.Bands) > 4096 {
		return nil, fmt.Errorf("raster: %s: %d x %d pixels with %d bands of type %v cannot be written", path, h.Width, h.Height, len(h.Bands), h.Kind)
	}
	if st, err := os.Stat(path); err == nil && !st.Mode().IsRegular() {
		return nil, fmt.Errorf("raster: %s: a folder, pipe or device, where a file is to be written", path)
	}
	w := &Writer{h: h, o: o, path: path}
	raw := float64(h.Width) * float64(h.Height) * float64(len(h.Bands)*h.Kind.Size())
	w.big = raw*1.4 > 3.9e9
	for width, height := h.Width, h.Height; ; width, height = (width+1)/2, (height+1)/2 {
		l := w.level(width, height)
		if n := len(w.levels); n > 0 {
			w.levels[n-1].next = l
		}
		w.levels = append(w.levels, l)
		if !o.Overviews || (width <= o.Tile && height <= o.Tile) {
			break
		}
	}
	dir := filepath.Dir(path)
	if w.file, err = os.CreateTemp(dir, "."+filepath.Base(path)+"-*.tmp"); err != nil {
		return nil, fmt.Errorf("raster: %w", err)
	}
	for _, l := range w.levels {
		if len(w.levels) == 1 {
			l.out, l.at = w.file, int64(len(w.directories()))
			break
		}
		if l.out, err = os.CreateTemp(dir, "."+filepath.Base(path)+"-*.tmp"); err != nil {
			w.Abort()
			return nil, fmt.Errorf("raster: %w", err)
		}
	}
	return w, nil
}

// WriteRows writes the next rows: one slice a band, of the type that Create was told, each with the same number of
// whole rows.
func (w *Writer) WriteRows(bands ...any) error {
	if w.done {
		return fmt.Errorf("raster: %s: rows after the end", w.path)
	}
	if len(bands) != len(w.h.Bands) {
		return fmt.Errorf("raster: %s: rows of %d bands for %d", w.path, len(bands), len(w.h.Bands))
	}
	_, n := kindOf(bands[0])
	for _, b := range bands {
		if k, m := kindOf(b); k != w.h.Kind || m != n || n%w.h.Width != 0 {
			return fmt.Errorf("raster: %s: %d samples of %T are no rows of %d of type %v", w.path, m, b, w.h.Width, w.h.Kind)
		}
	}
	l := w.levels[0]
	if l.taken+n/w.h.Width > w.h.Height {
		return fmt.Errorf("raster: %s: more than %d rows", w.path, w.h.Height)
	}
	return l.take(bands, 0, n/w.h.Width)
}

// Close completes the file and gives it its name. Missing rows give an error, and no file.
func (w *Writer) Close() error {
	if w.done {
		return nil
	}
	if l := w.levels[0]; l.taken != l.height {
		w.Abort()
		return fmt.Errorf("raster: %s: %d of %d rows were written", w.path, l.taken, l.height)
	}
	if err := w.assemble(); err != nil {
		w.Abort()
		return fmt.Errorf("raster: %s: %w", w.path, err)
	}
	w.done = true
	w.dropSpools()
	err := errors.Join(w.file.Chmod(0o644), w.file.Close())
	if err == nil {
		err = os.Rename(w.file.Name(), w.path)
	}
	if err != nil {
		os.Remove(w.file.Name())
	}
	return err
}

// assemble puts directories and tiles into their final order.
func (w *Writer) assemble() error {
	if len(w.levels) > 1 {
		at := int64(len(w.directories()))
		for i := len(w.levels) - 1; i >= 0; i-- {
			var err error
			if at, err = w.levels[i].copyTo(w.file, at); err != nil {
				return err
			}
		}
	}
	_, err := w.file.WriteAt(w.directories(), 0)
	return err
}

// Abort drops the file; after Close it does nothing.
func (w *Writer) Abort() {
	if w.done {
		return
	}
	w.done = true
	w.dropSpools()
	w.file.Close()
	os.Remove(w.file.Name())
}

func (w *Writer) dropSpools() {
	for _, l := range w.levels {
		if l.out != nil && l.out != w.file {
			l.out.Close()
			os.Remove(l.out.Name())
		}
	}
}

// directories returns header and directories; their length is known before the offsets are.
func (w *Writer) directories() []byte {
	b := header(w.big)
	for i, l := range w.levels {
		b = append(b, encodeDirectory(int64(len(b)), w.fields(l, i), i == len(w.levels)-1, w.big)...)
	}
	return b
}

func (w *Writer) fields(l *level, index int) []field {
	n := len(w.h.Bands)
	bits, format := make([]uint16, n), make([]uint16, n)
	for i := range n {
		bits[i], format[i] = uint16(8*w.h.Kind.Size()), sampleFormat(w.h.Kind)
	}
	photometric, extra := uint16(1), n-1
	if w.h.Kind == Uint8 && n >= 3 && w.h.Bands[0].Role == "red" && w.h.Bands[1].Role == "green" && w.h.Bands[2].Role == "blue" {
		photometric, extra = 2, n-3
	}
	at, counts := make([]int64, l.across*l.down), make([]int64, l.across*l.down)
	copy(at, l.offsets)
	copy(counts, l.counts)
	f := []field{
		longs(tagWidth, int64(l.width)), longs(tagLength, int64(l.height)), shorts(tagBits, bits...),
		shorts(tagCompression, w.o.code()), shorts(tagPhotometric, photometric), shorts(tagSamples, uint16(n)),
		shorts(tagPlanar, 1), shorts(tagPredictor, w.o.predictor(w.h.Kind)),
		longs(tagTileWidth, int64(w.o.Tile)), longs(tagTileLength, int64(w.o.Tile)),
		offsets(tagTileOffsets, w.big, at), offsets(tagTileBytes, w.big, counts), shorts(tagSampleFormat, format...),
	}
	if extra > 0 {
		kinds := make([]uint16, extra)
		for i := range kinds {
			if w.h.Bands[n-extra+i].Role == alphaRole {
				kinds[i] = 2 // opaqueness that colours were not multiplied by
			}
		}
		f = append(f, shorts(tagExtraSamples, kinds...))
	}
	if !math.IsNaN(w.h.NoData) || w.h.Kind.float() {
		s := strconv.FormatFloat(w.h.NoData, 'g', -1, 64)
		if math.IsNaN(w.h.NoData) {
			s = "nan"
		}
		f = append(f, ascii(tagGDALNoData, s))
	}
	if index > 0 {
		return append(f, longs(tagSubfileType, 1))
	}
	return append(f, w.h.describe()...)
}

// describe returns the fields that only the full image has: place, metadata, description.
func (h Header) describe() []field {
	f := []field{ascii(tagSoftware, "Sightline")}
	if s := h.Tags["TIFFTAG_IMAGEDESCRIPTION"]; s != "" {
		f = append(f, ascii(tagDescription, s))
	}
	tags := maps.Clone(h.Tags)
	if tags == nil {
		tags = map[string]string{}
	}
	if !h.Taken.IsZero() {
		tags["ACQUISITION_TIME"] = h.Taken.UTC().Format(time.RFC3339)
	}
	if h.Sensor != "" {
		tags["SENSOR"] = h.Sensor
	}
	if w := h.Measured; !w.Empty() {
		tags["MEASURED_WINDOW"] = fmt.Sprintf("%d %d %d %d", w.Col, w.Row, w.Width, w.Height)
	}
	if x := metadataXML(tags, h.Bands); x != "" {
		f = append(f, ascii(tagGDALMetadata, x))
	}
	t := h.Geo.Transform
	switch {
	case t == Identity() || !t.sound():
		return f
	case t.B == 0 && t.D == 0 && t.A > 0 && t.E < 0:
		f = append(f, doubles(tagPixelScale, t.A, -t.E, 0), doubles(tagTiepoint, 0, 0, 0, t.C, t.F, 0))
	default:
		f = append(f, doubles(tagTransformation, t.A, t.B, 0, t.C, t.D, t.E, 0, t.F, 0, 0, 0, 0, 0, 0, 0, 1))
	}
	if keys, text := h.Geo.keysOf(); keys != nil {
		f = append(f, shorts(tagGeoKeys, keys...))
		if text != "" {
			f = append(f, ascii(tagGeoASCII, text))
		}
	}
	return f
}

func sampleFormat(k Kind) uint16 {
	switch k {
	case Int8, Int16, Int32:
		return 2
	case Float32, Float64:
		return 3
	}
	return 1
}

package raster_test

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// crafted returns a little-endian TIFF with one directory of LONG tags, followed by tail.
func crafted(tags map[uint16]uint32, next uint32, tail []byte) []byte {
	le := binary.LittleEndian
	b := []byte{'I', 'I', 42, 0, 8, 0, 0, 0}
	b = le.AppendUint16(b, uint16(len(tags)))
	for t := range uint32(1 << 16) {
		if v, ok := tags[uint16(t)]; ok {
			b = le.AppendUint16(b, uint16(t))
			b = le.AppendUint16(b, 4)
			b = le.AppendUint32(b, 1)
			b = le.AppendUint32(b, v)
		}
	}
	return append(le.AppendUint32(b, next), tail...)
}

func TestHostileFilesGiveErrorsAndTakeLittleMemory(t *testing.T) {
	base := map[uint16]uint32{256: 4, 257: 4, 258: 8, 259: 1, 273: 8, 277: 1, 278: 4, 279: 16}
	with := func(kv ...uint32) map[uint16]uint32 {
		m := map[uint16]uint32{}
		for k, v := range base {
			m[k] = v
		}
		for i := 0; i < len(kv); i += 2 {
			m[uint16(kv[i])] = kv[i+1]
		}
		return m
	}
	for _, c := range []struct {
		name, want string
		file       []byte
	}{
		{"huge width", "ImageWidth (256)", crafted(with(256, 0xffffffff), 0, nil)},
		{"huge sides", "ImageLength", crafted(with(256, 1<<29, 257, 1<<29, 278, 1<<29), 0, nil)},
		{"bomb", "cannot expand", crafted(with(256, 16000, 257, 16000, 278, 16000, 259, 8), 0, nil)},
		{"bomb in zstd", "cannot expand", crafted(with(256, 16000, 257, 16000, 278, 16000, 259, 50000), 0, nil)},
		{"block too large", "RowsPerStrip", crafted(with(256, 60000, 257, 60000, 278, 60000, 259, 8), 0, nil)},
		{"circle", "circle", crafted(base, 8, nil)},
		{"offset outside", "StripOffsets (273)", crafted(with(273, 0xfffffff0), 0, nil)},
		{"count outside", "StripOffsets", crafted(with(279, 3), 0, nil)},
		{"no rows", "RowsPerStrip", crafted(with(278, 0), 0, nil)},
		{"too few strips", "StripOffsets", crafted(with(278, 1), 0, nil)},
		{"many samples", "SamplesPerPixel", crafted(with(277, 0xffffff), 0, nil)},
		{"odd bits", "BitsPerSample", crafted(with(258, 12), 0, nil)},
		{"odd compression", "Compression", crafted(with(259, 7), 0, nil)},
		{"odd predictor", "Predictor", crafted(with(317, 3), 0, nil)},
		{"zero tile", "TileWidth", crafted(with(322, 0, 323, 16, 324, 8, 325, 16), 0, nil)},
		{"garbage deflate", "StripOffsets", crafted(with(259, 8), 0, bytes.Repeat([]byte{0xaa}, 100))},
		{"garbage lzw", "StripOffsets", crafted(with(259, 5), 0, bytes.Repeat([]byte{0xaa}, 100))},
		{"garbage zstd", "StripOffsets", crafted(with(259, 50000), 0, bytes.Repeat([]byte{0xaa}, 100))},
	} {
		t.Run(c.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			m, err := raster.Decode("evil.tif", bytes.NewReader(c.file), int64(len(c.file)))
			if err == nil && m.Width > 100 && m.Width < 1<<20 {
				_, err = m.Plane(raster.Window{Width: 10, Height: 10}, 0)
			} else if err == nil {
				_, err = m.Plane(m.All(), 0)
			}
			runtime.ReadMemStats(&after)
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "evil.tif") {
				t.Errorf("%v", err)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 64<<20 {
				t.Errorf("%d MiB were taken for a file of %d bytes", used>>20, len(c.file))
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.tif")
	masked, _ := filepath.Glob("testdata/masked/*.tif*")
	for _, name := range append(files, masked...) {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := raster.Decode("fuzz.tif", bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		w := raster.Window{Width: min(m.Width, 64), Height: min(m.Height, 64)}
		_, _ = m.Read(w, 0)
		w.Col, w.Row = m.Width-w.Width, m.Height-w.Height
		_, _ = m.Read(w, len(m.Bands)-1)
		for _, o := range m.Overviews() {
			_, _ = o.Read(raster.Window{Width: 1, Height: 1}, 0)
		}
		_, _, _ = m.GroundDistance()
		_ = m.String()
	})
}

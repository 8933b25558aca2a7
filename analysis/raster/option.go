package raster

import "fmt"

// Compression is how a written file's tiles are packed.
type Compression string

// The compressions that are written. Integers are differenced before (predictor 2), floats split (predictor 3).
const (
	Deflate Compression = "deflate" // every reader knows it; the default
	ZSTD    Compression = "zstd"    // faster; GDAL since 2.3
	None    Compression = "none"
)

// WriteOptions say how a GeoTIFF is written. The zero value gives deflated tiles of 512 x 512 without overviews.
type WriteOptions struct {
	Compression Compression
	Tile        int  // side of a tile in pixels, a multiple of 16 up to 4096; 0 means 512
	Overviews   bool // COG layout: halved versions down to one tile, directories first, then small to large
}

func (o WriteOptions) check() (WriteOptions, error) {
	if o.Tile == 0 {
		o.Tile = 512
	}
	if o.Tile < 16 || o.Tile > 4096 || o.Tile%16 != 0 {
		return o, fmt.Errorf("raster: tiles of %d pixels: a multiple of 16 from 16 to 4096 is needed", o.Tile)
	}
	switch o.Compression {
	case "":
		o.Compression = Deflate
	case Deflate, ZSTD, None:
	default:
		return o, fmt.Errorf("raster: compression %q: deflate, zstd and none are written", o.Compression)
	}
	return o, nil
}

func (o WriteOptions) code() uint16 {
	switch o.Compression {
	case Deflate:
		return compressionDeflate
	case ZSTD:
		return compressionZSTD
	}
	return compressionNone
}

// predictor returns the predictor that goes with a kind of samples.
func (o WriteOptions) predictor(k Kind) uint16 {
	switch {
	case o.Compression == None:
		return 1
	case k.float():
		return 3
	}
	return 2
}

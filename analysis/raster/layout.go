package raster

// layout is how a directory stores its samples, checked against the file's size.
type layout struct {
	width, height   int
	kind            Kind
	samples         int  // a pixel
	bit             bool // a sample is one bit, and a byte in memory
	planar          bool
	tiled           bool
	blockW, blockH  int
	across, down    int
	compression     int64
	predictor       int64
	offsets, counts []int64
}

// The largest decoded block, and the largest image side, that are accepted.
const (
	maxBlock = 256 << 20
	maxSide  = 1 << 30
)

// layout reads and checks the tags that say how samples are stored.
func (d *directory) layout() (*layout, error) {
	l := &layout{}
	if err := d.size(l); err != nil {
		return nil, err
	}
	if err := d.samples(l); err != nil {
		return nil, err
	}
	if err := d.blocks(l); err != nil {
		return nil, err
	}
	return l, d.coding(l)
}

func (d *directory) size(l *layout) error {
	for _, s := range []struct {
		t  tag
		to *int
	}{{tagWidth, &l.width}, {tagLength, &l.height}} {
		v, err := d.int(s.t, 0)
		if err != nil {
			return err
		}
		if v < 1 || v > maxSide {
			return d.file.fail(s.t, "%d pixels", v)
		}
		*s.to = int(v)
	}
	return nil
}

func (d *directory) samples(l *layout) error {
	n, err := d.int(tagSamples, 1)
	if err != nil {
		return err
	}
	if n < 1 || n > 4096 {
		return d.file.fail(tagSamples, "%d samples a pixel", n)
	}
	l.samples = int(n)
	bits, err := d.same(tagBits, 1, l.samples)
	if err != nil {
		return err
	}
	format, err := d.same(tagSampleFormat, 1, l.samples)
	if err != nil {
		return err
	}
	kinds := map[[2]int64]Kind{
		{8, 1}: Uint8, {8, 2}: Int8, {16, 1}: Uint16, {16, 2}: Int16, {32, 1}: Uint32, {32, 2}: Int32,
		{32, 3}: Float32, {64, 3}: Float64, {8, 4}: Uint8, {16, 4}: Uint16, {32, 4}: Uint32,
	}
	k, ok := kinds[[2]int64{bits, format}]
	if bits == 1 && format == 1 && l.samples == 1 {
		k, ok, l.bit = Uint8, true, true
	}
	if !ok {
		return d.file.fail(tagBits, "samples of %d bits in format %d are not read: convert with gdal_translate -ot", bits, format)
	}
	l.kind = k
	planar, err := d.int(tagPlanar, 1)
	if err != nil {
		return err
	}
	if planar != 1 && planar != 2 {
		return d.file.fail(tagPlanar, "%d is neither 1 (chunky) nor 2 (planar)", planar)
	}
	l.planar = planar == 2 && l.samples > 1
	return nil
}

// same returns the one value that a tag has for every sample.
func (d *directory) same(t tag, missing int64, samples int) (int64, error) {
	if !d.has(t) {
		return missing, nil
	}
	v, err := d.ints(t)
	if err != nil {
		return 0, err
	}
	if len(v) == 0 || (len(v) != 1 && len(v) < samples) {
		return 0, d.file.fail(t, "%d values for %d samples", len(v), samples)
	}
	for _, x := range v[:min(len(v), samples)] {
		if x != v[0] {
			return 0, d.file.fail(t, "bands of different types (%d and %d) in one file are not read", v[0], x)
		}
	}
	return v[0], nil
}

func (d *directory) blocks(l *layout) error {
	at, bytes := tagStripOffsets, tagStripBytes
	if d.has(tagTileOffsets) || d.has(tagTileWidth) {
		l.tiled = true
		at, bytes = tagTileOffsets, tagTileBytes
		for _, s := range []struct {
			t  tag
			to *int
		}{{tagTileWidth, &l.blockW}, {tagTileLength, &l.blockH}} {
			v, err := d.int(s.t, 0)
			if err != nil {
				return err
			}
			if v < 1 || v > 1<<16 {
				return d.file.fail(s.t, "%d pixels", v)
			}
			*s.to = int(v)
		}
	} else {
		v, err := d.int(tagRowsPerStrip, int64(l.height))
		if err != nil {
			return err
		}
		if v < 1 {
			return d.file.fail(tagRowsPerStrip, "%d rows", v)
		}
		l.blockW, l.blockH = l.width, int(min(v, int64(l.height)))
	}
	l.across = (l.width + l.blockW - 1) / l.blockW
	l.down = (l.height + l.blockH - 1) / l.blockH
	var err error
	if l.offsets, err = d.ints(at); err != nil {
		return err
	}
	planes := 1
	if l.planar {
		planes = l.samples
	}
	if need := int64(l.across) * int64(l.down); need > int64(len(l.offsets)/planes) {
		return d.file.fail(at, "%d entries, %d blocks in %d planes were expected", len(l.offsets), need, planes)
	}
	if l.counts, err = d.ints(bytes); err != nil {
		if d.has(bytes) || l.tiled || len(l.offsets) != 1 {
			return err
		}
		l.counts = []int64{max(0, d.file.size-l.offsets[0])} // old writers leave the count out
	}
	if len(l.counts) < len(l.offsets) {
		return d.file.fail(bytes, "%d entries for %d offsets", len(l.counts), len(l.offsets))
	}
	return nil
}

func (d *directory) coding(l *layout) error {
	var err error
	if l.compression, err = d.int(tagCompression, compressionNone); err != nil {
		return err
	}
	switch l.compression {
	case compressionNone, compressionLZW, compressionDeflate, compressionOldZip, compressionPackbit, compressionZSTD:
	default:
		return d.file.fail(tagCompression, "compression %d%s is not read: convert with gdal_translate -co COMPRESS=DEFLATE",
			l.compression, map[int64]string{6: " (old JPEG)", 7: " (JPEG)", 34712: " (JPEG 2000)", 34887: " (LERC)",
				34925: " (LZMA)", 50001: " (WebP)", 50002: " (JPEG XL)", 2: " (CCITT)", 3: " (CCITT)", 4: " (CCITT)"}[l.compression])
	}
	if l.predictor, err = d.int(tagPredictor, 1); err != nil {
		return err
	}
	if l.predictor < 1 || l.predictor > 3 || (l.predictor == 3 && !l.kind.float()) {
		return d.file.fail(tagPredictor, "predictor %d does not go with %v samples", l.predictor, l.kind)
	}
	if l.bit && l.predictor != 1 {
		return d.file.fail(tagPredictor, "predictor %d does not go with samples of one bit", l.predictor)
	}
	if l.compression == compressionNone || l.compression == compressionPackbit {
		l.predictor = 1 // the tag means nothing here, and other readers pass over it
	}
	if l.compression != compressionNone && l.rowBytes() > maxBlock/int64(l.blockH) {
		return d.file.fail(tagRowsPerStrip, "compressed blocks of %d x %d pixels are larger than %d MiB: rewrite with gdal_translate -co TILED=YES",
			l.blockW, l.blockH, maxBlock>>20)
	}
	return nil
}

// inBlock returns how many samples a pixel has in one block.
func (l *layout) inBlock() int {
	if l.planar {
		return 1
	}
	return l.samples
}

// rowBytes returns the bytes of one row of a block.
func (l *layout) rowBytes() int64 {
	if l.bit {
		return (int64(l.blockW) + 7) / 8
	}
	return int64(l.blockW) * int64(l.inBlock()) * int64(l.kind.Size())
}

// rowsOf returns how many rows a block in a row of blocks holds: the last strip may be shorter, tiles are padded.
func (l *layout) rowsOf(blockRow int) int {
	if l.tiled {
		return l.blockH
	}
	return min(l.blockH, l.height-blockRow*l.blockH)
}

// index returns the number of a block in the tag's list.
func (l *layout) index(blockCol, blockRow, plane int) int {
	i := blockRow*l.across + blockCol
	if l.planar {
		i += plane * l.across * l.down
	}
	return i
}

package raster

import "fmt"

// tag is a TIFF tag; the names are those of the TIFF 6.0, GeoTIFF and GDAL documents.
type tag uint16

const (
	tagSubfileType     tag = 254
	tagWidth           tag = 256
	tagLength          tag = 257
	tagBits            tag = 258
	tagCompression     tag = 259
	tagPhotometric     tag = 262
	tagDescription     tag = 270
	tagStripOffsets    tag = 273
	tagSamples         tag = 277
	tagRowsPerStrip    tag = 278
	tagStripBytes      tag = 279
	tagPlanar          tag = 284
	tagSoftware        tag = 305
	tagDateTime        tag = 306
	tagPredictor       tag = 317
	tagTileWidth       tag = 322
	tagTileLength      tag = 323
	tagTileOffsets     tag = 324
	tagTileBytes       tag = 325
	tagExtraSamples    tag = 338
	tagSampleFormat    tag = 339
	tagPixelScale      tag = 33550
	tagTiepoint        tag = 33922
	tagTransformation  tag = 34264
	tagGeoKeys         tag = 34735
	tagGeoDoubles      tag = 34736
	tagGeoASCII        tag = 34737
	tagGDALMetadata    tag = 42112
	tagGDALNoData      tag = 42113
	compressionNone        = 1
	compressionLZW         = 5
	compressionDeflate     = 8
	compressionOldZip      = 32946
	compressionPackbit     = 32773
	compressionZSTD        = 50000
)

// String returns the tag's name and number, as errors show it.
func (t tag) String() string {
	names := map[tag]string{
		tagSubfileType: "NewSubfileType", tagWidth: "ImageWidth", tagLength: "ImageLength", tagBits: "BitsPerSample",
		tagCompression: "Compression", tagPhotometric: "PhotometricInterpretation", tagStripOffsets: "StripOffsets",
		tagSamples: "SamplesPerPixel", tagRowsPerStrip: "RowsPerStrip", tagStripBytes: "StripByteCounts",
		tagPlanar: "PlanarConfiguration", tagPredictor: "Predictor", tagTileWidth: "TileWidth", tagTileLength: "TileLength",
		tagTileOffsets: "TileOffsets", tagTileBytes: "TileByteCounts", tagSampleFormat: "SampleFormat",
		tagPixelScale: "ModelPixelScaleTag", tagTiepoint: "ModelTiepointTag", tagTransformation: "ModelTransformationTag",
		tagGeoKeys: "GeoKeyDirectoryTag", tagGeoDoubles: "GeoDoubleParamsTag", tagGeoASCII: "GeoAsciiParamsTag",
		tagGDALMetadata: "GDAL_METADATA", tagGDALNoData: "GDAL_NODATA", tagDescription: "ImageDescription",
		tagDateTime: "DateTime", tagSoftware: "Software", tagExtraSamples: "ExtraSamples",
	}
	if n, ok := names[t]; ok {
		return fmt.Sprintf("%s (%d)", n, uint16(t))
	}
	return fmt.Sprintf("%d", uint16(t))
}

"""Writes the TIFF files beside it with GDAL (rasterio): one small pattern in many codings. Run by hand."""
import os, numpy as np, rasterio, warnings
from rasterio.transform import from_origin
from rasterio.enums import Resampling
warnings.filterwarnings("ignore")
W, H = 37, 29

def pattern(kind, bands):
    b, r, c = np.mgrid[0:bands, 0:H, 0:W]
    v = (c * 7 + r * 13 + b * 29) % 120
    return {"uint8": v, "int8": v - 60, "uint16": v * 500, "int16": (v - 60) * 100, "uint32": v * 30000000,
            "int32": (v - 60) * 100000, "float32": v + 0.25, "float64": v * 1e-9 + 1e9}[kind].astype(kind)

def make(name, kind, bands=1, crs="EPSG:32652", t=from_origin(630000, 4696000, 3, 3), nodata=None, **co):
    with rasterio.open(name + ".tif", "w", driver="GTiff", width=W, height=H, count=bands, dtype=kind, crs=crs, transform=t,
                       nodata=nodata, **co) as d:
        d.write(pattern(kind, bands))

tiles = dict(tiled=True, blockxsize=16, blockysize=16)
for k in ["uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "float64"]:
    make(f"{k}-none-strips", k)
    make(f"{k}-deflate-tiles", k, compress="deflate", **tiles)
for c in ["lzw", "zstd", "packbits"]:
    make(f"uint16-{c}-strips", "uint16", compress=c)
for c in ["lzw", "deflate", "zstd"]:
    for k in ["uint8", "int16", "int32", "uint16"]:
        make(f"{k}-{c}-predictor2-3bands", k, bands=3, compress=c, predictor=2, **tiles)
    make(f"float32-{c}-predictor3-2bands", "float32", bands=2, compress=c, predictor=3, **tiles)
make("float64-deflate-predictor3-big", "float64", compress="deflate", predictor=3, ENDIANNESS="BIG", **tiles)
make("float32-zstd-predictor3-bigtiff-big", "float32", compress="zstd", predictor=3, BIGTIFF="YES", ENDIANNESS="BIG")
make("int16-lzw-predictor2-big", "int16", bands=2, compress="lzw", predictor=2, ENDIANNESS="BIG")
make("uint32-none-big", "uint32", bands=2, ENDIANNESS="BIG", interleave="band")
make("uint16-deflate-planar", "uint16", bands=3, compress="deflate", interleave="band", predictor=2, **tiles)
make("uint8-none-planar-bigtiff", "uint8", bands=4, BIGTIFF="YES", interleave="band")
make("uint8-place-mercator", "uint8", crs="EPSG:3857", t=from_origin(14360000, 4185000, 10, 10))
make("uint8-place-degrees", "uint8", crs="EPSG:4326", t=from_origin(130.5, 42.5, 0.001, 0.001))
make("uint8-place-affine", "uint8", crs=None, t=from_origin(100, 200, 2, 3))
make("uint8-place-none", "uint8", crs=None, t=rasterio.Affine.identity())
make("uint8-place-lambert", "uint8", crs="EPSG:2154", t=from_origin(650000, 6860000, 10, 10))
make("uint8-place-turned", "uint8", t=from_origin(630000, 4696000, 3, 3) * rasterio.Affine.rotation(30))
make("int16-nodata", "int16", nodata=-6000)
make("uint8-sparse", "uint8", compress="deflate", SPARSE_OK="TRUE", **tiles)
with rasterio.open("uint8-sparse.tif", "w", driver="GTiff", width=W, height=H, count=1, dtype="uint8", compress="deflate",
                   SPARSE_OK="TRUE", nodata=9, **tiles) as d:
    d.write(np.full((1, 4, 4), 77, "uint8"), window=rasterio.windows.Window(0, 0, 4, 4))
with rasterio.open("uint8-point.tif", "w", driver="GTiff", width=W, height=H, count=1, dtype="uint8", crs="EPSG:32652",
                   transform=from_origin(630000, 4696000, 3, 3)) as d:
    d.update_tags(AREA_OR_POINT="Point", ACQUISITION_DATE="2023-09-24"); d.set_band_description(1, "nir"); d.write(pattern("uint8", 1))
with rasterio.open("uint16-overviews.tif", "w", driver="GTiff", width=100, height=90, count=1, dtype="uint16", compress="deflate", **tiles) as d:
    d.write((np.arange(9000).reshape(1, 90, 100)).astype("uint16"))
with rasterio.open("uint16-overviews.tif", "r+") as d:
    d.build_overviews([2, 4], Resampling.average)
# Masks: pixels whose column and row add up to a multiple of 3 are hidden.
os.makedirs("masked", exist_ok=True)
seen = np.add.outer(np.arange(H), np.arange(W)) % 3 != 0
for name, inside in (("inside", True), ("beside", False)):
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=inside):
        make(f"masked/{name}", "uint16", bands=2, compress="deflate", **tiles)
        with rasterio.open(f"masked/{name}.tif", "r+") as d:
            d.write_mask(seen)
            if inside: d.build_overviews([2], Resampling.nearest)
with rasterio.open("masked/alpha.tif", "w", driver="GTiff", width=W, height=H, count=4, dtype="uint8", photometric="RGB", ALPHA="YES",
                   crs="EPSG:32652", transform=from_origin(630000, 4696000, 3, 3)) as d:
    d.write(np.concatenate([pattern("uint8", 3), np.where(seen, 255, 0).astype("uint8")[None]]))

# GDAL's COG driver marks the fourth band of 8 bits as alpha in ExtraSamples and takes it back in GDAL_METADATA
from rasterio.shutil import copy
with rasterio.io.MemoryFile() as f:
    with f.open(driver="GTiff", width=14, height=12, count=4, dtype="uint8", crs="EPSG:32652", photometric="minisblack", ALPHA="NO",
                transform=rasterio.transform.from_origin(630000, 4696000, 3, 3)) as d:
        v = np.random.default_rng(3).integers(0, 255, (4, 12, 14)).astype("uint8")
        v[3, :6] = 0
        d.write(v)
    copy(f.name, "masked/cog-no-alpha.tif", driver="COG", BLOCKSIZE=128, COMPRESS="DEFLATE")

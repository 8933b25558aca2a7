"""Writes random TIFF files with GDAL (rasterio) for cross_test.go, each with its samples as plain float64 beside it, NaN where
GDAL's mask says that they are missing; or, given 'check', reads what cross_test.go wrote. usage: cross.py FOLDER SEED COUNT | check"""
import glob, json, os, sys, warnings
import numpy as np, rasterio
from rasterio.enums import ColorInterp
from rasterio.shutil import copy
from rasterio.transform import from_origin
warnings.filterwarnings("ignore")
folder = sys.argv[1]

def check():
    n = 0
    for f in sorted(glob.glob(folder + "/ours-*.tif")):
        want = np.fromfile(f[:-4] + ".raw", "<f8")
        with rasterio.open(f) as d:
            got = np.where(d.read_masks() > 0, d.read().astype("f8"), np.nan)
            assert got.size == want.size and np.array_equal(got.ravel(), want, equal_nan=True), f
            for k in d.overviews(1):
                d.read(out_shape=(d.count, max(1, d.height // k), max(1, d.width // k)))
        n += 1
    print(n, "files agree")

def make(i, r):
    kind = r.choice(["uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "float64"])
    w, h, n = int(r.choice([1, 2, 17, 64, 100, 257])), int(r.choice([1, 3, 16, 65, 130])), int(r.integers(1, 6))
    o = dict(driver="GTiff", width=w, height=h, count=n, dtype=kind, crs=str(r.choice(["EPSG:32652", "EPSG:4326", "EPSG:3857"])),
             transform=from_origin(100, 40, 0.01, 0.01), interleave=str(r.choice(["pixel", "band"])), photometric="minisblack", ALPHA="NO")
    o["compress"] = str(r.choice(["none", "deflate", "lzw", "zstd", "packbits"]))
    if o["compress"] in ("deflate", "lzw", "zstd"):
        o["predictor"] = int(r.choice([1, 2, 3] if kind.startswith("f") else [1, 2]))
        if o["predictor"] == 2 and kind.startswith("f"):
            o["predictor"] = 3
    if r.random() < 0.5:
        o.update(tiled=True, blockxsize=int(r.choice([16, 32, 128])), blockysize=int(r.choice([16, 48, 128])))
    elif r.random() < 0.5:
        o["blockysize"] = int(r.integers(1, h + 1))
    if r.random() < 0.3: o["BIGTIFF"] = "YES"
    if r.random() < 0.3: o["ENDIANNESS"] = "BIG"
    info = None if kind.startswith("f") else np.iinfo(kind)
    v = r.normal(size=(n, h, w)) * 1000 if info is None else r.integers(info.min, info.max, (n, h, w), endpoint=True)
    v = v.astype(kind)
    v[:, : h // 2] = v[:, :1, :1]  # something that compresses
    how = str(r.choice(["", "nodata", "mask", "alpha", "nan"]))
    if how == "nodata": o["nodata"] = float(v[0, 0, 0]) if info is not None else -9999.0
    if how == "nodata" and info is None: v[r.random(v.shape) < 0.1] = -9999
    if how == "nan" and info is None: v[r.random(v.shape) < 0.1] = np.nan
    if how == "alpha" and n < 2: how = "mask"
    name = f"{folder}/gdal-{i:03d}"
    gone = r.random((h, w)) < 0.3
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=bool(r.random() < 0.7)):
        if how == "alpha":
            o["ALPHA"] = "YES"
            v[n - 1] = np.where(gone, 0, 1 if info is None else max(1, info.max))
        with rasterio.open(name + ".tif", "w", **o) as d:
            if how == "mask": d.write_mask(~gone)
            d.write(v)
        cog = r.random() < 0.2 and kind != "int8" and how not in ("alpha",) and w * h > 4
        if cog:
            copy(name + ".tif", name + "-c.tif", driver="COG", BLOCKSIZE=16 * int(r.integers(8, 12)), COMPRESS=str(r.choice(["DEFLATE", "LZW", "ZSTD"])))
            os.replace(name + "-c.tif", name + ".tif")
            if os.path.exists(name + ".tif.msk"): os.remove(name + ".tif.msk")
    with rasterio.open(name + ".tif") as d:
        x = np.where(d.read_masks() > 0, d.read().astype("f8"), np.nan)
        if ColorInterp.alpha in d.colorinterp:  # GDAL itself goes by alpha only with two and four bands
            k = d.colorinterp.index(ColorInterp.alpha)
            x = np.where(d.read(k + 1) != 0, d.read().astype("f8"), np.nan)
            x[k] = d.read(k + 1)
    x.astype("<f8").tofile(name + ".raw")
    json.dump({k: str(y) for k, y in o.items()} | {"missing": how, "cog": bool(cog)}, open(name + ".json", "w"))

if sys.argv[2] == "check":
    check()
else:
    r = np.random.default_rng(int(sys.argv[2]))
    for i in range(int(sys.argv[3])):
        make(i, r)

"""Reads the files that write_test.go wrote with GDAL (rasterio) and compares samples, place, tags, overviews."""
import glob, sys, os, numpy as np, rasterio
n = 0
for f in sorted(glob.glob(sys.argv[1] + "/*.tif")):
    with rasterio.open(f) as d:
        k = d.dtypes[0]
        assert os.path.basename(f).startswith(k), (f, k)
        b, r, c = np.mgrid[0:2, 0:130, 0:150]
        v = (c * 7 + r * 13 + b * 29) % 120
        want = {"uint8": v, "int8": v - 60, "uint16": v * 500, "int16": (v - 60) * 100, "uint32": v * 30000000,
                "int32": (v - 60) * 100000, "float32": v + 0.25, "float64": v * 1e-9 + 1e9}[k].astype(k)
        assert (d.read() == want).all(), f
        assert d.crs.to_epsg() == 32652 and d.transform[:6] == (3, 0, 630000, 0, -3, 4696000), (f, d.crs, d.transform)
        assert d.descriptions == ("red", "nir") and d.tags()["STATUS"] == "SIMULATED & <fictional>", (f, d.tags())
        assert d.nodata == want[0, 3, 3], (f, d.nodata)
        assert d.overviews(1) == ([] if "none" in f else [2, 4]), (f, d.overviews(1))
        n += 1
assert n == 24, n
print(n, "files agree, GDAL", rasterio.__gdal_version__)

"""What bench/main.go compares with: the same tasks with OpenCV, scikit-image, NumPy and GDAL (rasterio).

usage: peer.py FOLDER SIZE TASK...; one JSON object a line: task, peer, and ms (the best of several, of one or two when they take over 40 s) or error."""
import json, os, shutil, subprocess, sys, time

folder, size, chosen = sys.argv[1], int(sys.argv[2]), sys.argv[3:]


def timed(task, peer, make):
    if chosen and task not in chosen:
        return
    try:
        work = make()
        best, first, times = 1e18, time.perf_counter(), 0
        while True:
            start = time.perf_counter()
            work()
            now = time.perf_counter()
            best, times = min(best, now - start), times + 1
            if now - first > 40 or times >= 3 and (now - first > 2 or times >= 30):
                break  # the rule of bench/main.go, but what is slow enough may be told after one round or two
        print(json.dumps({"task": task, "peer": peer, "ms": best * 1000}), flush=True)
    except Exception as e:  # a peer that does not run is reported, not left out
        print(json.dumps({"task": task, "peer": peer, "error": f"{type(e).__name__}: {e}"}), flush=True)


def path(name):
    return os.path.join(folder, name)


def date(name, side=None):
    import rasterio
    with rasterio.open(path(f"raw-{name}.tif")) as d:
        return d.read(window=((0, side), (0, side))) if side else d.read()


def cva_numpy():
    import numpy as np
    a, b = date("before"), date("after")

    def work():
        s = np.zeros(a.shape[1:], np.float32)
        for k in range(len(a)):
            d = b[k].astype(np.float32) - a[k]
            s += d * d
        return np.sqrt(s)
    return work


def cva_opencv():
    import cv2
    a, b = date("before"), date("after")

    def work():
        s = None
        for k in range(len(a)):
            d = cv2.subtract(b[k], a[k], dtype=cv2.CV_32F)
            s = cv2.multiply(d, d) if s is None else cv2.accumulateSquare(d, s)
        return cv2.sqrt(s)
    return work


def cva_otsu():
    from skimage.filters import threshold_otsu
    work = cva_numpy()
    return lambda: threshold_otsu(work())


def ssim_skimage():
    from skimage.metrics import structural_similarity
    a, b = (date(n, 2048)[0].astype("float32") for n in ("before", "after"))
    return lambda: structural_similarity(a, b, data_range=4000, full=True)


def ssim_opencv():
    import cv2
    a, b = (date(n, 2048)[0].astype("float32") for n in ("before", "after"))

    def work():
        box = lambda x: cv2.boxFilter(x, cv2.CV_32F, (7, 7))
        n = 49 / 48
        ma, mb = box(a), box(b)
        va, vb, ab = n * (box(a * a) - ma * ma), n * (box(b * b) - mb * mb), n * (box(a * b) - ma * mb)
        c1, c2 = (0.01 * 4000) ** 2, (0.03 * 4000) ** 2
        return (2 * ma * mb + c1) * (2 * ab + c2) / ((ma * ma + mb * mb + c1) * (va + vb + c2))
    return work


def regions_opencv():
    import cv2, numpy as np
    m = np.fromfile(path("mask.bin"), np.uint8).reshape(size, size)
    return lambda: cv2.connectedComponentsWithStats(m, connectivity=8)


def phase_opencv():
    import cv2
    a, b = (date(n, 2048)[0].astype("float32") for n in ("before", "after"))
    w = cv2.createHanningWindow(a.shape[::-1], cv2.CV_32F)
    return lambda: cv2.phaseCorrelate(a, b, w)


def reading(coding):
    def make():
        import numpy as np, rasterio
        out = np.empty((4, size, size), np.uint16)

        def work():
            with rasterio.open(path(f"{coding}-before.tif")) as d:
                d.read(out=out)
        return work
    return make


def blocks():
    import numpy as np, rasterio

    def work():
        with rasterio.open(path("raw-before.tif")) as a, rasterio.open(path("raw-after.tif")) as b:
            profile = dict(driver="GTiff", width=a.width, height=a.height, count=1, dtype="float32", tiled=True,
                           blockxsize=512, blockysize=512, crs=a.crs, transform=a.transform)
            with rasterio.open(path("peer.tif"), "w", **profile) as out:
                for _, w in a.block_windows(1):
                    d = b.read(window=w).astype(np.float32) - a.read(window=w)
                    out.write(np.sqrt((d * d).sum(0)), 1, window=w)
    return work


def gdal_calc(*options):
    tool = shutil.which("gdal_calc.py") or shutil.which("gdal_calc")
    if not tool:
        raise FileNotFoundError("gdal_calc is not installed")
    args = [tool, "--overwrite", "--quiet", "--type=Float32", "--outfile=" + path("calc.tif"), "--calc=sqrt(" + "+".join(
        f"({b}.astype(float32)-{a})**2" for a, b in zip("ABCD", "EFGH")) + ")"]
    for i, letter in enumerate("ABCDEFGH"):
        args += [f"-{letter}", path("raw-before.tif" if i < 4 else "raw-after.tif"), f"--{letter}_band={i % 4 + 1}"]
    args += [f"--co={o}" for o in options]
    return lambda: subprocess.run(args, check=True)


timed("cva", "opencv", cva_opencv)
timed("cva", "numpy", cva_numpy)
timed("cvaotsu", "numpy + skimage", cva_otsu)
timed("ssim", "opencv", ssim_opencv)
timed("ssim", "skimage", ssim_skimage)
timed("regions", "opencv with stats", regions_opencv)
timed("phase", "opencv float32", phase_opencv)
for coding in ("raw", "zstd", "deflate"):
    timed(coding, "rasterio", reading(coding))
timed("file", "gdal_calc", gdal_calc)
timed("file", "gdal_calc to tiles", lambda: gdal_calc("TILED=YES", "BLOCKXSIZE=512", "BLOCKYSIZE=512"))
timed("file", "rasterio + numpy by blocks", blocks)

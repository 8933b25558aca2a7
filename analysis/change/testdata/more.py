"""Reads the pair that make.py made and writes, with numpy alone, what further scores of it should be. Run by hand."""
import json, numpy as np, rasterio
A, B = (rasterio.open(n + ".tif").read().astype(float) for n in ("before", "after"))
n, H, W = A.shape
ratio = np.minimum(A, B) / np.maximum(A, B)
dot = (A * B).sum(0) / np.sqrt((A * A).sum(0) * (B * B).sum(0))
index = lambda X, high, low: (X[high] - X[low]) / (X[high] + X[low])
z = lambda X: (X - X.mean((1, 2), keepdims=True)) / X.std((1, 2), keepdims=True)
d = np.sqrt(((B - A) ** 2).sum(0))


def between(v):  # Otsu's measure of every cut between two values that differ
    v = np.sort(v.ravel())
    k, c = np.arange(1, v.size), np.cumsum(v)
    j = k * (v.size - k) * (c[:-1] / k - (c[-1] - c[:-1]) / (v.size - k)) ** 2
    return v[int(np.where(v[:-1] < v[1:], j, -1).argmax())]


def normal_groups(v):  # Kittler and Illingworth's error of every cut
    v = np.sort(v.ravel()) - v.min()
    k, c, q = np.arange(1, v.size), np.cumsum(v), np.cumsum(v * v)
    low, high = q[:-1] / k - (c[:-1] / k) ** 2, (q[-1] - q[:-1]) / (v.size - k) - ((c[-1] - c[:-1]) / (v.size - k)) ** 2
    p = k / v.size
    with np.errstate(all="ignore"):
        j = 1 + p * np.log(low) + (1 - p) * np.log(high) - 2 * (p * np.log(p) + (1 - p) * np.log(1 - p))
    fine = (np.ptp(v) / 1024) ** 2 / 12
    j[(v[:-1] == v[1:]) | (low <= fine) | (high <= fine)] = np.inf
    return v[int(j.argmin())] + d.min()


def corner(v):  # Rosin's, in steps by Freedman and Diaconis
    count, edge = np.histogram(v, "fd")
    peak, end = int(count.argmax()), int(np.flatnonzero(count)[-1])
    x = np.arange(peak, end + 1)
    line = count[peak] + (count[end] - count[peak]) * (x - peak) / (end - peak)
    at = peak + int((line - count[peak:end + 1]).argmax())
    return (edge[at] + edge[at + 1]) / 2


def two_means(v):
    a, b = v.min() + np.ptp(v) / 4, v.min() + 3 * np.ptp(v) / 4
    for _ in range(1000):
        low = v <= (a + b) / 2
        a, b = v[low].mean(), v[~low].mean()
    return (a + b) / 2


side = 4
tiles = np.array([d[y:y + side, x:x + side].ravel() for y in range(0, H - side + 1, side) for x in range(0, W - side + 1, side)])
values, vectors = np.linalg.eigh(np.cov(tiles.T, ddof=0))
values, vectors = values[::-1], vectors[:, ::-1]
basis = vectors[:, :int(np.searchsorted(np.cumsum(values) / values.sum(), 0.9)) + 1]
clip = lambda v, size: min(max(v - side // 2, 0), size - side)
square = lambda y, x: d[clip(y, H):clip(y, H) + side, clip(x, W):clip(x, W) + side].ravel()
f = np.array([(square(y, x) - tiles.mean(0)) @ basis for y in range(H) for x in range(W)])
far = lambda c: np.sqrt(((f - c) ** 2).sum(1))
changed = d.ravel() > between(d)
for _ in range(100):
    still, moved = f[~changed].mean(0), f[changed].mean(0)
    changed = far(moved) < far(still)
scores = {
    "angle": np.degrees(np.arccos(np.clip(dot, -1, 1))), "difference": (B - A).mean(0), "ratio": 1 - ratio.mean(0),
    "normalised-difference": ((B - A) / (B + A)).mean(0), "log-ratio": np.log(B / A).mean(0),
    "ndvi": index(B, 2, 1) - index(A, 2, 1), "ndwi": index(B, 0, 2) - index(A, 0, 2), "pca-kmeans": far(still) - far(moved),
    "magnitude": d, "magnitude z-score": np.sqrt(((z(B) - z(A)) ** 2).sum(0)),
}
json.dump({"origin": f"numpy {np.__version__}, made by more.py",
           "scores": {k: [[i, float(v.ravel()[i])] for i in (0, 500, 777, 2222, 3560, H * W - 1)] for k, v in scores.items()},
           "thresholds": {"otsu": between(d), "kittler-illingworth": normal_groups(d), "rosin": corner(d), "k-means": two_means(d)}},
          open("more.json", "w"), indent=1)

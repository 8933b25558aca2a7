"""Trains the nets that package measure looks for ships with, on simulated ports only, and writes their weights.

A tool of development: nothing of it is needed to build or to run Sightline. It needs TensorFlow (tensorflow-cpu 2.21.0) and numpy.

    python analysis/scene/harbourfit/train.py --train train*.bin --judge own.bin harbour.bin --minutes 90 -o slim.bin

The ports are files of the commands patch and scenes beside it, see there. What the net sees, `seen`, must stay what
analysis/measure/sight.go computes.
"""
import argparse
import os
import queue
import threading
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
import numpy as np
import tensorflow as tf

SIDE, BANDS, CROP = 256, 4, 160
SHIPS = 200
LABELS = SIDE * SIDE * 2 * BANDS
TABLE = LABELS + SIDE * SIDE
RECORD = TABLE + SHIPS * 5 * 4
SHIP, KEEL, UNSURE, WATER, BOAT, LAND = 1, 2, 4, 8, 16, 32
NEAR = 6  # pixels from water, beyond which nothing is asked


def ports(path):
    """Returns bands (n, side, side, band), labels (n, side, side) and ships (n, 200, 5) of a file, as views of it."""
    d = np.memmap(path, dtype=np.uint8, mode="r").reshape(-1, RECORD)
    bands = d[:, :LABELS].view("<u2").reshape(-1, BANDS, SIDE, SIDE).transpose(0, 2, 3, 1)
    return bands, d[:, LABELS:TABLE].reshape(-1, SIDE, SIDE), d[:, TABLE:].view("<f4").reshape(-1, SHIPS, 5)


def centres(ships):
    """Returns (side, side, 5): how near a ship's middle each pixel is (1 in the middle), and there log length over 8 pixels, log
    width over 2.5 pixels, cosine and sine of twice the angle."""
    out = np.zeros((SIDE, SIDE, 5), np.float32)
    for x, y, length, width, angle in ships[ships[:, 2] > 0]:
        c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
        along, across = max(0.08 * length, 0.6), max(0.2 * width, 0.6)
        reach = int(3 * max(along, across)) + 2
        r0, c0 = max(0, int(y) - reach), max(0, int(x) - reach)
        r, k = np.mgrid[r0 : min(SIDE, int(y) + reach + 1), c0 : min(SIDE, int(x) + reach + 1)]
        if r.size == 0 or not (0 <= int(y) < SIDE and 0 <= int(x) < SIDE):
            continue
        dx, dy = k - int(x), r - int(y)
        h = np.exp(-0.5 * (((dx * c + dy * s) / along) ** 2 + ((dy * c - dx * s) / across) ** 2))
        near = h > out[r, k, 0]
        r, k = r[near], k[near]
        out[r, k, 0] = h[near]
        out[r, k, 1:] = np.log(length / 8), np.log(width / 2.5), c * c - s * s, 2 * c * s
    return out


def dark(nir):
    """Returns what is below Otsu's threshold of the near infrared, up to its 99th percentile, then within 6 deviations."""
    v = np.minimum(nir, np.percentile(nir, 99)).ravel()
    h, e = np.histogram(v, 256)
    w = np.cumsum(h)
    m = np.cumsum(h * (e[:-1] + e[1:]) / 2)
    with np.errstate(all="ignore"):
        between = (m[-1] * w / w[-1] - m) ** 2 / (w * (w[-1] - w))
    cut = e[1 + np.nanargmax(between[:-1])]
    for _ in range(5):
        x = nir[nir < cut]
        if len(x) < 50:
            break
        mid = np.median(x)
        cut = mid + 6 * max(1.4826 * np.median(np.abs(x - mid)), 1e-6)
    return nir < cut


def shores(water):
    """Returns what is no farther from water than NEAR, of many (n, side, side), as numbers."""
    return tf.nn.max_pool2d(water[..., None].astype(np.float32), 2 * NEAR + 1, 1, "SAME").numpy()[..., 0]


def seen(bands, water, jitter=0, rng=None):
    """Returns what the net sees: each band above its water's median, over what all else is above it, squashed."""
    if water.sum() < 50:
        water = bands[..., 3] <= np.percentile(bands[..., 3], 5)
    out = np.empty(bands.shape, np.float32)
    for b in range(BANDS):
        v = bands[..., b]
        w = v[water][::3]
        level = np.median(w)
        spread = max(1.4826 * np.median(np.abs(w - level)), 1e-6)
        rest = v[~water][::3]
        land = np.median(np.abs(rest - level)) if len(rest) > 30 else 0
        scale = max(land, 8 * spread)
        if jitter:
            level += rng.normal(0, 0.5) * spread
            scale *= np.exp(rng.normal(0, jitter))
        out[..., b] = np.clip(np.arcsinh(3 * (v - level) / scale) / 1.8, -1.5, 2.5)
    return out


def stretched(bands, rng):
    """Returns bands as somebody may deliver them: each with a stretch of its own, some clipped, some in 8 bits."""
    v = bands.astype(np.float32)
    if rng.random() < 0.6:
        eight, common = rng.random() < 0.6, rng.normal(0, 0.35)
        for b in range(BANDS):
            low, high = np.percentile(v[..., b], [rng.choice([0, 0.1, 1, 2]), rng.choice([97, 98, 99, 99.8, 100])])
            x = np.clip((v[..., b] - low) / max(high - low, 1), 0, 1) ** np.exp(common + rng.normal(0, 0.15))
            v[..., b] = np.round(255 * x) if eight else x * 10000
    return v


def shifted(bands, rng):
    """Returns bands of which each lies off by some tenths of a pixel, as sensors deliver them."""
    out = bands.copy()
    for b in range(BANDS):
        for axis in range(2):
            d = np.clip(rng.normal(0, 0.15), -0.5, 0.5)
            out[..., b] = (1 - abs(d)) * out[..., b] + abs(d) * np.roll(out[..., b], 1 if d > 0 else -1, axis)
    return out


def crops(bands, label, ships, rng, each):
    """Returns crops of one port, turned and mirrored, as the net sees them, labels, and the ships' middles."""
    middle = centres(ships)
    water = label & WATER > 0
    v = stretched(bands, rng)
    if rng.random() < 0.5:
        v = shifted(v, rng)
    x = seen(v, water, 0.45, rng)
    if rng.random() < 0.12:  # one band alone
        x[..., :3] = 0
    elif rng.random() < 0.1:
        x[..., rng.integers(3)] = 0
    ship = np.argwhere(label & SHIP > 0)
    for k in range(each):
        for _ in range(8):
            r, c = rng.integers(0, SIDE - CROP + 1, 2)
            if k % 2 == 0 and len(ship):
                q = ship[rng.integers(len(ship))] - rng.integers(8, CROP - 8, 2)
                r, c = np.clip(q, 0, SIDE - CROP)
            share = water[r : r + CROP, c : c + CROP].mean()
            if 0.08 < share < 0.97:
                break
        a, l = x[r : r + CROP, c : c + CROP], label[r : r + CROP, c : c + CROP]
        m = middle[r : r + CROP, c : c + CROP].copy()
        t = rng.integers(8)
        a, l, m = np.rot90(a, t % 4), np.rot90(l, t % 4), np.rot90(m, t % 4)
        if t % 2:
            m[..., 3:] *= -1
        if t > 3:
            a, l, m = a[:, ::-1], l[:, ::-1], m[:, ::-1]
            m[..., 4] *= -1
        yield np.ascontiguousarray(a), np.ascontiguousarray(l), np.ascontiguousarray(m)


def feeder(paths, batch, out, seed, stop):
    rng = np.random.default_rng(seed)
    held = []
    while not stop.is_set():
        files = [ports(p) for p in paths if os.path.exists(p)]
        order = [(f, k) for f in range(len(files)) for k in range(len(files[f][0]))]
        if not order:  # not drawn yet
            time.sleep(1)
        rng.shuffle(order)
        for f, k in order:
            if stop.is_set():
                return
            held += crops(files[f][0][k], files[f][1][k], files[f][2][k], rng, 4)
            if len(held) >= 4 * batch:  # mixed
                pick = rng.permutation(len(held))
                for i in range(2):
                    out.put([np.stack(x) for x in zip(*(held[j] for j in pick[i * batch : (i + 1) * batch]))])
                held = [held[j] for j in pick[2 * batch :]]


def net(widths):
    """Returns the net: 2 x 2 pixels become one of 16 numbers, a U of 3 x 3 convolutions from there down to 1/16, and back to
    pixels. Outputs: on a ship, and (for the training only) near the axis of one, on small craft, on land; then the middle of a ship,
    its length and width, and its direction."""
    L = tf.keras.layers

    def conv(x, n, name):
        x = L.Conv2D(n, 3, padding="same", use_bias=False, name=name)(x)
        x = L.BatchNormalization(name=name + "n", momentum=0.98)(x)
        return L.ReLU()(x)

    def up(x, n, name):
        return L.UpSampling2D()(L.Conv2D(n, 1, use_bias=False, name=name)(x))

    x = tf.keras.Input((None, None, BANDS))
    a = conv(conv(L.Lambda(lambda t: tf.nn.space_to_depth(t, 2))(x), widths[0], "a1"), widths[0], "a2")
    b = conv(conv(L.MaxPool2D()(a), widths[1], "b1"), widths[1], "b2")
    c = conv(conv(L.MaxPool2D()(b), widths[2], "c1"), widths[2], "c2")
    d = conv(conv(L.MaxPool2D()(c), widths[3], "d1"), widths[3], "d2")
    c = conv(L.Add()([up(d, widths[2], "cu"), c]), widths[2], "c3")
    b = conv(L.Add()([up(c, widths[1], "bu"), b]), widths[1], "b3")
    a = conv(conv(L.Add()([up(b, widths[0], "au"), a]), widths[0], "a3"), widths[0], "a4")
    pixels = L.Lambda(lambda t: tf.nn.depth_to_space(tf.cast(t, tf.float32), 2))
    z = pixels(L.Conv2D(4 * OUT, 1, name="out", bias_initializer=tf.constant_initializer(-2.5))(a))
    a = conv(a, widths[0], "a5")
    first = tf.constant_initializer(4 * [-4.0 if o == 0 else 0.0 for o in range(WHOLE)])
    return tf.keras.Model(x, L.Concatenate(dtype="float32")([z, pixels(L.Conv2D(4 * WHOLE, 1, name="whole", bias_initializer=first)(a))]))


OUT, WHOLE = 4, 5  # outputs by pixel, and of whole ships
WEIGHTS = [1.0, 0.15, 0.1]  # of the loss by pixel, by ship, and of size and direction
ORDER = ["a1", "a2", "b1", "b2", "c1", "c2", "d1", "d2", "cu", "c3", "bu", "b3", "au", "a3", "a4", "a5"]


def folded(model):
    """Returns (kernel, bias) by layer with the normalisation folded in; of what is said by pixel, the output that is used."""
    out = []
    for name in ORDER:
        k = model.get_layer(name).get_weights()[0]
        if name[1] == "u":
            out.append((k, np.zeros(k.shape[3], np.float32)))
            continue
        gamma, beta, mean, var = model.get_layer(name + "n").get_weights()
        s = gamma / np.sqrt(var + model.get_layer(name + "n").epsilon)
        out.append((k * s, beta - mean * s))
    k, bias = model.get_layer("out").get_weights()
    return out + [(k[..., ::OUT], bias[::OUT]), tuple(model.get_layer("whole").get_weights())]


def save(model, path):
    """Writes kernels as bytes with a float32 scale by output channel, and float32 biases; see net.go."""
    with open(path + ".tmp", "wb") as f:
        for k, bias in folded(model):
            n = k.shape[3]
            flat = k.reshape(-1, n)
            scale = np.maximum(np.abs(flat).max(0) / 127, 1e-12)
            f.write(scale.astype("<f4").tobytes())
            f.write(bias.astype("<f4").tobytes())
            f.write(np.round(flat / scale).astype(np.int8).tobytes())
    os.replace(path + ".tmp", path)


def loss(y, z, sure):
    """Returns the cross entropy of the outputs by pixel, where ships weigh more the fewer they are, and what is hard more."""
    e = tf.nn.sigmoid_cross_entropy_with_logits(y, z)
    miss = tf.abs(y - tf.sigmoid(z))
    w = (1 + 2 * y) * (0.15 + miss) * sure[..., None]
    w *= tf.constant([1.0, 0.5, 0.25, 0.1])
    return 10 * tf.reduce_sum(w * e) / tf.cast(tf.size(y) // 2, tf.float32)


def loss_of_ships(m, z, sure):
    """Returns what is lost by ship: the focal loss of the middles, where pixels near one count less, and how far off size and
    direction are there."""
    h = m[..., 0]
    middle = tf.cast(h > 0.999, tf.float32)
    n = tf.reduce_sum(middle) + 1
    p = tf.sigmoid(z[..., 0])
    hit = middle * (1 - p) ** 2 * tf.nn.softplus(-z[..., 0])
    miss = (1 - middle) * sure * (1 - h) ** 4 * p**2 * tf.nn.softplus(z[..., 0])
    near = h[..., None] * tf.cast(h > 0.4, tf.float32)[..., None]
    off = tf.reduce_sum(near * tf.abs(m[..., 1:] - z[..., 1:])) / (tf.reduce_sum(near) + 1)
    return tf.reduce_sum(hit + miss) / n, off


def judged(model, path):
    """Returns average precision by pixel of ships, and average precision and best F1 of their middles: a peak is right as the
    first in a ship's rectangle, grown by a pixel; peaks where nothing is sure do not count."""
    bands, label, ships = ports(path)
    p, y, peaks, all = [], [], [], 0
    for k in range(len(bands)):
        l = label[k]
        v = bands[k].astype(np.float32)
        water = dark(v[..., 3])
        z = model(seen(v, water)[None], training=False).numpy()[0]
        sure = (l & UNSURE == 0) & (shores(water[None])[0] > 0)
        p.append(z[sure][:, 0])
        y.append(l[sure] & SHIP > 0)
        top = tf.nn.max_pool2d(z[None, ..., OUT : OUT + 1], 3, 1, "SAME").numpy()[0, ..., 0]
        r, c = np.nonzero((top == z[..., OUT]) & sure & (top > -5))
        there = ships[k][ships[k][:, 2] > 0].astype(float)
        all += len(there)
        found = set()
        for i in np.argsort(-top[r, c]):
            dx, dy, a = c[i] + 0.5 - there[:, 0], r[i] + 0.5 - there[:, 1], np.radians(there[:, 4])
            on = np.nonzero((abs(dx * np.cos(a) + dy * np.sin(a)) < there[:, 2] / 2 + 1) & (abs(dy * np.cos(a) - dx * np.sin(a)) < there[:, 3] / 2 + 1))[0]
            new = [j for j in on if j not in found]
            found.update(new[:1])
            peaks.append((top[r[i], c[i]], len(new) > 0))
    p, y = np.concatenate(p), np.concatenate(y)
    out = []
    for p, y, n in ((p, y, y.sum()), (np.array([q[0] for q in peaks]), np.array([q[1] for q in peaks]), all)):
        t = np.cumsum(y[np.argsort(-p, kind="stable")])
        prec, rec = t / np.arange(1, len(t) + 1), t / n
        out += [np.sum(prec * np.diff(rec, prepend=0)), np.max(2 * prec * rec / (prec + rec + 1e-9))]
    return "by pixel AP %.3f best F1 %.3f, by ship AP %.3f best F1 %.3f of %d" % (*out, all)


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--train", nargs="+")
    a.add_argument("--judge", nargs="+", default=[])
    a.add_argument("--minutes", type=float, default=35)
    a.add_argument("--batch", type=int, default=16)
    a.add_argument("--rate", type=float, default=3e-3)
    a.add_argument("--threads", type=int, default=1)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--widths", type=int, nargs=4, default=[32, 48, 64, 80])
    a.add_argument("--resume")
    a.add_argument("-o", default="slim.bin")
    a = a.parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(a.threads)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    tf.keras.utils.set_random_seed(a.seed)
    tf.keras.mixed_precision.set_global_policy("mixed_bfloat16")
    model = net(a.widths)
    if a.resume:
        model.load_weights(a.resume)
    print(model.count_params(), "parameters", flush=True)
    optimizer = tf.keras.optimizers.AdamW(a.rate, weight_decay=1e-4)
    optimizer.build(model.trainable_variables)

    @tf.function(jit_compile=False, reduce_retracing=True)
    def step(x, y, m, sure):
        with tf.GradientTape() as tape:
            z = model(x, training=True)
            parts = tf.stack([loss(y, z[..., :OUT], sure), *loss_of_ships(m, z[..., OUT:], sure)])
            l = tf.tensordot(parts, tf.constant(WEIGHTS), 1)
        g = tape.gradient(l, model.trainable_variables)
        g, _ = tf.clip_by_global_norm(g, 5.0)
        optimizer.apply_gradients(zip(g, model.trainable_variables))
        return parts

    q, stop = queue.Queue(8), threading.Event()
    threading.Thread(target=feeder, args=(a.train, a.batch, q, a.seed, stop), daemon=True).start()
    start, steps, mean, said = time.time(), 0, 0.0, 0.0
    while True:
        done = (time.time() - start) / 60 / a.minutes
        if done >= 1:
            break
        optimizer.learning_rate.assign(a.rate * (min(1, steps / 50 + 0.02)) * (0.01 + 0.99 * 0.5 * (1 + np.cos(np.pi * done))))
        x, l, m = q.get()
        y = np.stack([l & bit > 0 for bit in (SHIP, KEEL, BOAT, LAND)], -1).astype(np.float32)
        v = step(x, y, m, (l & UNSURE == 0).astype(np.float32) * shores(l & WATER > 0)).numpy()
        steps += 1
        mean = v if steps == 1 else 0.97 * mean + 0.03 * v
        if time.time() - said > 120:
            said = time.time()
            print("%.1f min, %d steps, loss %s, waiting batches %d" % ((said - start) / 60, steps, mean.round(4), q.qsize()), flush=True)
            if steps > 100:
                model.save_weights(a.o + ".weights.h5")
                save(model, a.o)
    stop.set()
    model.save_weights(a.o + ".weights.h5")
    save(model, a.o)
    for path in a.judge:
        print(path, judged(model, path), flush=True)


if __name__ == "__main__":
    main()

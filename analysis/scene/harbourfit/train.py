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
RECORD = SIDE * SIDE * (2 * BANDS + 1)
SHIP, KEEL, UNSURE, WATER, BOAT, LAND = 1, 2, 4, 8, 16, 32
NEAR = 6  # pixels from water, beyond which nothing is asked


def ports(path):
    """Returns bands (n, side, side, band) and labels (n, side, side) of a file, as views of it."""
    d = np.memmap(path, dtype=np.uint8, mode="r").reshape(-1, RECORD)
    bands = d[:, : SIDE * SIDE * 2 * BANDS].view("<u2").reshape(-1, BANDS, SIDE, SIDE).transpose(0, 2, 3, 1)
    return bands, d[:, SIDE * SIDE * 2 * BANDS :].reshape(-1, SIDE, SIDE)


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


def crops(bands, label, rng, each):
    """Returns crops of one port, turned and mirrored, as the net sees them, and labels."""
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
        t = rng.integers(8)
        a, l = np.rot90(a, t % 4), np.rot90(l, t % 4)
        if t > 3:
            a, l = a[:, ::-1], l[:, ::-1]
        yield np.ascontiguousarray(a), np.ascontiguousarray(l)


def feeder(paths, batch, out, seed, stop):
    rng = np.random.default_rng(seed)
    held_a, held_l = [], []
    while not stop.is_set():
        files = [ports(p) for p in paths if os.path.exists(p)]
        order = [(f, k) for f in range(len(files)) for k in range(len(files[f][0]))]
        if not order:  # not drawn yet
            time.sleep(1)
        rng.shuffle(order)
        for f, k in order:
            if stop.is_set():
                return
            for a, l in crops(files[f][0][k], files[f][1][k], rng, 4):
                held_a.append(a)
                held_l.append(l)
            if len(held_a) >= 4 * batch:  # mixed
                pick = rng.permutation(len(held_a))
                for i in range(2):
                    s = pick[i * batch : (i + 1) * batch]
                    out.put((np.stack([held_a[j] for j in s]), np.stack([held_l[j] for j in s])))
                held_a, held_l = [held_a[j] for j in pick[2 * batch :]], [held_l[j] for j in pick[2 * batch :]]


def net(widths):
    """Returns the net: 2 x 2 pixels become one of 16 numbers, a U of 3 x 3 convolutions from there down to 1/16, and back to
    pixels. Outputs: on a ship, near the axis of one, and (for the training only) on small craft, on land."""
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
    z = L.Conv2D(4 * OUT, 1, name="out", bias_initializer=tf.constant_initializer(-2.5))(a)
    return tf.keras.Model(x, L.Lambda(lambda t: tf.nn.depth_to_space(tf.cast(t, tf.float32), 2))(z))


OUT = 4
ORDER = ["a1", "a2", "b1", "b2", "c1", "c2", "d1", "d2", "cu", "c3", "bu", "b3", "au", "a3", "a4"]


def folded(model):
    """Returns (kernel, bias) by layer with the normalisation folded in; of the last, the two outputs that are used."""
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
    used = [q * OUT + o for q in range(4) for o in range(2)]  # by place in the square of 2 x 2, then by output
    return out + [(k[..., used], bias[used])]


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
    """Returns the cross entropy of the outputs, where ships weigh more the fewer they are, and what is hard more."""
    e = tf.nn.sigmoid_cross_entropy_with_logits(y, z)
    miss = tf.abs(y - tf.sigmoid(z))
    w = (1 + 2 * y) * (0.15 + miss) * sure[..., None]
    w *= tf.constant([1.0, 1.0, 0.25, 0.1])
    return 10 * tf.reduce_sum(w * e) / tf.cast(tf.size(y) // 2, tf.float32)


def judged(model, path):
    """Returns average precision by pixel of the ships' axes, and the best F1 by pixel of ships."""
    bands, label = ports(path)
    p, y = [], []
    for k in range(len(bands)):
        l = label[k]
        v = bands[k].astype(np.float32)
        x = seen(v, dark(v[..., 3]))
        z = model(x[None], training=False).numpy()[0]
        ok = l & UNSURE == 0
        p.append(z[ok])
        y.append(np.stack([l[ok] & SHIP > 0, l[ok] & KEEL > 0], -1))
    p, y = np.concatenate(p), np.concatenate(y)
    out = []
    for o in range(2):
        i = np.argsort(-p[:, o], kind="stable")
        t = np.cumsum(y[i, o])
        prec, rec = t / np.arange(1, len(t) + 1), t / t[-1]
        out += [np.sum(prec * np.diff(rec, prepend=0)), np.max(2 * prec * rec / (prec + rec + 1e-9))]
    return "AP ship %.3f best F1 %.3f, axis %.3f %.3f" % tuple(out)


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
    def step(x, y, sure):
        with tf.GradientTape() as tape:
            l = loss(y, model(x, training=True), sure)
        g = tape.gradient(l, model.trainable_variables)
        g, _ = tf.clip_by_global_norm(g, 5.0)
        optimizer.apply_gradients(zip(g, model.trainable_variables))
        return l

    q, stop = queue.Queue(8), threading.Event()
    threading.Thread(target=feeder, args=(a.train, a.batch, q, a.seed, stop), daemon=True).start()
    start, steps, mean, said = time.time(), 0, 0.0, 0.0
    while True:
        done = (time.time() - start) / 60 / a.minutes
        if done >= 1:
            break
        optimizer.learning_rate.assign(a.rate * (min(1, steps / 50 + 0.02)) * (0.01 + 0.99 * 0.5 * (1 + np.cos(np.pi * done))))
        x, l = q.get()
        y = np.stack([l & bit > 0 for bit in (SHIP, KEEL, BOAT, LAND)], -1).astype(np.float32)
        shore = tf.nn.max_pool2d((l[..., None] & WATER > 0).astype(np.float32), 2 * NEAR + 1, 1, "SAME")[..., 0]
        v = float(step(x, y, (l & UNSURE == 0).astype(np.float32) * shore))
        steps += 1
        mean = v if steps == 1 else 0.97 * mean + 0.03 * v
        if time.time() - said > 120:
            said = time.time()
            print("%.1f min, %d steps, loss %.4f, waiting batches %d" % ((said - start) / 60, steps, mean, q.qsize()), flush=True)
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

"""Times the peers of analysis/rate on the data that main.go wrote: peer.py DIRECTORY.

Prints one line a task: name, seconds for one run (the best of several), and a number to compare answers by.
A peer that cannot run prints FAILED and the reason.
"""
import sys
import time

directory = sys.argv[1]


def best(f, least=3, budget=1.0):
    if least > 1:
        f()  # warm up, unless one run is long already
    times, begin = [], time.perf_counter()
    while len(times) < least or time.perf_counter() - begin < budget and len(times) < 1000:
        t = time.perf_counter()
        value = f()
        times.append(time.perf_counter() - t)
    return min(times), value


def task(name, make):
    try:
        seconds, value = best(*make())
        print(f"{name}\t{seconds:.9g}\t{value:.12g}", flush=True)
    except Exception as e:  # a peer that does not run must not stop the others
        print(f"{name}\tFAILED\t{type(e).__name__}: {e}".replace("\n", " "), flush=True)


def exact():
    from scipy.stats import binomtest

    def run():
        r = binomtest(41, 64, 62 / 120)
        r.proportion_ci(0.95, "exact")
        return r.pvalue

    return (run,)


def etest():
    from statsmodels.stats.rates import test_poisson_2indep

    def run():
        return test_poisson_2indep(41, 62, 23, 58, method="etest").pvalue

    return (run,)


def glm():
    import numpy as np
    import statsmodels.api as sm

    data = np.loadtxt(directory + "/glm.csv", delimiter=",")
    y, x = data[:, 0], sm.add_constant(data[:, 1:])

    def run():
        return sm.GLM(y, x, family=sm.families.Poisson()).fit().params[1]

    return (run,)


def pelt():
    import numpy as np
    import ruptures

    y = np.loadtxt(directory + "/series.csv")
    # ruptures ships no Poisson cost. KernelCPD with the linear kernel is an exact search in compiled C that minimises
    # squared deviations from one mean a segment: another cost and another penalty than ours, so the changes it finds are
    # other ones, and how much either search prunes depends on the data. The ratio is about this series, not a law; we
    # know of no faster exact search in ruptures, which does not mean that there is none.

    def run():
        algo = ruptures.KernelCPD(kernel="linear", min_size=1, jump=1).fit(y.reshape(-1, 1))
        return float(len(algo.predict(pen=200.0)) - 1)

    return (run, 3, 0.0)


def pelt_python():
    import numpy as np
    import ruptures

    y = np.loadtxt(directory + "/series.csv")[:500]

    def run():
        algo = ruptures.Pelt(model="l2", min_size=1, jump=1).fit(y.reshape(-1, 1))
        return float(len(algo.predict(pen=200.0)) - 1)

    return (run, 1, 0.0)


def permutations():
    import numpy as np

    x, y = np.loadtxt(directory + "/groups.csv", delimiter=",").T
    both = np.concatenate([x, y])
    n = len(x)
    seen = abs(x.mean() - y.mean())

    def run():
        rng = np.random.default_rng(1)
        hits = 0
        for _ in range(10_000):
            p = rng.permutation(both)
            hits += abs(p[:n].mean() - p[n:].mean()) >= seen
        return (hits + 1) / 10_001

    return (run,)


task("exact", exact)
task("etest", etest)
task("glm", glm)
task("permutations", permutations)
task("pelt500", pelt_python)
task("pelt", pelt)

"""The steps of the benchmark with pandas or polars: python peers.py pandas|polars FOLDER. Prints JSON as bench run does."""
import json, os, resource, sys, time

os.environ.setdefault("POLARS_MAX_THREADS", "2")
engine, folder = sys.argv[1], sys.argv[2]
path = lambda name: os.path.join(folder, name)
secs, cpu, check = {}, {}, {}


def step(name, work):
    at, used = time.perf_counter(), time.process_time()
    out = work()
    secs[name], cpu[name] = time.perf_counter() - at, time.process_time() - used
    return out


if engine == "pandas":
    import pandas as pd

    places, ids = pd.read_csv(path("places.csv")), pd.read_csv(path("ids.csv"))

    def load():
        t = pd.read_csv(path("rows.csv"))
        t["t"] = pd.to_datetime(t["t"], format="ISO8601", utc=True)
        return t

    t = step("load", load)
    check["load"] = len(t)
    check["filter"] = len(step("filter", lambda: t[(t.length_m >= 200) & (t.quantity > 3)]))
    check["group"] = len(step("group", lambda: t.assign(month=t.t.dt.tz_localize(None).dt.to_period("M")).groupby(["place", "month"], observed=True).agg(
        n=("id", "size"), quantity=("quantity", "sum"), length=("length_m", "mean"))))
    check["join 200"] = len(step("join 200", lambda: t.merge(places, on="place")))
    check["join 1M"] = len(step("join 1M", lambda: t.merge(ids, on="id")))
    s = step("sort", lambda: t.sort_values(["t", "length_m"], kind="stable"))
    check["sort"] = int(s.id.iloc[-1])
else:
    import polars as pl

    places, ids = pl.read_csv(path("places.csv")), pl.read_csv(path("ids.csv"))
    t = step("load", lambda: pl.read_csv(path("rows.csv"), try_parse_dates=True))
    assert t.schema["t"].is_temporal(), t.schema
    check["load"] = t.height
    check["filter"] = step("filter", lambda: t.filter((pl.col("length_m") >= 200) & (pl.col("quantity") > 3))).height
    check["group"] = step("group", lambda: t.group_by(["place", pl.col("t").dt.truncate("1mo").alias("month")]).agg(
        pl.len().alias("n"), pl.col("quantity").sum().alias("quantity_sum"), pl.col("length_m").mean())).height
    check["join 200"] = step("join 200", lambda: t.join(places, on="place")).height
    check["join 1M"] = step("join 1M", lambda: t.join(ids, on="id")).height
    s = step("sort", lambda: t.sort(["t", "length_m"], maintain_order=True))
    check["sort"] = s["id"][-1]

print(json.dumps({"engine": engine, "seconds": secs, "cpu": cpu, "check": check, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))

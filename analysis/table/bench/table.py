"""Prints the Markdown of run.sh.

table.py about SIZES ROUNDS        when, where and with what
table.py peers ROWS <results.jsonl  wall / processor seconds of each engine, the ratios, and which limits they meet
table.py gota ROWS <bench output    the same beside gota
"""
import json, os, platform, re, subprocess, sys, time

engines = ["sightline", "polars", "pandas"]
steps = ["load", "filter", "filter, read", "group", "join 200", "join 1M", "sort"]


def about(sizes, rounds):
    import pandas, polars

    try:
        cpu = re.search(r"model name\s*: (.*)", open("/proc/cpuinfo").read()).group(1)
    except (OSError, AttributeError):
        cpu = platform.processor() or platform.machine()
    go = subprocess.run(["go", "env", "GOVERSION"], capture_output=True, text=True).stdout.strip()
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"{time.strftime('%Y-%m-%d %H:%M')}, {cpu}, {os.cpu_count()} processors, {platform.system()}, load {load:.1f} at the start; {go},")
    print(f"pandas {pandas.__version__}, polars {polars.__version__}. `sh analysis/table/bench/run.sh \"{sizes}\" PYTHON {rounds}` (best of {rounds}). Cells are wall / processor seconds.\n")


def peers(rows):
    runs = [json.loads(line) for line in sys.stdin if line.strip()]
    checks = {json.dumps(r["check"], sort_keys=True) for r in runs}
    if len(checks) != 1:
        sys.exit("the engines disagree: " + "; ".join(sorted(checks)))

    def best(engine, what, step):
        """The peers copy every column when they filter; ours are copied by their first reader, which the step after it adds."""
        if step == "filter, read":
            if engine != "sightline":
                return best(engine, what, "filter")
            return min(r[what]["filter"] + r[what][step] for r in runs if r["engine"] == engine)
        return min(r[what][step] for r in runs if r["engine"] == engine)

    def ratio(engine, step, what="seconds"):
        return best(engine, what, step) / best("sightline", what, step)

    peak = {e: min(r["peak_mb"] for r in runs if r["engine"] == e) for e in engines}
    print(f"{rows:,} rows; all engines agree on the results:\n")
    print("| | " + " | ".join(steps) + " | peak MB |\n|---" + "|---" * (len(steps) + 1) + "|")
    for e in engines:
        cells = [f"{best(e, 'seconds', s):.3f} / {best(e, 'cpu', s):.3f}" for s in steps]
        print(f"| {e} | " + " | ".join(cells) + f" | {peak[e]:.0f} |")
    for e in engines[1:]:
        cells = [f"{ratio(e, s):.1f}x / {ratio(e, s, 'cpu'):.1f}x" for s in steps]
        print(f"| {e} / sightline | " + " | ".join(cells) + f" | ours is {peak['sightline'] / peak[e]:.2f} of it |")
    asked = [s for s in steps if s != "filter, read"]
    worst = min(asked, key=lambda s: ratio("polars", s))
    least = min((s for s in asked if s != "sort"), key=lambda s: ratio("pandas", s))
    share = peak["sightline"] / peak["pandas"]
    print(f"\nLimits, in wall time: at most polars' time on each step: {verdict(ratio('polars', worst), 1)} (least: {worst} {ratio('polars', worst):.1f}x); "
          f"3x pandas on load, filter, group and join: {verdict(ratio('pandas', least), 3)} (least: {least} {ratio('pandas', least):.1f}x); "
          f"1.5x pandas on sort: {verdict(ratio('pandas', 'sort'), 1.5)} ({ratio('pandas', 'sort'):.1f}x); "
          f"peak memory at most 0.7 of pandas: {verdict(0.7, share)} ({share:.2f}).\n")


def verdict(have, need):
    return "met" if have >= need else "NOT met"


def gota(rows):
    ms = {}
    for name, who, ns in re.findall(r"^Benchmark(\w+)/(table|gota)\S*\s+\d+\s+([\d.]+) ns/op", sys.stdin.read(), re.M):
        ms[name.lower(), who] = float(ns) / 1e6
    names = list(dict.fromkeys(n for n, _ in ms))
    ratios = {n: ms[n, "gota"] / ms[n, "table"] for n in names}
    print(f"Beside gota 0.12, {rows:,} rows, milliseconds of wall time:\n")
    print("| | " + " | ".join(names) + " |\n|---" + "|---" * len(names) + "|")
    for who, title in (("table", "sightline"), ("gota", "gota")):
        print(f"| {title} | " + " | ".join(f"{ms[n, who]:.1f}" for n in names) + " |")
    print("| | " + " | ".join(f"{ratios[n]:.0f}x" for n in names) + " |")
    far = min(ratios["group"], ratios["join"])
    print(f"\nLimits: 8x on each step: {verdict(min(ratios.values()), 8)}; 80x on group and join: {verdict(far, 80)} ({far:.0f}x).\n")


what = sys.argv[1]
if what == "about":
    about(sys.argv[2], sys.argv[3])
else:
    {"peers": peers, "gota": gota}[what](int(sys.argv[2]))

"""Reads the JSON lines of run.sh and prints the best of each engine as Markdown tables: wall / processor seconds, and the ratios."""
import json, sys

runs = [json.loads(line) for line in sys.stdin if line.strip()]
engines = ["sightline", "polars", "pandas"]
steps = ["load", "filter", "filter, read", "group", "join 200", "join 1M", "sort"]
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


def peak(engine):
    return min(r["peak_mb"] for r in runs if r["engine"] == engine)


print(f"{int(sys.argv[1]):,} rows; seconds: wall / processor, best of {len(runs) // len(engines)}; all engines agree on the results\n")
print("| | " + " | ".join(steps) + " | peak MB |\n|---" + "|---" * (len(steps) + 1) + "|")
for e in engines:
    cells = [f"{best(e, 'seconds', s):.3f} / {best(e, 'cpu', s):.3f}" for s in steps]
    print(f"| {e} | " + " | ".join(cells) + f" | {peak(e):.0f} |")
for e in engines[1:]:
    cells = [f"{best(e, 'seconds', s) / best('sightline', 'seconds', s):.1f}x / {best(e, 'cpu', s) / best('sightline', 'cpu', s):.1f}x" for s in steps]
    print(f"| {e} / sightline | " + " | ".join(cells) + f" | ours is {peak('sightline') / peak(e):.2f} of it |")

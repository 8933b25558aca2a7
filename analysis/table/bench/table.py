"""Reads the JSON lines of run.sh and prints the best of each engine as a Markdown table: wall / processor seconds."""
import json, sys

runs = [json.loads(line) for line in sys.stdin if line.strip()]
engines = ["sightline", "polars", "pandas"]
steps = ["load", "filter", "group", "join 200", "join 1M", "sort"]
checks = {json.dumps(r["check"], sort_keys=True) for r in runs}
if len(checks) != 1:
    sys.exit("the engines disagree: " + "; ".join(sorted(checks)))
best = lambda e, what, s: min(r[what][s] for r in runs if r["engine"] == e)
print(f"{int(sys.argv[1]):,} rows; seconds: wall / processor, best of {len(runs) // len(engines)}; all engines agree on the results\n")
print("| | " + " | ".join(steps) + " | peak MB |\n|---" + "|---" * (len(steps) + 1) + "|")
for e in engines:
    cells = [f"{best(e, 'seconds', s):.3f} / {best(e, 'cpu', s):.3f}" for s in steps]
    print(f"| {e} | " + " | ".join(cells) + f" | {min(r['peak_mb'] for r in runs if r['engine'] == e):.0f} |")
for e in engines[1:]:
    cells = [f"{best(e, 'seconds', s) / best('sightline', 'seconds', s):.1f}x / {best(e, 'cpu', s) / best('sightline', 'cpu', s):.1f}x" for s in steps]
    mem = min(r['peak_mb'] for r in runs if r['engine'] == 'sightline') / min(r['peak_mb'] for r in runs if r['engine'] == e)
    print(f"| {e} / sightline | " + " | ".join(cells) + f" | ours is {mem:.2f} of it |")

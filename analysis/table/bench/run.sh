#!/bin/sh
# Compares the tables with pandas and polars on the same rows, two threads each: sh run.sh ROWS PYTHON [ROUNDS]
# PYTHON has pandas and polars installed. The engines take turns; table.py makes Markdown tables of the best of each.
set -eu
rows=${1:-1000000}
python=${2:-python3}
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
(cd "$here" && go build -o "$dir/bench" .)
"$dir/bench" make -rows "$rows" -dir "$dir"
export GOMAXPROCS=2 POLARS_MAX_THREADS=2
for _ in $(seq "${3:-3}"); do
  "$dir/bench" run -dir "$dir"
  for engine in polars pandas; do "$python" "$here/peers.py" "$engine" "$dir"; done
done >"$dir/results.jsonl"
"$python" "$here/table.py" "$rows" <"$dir/results.jsonl"

#!/bin/sh
# Compares the tables with pandas, polars and gota on the same rows, two threads each, and prints the README's tables as Markdown:
#   sh run.sh "ROWS…" PYTHON [ROUNDS]
# PYTHON has pandas and polars installed. The engines take turns; the best of each counts.
set -eu
sizes=${1:-1000000 10000000}
python=${2:-python3}
rounds=${3:-3}
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
(cd "$here" && go build -o "$dir/bench" . && go test -c -o "$dir/gota" ..)
export GOMAXPROCS=2 POLARS_MAX_THREADS=2
"$python" "$here/table.py" about "$sizes" "$rounds"
for rows in $sizes; do
  "$dir/bench" make -rows "$rows" -dir "$dir"
  for _ in $(seq "$rounds"); do
    "$dir/bench" run -dir "$dir"
    for engine in polars pandas; do "$python" "$here/peers.py" "$engine" "$dir"; done
  done >"$dir/results.jsonl"
  "$python" "$here/table.py" peers "$rows" <"$dir/results.jsonl"
done
SIGHTLINE_BENCH_ROWS=1000000 "$dir/gota" -test.run '^$' -test.bench . -test.benchtime 2x >"$dir/gota.txt"
"$python" "$here/table.py" gota 1000000 <"$dir/gota.txt"

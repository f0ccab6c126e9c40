#!/bin/bash
# bench.sh: runs every bench/bench_*.py against the release build; each prints lines `name<tab>seconds<tab>MiB`.
# With a baseline (bench/baseline.tsv) the change stands beside it.
set -euo pipefail
cd "$(dirname "$0")/.."
shopt -s nullglob
benches=(bench/bench_*.py)
[ ${#benches[@]} -gt 0 ] || { echo "no bench/bench_* yet"; exit 0; }
for bench in "${benches[@]}"; do
    /usr/bin/env python3 "$bench" build/release/detente
done | awk -F'\t' -v baseline=bench/baseline.tsv '
    BEGIN { while ((getline line < baseline) > 0) { split(line, f, "\t"); before[f[1]] = f[2] } }
    { printf "%-48s %10.3f s %8s MiB", $1, $2, $3; if (before[$1] > 0) printf "  %+.0f %%", 100 * ($2 / before[$1] - 1); print "" }'

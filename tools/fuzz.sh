#!/bin/bash
# fuzz.sh TARGET SECONDS CORPUS...: fuzzes for a while from the corpora that are there.  What it learns stands in
# TARGET.corpus, a finding beside it; `TARGET -merge=1 CORPUS TARGET.corpus` adds to a corpus what is worth keeping.
set -euo pipefail
target=$1 seconds=$2
shift 2
mkdir -p "$target.corpus"
corpora=()
for corpus in "$@"; do
    [ ! -d "$corpus" ] || corpora+=("$corpus")
done
"$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 -artifact_prefix="$target." \
    -dict="$(dirname "$0")/../tests/fuzz/model.dict" -print_final_stats=1 "$target.corpus" "${corpora[@]}" 2>&1 | tail -n 40

#!/bin/bash
# fuzz.sh TARGET CORPUS SECONDS: fuzzes for a while from a copy of the corpus; a finding is kept beside the target.
# Afterwards `TARGET -merge=1 CORPUS TARGET.corpus` adds what is worth keeping.
set -euo pipefail
target=$1 corpus=$2 seconds=$3
dictionaries=("$(dirname "$corpus")"/../*.dict)
mkdir -p "$target.corpus"
[ ! -d "$corpus" ] || cp -n "$corpus"/* "$target.corpus"/
"$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 -artifact_prefix="$target." \
    -dict="${dictionaries[0]}" -print_final_stats=1 "$target.corpus" 2>&1 | tail -n 40

#!/bin/sh
# All shards on this machine, as many at a time as it has processors; then the forecast on standard output.
# GNU parallel when it is installed (options such as --sshlogin go into PARALLEL), otherwise xargs.
set -eu
export MODEL DRAWS OUT OPTIONS DETENTE
: "${MODEL:?the model}" "${DRAWS:=1000000}" "${SHARDS:=16}" "${OUT:=partials}" "${OPTIONS:=--threads 1}" "${DETENTE:=detente}"
here=$(dirname "$0")
jobs=${JOBS:-$(getconf _NPROCESSORS_ONLN)}
if command -v parallel >/dev/null 2>&1; then
    seq "$SHARDS" | parallel --will-cite -j "$jobs" sh "$here/shard.sh" '{}' "$SHARDS"
else
    seq "$SHARDS" | xargs -P "$jobs" -I '{}' sh "$here/shard.sh" '{}' "$SHARDS"
fi
# MERGE holds options of the report, such as --json.
# shellcheck disable=SC2086
"$DETENTE" merge "$MODEL" "$OUT"/*-of-"$SHARDS".partial ${MERGE:-}

#!/bin/bash
# build.sh PRESET [-DOPTION=VALUE...]: configures when needed, builds, and is silent when nothing is to be done.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=$1
shift
jobs=${JOBS:-$(nproc)}
log=build/$preset/configure.log
if [ ! -f "build/$preset/build.ninja" ] || [ $# -gt 0 ]; then
    mkdir -p "build/$preset"
    cmake --preset "$preset" "$@" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
fi
cmake --build --preset "$preset" -j "$jobs" -- --quiet

#!/bin/bash
# build.sh PRESET [-DOPTION=VALUE...] [TARGET...]: configures when needed, builds the targets (default: all), and is
# silent when nothing is to be done.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=$1
shift
jobs=${JOBS:-$(nproc)}
options=() targets=()
for word in "$@"; do
    case $word in
        -D*) options+=("$word") ;;
        *) targets+=(--target "$word") ;;
    esac
done
log=build/$preset/configure.log
if [ ! -f "build/$preset/build.ninja" ] || [ ${#options[@]} -gt 0 ]; then
    mkdir -p "build/$preset"
    cmake --preset "$preset" "${options[@]}" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
fi
cmake --build --preset "$preset" -j "$jobs" "${targets[@]}" -- --quiet > >(grep -v '^ninja: no work to do')
wait

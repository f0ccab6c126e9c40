#!/bin/bash
# lint.sh: clang-tidy (.clang-tidy) over every C file of the library and the command; any finding fails.  The analyser
# follows a bounded number of paths through each function: half a minute instead of five.
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --preset release-clang >/dev/null # for compile_commands.json
mapfile -t files < <(find src -name '*.c' | sort)
printf '%s\n' "${files[@]}" | xargs -P "${JOBS:-$(nproc)}" -n 4 \
    clang-tidy --quiet -p build/release-clang --extra-arg={-Xclang,-analyzer-config,-Xclang,max-nodes=30000} 2> >(grep -v 'warnings\? generated\.$' >&2)

#!/bin/bash
# lint.sh: clang-tidy (.clang-tidy) over every C file of the library and the command; any finding fails.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/build.sh release-clang
mapfile -t files < <(find src -name '*.c' | sort)
printf '%s\n' "${files[@]}" | xargs -P "${JOBS:-$(nproc)}" -n 4 clang-tidy --quiet -p build/release-clang 2> >(grep -v 'warnings\? generated\.$' >&2)

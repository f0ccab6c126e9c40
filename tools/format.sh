#!/bin/bash
# format.sh [--check]: puts every C file into the house format (.clang-format), or fails naming those that are not.
set -euo pipefail
cd "$(dirname "$0")/.."
mapfile -t files < <(find include src tests bench examples -name '*.[ch]' 2>/dev/null | sort)
if [ "${1:-}" = --check ]; then
    wrong=0
    for file in "${files[@]}"; do
        clang-format "$file" | cmp -s - "$file" || { echo "$file: not in the house format; make format writes it so"; wrong=1; }
    done
    exit $wrong
else
    clang-format -i "${files[@]}"
fi

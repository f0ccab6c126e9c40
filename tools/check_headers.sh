#!/bin/bash
# check_headers.sh [COMPILER...]: every public header compiles alone, as C17 and as C++17, without a warning.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
failed=0
for header in include/detente/*.h; do
    for compiler in gcc clang; do
        for language in c/c17 c++/c++17; do
            command -v $compiler >/dev/null || continue
            $compiler -x "${language%/*}" -std="${language#*/}" -Wall -Wextra -pedantic -Werror -Iinclude -fsyntax-only \
                -include "$header" /dev/null || { echo "$header: not alone as ${language#*/} with $compiler"; failed=1; }
        done
    done
done
exit $failed

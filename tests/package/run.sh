#!/bin/bash
# run.sh BUILD: installs the build to an empty place, and builds and runs a small program against it: with both
# compilers, through pkg-config (shared and static) and through find_package(detente).
set -euo pipefail
build=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prefix=$work/prefix
version=$(cat "$here/../../VERSION")

cmake --install "$build" --prefix "$prefix" >/dev/null
libraries=$(cd "$prefix" && find . -name detente.pc -printf '%h\n')
libraries=$prefix/${libraries%/pkgconfig}
export PKG_CONFIG_PATH=$libraries/pkgconfig LD_LIBRARY_PATH=$libraries

runs() { # what PROGRAM
    local said
    said=$("$2")
    [ "$said" = "detente $version" ] || { echo "$1: said \"$said\""; exit 1; }
    echo "$1: $said"
}

for compiler in gcc clang; do
    command -v $compiler >/dev/null || { echo "$compiler is not here: skipped"; continue; }
    # shellcheck disable=SC2046
    $compiler -std=c17 -Wall -Wextra -Werror "$here/program.c" -o "$work/shared-$compiler" \
        $(pkg-config --cflags --libs detente)
    runs "pkg-config, shared, $compiler" "$work/shared-$compiler"
    # shellcheck disable=SC2046
    $compiler -std=c17 "$here/program.c" -o "$work/static-$compiler" \
        $(pkg-config --cflags detente) "$libraries/libdetente.a" \
        $(pkg-config --static --libs detente | sed 's/-ldetente//')
    runs "pkg-config, static, $compiler" "$work/static-$compiler"
    cmake -S "$here" -B "$work/cmake-$compiler" -DCMAKE_C_COMPILER=$compiler -DCMAKE_PREFIX_PATH="$prefix" >/dev/null
    cmake --build "$work/cmake-$compiler" >/dev/null
    runs "find_package, shared, $compiler" "$work/cmake-$compiler/program_shared"
    runs "find_package, static, $compiler" "$work/cmake-$compiler/program_static"
done

if [ -x "$prefix/bin/detente" ]; then
    LD_LIBRARY_PATH='' "$prefix/bin/detente" --version >/dev/null
    for model in "$prefix"/share/detente/models/*.yaml; do
        [ ! -e "$model" ] || LD_LIBRARY_PATH='' "$prefix/bin/detente" check --quiet "$model" >/dev/null
    done
    echo "the installed command runs"
fi

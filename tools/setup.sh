#!/bin/bash
# setup.sh build | check | coverage
# Installs the Debian packages that are missing; says nothing and needs no network when all are there.
set -euo pipefail

page=()
build=(cmake ninja-build gcc libc6-dev pkg-config python3 libfyaml-dev libutf8proc-dev nettle-dev libxml2-dev libsqlite3-dev zlib1g-dev librandom123-dev libcmocka-dev)
check=("${build[@]}" g++ clang clang-format clang-tidy libclang-rt-dev llvm python3-yaml python3-jsonschema slurmctld slurmd slurm-client munge)
coverage=("${build[@]}" gcovr python3-yaml python3-jsonschema)

# The page is bundled by node and looked at in a browser; what is there already, from wherever, serves.
command -v node >/dev/null && command -v npm >/dev/null || page+=(nodejs npm)
build+=("${page[@]}")
check+=("${page[@]}")
coverage+=("${page[@]}")
command -v chromium >/dev/null || check+=(chromium)

case "${1:-}" in
    build) wanted=("${build[@]}") ;;
    check) wanted=("${check[@]}") ;;
    coverage) wanted=("${coverage[@]}") ;;
    *) echo "usage: setup.sh build | check | coverage" >&2; exit 2 ;;
esac

# The run-time library of the sanitizers carries the version of the installed clang in its name.
clang_runtime() {
    local version
    version=$(dpkg-query -W -f '${Depends}' clang 2>/dev/null | sed -n 's/.*clang-\([0-9]*\).*/\1/p')
    [ -n "$version" ] || version=$(apt-cache depends clang | sed -n 's/.*Depends: clang-\([0-9]*\)$/\1/p')
    [ -z "$version" ] || echo "libclang-rt-$version-dev"
}

installed() {
    [ "$(dpkg-query -W -f '${Status}' "$1" 2>/dev/null)" = "install ok installed" ]
}

missing=()
find_missing() {
    local package
    missing=()
    for package in "${wanted[@]}"; do
        [ "$package" != libclang-rt-dev ] || package=$(clang_runtime)
        [ -z "$package" ] || installed "$package" || missing+=("$package")
    done
}

if ! command -v dpkg-query >/dev/null; then
    echo "setup.sh: no Debian system; these are needed: ${wanted[*]}" >&2
    exit 0
fi
find_missing
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "setup.sh: install these as root: ${missing[*]}" >&2; exit 1; }
    as_root=(sudo)
fi
install() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null
}
echo "setup.sh: installing ${missing[*]}" >&2
# The package lists may be missing or old: then once more with fresh ones.
if ! install 2>/dev/null; then
    "${as_root[@]}" apt-get update -qq
    find_missing
    install
fi
find_missing
[ ${#missing[@]} -eq 0 ] || { echo "setup.sh: still missing: ${missing[*]}" >&2; exit 1; }

#!/bin/bash
# bundle_page.sh WEB OUTPUT
# Bundles the script of the page.  The packages are installed once, as web/package-lock.json pins them; when they cannot
# be had (no network), says so and leaves an empty script: the page then has its sentences and tables, but no pictures.
set -euo pipefail

web=$1
output=$2
mkdir -p "$(dirname "$output")"
if ! cmp -s "$web/package-lock.json" "$web/node_modules/.installed.json"; then
    if ! (cd "$web" && npm ci --silent --no-audit --no-fund --ignore-scripts >&2); then
        echo "bundle_page.sh: the packages of web/ could not be installed; the report will have no pictures" >&2
        : >"$output"
        exit 0
    fi
    cp "$web/package-lock.json" "$web/node_modules/.installed.json"
fi
node "$web/build.mjs" "$output"

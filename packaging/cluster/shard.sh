#!/bin/sh
# shard.sh I N: one part of a forecast; goes on where a killed run stopped.
# From the environment: MODEL, DRAWS, OUT (default partials), OPTIONS (further options), DETENTE (the command).
set -eu
mkdir -p "${OUT:-partials}"
# OPTIONS is a list of words, split here on purpose.
# shellcheck disable=SC2086
exec "${DETENTE:-detente}" forecast "$MODEL" --draws "${DRAWS:-1000000}" --shard "$1/$2" \
    --out "${OUT:-partials}/$1-of-$2.partial" ${OPTIONS:-}

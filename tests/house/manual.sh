#!/bin/bash
# manual.sh FOLDER: every command has a man page that roff takes without a warning, and completions that shells can read.
set -uo pipefail
folder=$1 failed=0
complain() { echo "$*"; failed=1; }

for page in "$folder"/man/*.1; do
    [ -s "$page" ] || complain "$page: empty"
    ! command -v groff >/dev/null || [ -z "$(groff -man -Tutf8 -ww -z "$page" 2>&1)" ] || complain "$(groff -man -Tutf8 -ww -z "$page" 2>&1)"
done
[ "$(find "$folder/man" -name "*.1" | wc -l)" -ge 5 ] || complain "fewer than five man pages"
for shell in bash zsh fish; do
    [ -s "$folder/completion/$shell" ] || complain "no completions for $shell"
    ! command -v $shell >/dev/null || $shell -n "$folder/completion/$shell" || complain "$shell cannot read its completions"
done
exit $failed

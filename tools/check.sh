#!/bin/bash
# check.sh [STAGE...]: everything that CI asks for, or only the stages named: release asan release-clang asan-clang
# fuzz tsan format lint.  A failed stage does not stop the others.  Logs stand in build/check/.  The last line reads
# `N passed, N failed`; the exit code is 0 only if nothing failed.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
export JOBS=${JOBS:-$(nproc)}
export ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1:allow_user_segv_handler=0 UBSAN_OPTIONS=print_stacktrace=1 CTEST_OUTPUT_ON_FAILURE=1
logs=build/check
mkdir -p $logs
passed=0 failed=0 skipped=() broken=()

# step NAME COMMAND...: one check that passes or fails as a whole.
step() {
    local name=$1 start=$SECONDS
    shift
    if "$@" >"$logs/$name.log" 2>&1; then
        printf '%-24s ok      %4d s\n' "$name" $((SECONDS - start))
        return 0
    fi
    printf '%-24s FAILED  %4d s\n' "$name" $((SECONDS - start))
    tail -n 60 "$logs/$name.log" | sed 's/^/    /'
    broken+=("$name")
    return 1
}

# counted NAME COMMAND...: a step that is one check of its own.
counted() {
    if step "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}

# tests PRESET [CTEST OPTIONS...]: builds the preset and runs its tests, each of which counts.
tests() {
    local preset=$1 log=$logs/$1-tests.log out_of wrong
    shift
    if ! step "$preset-build" tools/build.sh "$preset"; then
        failed=$((failed + 1))
        return
    fi
    step "$preset-tests" tools/fixed-addresses.sh ctest --preset "$preset" -j "$JOBS" "$@"
    wrong=$(sed -n 's/.*tests passed, \([0-9]*\) tests\{0,1\} failed out of.*/\1/p' "$log")
    out_of=$(sed -n 's/.*tests\{0,1\} failed out of \([0-9]*\).*/\1/p' "$log")
    if [ -z "$out_of" ]; then
        failed=$((failed + 1)) # ctest itself failed
        return
    fi
    local not_run
    not_run=$(grep -c '\*\*\*Skipped' "$log")
    passed=$((passed + out_of - wrong - not_run))
    failed=$((failed + wrong))
    [ "$not_run" -eq 0 ] || skipped+=("$preset: $(sed -n 's/.*Test *#[0-9]*: \([^ ]*\).*\*\*\*Skipped.*/\1/p' "$log" | sort -u | tr '\n' ' ')")
}

stages=("$@")
[ ${#stages[@]} -gt 0 ] || stages=(release asan release-clang asan-clang fuzz tsan format lint)
for stage in "${stages[@]}"; do
    case $stage in
        format) counted format tools/format.sh --check ;;
        lint) counted lint tools/lint.sh ;;
        release | asan | release-clang | asan-clang | fuzz | tsan) tests "$stage" ;;
        *) echo "check.sh: no stage $stage" >&2; exit 2 ;;
    esac
done

[ ${#skipped[@]} -eq 0 ] || printf 'skipped in %s\n' "${skipped[@]}"
[ ${#broken[@]} -eq 0 ] || echo "failed: ${broken[*]} (logs in $logs/)"
echo "in $SECONDS s"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]

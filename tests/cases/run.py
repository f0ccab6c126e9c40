#!/usr/bin/env python3
"""Runs every case: a folder with `cmd` (arguments, as in a shell), and `expected.out`, `expected.err`, `expected.code`.

    run.py DETENTE [--record] [NAME...]

A case runs in its own folder, in English, without a terminal. `stdin` in the folder is its standard input. What a
case may write goes to the folder named by TMP, which is emptied before and after. --record writes the expected files
from what came out: review the diff. @VERSION@ stands for the version.
"""
import argparse
import difflib
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
OUTPUTS = ("out", "err", "code")


def environment(folder):
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS")}
    return {**kept, "LC_ALL": "C.UTF-8", "TMP": folder}


def run(detente, case, version):
    command = (case / "cmd").read_text(encoding="utf-8")
    stdin = (case / "stdin").read_bytes() if (case / "stdin").exists() else b""
    with tempfile.TemporaryDirectory() as folder:
        words = [word.replace("$TMP", folder) for word in shlex.split(command, comments=True)]
        done = subprocess.run([detente, *words], cwd=case, input=stdin, capture_output=True, timeout=300, env=environment(folder))
        found = {"out": done.stdout.decode(), "err": done.stderr.decode(), "code": f"{done.returncode}\n"}
    return {name: text.replace(folder, "$TMP").replace(version, "@VERSION@") for name, text in found.items()}


def expected(case, name):
    path = case / f"expected.{name}"
    if path.exists():
        return path.read_text(encoding="utf-8")
    return "0\n" if name == "code" else ""


def record(case, found):
    for name, text in found.items():
        path = case / f"expected.{name}"
        if name == "code" or text:
            path.write_text(text, encoding="utf-8")
        elif path.exists():
            path.unlink()


def differences(case, found):
    """Lines of a diff per output that is not as expected."""
    for name in OUTPUTS:
        wanted = expected(case, name)
        if found[name] != wanted:
            pair = (wanted.splitlines(), found[name].splitlines())
            yield from difflib.unified_diff(*pair, f"{case.name}/expected.{name}", "found", lineterm="")


def closed_outputs(detente):
    """Output that cannot be written is exit code 4, never silence: complaints."""
    for name, opener in (("a full disk", "exec > /dev/full"), ("a closed output", "exec >&-")):
        done = subprocess.run(["sh", "-c", f'{opener}; "$0" help', detente], capture_output=True, text=True, env=environment("/"))
        if done.returncode != 4 or "standard output" not in done.stderr:
            yield f"FAILED output to {name}: exit code {done.returncode}, {done.stderr!r}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("detente")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--record", action="store_true")
    args = parser.parse_args()

    detente = str(Path(args.detente).resolve())
    version = subprocess.run([detente, "--version"], check=True, capture_output=True, text=True).stdout.split()[-1]
    cases = [p.parent for p in sorted(HERE.glob("*/cmd")) if not args.names or p.parent.name in args.names]
    failed = 0
    for case in cases:
        found = run(detente, case, version)
        if args.record:
            record(case, found)
        lines = list(differences(case, found))
        failed += bool(lines)
        if lines:
            print(f"FAILED {case.name}: detente {(case / 'cmd').read_text().strip()}", *lines, sep="\n")
    complaints = [] if args.names else list(closed_outputs(detente))
    count, failed = len(cases) + (0 if args.names else 2), failed + len(complaints)
    print(*complaints, f"{count - failed} passed, {failed} failed", sep="\n")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())

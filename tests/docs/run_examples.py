#!/usr/bin/env python3
"""Runs every example in README.md and docs/*.md and compares what it prints with what stands there.

    run_examples.py DETENTE [--record]

An example is a ```console block: lines that begin with `$ detente`, each followed by its output, standard error
included; `$ echo $?` shows the exit code of the line before. A line `...` stands for any lines. Examples run in an
empty folder that holds models/, in English, 100 columns wide. --record replaces outputs without a `...`.
"""
import argparse
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def steps(block):
    """(command, output lines) of a block."""
    found = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line)
    return found


def matches(wanted, found):
    """Do the lines fit, `...` standing for any number of them?"""
    if not wanted:
        return not found
    if wanted[0].strip() == "...":
        return any(matches(wanted[1:], found[i:]) for i in range(len(found) + 1))
    return bool(found) and wanted[0].rstrip() == found[0].rstrip() and matches(wanted[1:], found[1:])


class Runner:
    def __init__(self, detente, folder):
        self.detente, self.folder, self.code = detente, folder, 0

    def run(self, command):
        """Output lines of one command: detente with arguments, perhaps `> FILE`, or `echo $?`."""
        if command == "echo $?":
            return [str(self.code)]
        words = shlex.split(command)
        if words[0] != "detente":
            raise ValueError(f"only detente runs in examples: {command}")
        target = words[words.index(">") + 1] if ">" in words else None
        words = words[1 : words.index(">")] if target else words[1:]
        env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
        pipe = subprocess.PIPE
        done = subprocess.run([self.detente, *words], cwd=self.folder, env=env, stdin=subprocess.DEVNULL, stdout=pipe,
                              stderr=pipe if target else subprocess.STDOUT, timeout=300)
        self.code = done.returncode
        if target:
            (self.folder / target).write_bytes(done.stdout)
            return done.stderr.decode().splitlines()
        return done.stdout.decode().splitlines()


def run_block(runner, block, record, place):
    """The block with its outputs, and what is wrong with it."""
    lines, complaints = [], []
    for command, wanted in steps(block):
        found = runner.run(command)
        if record and "..." not in [line.strip() for line in wanted]:
            wanted = found
        if not matches(wanted, found):
            complaints.append(f"{place}: $ {command}\n  found:\n    " + "\n    ".join(found[:60]))
        lines += [f"$ {command}", *wanted]
    return "".join(f"{line}\n" for line in lines), complaints


def run_page(page, detente, record):
    text = page.read_text(encoding="utf-8")
    count, complaints = 0, []
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "models", Path(folder) / "models")
        runner = Runner(detente, Path(folder))

        def replace(match):
            nonlocal count
            count += 1
            line = text.count("\n", 0, match.start()) + 1
            block, wrong = run_block(runner, match[1], record, f"{page.relative_to(ROOT)}:{line}")
            complaints.extend(wrong)
            return f"```console\n{block}```"

        replaced = BLOCK.sub(replace, text)
    if record and replaced != text:
        page.write_text(replaced, encoding="utf-8")
    return count, complaints


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("detente")
    parser.add_argument("--record", action="store_true")
    args = parser.parse_args()

    detente = str(Path(args.detente).resolve())
    count, complaints = 0, []
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        found, wrong = run_page(page, detente, args.record)
        count += found
        complaints += wrong
    for complaint in complaints:
        print(complaint)
    print(f"{count} blocks, {len(complaints)} failed")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())

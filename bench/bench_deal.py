#!/usr/bin/env python3
"""bench_deal.py DETENTE: `detente deal` over models that stress one thing each; prints name<tab>seconds<tab>MiB.
Each is run three times; the fastest counts.  With --smoke the models are small and run once: a test that benches run."""
import os
import random
import sys
import tempfile
import time


def additive(parties, issues, options, seed, red_lines=True):
    """Additive parties over independent issues; red lines join neighbouring issues in a chain."""
    rng = random.Random(seed)
    lines = ["detente: 1", "as_of: 2025-01-01", "parties:"]
    lines += [f"  p{p}: {{}}" for p in range(parties)]
    names = [f"p{p}" for p in range(parties)]
    lines += ["formats:", f"  all: {{table: [{', '.join(names)}], consent: [{', '.join(names)}]}}", "issues:"]
    lines += [f"  i{i}: {{options: [{', '.join(f'o{o}' for o in range(options))}], ordered: true, no_deal: o0}}" for i in range(issues)]
    lines += ["preferences:"]
    for p in range(parties):
        lines += [f"  p{p}:", "    weights: {" + ", ".join(f"i{i}: {rng.randint(1, 9)}" for i in range(issues)) + "}", "    values:"]
        for i in range(issues):
            lines.append(f"      i{i}: {{" + ", ".join(f"o{o}: {rng.randint(0, 100)}" for o in range(options)) + "}")
        if red_lines:
            i = rng.randrange(issues - 1)
            lines += ["    red_lines:", f'      - {{id: r{p}, require: "not (i{i} == o0 and i{i + 1} == o1)"}}']
    return "\n".join(lines) + "\n"


def cases(small):
    n = 2 if small else 1
    yield "small", additive(2, 4, 3, 1), []
    yield "many-issues", additive(2, 24 // n, 4, 2), []
    yield "many-parties", additive(8 // n, 10, 4, 3), []
    yield "many-options", additive(3, 6 // n, 40 // n, 4), []
    yield "draws", additive(3, 8, 3, 5), ["--draws", "20" if small else "1000"]
    yield "months", additive(3, 8, 3, 6), ["--over", "6" if small else "36"]


def run(command):
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)])
    _, status, usage = os.wait4(pid, 0)
    if status != 0:
        sys.exit(f"bench: {' '.join(command)}: status {status}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def main():
    detente, small = os.path.abspath(sys.argv[1]), "--smoke" in sys.argv
    with tempfile.TemporaryDirectory() as folder:
        for name, model, options in cases(small):
            path = os.path.join(folder, name + ".yaml")
            with open(path, "w", encoding="utf-8") as file:
                file.write(model)
            runs = [run([detente, "deal", path, "--quiet", "--time-limit", "60", *options]) for _ in range(1 if small else 3)]
            print(f"deal.{name}\t{min(r[0] for r in runs):.4f}\t{max(r[1] for r in runs):.1f}", flush=True)


if __name__ == "__main__":
    main()

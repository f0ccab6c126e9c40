#!/usr/bin/env python3
"""bench_drivers.py DETENTE [--smoke] [--peers PYTHON]: the analysis behind `detente drivers`, prints name<tab>seconds.

Sobol' indices with 100 bootstraps over given evaluations (bench_indices, built beside the tests). PYTHON is an interpreter that has
SALib: the same arrays through it, once; on standard error how many times as long it took and how far the indices differ."""
import argparse
import array
import os
import random
import subprocess
import sys
import tempfile

SALIB = """
import sys, time, numpy
try:
    from SALib.analyze import sobol
except ImportError:
    sys.exit(3)
path, inputs = sys.argv[1], int(sys.argv[2])
columns = numpy.fromfile(path).reshape(inputs + 2, -1)
rows = columns.shape[1]
# SALib's order per row: A, AB of each input, B
values = numpy.column_stack([columns[0], *columns[2:], columns[1]]).ravel()
problem = {"num_vars": inputs, "names": [str(i) for i in range(inputs)], "bounds": [[0, 1]] * inputs}
start = time.perf_counter()
found = sobol.analyze(problem, values, calc_second_order=False, num_resamples=100, seed=1)
print(time.perf_counter() - start)
for first, total in zip(found["S1"], found["ST"]):
    print(repr(float(first)), repr(float(total)))
"""


def evaluations(inputs, rows, seed=1):
    """A sum with interactions at random points: A, B, and per input the rows of A with its column from B."""
    rng = random.Random(seed)
    weights = [rng.random() for _ in range(inputs)]

    def function(x):
        total = sum(w * v for w, v in zip(weights, x))
        return total + sum(x[i] * x[i + 1] for i in range(inputs - 1))

    out = [[] for _ in range(inputs + 2)]
    for _ in range(rows):
        a, b = [rng.random() for _ in range(inputs)], [rng.random() for _ in range(inputs)]
        out[0].append(function(a))
        out[1].append(function(b))
        for i in range(inputs):
            kept, a[i] = a[i], b[i]
            out[2 + i].append(function(a))
            a[i] = kept
    return array.array("d", [value for column in out for value in column])


def run(command):
    out = subprocess.run(command, capture_output=True, text=True)
    if out.returncode != 0:
        return None, None
    lines = out.stdout.split("\n")
    return float(lines[0]), [tuple(map(float, line.split())) for line in lines[1:] if line]


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("detente")
    ap.add_argument("--smoke", action="store_true")
    ap.add_argument("--peers")
    args = ap.parse_args()
    program = os.path.join(os.path.dirname(args.detente), "tests", "bench_indices")
    if not os.path.exists(program):
        print("bench_indices is not built: skipped")
        return 77
    inputs, rows = (3, 256) if args.smoke else (30, 16384)
    with tempfile.NamedTemporaryFile(suffix=".f64") as file:
        evaluations(inputs, rows).tofile(file)
        file.flush()
        seconds, indices = run([program, file.name, str(inputs), "100", "1" if args.smoke else "5"])
        if seconds is None:
            return 1
        print(f"indices.{inputs}x{rows}\t{seconds:.4f}")
        if args.peers:
            took, theirs = run([args.peers, "-c", SALIB, file.name, str(inputs)])
            if took is None:
                print("SALib is not there: skipped", file=sys.stderr)
                return 0
            apart = max(abs(x - y) for ours, other in zip(indices, theirs) for x, y in zip(ours, other))
            print(f"SALib took {took:.3f} s, {took / seconds:.0f} times as long; indices differ by at most {apart:.1e}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())

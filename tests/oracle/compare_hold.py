"""Compares `detente hold` with the oracle on random graph models.

    python3 tests/oracle/compare_hold.py DETENTE [--models N] [--seed S] [--first K] [--keep DIR]

States, stable sets per party and equilibria of Nash, GMR, SMR, SEQ and SSEQ agree exactly, and one kind of stability implies
another as the theory says; some models are asked with three threads and in their canonical form. `--seed S --first k
--models 1` repeats model k of seed S alone. The last line reads `N passed, N failed`; exit 1 on a failure.
"""

import argparse
import json
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile

try:
    from compare import Failed, differ, place, report, run
    from graph_model import CONCEPTS
    from random_graph_model import generate
except ModuleNotFoundError as missing:
    print(f"skipped: this test needs the Python module {missing.name}")
    sys.exit(77)

INCLUSIONS = [("nash", "sseq"), ("sseq", "smr"), ("smr", "gmr"), ("sseq", "seq"), ("seq", "gmr")]


def inclusions(what, sets):
    for narrow, wide in INCLUSIONS:
        if not set(sets[narrow]) <= set(sets[wide]):
            yield f"{what}: stable by {narrow} and not by {wide}"


def disagreements(found, oracle):
    yield from differ("state_count", found["state_count"], len(oracle.states))
    yield from differ("parties", sorted(found["stable"]), sorted(oracle.parties))
    for concept in CONCEPTS:
        yield from differ(f"equilibria.{concept}", found["equilibria"][concept], oracle.equilibria(concept))
    for party in oracle.parties:
        for concept in CONCEPTS:
            yield from differ(f"stable.{party}.{concept}", found["stable"][party][concept], oracle.stable(party, concept))
        yield from inclusions(party, found["stable"][party])
    yield from inclusions("equilibria", found["equilibria"])


def check(detente, path, oracle, number):
    command = [detente, "hold", path, "--json"]
    first = run(command)
    found = json.loads(first)["answer"]
    yield from disagreements(found, oracle)
    if number % 5 == 0 and run([*command, "--threads", "3"]) != run([*command, "--threads", "1"]):
        yield "--threads 1 and --threads 3 print different bytes"
    if number % 5 == 1:
        again = f"{path}.canonical.yaml"
        with open(again, "wb") as file:
            file.write(run([detente, "check", path, "--format"], (0, 1)))
        kept = json.loads(run([detente, "hold", again, "--json"]))["answer"]
        for key in ("state_count", "equilibria", "stable"):
            yield from differ(f"canonical {key}", kept[key], found[key])


def one_model(job):
    """(name, how it was run, saved file or None, disagreements) of one model."""
    detente, seed, number, folder = job
    name = f"{seed}:{number}"
    text, extension, oracle = generate(random.Random(f"hold {name}"))
    path = os.path.join(folder, f"model-{seed}-{number}{extension}")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    problems = []
    try:
        problems += check(detente, path, oracle, number)
    except (Failed, subprocess.TimeoutExpired, ValueError) as error:
        problems.append(str(error))
    except (KeyError, TypeError, AttributeError) as error:
        problems.append(f"the answer has not the documented shape: {error!r} at {place(error)}")
    for leftover in [f"{path}.canonical.yaml"] + ([] if problems else [path]):
        if os.path.exists(leftover):
            os.remove(leftover)
    return name, "", path, problems


def main(arguments):
    parser = argparse.ArgumentParser(description="Compares `detente hold` with the oracle on random models.")
    parser.add_argument("detente")
    parser.add_argument("--models", type=int, default=300)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--keep", metavar="DIR", help="where failing models are saved (default: a temporary folder)")
    options = parser.parse_args(arguments)
    print(f"seed {options.seed}", flush=True)
    folder = options.keep or tempfile.mkdtemp(prefix="detente-oracle-")
    os.makedirs(folder, exist_ok=True)
    failed = 0
    with multiprocessing.Pool(2) as pool:
        jobs = ((options.detente, options.seed, options.first + k, folder) for k in range(options.models))
        for name, how, path, problems in pool.imap(one_model, jobs, chunksize=4):
            if problems:
                failed += 1
                report(name, how, path, problems)
    if not failed and not options.keep:
        os.rmdir(folder)
    print(f"{options.models - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Compares `detente hold` with the oracle on random graph models.

    python3 tests/oracle/compare_hold.py DETENTE [--models N] [--seed S] [--first K] [--keep DIR]

States, stable sets per party and equilibria of Nash, GMR, SMR, SEQ and SSEQ agree exactly, and one kind of stability implies
another as the theory says; some models are asked with three threads and in their canonical form. `--seed S --first k
--models 1` repeats model k of seed S alone. The last line reads `N passed, N failed`; exit 1 on a failure.
"""

import json
import os
import random
import sys

try:
    from graph_model import CONCEPTS
    from random_graph_model import generate
    from runner import differ, problems_of, remove, run, run_all, save
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
    save(path, text)
    problems = problems_of(check(detente, path, oracle, number))
    remove(f"{path}.canonical.yaml", *([] if problems else [path]))
    return name, "", path, problems


if __name__ == "__main__":
    sys.exit(run_all("hold", one_model, sys.argv[1:], 300))

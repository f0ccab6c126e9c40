"""Compares `detente path` with the oracle on random models.

    python3 tests/oracle/compare_path.py DETENTE [--models N] [--seed S] [--first K] [--keep DIR]

Models are those of random_model.py; `--seed S --first k --models 1` repeats model k of seed S alone. Steps, floors, the
number of outcomes reached and the least cuts agree exactly; every model is run with `--verify`, some with three threads. The
last line reads `N passed, N failed`; exit 1 on a failure.
"""

import json
import os
import random
import sys

try:
    from deal import Deal
    from model import Model
    from path import FormatPath
    from random_model import generate
    from runner import differ, differ_number, problems_of, remove, run, run_all, save
except ModuleNotFoundError as missing:
    print(f"skipped: this test needs the Python module {missing.name}")
    sys.exit(77)

MOST_OUTCOMES, MOST_CUTS = 150, 2


def check_way(way, oracle, kind, name):
    wanted = oracle.ways(kind, name)
    yield from differ("status", way["status"], "found" if wanted else "none")
    if not wanted:
        return
    yield from differ("steps", way["steps"], wanted.depth)
    if not way.get("shortest") or wanted.depth == 0:
        return
    if way["shortest"]["floor"] is not None:
        yield from differ_number("floor", way["shortest"]["floor"], wanted.width)
        best = oracle.safest(kind, name)
        walk = way["safest"] or way["shortest"]
        yield from differ("safest_known", way["safest_known"], True)
        yield from differ_number("safest floor", walk["floor"], best)


def check_format(found, oracle):
    reached = max((len(oracle.closure_of(w)) for w in oracle.walkers), default=0)
    yield from differ("reached", found["reached"], reached)
    for way in found["ways"]:
        yield from (f"{way['kind']} {way['id']}: {text}" for text in check_way(way, oracle, way["kind"], way["id"]))


def check_cuts(way, oracle):
    if way["status"] == "found" or way["off_agenda"] or not way["coherent"]:
        return
    found = sorted(sorted(s["cuts"]) for s in way["cut_sets"])
    wanted = oracle.cuts(way["kind"], way["id"], MOST_CUTS)
    if wanted is None:
        if found and len(found[0]) <= MOST_CUTS:
            yield f"cuts: found {found}, oracle none"
        return
    yield from differ("cuts", found, wanted)


def compare(detente, path, text, rng):
    options = ["--strict"] * (rng.random() < 0.3)
    bundle = rng.choice((1, 1, 1, 2))
    options += ["--bundle", str(bundle), "--threads", rng.choice(("1", "3"))]
    model = Model(text)
    deal = Deal(model)
    ask = [detente, "path", path, "--json", "--quiet", "--verify", *options]
    answer = json.loads(run(ask))["answer"]
    for name, form in model.formats.items():
        oracle = FormatPath(deal, form, "--strict" in options, bundle)
        if len(oracle.coherent) > MOST_OUTCOMES:
            continue
        yield from (f"{name}: {text}" for text in check_format(answer["formats"][name], oracle))
        for way in answer["formats"][name]["ways"]:
            if way["status"] == "none" and way["kind"] != "zone" and rng.random() < 0.3:
                detail = json.loads(run([*ask, "--among", name, "--to", way["id"]]))["answer"]["formats"][name]["ways"][0]
                yield from (f"{name} {way['id']}: {text}" for text in check_cuts(detail, oracle))


def one_model(job):
    detente, seed, number, folder = job
    name = f"{seed}:{number}"
    text, path = generate(name), os.path.join(folder, f"model-{seed}-{number}.yaml")
    save(path, text)
    problems = problems_of(compare(detente, path, text, random.Random(f"{name} options")))
    if not problems:
        remove(path)
    return name, "", path, problems


if __name__ == "__main__":
    sys.exit(run_all("path", one_model, sys.argv[1:]))

"""Compares `detente hold --deal` with the oracle on random models.

    python3 tests/oracle/compare_leaving.py DETENTE [--models N] [--seed S] [--first K] [--keep DIR]

Models are those of random_model.py; `--seed S --first k --models 1` repeats model k of seed S alone. Every proposal: gains by
leaving, months, remedies and whether leaving is deterred agree exactly. The last line reads `N passed, N failed`; exit 1 on a
failure.
"""

import json
import os
import random
import sys

try:
    from deal import Deal
    from leaving import Leaving
    from model import Model
    from random_model import generate
    from runner import differ, differ_number, problems_of, remove, run, run_all, save
except ModuleNotFoundError as missing:
    print(f"skipped: this test needs the Python module {missing.name}")
    sys.exit(77)

SHOWN = 5


def check_party(found, oracle, x, party):
    gain, month = oracle.stay(x, party)
    yield from differ("can_leave", found["can_leave"], gain is not None)
    if gain is None:
        return
    if oracle.model.preferences[party].cardinal:
        yield from differ_number("leaving_gain", found["leaving_gain"], gain)
    yield from differ("leaving", found["leaving"], "better" if gain > 0 else "worse" if gain < 0 else "equal")
    yield from differ_number("leaves_in_months", found["leaves_in_months"], month)
    if gain > 0:
        credible, deterred = (oracle.is_answered(x, party, improving) for improving in (True, False))
        yield from differ("credible", found["credible"], credible)
        yield from differ("deterred", found["deterred"], deterred)


def check_remedies(found, wanted):
    listed = {(r["issue"], r["option"]): r["months"] for r in found}
    yield from differ("number of remedies", len(listed), min(SHOWN, len(wanted)))
    for change, months in listed.items():
        if change not in wanted:
            yield f"remedy {change}: the oracle has none"
            continue
        yield from differ_number(f"remedy {change}", months, wanted[change])
    left = [m for change, m in wanted.items() if change not in listed]
    if listed and None in left and any(m is not None for m in listed.values()):
        yield "a remedy for good is not listed"


def compare(detente, path, text, rng):
    model = Model(text)
    oracle = Leaving(Deal(model))
    ask = [detente, "hold", path, "--json", "--quiet", "--deal", "all", "--threads", rng.choice(("1", "3"))]
    deals = json.loads(run(ask))["answer"]["deals"]
    yield from differ("deals", [d["proposal"] for d in deals], [p.id for p in model.proposals])
    for deal, proposal in zip(deals, model.proposals):
        x = {**model.no_deal, **proposal.terms}
        yield from differ(f"{proposal.id}: coherent", deal["coherent"], oracle.coherent(x))
        if not deal["coherent"]:
            continue
        now, month = oracle.first(x)
        yield from differ(f"{proposal.id}: leave_now", sorted(deal["leave_now"]), sorted(now))
        yield from differ_number(f"{proposal.id}: leaves_in_months", deal["leaves_in_months"], month)
        for party in oracle.parties:
            yield from (f"{proposal.id} {party}: {t}" for t in check_party(deal["parties"][party], oracle, x, party))
        yield from (f"{proposal.id}: {t}" for t in check_remedies(deal["remedies"], oracle.remedies(x)))


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
    sys.exit(run_all("hold --deal", one_model, sys.argv[1:]))

"""Compares `detente hold --deal` with the oracle on random models.

    python3 tests/oracle/compare_leaving.py DETENTE [--models N] [--seed S] [--first K] [--keep DIR]

Models are those of random_model.py; `--seed S --first k --models 1` repeats model k of seed S alone. Every proposal: gains by
leaving, months, remedies and whether leaving is deterred agree exactly. The last line reads `N passed, N failed`; exit 1 on a
failure.
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
    from compare import Failed, differ, differ_number, place, report, run
    from deal import Deal
    from leaving import Leaving
    from model import Model
    from random_model import generate
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
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    problems = []
    try:
        problems += compare(detente, path, text, random.Random(f"{name} options"))
    except (Failed, subprocess.TimeoutExpired, ValueError) as error:
        problems.append(str(error))
    except (KeyError, TypeError, AttributeError) as error:
        problems.append(f"the answer has not the documented shape: {error!r} at {place(error)}")
    if not problems:
        os.remove(path)
    return name, "", path, problems


def main(arguments):
    parser = argparse.ArgumentParser(description="Compares `detente hold --deal` with the oracle on random models.")
    parser.add_argument("detente")
    parser.add_argument("--models", type=int, default=200)
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

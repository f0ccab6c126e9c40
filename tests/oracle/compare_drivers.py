"""Compares `detente drivers` with the oracle on random models whose uncertain numbers take few values.

    python3 tests/oracle/compare_drivers.py DETENTE [--models N] [--seed S] [--first K] [--keep DIR]

Models are those of compare_forecast.py: two quantities of several coders, so that every combination can be solved by
enumeration, and first-order, total and Shapley shares follow from their definitions over a table of values.  Compared
are the zone and the scenarios that the Nash solution meets without a tie; estimates have to lie within three half-widths
of their interval and two hundredths of the truth, and central values, tipping inputs and what does not vary exactly.
The last line reads `N passed, N failed`; exit 1 on a failure.
"""

import itertools
import json
import os
import sys

try:
    from compare_forecast import one_combination, uncertain
    from runner import Failed, finish, options_of, run
except ModuleNotFoundError as missing:
    print(f"skipped: this test needs the Python module {missing.name}")
    sys.exit(77)

SAMPLES = 1024
KINDS = ("first_order", "total", "shapley")


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def variance(values):
    values = list(values)
    return mean(v * v for v in values) - mean(values) ** 2


def shares(table, first, second):
    """Of a function of two independent inputs, each uniform over its places: {input: {kind: share}}, and the variance."""
    whole = variance(table.values())
    alone = (variance(mean(table[i, j] for j in second) for i in first), variance(mean(table[i, j] for i in first) for j in second))
    both = whole - alone[0] - alone[1]
    return [{"first_order": a / whole, "total": (a + both) / whole, "shapley": (a + both / 2) / whole} for a in alone] if whole > 1e-12 else None, whole


def tables(text, values):
    """Per output: values over the grid of coders; outputs that depend on a tie are left out."""
    places = [range(len(v)) for v in values.values()]
    zone, scenarios, tied = {}, {s: {} for s in ("s0", "s1", "s2")}, set()
    for at in itertools.product(*places):
        sets = [f"{q}={v[i]}" for (q, v), i in zip(values.items(), at)]
        deal, sure, possible = one_combination(text, sets)["nash"]
        zone[at] = int(deal)
        for s, table in scenarios.items():
            table[at] = int(s in sure)
            if (s in sure) != (s in possible):
                tied.add(s)
    return {"zone_all": zone, **{f"{s}_all": t for s, t in scenarios.items() if s not in tied}}, places


def disagreements(answer, text, values):
    outputs, places = tables(text, values)
    names = list(values)
    for name, table in outputs.items():
        said = answer["outputs"][name]
        truth, whole = shares(table, *places)
        if said["varies"] != (truth is not None):
            yield f"{name}: varies {said['varies']}, variance {whole}"
            continue
        if abs(said["mean"]["value"] - mean(table.values())) > 0.06:
            yield f"{name}: mean {said['mean']['value']} instead of {mean(table.values())}"
        for entry in said["inputs"] if truth else []:
            for kind in KINDS:
                e, expected = entry[kind], truth[names.index(entry["id"])][kind]
                if abs(e["value"] - expected) > 3 * (e["high"] - e["value"]) + 0.02:
                    yield f"{name}: {kind} of {entry['id']} {e} instead of {expected}"
    listed = [e["id"] for e in answer["inputs"]]
    effects = [e["shapley"]["value"] or 0 for e in answer["inputs"]]
    if sorted(listed) != sorted(names) or effects != sorted(effects, reverse=True):
        yield f"inputs {list(zip(listed, effects))}"


def one_model(detente, name, folder):
    text, values = uncertain(name)
    path = os.path.join(folder, f"drivers-{name.replace(':', '-')}.yaml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    rounded = False
    try:
        answer = json.loads(run([detente, "drivers", path, "--samples", str(SAMPLES), "--among", "all", "--json"]))["answer"]
        rounded = answer["rounded"]
        problems = [] if rounded or answer["left_out"] else list(disagreements(answer, text, values))
    except Failed as error:
        problems = [str(error)]
    if not problems:
        os.remove(path)
    return path, problems, rounded


def main(arguments):
    options = options_of("drivers", arguments, 50)
    failed = rounded = 0
    for k in range(options.first, options.first + options.models):
        path, problems, was_rounded = one_model(options.detente, f"{options.seed}:{k}", options.folder)
        rounded += was_rounded
        for problem in problems:
            print(f"{path}: {problem}")
        failed += bool(problems)
    print(f"{rounded} of {options.models} answers rounded")
    if rounded * 2 > options.models:
        print("too many answers rounded")
        failed += 1
    return finish(options, failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

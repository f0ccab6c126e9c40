"""Compares `detente forecast` with the oracle on random models whose uncertain numbers take few values.

    python3 tests/oracle/compare_forecast.py DETENTE [--models N] [--seed S] [--first K] [--keep DIR]

Models are those of random_bargaining.py with two quantities of several coders and adjustments that depend on them.  The
oracle solves every combination of coders by enumeration, so the probabilities are known exactly; the forecast has to lie
within five standard errors of them, and has to hit them where they are 0 or 1.  A forecast that says that it rounded
utilities (thirds beside 10^-17) may break ties otherwise and is not compared; most may not say so.  Shards have to join
to the same answer.
The last line reads `N passed, N failed`; exit 1 on a failure.
"""

import itertools
import json
import math
import os
import random
import sys
from fractions import Fraction

try:
    import yaml
    from bargain import FormatBargain
    from deal import Deal
    from model import Model
    from random_bargaining import Bargaining
    from runner import Failed, finish, options_of, run
except ModuleNotFoundError as missing:
    print(f"skipped: this test needs the Python module {missing.name}")
    sys.exit(77)

DRAWS = 2000
RULES = {"nash": "nash", "kalai_smorodinsky": "kalai_smorodinsky_leximin", "egalitarian": "leximin", "utilitarian": "utilitarian"}


def uncertain(name):
    """A model as text, and the values of its quantities."""
    rng = random.Random(name)
    plain = Bargaining(rng)
    root = yaml.load(plain.text(), yaml.BaseLoader)
    values = {f"q{i}": sorted(rng.sample(range(-12, 13), rng.choice((2, 3)))) for i in range(2)}
    root["quantities"] = {
        q: {"value": {"coders": {f"c{i}": str(v) for i, v in enumerate(list_)}}, "range": [-1000, 1000]} for q, list_ in values.items()
    }
    tests = [f"{issue} {rng.choice(('==', '!='))} {option}" for issue, options in plain.issues.items() for option in options]
    for preferences in root["preferences"].values():
        adjust = preferences.setdefault("adjust", [])
        for _ in range(rng.choice((1, 2, 3))):
            adjust.append({"when": rng.choice(tests), "add": rng.choice(("q0", "q1", "q0 + q1", "0.5 * q0", "q0 * q1 / 4"))})
    root["scenarios"] = {f"s{i}": {"when": rng.choice(tests)} for i in range(3)}
    return json.dumps(root, indent=1), values



def one_combination(text, sets):
    """Per rule: is there a deal, and which scenarios do all, and some, of the outcomes meet that may be chosen?"""
    deal = Deal(Model(text, sets))
    conditions = {s: deal.model.condition(node["when"]) for s, node in deal.model.root["scenarios"].items()}
    bargain = FormatBargain(deal, deal.model.formats["all"])
    found = {}
    for rule, name in RULES.items():
        vectors = bargain.solutions[name].vectors
        outcomes = [x for v in vectors for x in bargain.attained_in_zone[v]]
        if not vectors:
            outcomes = [deal.model.no_deal]
        scenarios = [{s for s, holds in conditions.items() if holds(x)} for x in outcomes]
        found[rule] = (bool(vectors), set.intersection(*scenarios), set.union(*scenarios))
    return found


def exact(text, values):
    """Per rule: share with a deal; per scenario lowest and highest probability (ties)."""
    combinations = list(itertools.product(*values.values()))
    share = Fraction(1, len(combinations))
    deals, low, high = {}, {}, {}
    for combination in combinations:
        sets = [f"{q}={v}" for q, v in zip(values, combination)]
        for rule, (deal, sure, possible) in one_combination(text, sets).items():
            deals[rule] = deals.get(rule, 0) + share * deal
            for s in ("s0", "s1", "s2"):
                low[rule, s] = low.get((rule, s), 0) + share * (s in sure)
                high[rule, s] = high.get((rule, s), 0) + share * (s in possible)
    return deals, low, high


def within(found, low, high):
    if found is None:
        return False
    error = 5 * math.sqrt(max(low * (1 - low), high * (1 - high)) / DRAWS)
    return low - error - 1e-12 <= found <= high + error + 1e-12


def disagreements(answer, text, values):
    deals, low, high = exact(text, values)
    for rule in RULES:
        said = answer["models"][f"{rule}_all"]
        if said["status"] != "done":
            yield f"{rule}: status {said['status']}"
            continue
        if not within(said["deal"], deals[rule], deals[rule]):
            yield f"{rule}: deal {said['deal']} instead of {float(deals[rule])}"
        for s in ("s0", "s1", "s2"):
            p = said["scenarios"][s]["probability"]
            if not within(p, low[rule, s], high[rule, s]):
                yield f"{rule}: {s} {p} instead of {float(low[rule, s])} to {float(high[rule, s])}"


def shards_disagree(detente, path, whole, folder):
    partials = []
    for i in (1, 2, 3):
        partials.append(os.path.join(folder, f"part-{i}"))
        run([detente, "forecast", path, "--draws", str(DRAWS), "--shard", f"{i}/3", "--out", partials[-1], "--threads", str(i)])
    joined = json.loads(run([detente, "merge", path, *reversed(partials), "--json"]))["answer"]
    for partial in partials:
        os.remove(partial)
    if joined != whole:
        yield "the shards join to another answer"


def one_model(detente, name, folder, number):
    text, values = uncertain(name)
    path = os.path.join(folder, f"forecast-{name.replace(':', '-')}.yaml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    rounded = False
    try:
        answer = json.loads(run([detente, "forecast", path, "--draws", str(DRAWS), "--json"]))["answer"]
        rounded = answer["rounded"]
        problems = [] if rounded else list(disagreements(answer, text, values))
        if number % 5 == 0:
            problems += shards_disagree(detente, path, answer, folder)
    except Failed as error:
        problems = [str(error)]
    if not problems:
        os.remove(path)
    return path, problems, rounded


def main(arguments):
    options = options_of("forecast", arguments, 100)
    failed = rounded = 0
    for k in range(options.first, options.first + options.models):
        path, problems, was_rounded = one_model(options.detente, f"{options.seed}:{k}", options.folder, k)
        rounded += was_rounded
        for problem in problems:
            print(f"{path}: {problem}")
        failed += bool(problems)
    print(f"{rounded} of {options.models} forecasts rounded")
    if rounded > options.models / 3 + 2:
        print("too many forecasts rounded")
        failed += 1
    return finish(options, failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

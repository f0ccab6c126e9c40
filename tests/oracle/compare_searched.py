"""Compares `detente bargain` with the oracle on models too wide to eliminate, small enough to look at every outcome.

    python3 tests/oracle/compare_searched.py DETENTE [--models N] [--seed S]

Nine issues of three options with terms on every pair of them, two or three parties, all of them or two of three, with rules and red lines. Frontiers and values of solutions have to be the oracle's; cut short by `--epsilon`, every vector of the oracle has to have one
within the stated epsilon, and no objective may lie beyond its bound.
"""

import argparse
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ISSUES, OPTIONS = 9, "abc"


def model(rng):
    parties = ["p", "q", "r"][: rng.choice((2, 2, 3))]
    quota = len(parties) == 3 and rng.random() < 0.5
    consent = f"{{at_least: 2, of: [{', '.join(parties)}]}}" if quota else f"[{', '.join(parties)}]"
    lines = ["detente: 1", "parties: {" + ", ".join(f"{p}: {{}}" for p in parties) + "}"]
    lines += ["formats:", f"  f: {{table: [{', '.join(parties)}], consent: {consent}}}", "issues:"]
    lines += [f"  i{i}: {{options: [a, b, c], no_deal: a}}" for i in range(ISSUES)]
    lines += ["rules:", f'  - {{id: rule, require: "not (i{rng.randrange(4)} == c and i{rng.randrange(4, 9)} == b)"}}']
    lines.append("preferences:")
    for p in parties:
        values = ", ".join(f"{o}: {rng.randrange(30)}" for o in OPTIONS)
        lines += [f"  {p}:", "    weights: {i0: 1}", f"    values: {{i0: {{{values}}}}}", f"    no_deal: {rng.choice((20, 40, 60))}", "    adjust:"]
        for i, j in itertools.combinations(range(ISSUES), 2):
            when = f"i{i} == {rng.choice(OPTIONS)} and i{j} == {rng.choice(OPTIONS)}"
            lines.append(f'      - {{when: "{when}", add: {rng.randrange(-3, 12)}}}')
        if rng.random() < 0.5:
            lines += ["    red_lines:", f'      - {{id: line, require: "i{rng.randrange(9)} != b"}}']
    return "\n".join(lines) + "\n"


def ask(detente, path, *options):
    done = subprocess.run([detente, "bargain", path, "--json", "--quiet", *options], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{path}: status {done.returncode}: {done.stderr}")
    return json.loads(done.stdout)["answer"]


def vectors(points):
    return sorted(tuple(float(x) for x in p["utilities"].values()) for p in points)


def compare(detente, path):
    truth = subprocess.run(
        [sys.executable, os.path.join(HERE, "bargain.py"), path], capture_output=True, text=True, check=True)
    truth = json.loads(truth.stdout)["formats"]["f"]
    answer = ask(detente, path, "--verify")
    if not answer["searched"]:
        return ["it was not searched for"]
    wrong = []
    for part in ("frontier", "rational"):
        expected = sorted(tuple(v[:-1]) for v in truth[part])
        if not answer[part]["exact"] or vectors(answer[part]["points"]) != expected:
            wrong.append(f"{part} differs: {vectors(answer[part]['points'])} and {expected}")
    thinned = ask(detente, path, "--epsilon", "0.1")
    epsilon = list((thinned["frontier"].get("epsilon") or {p: 0 for p in thinned["parties"]}).values())
    for v in truth["frontier"]:
        if not any(all(y + e >= x - 1e-9 for x, y, e in zip(v, found, epsilon)) for found in vectors(thinned["frontier"]["points"])):
            wrong.append(f"{v} is further away than {epsilon}")
    for name, solution in answer["solutions"].items():
        bound = thinned["solutions"][name]["bound"]
        if name.startswith("kalai") or name.startswith("relative") or bound is None or solution["status"] != "found":
            continue  # shares are measured by the ideals found
        if bound < solution["value"] - 1e-9 * abs(solution["value"]):
            wrong.append(f"{name}: {solution['value']} lies beyond {bound}")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("detente")
    parser.add_argument("--models", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.models):
            rng = random.Random(f"{options.seed} {number}")
            path = os.path.join(folder, f"{number}.yaml")
            with open(path, "w", encoding="utf-8") as file:
                file.write(model(rng))
            for line in compare(os.path.abspath(options.detente), path):
                print(f"model {number}: {line}")
                failed += 1
    print(f"{options.models} models, {failed} differences")
    sys.exit(failed != 0)


if __name__ == "__main__":
    main()

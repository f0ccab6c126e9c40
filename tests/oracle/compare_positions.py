#!/usr/bin/env python3
"""Random tables of positions, answered by detente and by the definitions (positions.py)."""
import argparse
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import positions


def make_issue(r, number):
    """Actors, positions, saliences, capabilities: with ties, zeros, two ends only, missing saliences."""
    n, ends = r.randint(1, 8), r.random() < .2
    rows = []
    for a in range(n):
        x = r.choice([0, 100]) if ends else r.choice([r.randint(0, 100), 10 * r.randint(0, 10)])
        s = None if r.random() < .1 else r.choice([0, r.randint(1, 100), 50])
        rows.append((f"a{a}", x, s, r.choice([0, 1, r.randint(1, 30), r.random()])))
    return {"id": f"i{number}", "rows": rows, "outcome": r.randint(0, 100)}


def complete(issue):
    given = [row[2] for row in issue["rows"] if row[2] is not None]
    mean = sum(given) / len(given) if given else 50
    s = [(mean if row[2] is None else row[2]) / 100 for row in issue["rows"]]
    return [row[1] for row in issue["rows"]], s, [row[3] for row in issue["rows"]]


def expected(issue, slow):
    x, s, c = complete(issue)
    w = [a * b for a, b in zip(c, s)]
    if sum(w) == 0:
        w = [1] * len(w)
    if len(set(x)) == 1:
        return {m: x[0] for m in ("compromise", "weighted_median", "mean", "nash_positions", "pce", "eum", "smp",
                                  "smp_start", "pce_markov", "pce_incentive")}
    answer = {"compromise": positions.compromise(x, w), "weighted_median": positions.weighted_median(x, w),
              "mean": sum(x) / len(x), "nash_positions": positions.nash(x, w, 100), "eum": positions.eum(x, c, s, 1),
              "smp_start": positions.spatial(x, c, s, 0, 100, 0)}
    for kind in ("pce",) + (("pce_markov", "pce_incentive") if slow else ()):
        answer[kind] = positions.election(x, w, 100, kind)
    if slow:
        answer["smp"] = positions.spatial(x, c, s, 0, 100)
    return answer


def write(path, issues):
    with open(path, "w", encoding="utf-8") as out:
        out.write("issue,group,actor,capability,position,salience,low,high,outcome\n")
        for issue in issues:
            for actor, x, s, c in issue["rows"]:
                out.write(f"{issue['id']},{issue['id']},{actor},{c!r},{x},{'' if s is None else s},0,100,{issue['outcome']}\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("detente")
    parser.add_argument("--issues", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    a = parser.parse_args()
    r = random.Random(a.seed)
    issues = [make_issue(r, i) for i in range(a.issues)]
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "table.csv"
        write(table, issues)
        run = subprocess.run([a.detente, "backtest", str(table), "--models", "all", "--json", "--resamples", "50"],
                             capture_output=True, text=True, check=False)
    if run.returncode != 0:
        print(run.stderr)
        return 1
    answer = json.loads(run.stdout)["answer"]
    failed = compared = 0
    for number, (issue, found) in enumerate(zip(issues, answer["per_issue"])):
        for model, value in expected(issue, number % 5 == 0).items():
            got = found["predictions"][model]
            compared += 1
            if got is None or abs(got - value) > 1e-5 * (1 + abs(value)):
                failed += 1
                print(f"{issue['id']} {model}: {got}, by definition {value}\n  {issue['rows']}")
    for model, scores in answer["models"].items():
        pairs = [(i["predictions"][model], i["outcome"]) for i in answer["per_issue"] if i["predictions"][model] is not None]
        mae = sum(abs(p - o) for p, o in pairs) / len(pairs) if pairs else None
        compared += 1
        if scores["n"] != len(pairs) or (pairs and abs(scores["mae"] - mae) > 1e-9):
            failed += 1
            print(f"{model}: mae {scores['mae']} over {scores['n']}, by definition {mae} over {len(pairs)}")
    print(f"{compared} compared, {failed} differ")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""test_scorable.py DETENTE: scorable games of six and seven parties, `deal` and `bargain` against published and counted truth.

The games are not part of this project: without ../shared/data this test is skipped."""

import json
import math
import subprocess
import sys
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent.parent.parent / "shared" / "data" / "anac"
GAMES = DATA / "_llm_deliberation" / "games_descriptions"
TRUTH = DATA / "llm_deliberation_truth.json"
if not GAMES.exists() or not TRUTH.exists():
    print("skipped: ../shared/data/anac is not here")
    sys.exit(77)
SOLUTIONS = {
    "nash_unanimous": ("unanimity", "nash"),
    "egal_unanimous": ("unanimity", "egalitarian"),
    "leximin_unanimous": ("unanimity", "leximin"),
    "util_unanimous": ("unanimity", "utilitarian"),
    "ks_unanimous": ("unanimity", "kalai_smorodinsky"),
    "util_coalition": ("all_but_one", "utilitarian"),
}


class Checks:
    def __init__(self, program):
        self.program = program
        self.passed = self.failed = 0

    def equal(self, what, found, wanted):
        if found == wanted:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED {what}: found {found!r}, truth {wanted!r}")

    def ask(self, command, game):
        files = [GAMES / game / "config.txt", *sorted((GAMES / game / "scores_files").glob("*.txt"))]
        run = subprocess.run([self.program, command, *map(str, files), "--verify", "--json"], capture_output=True, timeout=120, check=False)
        if run.returncode != 0:
            raise SystemExit(f"{game}: exit {run.returncode}: {run.stderr.decode()[:400]}")
        return json.loads(run.stdout)["answer"]

    def deal(self, truth):
        game = truth["game"]
        formats = self.ask("deal", game)["formats"]
        self.equal(f"{game}: formats", sorted(formats), ["all_but_one", "unanimity"])
        for name, key in (("unanimity", "unanimous"), ("all_but_one", "n_minus_1_with_vetoes")):
            self.equal(f"{game}: {name}: deals", formats[name]["coherent"], truth["n_deals"])
            self.equal(f"{game}: {name}: zone", formats[name]["zone"]["count"], truth[key])
            accepted = [formats[name]["acceptable"][p] for p in truth["parties"]]
            self.equal(f"{game}: {name}: accepted by each", accepted, truth["per_party_accept"])
        for winning in formats["all_but_one"]["consent"]:
            self.equal(f"{game}: vetoes in {winning}", set(truth["veto"]) <= set(winning), True)

    def bargain(self, truth):
        game = truth["game"]
        formats = self.ask("bargain", game)["formats"]
        for name, key in (("unanimity", "frontier_unanimous"), ("all_but_one", "frontier_coalition")):
            self.equal(f"{game}: {name}: frontier", formats[name]["frontier"]["vectors"], truth["frontier_vectors"])
            self.equal(f"{game}: {name}: rational", formats[name]["rational"]["vectors"], truth[key])
        for key, (name, kind) in SOLUTIONS.items():
            self.solution(f"{game}: {name}: {kind}", formats[name]["solutions"][kind], truth, key)

    def solution(self, what, found, truth, key):
        wanted = truth[key]
        vectors = [[point["utilities"][p] for p in truth["parties"]] for point in found["points"]]
        self.equal(f"{what}: utilities", sorted(vectors), sorted(wanted["utils"]))
        deals = sorted(" ".join(point["outcome"].values()) for point in found["points"])
        self.equal(f"{what}: deals", deals, sorted(wanted["deals"]))
        value = wanted["value"][0] if isinstance(wanted["value"], list) else wanted["value"]
        self.equal(f"{what}: value {found['value']} of {value}", math.isclose(found["value"], value, rel_tol=1e-12), True)


def main():
    checks = Checks(sys.argv[1])
    for truth in json.loads(TRUTH.read_text()):
        checks.deal(truth)
        checks.bargain(truth)
    print(f"{checks.passed} passed, {checks.failed} failed")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""test_gmcr.py DETENTE: `hold` of GMCR+ files against the definitions, and against equilibria that are known.

The files are not part of this project: without ../shared/data this test is skipped."""

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
DATA = HERE.parent.parent.parent / "shared" / "data" / "gmcr"
sys.path.insert(0, str(HERE.parent / "oracle"))
if not DATA.exists():
    print("skipped: ../shared/data/gmcr is not here")
    sys.exit(77)
from graph_model import CONCEPTS, from_gmcr  # noqa: E402


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

    def run(self, *words):
        return subprocess.run([self.program, *map(str, words)], capture_output=True, timeout=300, check=False)

    def hold(self, path):
        done = self.run("hold", path, "--json")
        if done.returncode != 0:
            raise SystemExit(f"{path.name}: exit {done.returncode}: {done.stderr.decode()[:400]}")
        return json.loads(done.stdout)["answer"]

    def against_definitions(self, path, document):
        """Party ids come in the order of the file: names may have become other ids."""
        oracle, found = from_gmcr(document), self.hold(path)
        self.equal(f"{path.name}: states", found["state_count"], len(oracle.states))
        for concept in CONCEPTS:
            self.equal(f"{path.name}: {concept}", found["equilibria"][concept], oracle.equilibria(concept))
            for party, stable in zip(oracle.parties, found["stable"].values()):
                self.equal(f"{path.name}: {party}: {concept}", stable[concept], oracle.stable(party, concept))

    def pickle(self, path):
        done = self.run("import", path)
        self.equal(f"{path.name}: refused", (done.returncode, done.stdout, b"pickle" in done.stderr), (3, b"", True))

    def nodes(self, path, document):
        """The visualiser lists the moves itself: the same states can be reached in one move as by our model."""
        oracle = from_gmcr(document)
        for node in document["nodes"]:
            state = int(node["ordered"])
            for i, party in enumerate(oracle.parties):
                listed = {int(r["target"]) + 1 for r in node["reachable"] if r["dm"] == f"dm{i}"}
                self.equal(f"{path.name}: moves of {party} from {state}", listed, oracle.moves[party][state])


def is_small(document):
    """Can the definitions be looked at state by state?"""
    return len(document["options"]) <= 12


def main():
    checks = Checks(sys.argv[1])
    for path in sorted([*DATA.glob("onp_gmcr-py/*/*.gmcr"), *DATA.glob("onp_gmcr-vis/json/*.json")]):
        if path.read_bytes()[:1] != b"{":
            checks.pickle(path)
            continue
        document = json.loads(path.read_text())
        if is_small(document):
            checks.against_definitions(path, document)
            if "nodes" in document:
                checks.nodes(path, document)
        else:
            checks.equal(f"{path.name}: states", checks.hold(path)["state_count"], 138240)  # counted by subtraction of patterns
    print(f"{checks.passed} passed, {checks.failed} failed")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())

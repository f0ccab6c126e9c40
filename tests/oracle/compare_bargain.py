"""Compares `detente bargain` with the oracle on random models.

    python3 tests/oracle/compare_bargain.py DETENTE [--models N] [--seed S] [--first K] [--keep DIR]

Even models are those of random_model.py, odd ones of random_bargaining.py; `--seed S --first k --models 1` repeats model k
of seed S alone. Vectors, multiplicities, tie sets, power and core agree exactly, values within 1e-12 relative. Every model
is run with `--verify`, some with one and with three threads, and the odd ones once more rescaled, permuted and enlarged:
what the axioms of a solution promise has to hold. The last line reads `N passed, N failed`; exit 1 on a failure.
"""

import json
import math
import os
import random
import sys
from fractions import Fraction

try:
    from bargain import SOLUTIONS, FormatBargain, dominates
    from deal import Deal
    from model import Model
    from random_bargaining import Bargaining
    from random_model import generate
    from runner import differ, differ_number, problems_of, remove, run, run_all, save, sets
except ModuleNotFoundError as missing:
    print(f"skipped: this test needs the Python module {missing.name}")
    sys.exit(77)

SCALE_FREE = ["nash", "weighted_nash", "kalai_smorodinsky", "kalai_smorodinsky_leximin", "relative_utilitarian", "raiffa"]
SCALE_FREE += ["equal_area"]
MOST_IMPROVEMENTS = 10


def near(logs):
    """The largest, and those that 53 bits cannot tell from it."""
    top = max(logs.values())
    return {g for g, value in logs.items() if top - value <= 1e-11 * max(1, abs(top))}


class Comparison:
    """One format of an answer against the oracle; each method yields the disagreements as texts."""

    def __init__(self, found, oracle):
        self.found, self.oracle, self.model = found, oracle, oracle.model

    def disagreements(self):
        found, oracle = self.found, self.oracle
        yield from differ("parties", found["parties"], oracle.parties)
        for p, d, w in zip(oracle.parties, oracle.d, oracle.weights):
            cardinal = self.model.preferences[p].cardinal
            yield from differ_number(f"no_deal.{p}", found["no_deal"][p], d if cardinal else None)
            yield from differ_number(f"weights.{p}", found["weights"][p], w)
        yield from self.frontier("frontier", oracle.frontier, oracle.attained)
        yield from self.frontier("rational", oracle.rational, oracle.attained_in_zone)
        yield from differ("solutions", sorted(found["solutions"]), sorted(SOLUTIONS))
        for name in SOLUTIONS:
            yield from (f"{name}.{text}" for text in self.solution(found["solutions"][name], name))
        yield from differ("winning", sets(found["winning"]), sets(oracle.zone_of.winning))
        yield from self.coalitions()
        yield from self.power()
        yield from self.core()
        yield from differ("verified", found["verified"], True)

    def frontier(self, key, wanted, groups):
        entry = self.found[key]
        yield from differ(f"{key}.exact", entry["exact"], True)
        yield from differ(f"{key}.vectors", entry["vectors"], len(wanted))
        yield from differ(f"{key}.outcomes", entry["outcomes"], sum(len(groups[v]) for v in wanted))
        yield from self.points(key, entry["points"], wanted, groups)

    def points(self, what, points, wanted, groups):
        """The points are these vectors, in this order, each attained by its outcome."""
        vectors = [self.oracle.vector(point["outcome"]) for point in points]
        if vectors != wanted:
            yield f"{what}: vectors {self.shown(vectors)}, oracle {self.shown(wanted)}"
        for point, vector in zip(points, vectors):
            if vector not in groups or point["outcome"] not in groups[vector]:
                yield f"{what}: {point['outcome']} is not among the outcomes that count"
                continue
            yield from differ(f"{what}.outcome, the first of its vector", point["outcome"], groups[vector][0])
            yield from differ(f"{what}.multiplicity", point["multiplicity"], len(groups[vector]))
            for p, v, d in zip(self.oracle.parties, vector, self.oracle.d):
                cardinal = self.model.preferences[p].cardinal
                yield from differ_number(f"{what}.{p}.utility", point["utilities"][p], v if cardinal else None)
                yield from differ_number(f"{what}.{p}.gain", point["gains"][p], v - d if cardinal else None)

    def shown(self, vectors):
        if not self.oracle.cardinal:
            return len(vectors)
        return [[float(x) for x in v] for v in vectors[:4]] + ["..."] * (len(vectors) > 4)

    def solution(self, found, name):
        wanted, groups = self.oracle.solutions[name], self.oracle.attained_in_zone
        if name == "maximum_welfare":
            groups = self.oracle.attained
        yield from differ("status", found["status"], wanted.status)
        vectors = wanted.vectors
        if not found["exact"]:
            yield from differ("kind that may be inexact", name, "weighted_nash")
            vectors = self.nearly_best()
        yield from differ("ties", found["ties"], len(vectors))
        yield from self.points("points", found["points"], vectors, groups)
        if found["exact"]:
            yield from differ("outcomes", found["outcomes"], sum(self.oracle.count(name, v) for v in vectors))
        if wanted.value is not None:
            yield from differ_number("value", found["value"], wanted.value)
        if wanted.degenerate is not None:
            yield from differ("degenerate", found["degenerate"], wanted.degenerate)

    def nearly_best(self):
        """Weighted Nash in floating point."""
        powers = [float(w / max(self.oracle.weights)) for w in self.oracle.weights]
        gains = {v: self.oracle.gains(v) for v in self.oracle.rational}
        patterns = {v: tuple(x > 0 for x in g) for v, g in gains.items()}
        most, chosen = max(map(sum, patterns.values())), set()
        for pattern in {p for p in patterns.values() if sum(p) == most}:
            logs = {
                v: sum(e * math.log(x) for x, e in zip(gains[v], powers) if x > 0) for v in gains if patterns[v] == pattern
            }
            chosen |= near(logs)
        return sorted(chosen, reverse=True)

    def coalitions(self):
        yield from differ("coalitions", sets(c["parties"] for c in self.found["coalitions"]), sets(self.oracle.zone_of.winning))
        for entry in self.found["coalitions"]:
            members = frozenset(entry["parties"])
            counts = self.oracle.reach(members)
            yield from differ(f"coalition {sorted(members)}.vectors", entry["vectors"], len(counts))
            yield from differ(f"coalition {sorted(members)}.outcomes", entry["outcomes"], sum(counts.values()))

    def power(self):
        for p, wanted in self.oracle.power().items():
            entry = self.found["power"][p]
            for key in ("shapley_shubik", "banzhaf", "banzhaf_normalised"):
                yield from differ_number(f"power.{p}.{key}", entry[key], getattr(wanted, key))
            yield from differ(f"power.{p}.veto", entry["veto"], wanted.veto)
            yield from differ(f"power.{p}.dummy", entry["dummy"], wanted.dummy)

    def core(self):
        oracle = self.oracle
        tested = {entry["solution"]: entry for entry in self.found["core"]}
        yield from differ("core", sorted(tested), sorted(n for n, s in oracle.solutions.items() if s.status == "found"))
        for name, entry in tested.items():
            first = self.found["solutions"][name]["points"][0]["outcome"]
            vector = oracle.vector(first)
            yield from differ(f"core.{name}", entry["in_core"], not oracle.blocked(vector))
            if entry["in_core"]:
                continue
            leaving, y = entry["blocking_set"], entry["objection"]
            if not oracle.form.wins(set(leaving)) or y not in oracle.zone_of.coherent or not oracle.objects(leaving, y, vector):
                yield f"core.{name}: {leaving} would not leave {first} for {y}"

    def explanation(self, found, x, off_agenda):
        oracle = self.oracle
        facts = oracle.deal.facts(x)
        coherent = not facts.rules_broken
        yield from differ("outcome", found["outcome"], x)
        yield from differ("coherent", found["coherent"], coherent)
        yield from differ("in_zone", found["in_zone"], coherent and not off_agenda and oracle.form.wins(facts.accepts))
        yield from differ("efficient", found["efficient"], oracle.efficient(x))
        wanted = oracle.improvements(x)
        yield from differ("improvements", len(found["improvements"]), min(len(wanted), MOST_IMPROVEMENTS))
        outcomes = [point["outcome"] for point in found["improvements"]]
        for y in outcomes:
            if oracle.vector(y) not in wanted or not oracle.zone_of.in_zone(y):
                yield f"improvements: {y} is none"
        changes = [sum(y[i] != x[i] for i in x) for y in outcomes]
        yield from differ("improvements in order of changes", changes, sorted(changes))


# ---- one run and what must not change it ----


class Session:
    """One model: its file, the command, the answer."""

    def __init__(self, detente, folder, name):
        self.detente, self.path = detente, os.path.join(folder, f"{name}.yaml")

    def ask(self, text, *options):
        with open(self.path, "w", encoding="utf-8") as file:
            file.write(text)
        self.command = [self.detente, "bargain", self.path, "--json", "--points", "100000", *options]
        return json.loads(run(self.command))["answer"]


def check(session, text, options, weights, at):
    found = session.ask(text, *options, "--verify")
    deal = Deal(Model(text), at)
    yield from differ("formats", sorted(found["formats"]), sorted(deal.model.formats))
    for name, form in deal.model.formats.items():
        comparison = Comparison(found["formats"][name], FormatBargain(deal, form, weights))
        yield from (f"{name}: {line}" for line in comparison.disagreements())


def check_explanations(session, text):
    deal = Deal(Model(text))
    for proposal in deal.model.proposals[:1]:
        found = session.ask(text, "--explain", proposal.id)
        for name, form in deal.model.formats.items():
            oracle = FormatBargain(deal, form)
            judged = oracle.zone_of.proposal(proposal)
            comparison = Comparison(found["formats"][name], oracle)
            lines = comparison.explanation(found["formats"][name]["explanation"], judged["outcome"], judged["off_agenda"])
            yield from (f"{name}: explain {proposal.id}: {line}" for line in lines)


def check_epsilon(session, text):
    """A thinned frontier holds real outcomes and misses nothing by more than it says."""
    found = session.ask(text, "--epsilon", "0.1")["formats"]
    deal = Deal(Model(text))
    for name, form in deal.model.formats.items():
        oracle, entry = FormatBargain(deal, form), found[name]["frontier"]
        kept = [oracle.vector(point["outcome"]) for point in entry["points"]]
        if not oracle.cardinal or entry["exact"]:
            continue
        slack = [Fraction(entry["epsilon"][p]) * (1 + Fraction(1, 10**12)) for p in oracle.parties]
        for v in oracle.frontier:
            if not any(all(k >= x - e for k, x, e in zip(y, v, slack)) for y in kept):
                yield f"{name}: epsilon: {[float(x) for x in v]} is missed"


def check_threads(session):
    if len({run([*session.command, "--threads", n]) for n in ("1", "3")}) > 1:
        yield "--threads 1 and --threads 3 print different bytes"


def summary(found, multiplicities):
    """Per solution the gains of its points, and those of both frontiers."""
    lists = {name: entry["points"] for name, entry in found["solutions"].items()}
    lists |= {key: found[key]["points"] for key in ("frontier", "rational")}
    return {
        name: sorted((point["multiplicity"] if multiplicities else 0, sorted(point["gains"].items())) for point in points)
        for name, points in lists.items()
    }


def same(what, before, after, names, scaled=None):
    """The same gains; those of one party times a factor."""
    party, factor = scaled or (None, 1)
    for name in names:
        left = [[m, *(v * (factor if p == party else 1) for p, v in gains)] for m, gains in before[name]]
        right = [[m, *(v for _, v in gains)] for m, gains in after[name]]
        equal = len(left) == len(right) and all(
            math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9) for x, y in zip(sorted(left), sorted(right)) for a, b in zip(x, y)
        )
        if not equal:
            yield f"{what} changes {name}: {before[name][:2]}, then {after[name][:2]}"


def check_invariances(session, plain, found, rng):
    everything = [*SOLUTIONS, "frontier", "rational"]
    before, counted = summary(found, False), summary(found, True)
    yield from same("permuting", counted, summary(session.ask(plain.permuted(rng).text()), True), everything)
    party, issue = rng.choice(plain.parties), rng.choice(list(plain.issues))
    if party in found["parties"]:
        factor, shift = Fraction(rng.choice((1, 2, 7, 10)), rng.choice((1, 3, 4))), rng.randint(-50, 50)
        after = summary(session.ask(plain.rescaled(party, factor, shift).text()), True)
        yield from same("rescaling", counted, after, [*SCALE_FREE, "frontier", "rational"], (party, float(factor)))
    option = rng.choice(plain.issues[issue])
    after = summary(session.ask(plain.with_option(issue, option, 0).text()), False)
    yield from same("an option twice", before, after, everything)
    after = summary(session.ask(plain.with_option(issue, option, 1).text()), True)
    yield from same("a dominated option", counted, after, everything)


def random_options(rng, model):
    """(options, weights, at)"""
    options, weights, at = [], {}, None
    if model.as_of and rng.random() < 0.2:
        at = rng.choice(("2025-08-31", "2026-02-28", "2027"))
        options += ["--at", at]
    if rng.random() < 0.4:
        for p in model.parties:
            text = rng.choice(("1", "2", "3", "0.5", "4/3", "7"))
            weights[p] = Fraction(text)
            options += ["--weights", f"{p}={text}"]
    return options, weights, at


def all_checks(session, seed, number, plain, text):
    rng = random.Random(f"{seed}:{number} options")
    options, weights, at = random_options(rng, Model(text))
    yield from check(session, text, options, weights, at)
    if number % 5 == 0:
        yield from check_threads(session)
    if number % 3 == 0:
        yield from check_explanations(session, text)
    if number % 7 == 0:
        yield from check_epsilon(session, text)
    if plain:
        yield from check_invariances(session, plain, session.ask(text), rng)


def one_model(job):
    """(name, how it was run, saved file or None, disagreements) of one model."""
    detente, seed, number, folder = job
    name = f"{seed}:{number}"
    plain = Bargaining(random.Random(name)) if number % 2 else None
    text = plain.text() if plain else generate(name)
    session = Session(detente, folder, f"model-{seed}-{number}")
    problems = problems_of(all_checks(session, seed, number, plain, text))
    remove(session.path)
    if problems:
        save(session.path, text)
    return name, "", session.path, problems


if __name__ == "__main__":
    sys.exit(run_all("bargain", one_model, sys.argv[1:]))

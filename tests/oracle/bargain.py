"""Brute force of `detente bargain`, straight from the definitions: every outcome is looked at, in fractions.

    python3 tests/oracle/bargain.py MODEL [--among FORMAT] [--at DATE] [--weights PARTY=W]... [--explain PROPOSAL]

prints, per format, frontiers and solutions. Definitions where the documents leave room:

- The dimensions are the parties that a consent rule names, in the order of the model; a vector holds what an outcome is worth
  to each (ordinal parties: something that compares like their ranks).
- The rational part is the frontier of the zone of agreement; a multiplicity counts outcomes of the zone.
- A solution chooses among the rational vectors, by their gains over the reservation values; under a quota a gain may be
  negative. Ideal gains are the largest over these vectors. A party whose ideal gain is not above zero is left out of
  Kalai-Smorodinsky and of relative utilitarian shares.
- Nash: the vectors with the fewest gains that are not positive; for each set of gaining parties the largest product of the
  gains that are. With nobody gaining, each such vector is an answer (the empty product).
- Raiffa: d moves by 1/n of the way to the ideal of what is at least d, until one vector is left or none would be; then
  the leximin of gains over ideal gains, both seen from d, among what is left.
- Equal area: under the staircase of the gains (negative ones count as none) the ray through a point leaves areas above and
  below; the points where these differ least.
- Maximum welfare looks at all coherent vectors, utilitarian at the rational ones; both sums are of utilities.
- Capabilities are the weights; if one of them is not above zero all parties weigh the same.
"""

import argparse
import itertools
import json
import math
import sys
from collections import namedtuple
from fractions import Fraction

from deal import Deal, FormatDeal
from model import load
from quantity import ModelError

SOLUTIONS = ["nash", "weighted_nash", "kalai_smorodinsky", "kalai_smorodinsky_leximin", "egalitarian", "leximin"]
SOLUTIONS += ["weighted_egalitarian", "utilitarian", "relative_utilitarian", "raiffa", "equal_area", "maximum_welfare"]
EXPONENTS = 400  # digits of exact products stay bounded

Solution = namedtuple("Solution", "status vectors value degenerate")
Power = namedtuple("Power", "shapley_shubik banzhaf banzhaf_normalised veto dummy")


def dominates(y, x):
    return y != x and all(a >= b for a, b in zip(y, x))


def undominated(vectors):
    """The non-dominated ones, largest first."""
    vectors = sorted(set(vectors), reverse=True)
    places = [{v: i for i, v in enumerate(sorted(set(column)))} for column in zip(*vectors)]
    kept = []  # (ranks, vector): a dominating vector comes before what it dominates
    for vector in vectors:
        ranks = tuple(place[v] for place, v in zip(places, vector))
        if not any(all(a >= b for a, b in zip(other, ranks)) for other, _ in kept):
            kept.append((ranks, vector))
    return [vector for _, vector in kept]


def best(items, key):
    """All items whose key is largest."""
    keys = [key(item) for item in items]
    top = max(keys, default=None)
    return [item for item, k in zip(items, keys) if k == top]


def product(numbers):
    return math.prod(numbers, start=Fraction(1))


def exponents(weights):
    """Whole numbers in the proportion of the weights."""
    common = math.lcm(*(w.denominator for w in weights))
    whole = [int(w * common) for w in weights]
    return [w // math.gcd(*whole) for w in whole]


def ascending_shares(gains, parts):
    """Gains over parts, smallest first; parties without a part are left out."""
    return tuple(sorted(g / a for g, a in zip(gains, parts) if a > 0))


class Chooser:
    """The solutions on a list of vectors of gains; each method gives (chosen, value or None, degenerate)."""

    def __init__(self, gains, weights, everywhere):
        self.gains, self.weights, self.everywhere = gains, weights, everywhere
        self.n = len(weights)
        self.ideal = [max(column) for column in zip(*gains)]
        self.left_out = any(a <= 0 for a in self.ideal)

    def nash_with(self, powers):
        gaining = {g: tuple(v > 0 for v in g) for g in self.gains}
        most = max(map(sum, gaining.values()))
        chosen = []
        for pattern in {p for p in gaining.values() if sum(p) == most}:
            same = [g for g in self.gains if gaining[g] == pattern]
            chosen += best(same, lambda g: product(v**e for v, e in zip(g, powers) if v > 0))
        value = product(max(chosen)) if most == self.n else None
        return chosen, value, most < self.n

    def nash(self):
        return self.nash_with([1] * self.n)

    def weighted_nash(self):
        chosen, _, degenerate = self.nash_with(exponents(self.weights))
        return chosen, None, degenerate

    def kalai_smorodinsky(self):
        return self.least_share(self.ideal, 1, self.left_out)

    def kalai_smorodinsky_leximin(self):
        return self.least_share(self.ideal, self.n, self.left_out)

    def egalitarian(self):
        return self.least_share([1] * self.n, 1, False)

    def leximin(self):
        return self.least_share([1] * self.n, self.n, False)

    def weighted_egalitarian(self):
        return self.least_share(self.weights, 1, False)

    def least_share(self, parts, compared, degenerate):
        chosen = best(self.gains, lambda g: ascending_shares(g, parts)[:compared])
        shares = ascending_shares(chosen[0], parts)
        return chosen, shares[0] if shares else Fraction(0), degenerate

    def utilitarian(self):
        chosen = best(self.gains, sum)
        return chosen, sum(chosen[0]), False

    def relative_utilitarian(self):
        chosen = best(self.gains, lambda g: sum(ascending_shares(g, self.ideal)))
        return chosen, sum(ascending_shares(chosen[0], self.ideal)), self.left_out

    def raiffa(self):
        at, left = (Fraction(0),) * self.n, self.gains
        while len(left) > 1:
            ideal = [max(column) for column in zip(*left)]
            further = tuple(d + (a - d) / self.n for d, a in zip(at, ideal))
            reached = [g for g in left if all(v >= d for v, d in zip(g, further))]
            if not reached:
                break
            at, left = further, reached
        seen = {tuple(v - d for v, d in zip(g, at)): g for g in left}
        parts = [max(column) for column in zip(*seen)]
        return [seen[s] for s in best(list(seen), lambda s: ascending_shares(s, parts))], None, None

    def equal_area(self):
        if self.n != 2:
            return None
        corners = {g: tuple(max(v, 0) for v in g) for g in self.gains}
        imbalances = {g: abs(self.area_below(c, corners.values()) * 2 - self.area(corners.values())) for g, c in corners.items()}
        least = min(imbalances.values())
        return [g for g in self.gains if imbalances[g] == least], least, None

    @staticmethod
    def area(corners):
        total, before = Fraction(0), Fraction(0)
        for x, y in sorted(set(corners)):
            total += (x - before) * max(v for u, v in corners if u >= x)
            before = x
        return total

    def area_below(self, corner, corners):
        x, y = corner
        return x * y / 2 + self.area([(u - x, v) for u, v in corners if u > x])

    def maximum_welfare(self):
        return Chooser(self.everywhere, self.weights, None).utilitarian()


class FormatBargain:
    """The answer for one format."""

    def __init__(self, deal, form, weights=None):
        self.deal, self.form, self.model = deal, form, deal.model
        self.zone_of = FormatDeal(deal, form)
        self.parties = form.voters
        self.cardinal = all(self.model.preferences[p].cardinal for p in self.parties)
        self.attained = self.group(self.zone_of.coherent)
        self.attained_in_zone = self.group(self.zone_of.zone)
        self.frontier = undominated(self.attained)
        self.rational = undominated(self.attained_in_zone)
        self.weights = [self.weight(p, weights or {}) for p in self.parties]
        self.d = [deal.reservation[p] for p in self.parties]
        self.solutions = {name: self.solve(name) for name in SOLUTIONS}

    def vector(self, x):
        worth = self.deal.facts(x).worth
        return tuple(worth[p] for p in self.parties)

    def group(self, outcomes):
        groups = {}
        for x in outcomes:
            groups.setdefault(self.vector(x), []).append(x)
        return groups

    def weight(self, party, weights):
        nodes = self.model.root["parties"]
        stated = {p: self.model.number((node or {}).get("capability", "1")) for p, node in nodes.items()}
        if any(w <= 0 for w in stated.values()):
            stated = dict.fromkeys(stated, Fraction(1))
        return {**stated, **weights}[party]

    # solutions

    def gains(self, vector):
        return tuple(v - d for v, d in zip(vector, self.d))

    def solve(self, name):
        if not self.cardinal:
            return Solution("ordinal", [], None, False)
        if name == "equal_area" and len(self.parties) != 2:
            return Solution("two_parties", [], None, False)
        pool = self.frontier if name == "maximum_welfare" else self.rational
        if not pool:
            return Solution("none", [], None, False)
        by_gains = {self.gains(v): v for v in pool}
        everywhere = [self.gains(v) for v in self.frontier]
        chosen, value, degenerate = getattr(Chooser(list(by_gains), self.weights, everywhere), name)()
        if name in ("utilitarian", "maximum_welfare"):
            value += sum(self.d)
        return Solution("found", sorted((by_gains[g] for g in chosen), reverse=True), value, degenerate)

    def count(self, name, vector):
        """Outcomes that attain a vector of a solution."""
        groups = self.attained if name == "maximum_welfare" else self.attained_in_zone
        return len(groups[vector])

    # power, core, improvements

    def power(self):
        n, wins = len(self.parties), self.form.wins
        shapley, swings = dict.fromkeys(self.parties, Fraction(0)), dict.fromkeys(self.parties, 0)
        for size in range(n):
            share = Fraction(math.factorial(size) * math.factorial(n - 1 - size), math.factorial(n))
            for members in itertools.combinations(self.parties, size):
                if wins(set(members)):
                    continue
                for p in set(self.parties) - set(members):
                    if wins({*members, p}):
                        shapley[p] += share
                        swings[p] += 1
        total = sum(swings.values())
        vetoes = {p for p in self.parties if all(p in w for w in self.zone_of.winning)}
        return {
            p: Power(shapley[p], Fraction(swings[p], 2 ** (n - 1)), Fraction(swings[p], total or 1), p in vetoes, not swings[p])
            for p in self.parties
        }

    def reach(self, members):
        """Rational vectors of what keeps the members' red lines, each with its number of outcomes."""
        facts = self.deal.facts
        kept = self.group(x for x in self.zone_of.coherent if not any(facts(x).crossed[p] for p in members))
        rows = {v: dict(zip(self.parties, v)) for v in undominated(kept)}
        return {v: len(kept[v]) for v, row in rows.items() if all(row[p] >= self.deal.reservation[p] for p in members)}

    def objects(self, members, y, vector):
        """Would these parties leave a deal worth `vector` for y?"""
        facts = self.deal.facts(y)
        better = all(facts.worth[p] > v for p, v in zip(self.parties, vector) if p in members)
        return better and not any(facts.crossed[p] for p in members)

    def blocked(self, vector):
        return any(self.objects(w, y, vector) for w in self.zone_of.winning for y in self.zone_of.coherent)

    def efficient(self, x):
        return not any(dominates(v, self.vector(x)) for v in self.frontier)

    def improvements(self, x):
        """Rational frontier vectors that hurt nobody and help somebody."""
        return [v for v in self.rational if dominates(v, self.vector(x))]

    def answer(self):
        plain = self.cardinal
        solutions = {
            name: {"status": s.status, "value": s.value, "vectors": s.vectors, "outcomes": sum(self.count(name, v) for v in s.vectors)}
            for name, s in self.solutions.items()
        }
        return {
            "parties": self.parties,
            "no_deal": self.d if plain else None,
            "frontier": [[*v, len(self.attained[v])] for v in self.frontier] if plain else len(self.frontier),
            "rational": [[*v, len(self.attained_in_zone[v])] for v in self.rational] if plain else len(self.rational),
            "solutions": solutions,
            "power": {p: power._asdict() for p, power in self.power().items()},
            "core": {name: not self.blocked(s.vectors[0]) for name, s in self.solutions.items() if s.vectors},
        }


def main(arguments):
    parser = argparse.ArgumentParser(description="Brute force of `detente bargain`.")
    parser.add_argument("model")
    parser.add_argument("--among", metavar="FORMAT")
    parser.add_argument("--at", metavar="DATE")
    parser.add_argument("--weights", action="append", default=[], metavar="PARTY=W")
    options = parser.parse_args(arguments)
    weights = {p: Fraction(w) for p, w in (text.rsplit("=", 1) for text in options.weights)}
    try:
        deal = Deal(load(options.model), options.at)
        formats = [f for f in deal.model.formats.values() if options.among in (None, f.id)]
        found = {f.id: FormatBargain(deal, f, weights).answer() for f in formats}
    except ModelError as error:
        print(f"{options.model}: {error}", file=sys.stderr)
        return 3
    print(json.dumps({"formats": found}, default=float, ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

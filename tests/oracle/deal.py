"""Brute force of `detente deal`, straight from the definitions: every outcome is looked at, nothing is skipped.

    python3 tests/oracle/deal.py MODEL [--set NAME=VALUE]... [--at DATE]

prints the `answer` of docs/json.md, without `over` and `draws`. Definitions where the documents leave room:

- A bit is a red line `party.id` or a reservation value `party.no_deal`. For an outcome x and a minimal winning
  set W, V_W(x) = the bits that the parties of W would have to give up: red lines crossed, and `p.no_deal`
  where u_p(x) < d_p (ordinal: worse than no deal).
- Concessions are the inclusion-minimal V_W(x) over all coherent x and all W. The shortfall of a concession D is
  the least, over the (x, W) with V_W(x) = D, of the sum of d_p - u_p(x) over the cardinal parties p with
  `p.no_deal` in D; a rank has no unit and counts 0. Its cost = costs of its red lines + shortfall.
- Blockers are the minimal sets B such that with only the bits of B in force no coherent outcome wins; these are
  the minimal hitting sets of the concessions. `blocks` is the definition itself, for checking.
- With an open zone, and with no coherent outcome at all, both lists are empty.
- Opposition of two parties on an issue: over the pairs of options that the single-issue terms (weight x value)
  of both parties order strictly, the share which they order the opposite way. No such pair, or an ordinal party:
  null. `adjust` has no part in it.
- `preference`, `no_deal` and `gain` of a proposal are against the reservation value, drift included.
- `off_agenda` of a proposal: issues it moves from no deal that are not on the agenda. Naming one at its no-deal
  option is no offence.
- `keeps_principles` is the number of outcomes of the zone that break no principle.
- The no-deal outcome is an outcome like any other, it may lie in the zone.
"""

import argparse
import itertools
import json
import sys
from collections import namedtuple
from fractions import Fraction

from model import load
from quantity import ModelError, months_between

Facts = namedtuple("Facts", "rules_broken worth crossed accepts")
Concession = namedtuple("Concession", "drop cost shortfall total outcome")


def minimal(sets):
    """The inclusion-minimal members of a collection of sets."""
    kept = []
    for s in sorted(set(sets), key=len):
        if not any(k <= s for k in kept):
            kept.append(s)
    return kept


def blocks(held, family):
    """With only the bits `held` in force, does each V of the family still cross one?"""
    return all(held & crossed for crossed in family)


def hitting_sets(family):
    """Minimal sets that meet every member: branch on the members of the first set not met yet, keep the minimal."""
    found, seen, waiting = set(), set(), [frozenset()]
    while waiting:
        held = waiting.pop()
        if held in seen:
            continue
        seen.add(held)
        missed = next((s for s in family if not held & s), None)
        if missed is None:
            found.add(held)
        else:
            waiting.extend(held | {bit} for bit in missed)
    return minimal(found)


class Deal:
    """One model, one date."""

    def __init__(self, model, at=None):
        self.model = model
        self.months = months_between(model.as_of, at) if at else Fraction(0)
        self.reservation = {p: self.read_reservation(pref) for p, pref in model.preferences.items()}
        self.known = {}

    def read_reservation(self, pref):
        if not pref.cardinal:
            return pref.worth(self.model.no_deal)
        start = pref.no_deal if pref.no_deal is not None else pref.worth(self.model.no_deal)
        return start + pref.drift * self.months

    def facts(self, x):
        key = tuple(x.values())
        if key not in self.known:
            self.known[key] = self.judge(x)
        return self.known[key]

    def judge(self, x):
        preferences = self.model.preferences
        broken = [rule.id for rule in self.model.rules if not rule.holds(x)]
        worth = {p: pref.worth(x) for p, pref in preferences.items()}
        crossed = {p: [r.id for r in pref.red_lines if not r.holds(x)] for p, pref in preferences.items()}
        accepts = {p for p in preferences if not crossed[p] and worth[p] >= self.reservation[p]}
        return Facts(broken, worth, crossed, accepts)

    def principles_broken(self, x, table):
        """Ids of the principles that x breaks in a format with this table."""
        return [p.id for p in self.model.principles if self.breaks(p, x, table)]

    def breaks(self, principle, x, table):
        if principle.kind == "present":
            party, issues = principle.body
            return party not in table and any(x[i] != self.model.no_deal[i] for i in issues)
        if principle.kind == "follow_up":
            return x != self.model.no_deal and not principle.body(x)
        if principle.kind == "require":
            return not principle.body(x)
        given, wanted = principle.body
        return given(x) and not wanted(x)

    def utility(self, party, worth):
        return worth if self.model.preferences[party].cardinal else None

    def opposition(self, issue, a, b):
        pair = [self.model.preferences[p] for p in (a, b)]
        if not all(pref.cardinal for pref in pair):
            return None
        first, second = (pref.terms.get(issue, {}) for pref in pair)
        opposite = same = 0
        for o, q in itertools.combinations(self.model.issues[issue].options, 2):
            product = (first.get(o, 0) - first.get(q, 0)) * (second.get(o, 0) - second.get(q, 0))
            opposite += product < 0
            same += product > 0
        return Fraction(opposite, opposite + same) if opposite + same else None

    def oppositions(self):
        return [
            {"issue": i, "parties": [a, b], "opposition": self.opposition(i, a, b)}
            for i in self.model.issues
            for a, b in itertools.combinations(self.model.preferences, 2)
        ]


class FormatDeal:
    """The answer for one format."""

    def __init__(self, deal, form):
        self.deal, self.form, self.model = deal, form, deal.model
        self.outcomes = list(self.enumerate())
        self.coherent = [x for x in self.outcomes if not deal.facts(x).rules_broken]
        self.zone = [x for x in self.coherent if form.wins(deal.facts(x).accepts)]
        self.winning = minimal(
            frozenset(s)
            for n in range(len(form.voters) + 1)
            for s in itertools.combinations(form.voters, n)
            if form.wins(set(s))
        )
        self.family = set()  # every V_W(x), when the zone is empty
        self.concessions = []  # cheapest first
        self.blockers = []
        if not self.zone and self.coherent:
            self.family = {self.given_up(x, w) for x in self.coherent for w in self.winning}
            self.concessions = sorted(self.find_concessions(), key=lambda c: (c.cost, len(c.drop), bit_names(c.drop)))
            self.blockers = hitting_sets([c.drop for c in self.concessions])

    def enumerate(self):
        issues = self.model.issues
        choices = [issues[i].options if i in self.form.agenda else [self.model.no_deal[i]] for i in issues]
        for choice in itertools.product(*choices):
            yield dict(zip(issues, choice))

    def is_coherent(self, x):
        return x in self.coherent

    def in_zone(self, x):
        return x in self.zone

    def opens(self, x, drop):
        """Does x become a deal once the bits `drop` are given up?"""
        return x in self.coherent and any(self.given_up(x, w) <= drop for w in self.winning)

    def given_up(self, x, winners):
        """V_W(x) as a set of (party, bit)."""
        facts = self.deal.facts(x)
        bits = {(p, line) for p in winners for line in facts.crossed[p]}
        bits |= {(p, "no_deal") for p in winners if facts.worth[p] < self.deal.reservation[p]}
        return frozenset(bits)

    def shortfall(self, x, drop):
        """What x is worth less than no deal, per cardinal party whose reservation value is dropped."""
        worth, reservation = self.deal.facts(x).worth, self.deal.reservation
        short = [p for p, bit in sorted(drop) if bit == "no_deal" and self.model.preferences[p].cardinal]
        return {p: reservation[p] - worth[p] for p in short}

    def find_concessions(self):
        least = {drop: None for drop in minimal(self.family)}
        for x in self.coherent:
            for drop in {self.given_up(x, w) for w in self.winning} & set(least):
                total = sum(self.shortfall(x, drop).values())
                if least[drop] is None or total < least[drop][0]:
                    least[drop] = (total, x)
        for drop, (total, x) in least.items():
            yield Concession(drop, total + self.price(drop), self.shortfall(x, drop), total, x)

    def price(self, drop):
        lines = {(p, r.id): r.cost for p, pref in self.model.preferences.items() for r in pref.red_lines}
        return sum(lines[bit] for bit in drop if bit[1] != "no_deal")

    def rules_in_conflict(self):
        if self.coherent:
            return []
        broken = [frozenset(self.deal.facts(x).rules_broken) for x in self.outcomes]
        ids = [rule.id for rule in self.model.rules]
        subsets = (frozenset(s) for n in range(len(ids) + 1) for s in itertools.combinations(ids, n))
        return minimal(s for s in subsets if all(s & b for b in broken))

    def acceptable(self):
        counts = dict.fromkeys(self.model.preferences, 0)
        for x in self.coherent:
            for p in self.deal.facts(x).accepts:
                counts[p] += 1
        return counts

    def best(self, party):
        """An outcome of the zone that is best for the party, or None."""
        return max(self.zone, key=lambda x: self.deal.facts(x).worth[party], default=None)

    def keeps_principles(self):
        return sum(not self.deal.principles_broken(x, self.form.table) for x in self.zone)

    def proposal(self, proposal):
        x = {**self.model.no_deal, **proposal.terms}
        facts = self.deal.facts(x)
        off_agenda = [i for i in x if i not in self.form.agenda and x[i] != self.model.no_deal[i]]
        return {
            "acceptable": not facts.rules_broken and not off_agenda and self.form.wins(facts.accepts),
            "coherent": not facts.rules_broken,
            "off_agenda": off_agenda,
            "rules_broken": facts.rules_broken,
            "outcome": x,
            "parties": {p: self.judged(p, facts) for p in self.model.preferences},
            "principles_broken": self.deal.principles_broken(x, self.form.table),
        }

    def judged(self, party, facts):
        worth, reservation = facts.worth[party], self.deal.reservation[party]
        utility, no_deal = self.deal.utility(party, worth), self.deal.utility(party, reservation)
        return {
            "accepts": party in facts.accepts,
            "preference": "better" if worth > reservation else "worse" if worth < reservation else "equal",
            "utility": utility,
            "no_deal": no_deal,
            "gain": None if utility is None else utility - no_deal,
            "red_lines": facts.crossed[party],
        }

    def best_entry(self, party):
        x = self.best(party)
        if x is None:
            return None
        utility = self.deal.utility(party, self.deal.facts(x).worth[party])
        gain = None if utility is None else utility - self.deal.reservation[party]
        return {"utility": utility, "gain": gain, "outcome": x}

    def zone_entry(self):
        return {
            "status": "open" if self.zone else "empty",
            "count": len(self.zone),
            "exact": True,
            "example": self.zone[0] if self.zone else None,
            "keeps_principles": self.keeps_principles(),
        }

    def concession_entries(self):
        cheapest = min((c.cost for c in self.concessions), default=None)
        fewest = min((len(c.drop) for c in self.concessions), default=None)
        return [
            {
                "drop": bit_names(c.drop),
                "cost": c.cost,
                "shortfall": c.shortfall,
                "outcome": c.outcome,
                "least_cost": c.cost == cheapest,
                "least_number": len(c.drop) == fewest,
            }
            for c in self.concessions
        ]

    def answer(self):
        return {
            "consent": sorted(sorted(w) for w in self.winning),
            "coherent": len(self.coherent),
            "acceptable": self.acceptable(),
            "zone": self.zone_entry(),
            "best": {p: self.best_entry(p) for p in self.form.voters},
            "blockers": sorted(bit_names(b) for b in self.blockers),
            "concessions": self.concession_entries(),
            "complete": True,
            "rules_in_conflict": sorted(sorted(s) for s in self.rules_in_conflict()),
            "proposals": {p.id: self.proposal(p) for p in self.model.proposals},
        }


def bit_names(bits):
    return sorted(f"{party}.{bit}" for party, bit in bits)


def answer(model, at=None, base=None):
    """The whole answer, numbers as fractions; `base` is the model without `--set`."""
    deal = Deal(model, at)
    result = {
        "as_of": model.as_of,
        "months": deal.months,
        "parties": model.parties,
        "no_deal": model.no_deal,
        "formats": {f: FormatDeal(deal, form).answer() for f, form in model.formats.items()},
        "opposition": deal.oppositions(),
        "principles": {
            p.id: {"kind": p.kind, "by": sorted(p.by), "broken_by_no_deal": deal.breaks(p, model.no_deal, [])}
            for p in model.principles
        },
    }
    if base:
        before = Deal(base, at)
        zones = {f: FormatDeal(before, form).zone_entry() for f, form in base.formats.items()}
        result["base"] = {"formats": {f: {"zone": zone} for f, zone in zones.items()}}
        moved = {
            p: {"before": before.utility(p, before.reservation[p]), "after": deal.utility(p, deal.reservation[p])}
            for p in model.preferences
        }
        result["difference"] = {
            f: {
                "zone": {"before": zones[f]["count"], "after": result["formats"][f]["zone"]["count"]},
                "no_deal": moved,
            }
            for f in model.formats
        }
    return result


def main(arguments):
    parser = argparse.ArgumentParser(description="Brute force of `detente deal`.")
    parser.add_argument("model")
    parser.add_argument("--set", dest="sets", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--at", metavar="DATE")
    options = parser.parse_args(arguments)
    try:
        base = load(options.model) if options.sets else None
        found = answer(load(options.model, options.sets), options.at, base)
    except ModelError as error:
        print(f"{options.model}: {error}", file=sys.stderr)
        return 3
    print(json.dumps({"command": "deal", "answer": found}, default=float, ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Brute force of `detente path`, straight from the definitions of docs/method/path.md: every pair of outcomes is looked at.

Readings:

- A way has walkers: a minimal winning set of the format. It starts at no deal, which is exempt from everything.
- After each step the rules hold, every walker accepts the outcome, and every principle of order or presence that was ever
  kept on the way (no deal included) is kept.
- A step changes at most `bundle` issues, or only issues of one rule whose combinations are at most 4096.
- It is one party's own when that party decides all that changes and is not worse off after it; otherwise it is joint: all of
  it on the agenda, no lever of a party that does not walk.
- An option that is final is not left: `reversible: false` at the option, or at the issue unless it is the no-deal option.
- Strict: no walker is worse off after a step than before it.
- Cuts: the least sets of red lines, reservation values, steps (strict) and principles without which there is a way.
"""

import itertools
from collections import namedtuple
from fractions import Fraction

from condition import Parser
from deal import minimal

Way = namedtuple("Way", "depth width")
LINKED = 4096


class Scope(Parser):
    """Which issues a condition names."""

    def __init__(self, text, issues):
        super().__init__(text, issues)
        self.named = set()
        self.condition()

    def comparison(self, issue):
        self.named.add(issue)
        return super().comparison(issue)

    def options(self, issue):
        self.named.add(issue)
        return super().options(issue)


def final_options(model, issue):
    """Options that are not left once they are taken."""
    node = model.root["issues"][issue] or {}
    options = node["options"]
    whole, found = node.get("reversible") == "false", set()
    for o in model.issues[issue].options:
        own = (options[o] or {}).get("reversible") if isinstance(options, dict) else None
        if own == "false" or (own is None and whole and o != model.no_deal[issue]):
            found.add(o)
    return found


class FormatPath:
    """The ways of one format."""

    def __init__(self, deal, form, strict=False, bundle=1):
        self.deal, self.form, self.model, self.strict, self.bundle = deal, form, deal.model, strict, bundle
        issues = self.model.issues
        self.names = list(issues)
        self.movable = [i for i in issues if i in form.agenda or issues[i].decided_by in self.model.preferences]
        self.final = {i: final_options(self.model, i) for i in issues}
        rules = [Scope(n["require"], issues).named for n in self.model.root.get("rules") or []]
        self.linked = [r & set(self.movable) for r in rules]
        self.linked = [r for r in self.linked if self.combinations(r) <= LINKED]
        self.walkers = minimal(
            frozenset(s)
            for n in range(len(form.voters) + 1)
            for s in itertools.combinations(form.voters, n)
            if form.wins(set(s))
        )
        self.principles = [p for p in self.model.principles if p.kind in ("order", "present")]
        self.start = tuple(self.model.no_deal[i] for i in self.names)
        self.outcomes = [tuple(x) for x in self.enumerate()]
        self.coherent = [x for x in self.outcomes if not deal.facts(self.outcome(x)).rules_broken]

    def combinations(self, issues):
        count = 1
        for i in issues:
            count *= len(self.model.issues[i].options)
        return count

    def enumerate(self):
        issues = self.model.issues
        return itertools.product(*(issues[i].options if i in self.movable else [self.model.no_deal[i]] for i in issues))

    def outcome(self, x):
        return dict(zip(self.names, x))

    # what forbids

    def kept(self, x):
        table = self.form.table
        return frozenset(p.id for p in self.principles if not self.deal.breaks(p, self.outcome(x), table))

    def crossed(self, x, walkers, kept):
        facts = self.deal.facts(self.outcome(x))
        found = {f"{p}.{line}" for p in walkers for line in facts.crossed[p]}
        found |= {f"{p}.no_deal" for p in walkers if facts.worth[p] < self.deal.reservation[p]}
        return found | (kept - self.kept(x))

    def worse(self, x, y, party):
        return self.deal.facts(self.outcome(y)).worth[party] < self.deal.facts(self.outcome(x)).worth[party]

    # steps

    def may_step(self, x, y, walkers):
        changed = [i for i, a, b in zip(self.names, x, y) if a != b]
        if not changed or any(a in self.final[i] for i, a, b in zip(self.names, x, y) if a != b):
            return False
        if len(changed) > self.bundle and not any(set(changed) <= r for r in self.linked):
            return False
        owners = {self.model.issues[i].decided_by for i in changed}
        owner = next(iter(owners))
        if len(owners) == 1 and owner in self.model.preferences and not self.worse(x, y, owner):
            return True
        return all(i in self.form.agenda for i in changed) and all(o is None or o in walkers for o in owners)

    def closure(self, walkers, out=frozenset()):
        """{(outcome, principles kept once): Way} with the cuts `out` left out."""
        at = (self.start, self.kept(self.start))
        found, layer, depth = {at: Way(0, None)}, [at], 0
        while layer:
            depth, fresh = depth + 1, {}
            for point in layer:
                for y in self.coherent:
                    if not self.may_step(point[0], y, walkers):
                        continue
                    cut = self.crossed(y, walkers, point[1])
                    if self.strict:
                        cut |= {f"{p}.step" for p in walkers if self.worse(point[0], y, p)}
                    if cut - out:
                        continue
                    to = (y, point[1] | self.kept(y))
                    if to in found:
                        continue
                    width = self.narrower(found[point].width, self.floor(y, walkers))
                    if to not in fresh or self.wider(width, fresh[to].width):
                        fresh[to] = Way(depth, width)
            found.update(fresh)
            layer = list(fresh)
        return found

    def floor(self, x, walkers):
        gains = [
            self.deal.facts(self.outcome(x)).worth[p] - self.deal.reservation[p]
            for p in walkers
            if self.model.preferences[p].cardinal
        ]
        return min(gains) if gains else Fraction(0)

    @staticmethod
    def narrower(a, b):
        return b if a is None else min(a, b)

    @staticmethod
    def wider(a, b):
        return b is not None and (a is None or a > b)

    # destinations

    def is_a_deal(self, x):
        joint = [i for i in self.form.agenda if self.model.issues[i].decided_by is None]
        moved = {i for i, a, b in zip(self.names, x, self.start) if a != b}
        return bool(moved & set(joint)) if joint else bool(moved & set(self.form.agenda))

    def arrived(self, kind, name, x):
        if kind == "zone":
            return self.is_a_deal(x)
        if kind == "scenario":
            return self.model.condition(self.model.root["scenarios"][name]["when"])(self.outcome(x))
        terms = next(p for p in self.model.proposals if p.id == name).terms
        return self.outcome(x) == {**self.model.no_deal, **terms}

    def ways(self, kind, name):
        """(least number of steps, highest floor of such a way) or None."""
        best = None
        for walkers in self.walkers:
            for (x, _), way in self.closure_of(walkers).items():
                if not self.arrived(kind, name, x):
                    continue
                if best is None or way.depth < best.depth or (way.depth == best.depth and self.wider(way.width, best.width)):
                    best = way
        return best

    def closure_of(self, walkers):
        if not hasattr(self, "closures"):
            self.closures = {}
        if walkers not in self.closures:
            self.closures[walkers] = self.closure(walkers)
        return self.closures[walkers]

    def safest(self, kind, name):
        """The highest floor of any way, by raising the floor until there is none."""
        best = None
        for walkers in self.walkers:
            floors = sorted({self.floor(x, walkers) for x, _ in self.closure_of(walkers) if x != self.start})
            for floor in floors:
                if best is not None and floor <= best:
                    continue
                if self.reaches(walkers, floor, kind, name):
                    best = floor
        return best

    def reaches(self, walkers, floor, kind, name):
        seen = {(self.start, self.kept(self.start))}
        waiting = list(seen)
        while waiting:
            point = waiting.pop()
            if self.arrived(kind, name, point[0]):
                return True
            for y, kept in self.closure_of(walkers):
                to = (y, point[1] | self.kept(y))
                if to in seen or to not in self.closure_of(walkers) or self.floor(y, walkers) < floor:
                    continue
                if not self.may_step(point[0], y, walkers) or self.crossed(y, walkers, point[1]):
                    continue
                if self.strict and any(self.worse(point[0], y, p) for p in walkers):
                    continue
                seen.add(to)
                waiting.append(to)
        return False

    def holds(self, walkers):
        found = [f"{p}.{r.id}" for p in walkers for r in self.model.preferences[p].red_lines]
        found += [f"{p}.no_deal" for p in walkers] + [f"{p}.step" for p in walkers if self.strict]
        table = self.form.table
        return found + [p.id for p in self.principles if p.kind == "order" or p.body[0] not in table]

    def cuts(self, kind, name, most):
        """The least sets that open a way, of at most `most` members, of any group of walkers; None: there are none."""
        for size in range(1, most + 1):
            found = {
                out
                for walkers in self.walkers
                for out in itertools.combinations(sorted(self.holds(walkers)), size)
                if any(self.arrived(kind, name, x) for x, _ in self.closure(walkers, frozenset(out)))
            }
            if found:
                return sorted(map(list, found))
        return None

"""Brute force of `detente hold --deal`, straight from docs/method/leaving.md."""

import itertools
from fractions import Fraction

from path import final_options


class Leaving:
    """Who would leave a deal, among the parties of the formats."""

    def __init__(self, deal):
        self.deal, self.model = deal, deal.model
        voters = {p for form in self.model.formats.values() for p in form.voters}
        self.parties = [p for p in self.model.preferences if p in voters]
        self.final = {i: final_options(self.model, i) for i in self.model.issues}

    def coherent(self, x):
        return not self.deal.facts(x).rules_broken

    def worth(self, x, party):
        return self.deal.facts(x).worth[party]

    def ways_out(self, x, party):
        """Outcomes of leaving."""
        issues, no_deal = self.model.issues, self.model.no_deal
        joint = [i for i in issues if issues[i].decided_by is None and x[i] not in self.final[i]]
        if all(x[i] == no_deal[i] for i in joint):
            return
        own = [i for i in issues if issues[i].decided_by == party and x[i] not in self.final[i]]
        for choice in itertools.product(*(issues[i].options for i in own)):
            y = {**x, **{i: no_deal[i] for i in joint}, **dict(zip(own, choice))}
            if self.coherent(y):
                yield y

    def gain_of(self, x, y, party):
        shift = 0
        if self.model.preferences[party].cardinal:
            shift = self.deal.reservation[party] - self.worth(self.model.no_deal, party)
            return self.worth(y, party) + shift - self.worth(x, party)
        a, b = self.worth(y, party), self.worth(x, party)
        return (a > b) - (a < b)

    def stay(self, x, party):
        """(gain by leaving now or None, month or None)."""
        gains = [self.gain_of(x, y, party) for y in self.ways_out(x, party)]
        if not gains:
            return None, None
        gain = max(gains)
        if gain > 0:
            return gain, Fraction(0)
        pref = self.model.preferences[party]
        if not pref.cardinal or pref.drift <= 0:
            return gain, None
        return gain, -gain / pref.drift

    def first(self, x):
        """(parties that leave now, the first month or None)."""
        stays = {p: self.stay(x, p) for p in self.parties}
        now = {p for p, (gain, _) in stays.items() if gain is not None and gain > 0}
        months = [month for _, month in stays.values() if month is not None]
        return now, min(months) if months else None

    def remedies(self, x):
        """{(issue, option): month or None} of the single changes that help."""
        now, month = self.first(x)
        found = {}
        if month is None:
            return found
        for i, issue in self.model.issues.items():
            for o in issue.options:
                y = {**x, i: o}
                joint = [k for k, each in self.model.issues.items() if each.decided_by is None]
                if o == x[i] or not self.coherent(y) or all(y[k] == self.model.no_deal[k] for k in joint):
                    continue
                now_then, month_then = self.first(y)
                if not now_then and (now or month_then is None or month_then > month):
                    found[i, o] = month_then
        return found

    def moves(self, x, party):
        issues = self.model.issues
        own = [i for i in issues if issues[i].decided_by == party and x[i] not in self.final[i]]
        for choice in itertools.product(*(issues[i].options for i in own)):
            y = {**x, **dict(zip(own, choice))}
            if y != x and self.coherent(y):
                yield y

    def is_answered(self, x, party, improving):
        """Does every way of leaving that pays have an answer of the others?"""
        return all(
            self.has_answer(x, y, party, improving) for y in self.ways_out(x, party) if self.gain_of(x, y, party) > 0
        )

    def has_answer(self, x, y, party, improving):
        seen, waiting = {tuple(y.values())}, [y]
        while waiting:
            at = waiting.pop()
            for other in self.model.parties:
                for to in self.moves(at, other) if other != party else ():
                    better = other in self.model.preferences and self.worth(to, other) > self.worth(at, other)
                    if tuple(to.values()) in seen or (improving and not better):
                        continue
                    if self.gain_of(x, to, party) <= 0:
                        return True
                    seen.add(tuple(to.values()))
                    waiting.append(to)
        return False

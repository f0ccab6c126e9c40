"""Seeded random bargaining models, kept as plain data so that they can be rescaled, permuted and enlarged.

    python3 tests/oracle/random_bargaining.py SEED        prints one model

All parties are additive over small integers, which makes ties, equal vectors and gains of zero common. Some parties have
their numbers divided by 3, 7 or a large power of ten, all alike (ties stay) or each by another divisor (thirds beside
millionths), and some a reservation value that is exactly what an outcome is worth. Conditions are kept as lists of (issue, options): an outcome meets one that takes one of the options on each of the issues.
"""

import copy
import random
import sys
from fractions import Fraction

DIVISORS = (3, 7, 10**6, 10**17, 3 * 10**17, 7**9)
RULES = ["all", "all", "all", "quota", "quota", "weights", "veto", "parts"]


class Bargaining:
    """parties, capability, options, consent, rules and, per party, weights, values, adjust, red lines and no deal."""

    def __init__(self, rng):
        self.rng = rng
        n = rng.choice((1, 2, 2, 2, 3, 3, 4, 5))
        self.parties = [f"p{i}" for i in range(n)]
        self.capability = {p: str(rng.choice((1, 1, 1, 2, 3, 5, "1/2", "2.5"))) for p in self.parties}
        if rng.random() < 0.04:
            self.capability[self.parties[0]] = "0"
        self.issues = self.random_issues()
        self.consent = self.random_consent()
        self.rules = [self.random_condition() for _ in range(rng.choice((0, 0, 0, 1, 2)))]
        self.top = rng.choice((2, 3, 5, 10, 10, 100))  # values lie in 0..top: small ones tie often
        self.preferences = {p: self.random_preference() for p in self.parties}

    def random_issues(self):
        issues, size = {}, 1
        for i in range(self.rng.choice((1, 2, 2, 3, 3, 4, 5))):
            count = self.rng.choice((1, 2, 2, 3, 3, 4, 6, 9))
            if size * count <= 700:
                size *= count
                issues[f"i{i}"] = [f"o{o}" for o in range(count)]
        return issues

    def random_consent(self):
        rng, parties = self.rng, self.parties
        rule = rng.choice(RULES)
        if rule == "quota":
            return {"at_least": str(rng.randint(1, len(parties))), "of": list(parties)}
        if rule == "weights":
            weights = {p: rng.choice(("1", "1", "2", "3", "4", "1/2", "0")) for p in parties}
            total = sum(map(Fraction, weights.values()))
            if total > 0:
                return {"weights": weights, "quota": str(total * rng.choice((Fraction(1, 2), Fraction(2, 3), 1)))}
        if rule == "veto":
            return {"at_least": str(rng.randint(1, len(parties))), "of": list(parties), "veto": rng.sample(parties, 1)}
        if rule == "parts" and len(parties) > 2:
            return {"all_of": parties[:1], "at_least": str(rng.randint(1, len(parties) - 1)), "of": parties[1:]}
        return list(parties)

    def random_condition(self):
        """What is not allowed: a few options on one or two issues together."""
        issues = self.rng.sample(list(self.issues), min(len(self.issues), self.rng.choice((1, 2, 2, 2))))
        return [(i, self.rng.sample(self.issues[i], self.rng.randint(1, max(1, len(self.issues[i]) // 2)))) for i in issues]

    def random_preference(self):
        rng = self.rng
        flat = rng.random() < 0.05  # a party that does not care
        weights = {i: rng.choice((1, 1, 1, 2, 3, 5)) for i in self.issues}
        values = {i: {o: 0 if flat else rng.randint(0, self.top) for o in options} for i, options in self.issues.items()}
        adjust = [(self.random_condition(), rng.randint(-self.top, self.top)) for _ in range(0 if flat else rng.choice((0, 0, 0, 1, 2)))]
        red_lines = [self.random_condition() for _ in range(rng.choice((0, 0, 0, 0, 1, 1, 2)))]
        own = {"weights": weights, "values": values, "adjust": adjust, "red_lines": red_lines, "no_deal": self.random_no_deal()}
        self.divide(own)
        if rng.random() < 0.2:
            own["no_deal"] = self.attainable(own)
        return own

    def divide(self, own):
        """The numbers of a party become fractions."""
        rng = self.rng
        kind = rng.choice(("whole", "whole", "alike", "mixed", "weights"))
        if kind == "alike":
            divisor = Fraction(rng.choice(DIVISORS))
            own["values"] = {i: {o: v / divisor for o, v in values.items()} for i, values in own["values"].items()}
            own["adjust"] = [(condition, v / divisor) for condition, v in own["adjust"]]
            if own["no_deal"] is not None:
                own["no_deal"] /= divisor
        if kind == "mixed":
            divisors = rng.sample((1, 3, 7, 10**6, 10**17), 2)  # several at once would not fit into 128 bits
            own["values"] = {
                i: {o: Fraction(v, rng.choice(divisors)) for o, v in values.items()} for i, values in own["values"].items()
            }
        if kind == "weights":
            divisors = rng.choice(((3, 7), (1, 10**6), (10**17,), (3,)))
            own["weights"] = {i: Fraction(v, rng.choice(divisors)) for i, v in own["weights"].items()}

    def attainable(self, own):
        """What some outcome is worth to a party."""
        outcome = {i: self.rng.choice(options) for i, options in self.issues.items()}
        total = sum(Fraction(w) for w in own["weights"].values())
        worth = sum(Fraction(own["weights"][i]) * own["values"][i][o] for i, o in outcome.items()) / total
        met = (v for condition, v in own["adjust"] if all(outcome[i] in options for i, options in condition))
        return worth + sum(met)

    def random_no_deal(self):
        rng = self.rng
        kind = rng.choice(("outcome", "low", "low", "middle", "middle", "high"))
        if kind == "outcome":
            return None
        low, high = {"low": (0, 4), "middle": (3, 7), "high": (6, 10)}[kind]
        return Fraction(rng.randint(low * self.top, high * self.top), 10)

    # the same again, changed

    def rescaled(self, party, factor, shift):
        """The utility of a party becomes factor x utility + shift."""
        other = copy.deepcopy(self)
        own = other.preferences[party]
        own["values"] = {i: {o: factor * v + shift for o, v in values.items()} for i, values in own["values"].items()}
        own["adjust"] = [(condition, factor * v) for condition, v in own["adjust"]]
        if own["no_deal"] is not None:
            own["no_deal"] = factor * own["no_deal"] + shift
        return other

    def permuted(self, rng):
        """Parties, issues and options in another order."""
        other = copy.deepcopy(self)
        rng.shuffle(other.parties)
        issues = list(other.issues)
        rng.shuffle(issues)
        other.issues = {i: rng.sample(other.issues[i], len(other.issues[i])) for i in issues}
        return other

    def with_option(self, issue, model, worse):
        """A new option of an issue, worth as much as another one to everybody, or less; conditions treat them alike."""
        other = copy.deepcopy(self)
        other.issues[issue].append("new")
        lists = [*other.rules, *(c for p in other.preferences.values() for c in p["red_lines"] + [a for a, _ in p["adjust"]])]
        for condition in lists:
            for name, options in condition:
                if name == issue and model in options:
                    options.append("new")
        for own in other.preferences.values():
            own["values"][issue]["new"] = own["values"][issue][model] - worse
        return other

    # text

    def text(self):
        lines = ["detente: 1", "parties:"]
        lines += [f"  {p}: {{capability: {self.capability[p]}, scale: [-10000, 10000]}}" for p in self.parties]
        lines += [f"formats: {{all: {{table: {flow(sorted(self.parties))}, consent: {flow(self.consent)}}}}}", "issues:"]
        lines += [f"  {i}: {{options: {flow(options)}, no_deal: o0}}" for i, options in self.issues.items()]
        if self.rules:
            lines += ["rules:", *(f"  - {{id: r{k}, require: {refuse(rule)}}}" for k, rule in enumerate(self.rules))]
        lines += ["preferences:"]
        for p in self.parties:
            lines += [f"  {p}:", *self.preference_lines(self.preferences[p])]
        return "\n".join(lines) + "\n"

    @staticmethod
    def preference_lines(own):
        yield f"    weights: {flow(own['weights'])}"
        yield f"    values: {flow(own['values'])}"
        if own["adjust"]:
            yield "    adjust:"
            yield from (f"      - {{when: {meet(condition)}, add: {value}}}" for condition, value in own["adjust"])
        if own["red_lines"]:
            yield "    red_lines:"
            yield from (f"      - {{id: l{k}, require: {refuse(line)}}}" for k, line in enumerate(own["red_lines"]))
        if own["no_deal"] is not None:
            yield f"    no_deal: {own['no_deal']}"


def flow(node):
    if isinstance(node, dict):
        return "{" + ", ".join(f"{k}: {flow(v)}" for k, v in node.items()) + "}"
    if isinstance(node, list):
        return "[" + ", ".join(map(flow, node)) + "]"
    return str(node)


def meet(condition):
    return '"' + " and ".join(f"{issue} in [{', '.join(options)}]" for issue, options in condition) + '"'


def refuse(condition):
    return f'"not ({meet(condition)[1:-1]})"'


if __name__ == "__main__":
    sys.stdout.write(Bargaining(random.Random(sys.argv[1] if len(sys.argv) > 1 else "1")).text())

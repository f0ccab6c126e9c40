"""Reads a model file (docs/language.md) into plain objects with exact central values.

What `deal` does not use (claims, scenarios, evidence, names) is skipped, scenarios' conditions are parsed.
Readings chosen where docs/language.md leaves room:
- a missing weight is 0; a weight without values counts in the sum of weights;
- the default scale runs from 0 to 100 for every issue, ordered or not; a single option stands at 0 and the
  range stays 100; with a stated scale the range is the highest place minus the lowest;
- spatial values are 100 x (...), whatever the party's `scale`;
- a lever without `no_deal` looks at its owner's utility only, not at rules or red lines; an owner without
  preferences takes the first option. Several such levers stand where each is best given the others: the
  one combination for which this holds. None or several such combinations is an error here;
- `--set ISSUE=OPTION` moves the issue's no-deal option, the issue stays on the agenda;
- a `series` ignores `--at`: only `as_of` counts;
- `of` defaults to the whole table, members of `all_of` included.
"""

import itertools
from collections import namedtuple
from fractions import Fraction

import yaml

import condition
from quantity import ModelError, central, date, drift_per_month

EVIDENCE = ("source", "quote", "why")
PROPOSAL_KEYS = EVIDENCE + ("name", "by", "note")
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

Issue = namedtuple("Issue", "id options ordered places span no_deal decided_by")
Rule = namedtuple("Rule", "id holds")
RedLine = namedtuple("RedLine", "id holds cost")
Principle = namedtuple("Principle", "id by kind body")
Format = namedtuple("Format", "id table agenda voters wins")
Proposal = namedtuple("Proposal", "id terms")


class Preference:
    """One party's preferences; `cardinal` ones have utilities, the others ranks."""

    def __init__(self):
        self.cardinal = True
        self.terms = {}  # issue -> option -> weight x value
        self.weight_sum = Fraction(0)
        self.adjust = []  # (condition, number)
        self.priorities = None  # conditions
        self.ranking = None  # list of places, each a list of tied terms
        self.red_lines = []
        self.no_deal = None  # stated reservation value
        self.drift = Fraction(0)  # per month

    def worth(self, x):
        """Utility of an outcome, or for ordinal parties something that compares like it."""
        if self.priorities is not None:
            return tuple(holds(x) for holds in self.priorities)
        if self.ranking is not None:
            for place, tied in enumerate(self.ranking):
                if any(all(x[issue] == option for issue, option in terms.items()) for terms in tied):
                    return -place
            return -len(self.ranking)
        total = sum(values[x[issue]] for issue, values in self.terms.items()) / self.weight_sum
        return total + sum(number for holds, number in self.adjust if holds(x))


class Model:
    """`sets` are texts `ISSUE=OPTION` or `QUANTITY=NUMBER`."""

    def __init__(self, text, sets=()):
        root = yaml.load(text, Loader=LOADER)
        self.root = root
        self.as_of = root.get("as_of")
        self.parties = list(root["parties"])
        self.quantity_nodes = dict(root.get("quantities") or {})
        moved = self.override(sets, root["issues"])
        self.central_of = {}
        self.issues = {i: self.read_issue(i, node or {}, moved) for i, node in root["issues"].items()}
        self.rules = [Rule(n["id"], self.condition(n["require"])) for n in root.get("rules") or []]
        self.preferences = {p: self.read_preference(n) for p, n in (root.get("preferences") or {}).items()}
        self.preferences = {p: self.preferences[p] for p in self.parties if p in self.preferences}
        self.no_deal = self.read_no_deal()
        self.formats = {f: self.read_format(f, node) for f, node in root["formats"].items()}
        self.principles = [self.read_principle(n) for n in root.get("principles") or []]
        self.proposals = [self.read_proposal(i, n) for i, n in (root.get("proposals") or {}).items()]
        for node in (root.get("scenarios") or {}).values():
            self.condition(node["when"])

    def override(self, sets, issues):
        moved = {}
        for text in sets:
            name, _, value = text.partition("=")
            if name in issues:
                moved[name] = value
            elif name in self.quantity_nodes:
                self.quantity_nodes[name] = {"value": value}
            else:
                raise ModelError(f"nothing is called {name!r}")
        return moved

    def condition(self, text):
        return condition.parse(text, self.issues)

    def number(self, node):
        return central(node, self.quantity)

    def quantity(self, name):
        """Central value of a quantity."""
        if name not in self.quantity_nodes:
            raise ModelError(f"no quantity is called {name!r}")
        if name not in self.central_of:
            node = self.quantity_nodes[name]
            if "series" in node:
                known = [d for d in node["series"] if date(d) <= date(self.as_of)]
                self.central_of[name] = self.number(node["series"][max(known, key=date)])
            else:
                self.central_of[name] = self.number(node["value"])
        return self.central_of[name]

    def read_issue(self, name, node, moved):
        options = node["options"]
        places = [self.number(p) for p in node["scale"]] if "scale" in node else None
        if isinstance(options, dict):
            stated = [(o or {}).get("scale") if isinstance(o, dict) else None for o in options.values()]
            if all(s is not None for s in stated):
                places = [self.number(s) for s in stated]
        options = list(options)
        if places is None:
            places = [Fraction(100 * i, max(len(options) - 1, 1)) for i in range(len(options))]
            span = Fraction(100)
        else:
            span = max(places) - min(places)
        no_deal = moved.get(name, node.get("no_deal"))
        if no_deal is not None and no_deal not in options:
            raise ModelError(f"{no_deal!r} is no option of {name!r}")
        if no_deal is None and "decided_by" not in node:
            raise ModelError(f"{name!r} needs no_deal")
        ordered = node.get("ordered") == "true"
        return Issue(name, options, ordered, dict(zip(options, places)), span, no_deal, node.get("decided_by"))

    def read_preference(self, node):
        p = Preference()
        if "priorities" in node:
            p.cardinal = False
            p.priorities = [self.condition(n["when"] if isinstance(n, dict) else n) for n in node["priorities"]]
        elif "ranking" in node:
            p.cardinal = False
            p.ranking = [entry if isinstance(entry, list) else [entry] for entry in node["ranking"]]
        elif "positions" in node:
            self.read_spatial(p, node)
        else:
            self.read_additive(p, node)
        for n in node.get("adjust") or []:
            p.adjust.append((self.condition(n["when"]), self.number(n["add"])))
        for n in node.get("red_lines") or []:
            p.red_lines.append(RedLine(n["id"], self.condition(n["require"]), self.number(n.get("cost", "1"))))
        if p.cardinal and p.weight_sum <= 0:
            raise ModelError("the weights of a party sum to zero")
        if "no_deal" in node:
            p.no_deal = self.number(node["no_deal"])
        if "no_deal_drift" in node:
            p.drift = drift_per_month(node["no_deal_drift"], self.quantity)
        return p

    def read_additive(self, p, node):
        weights = {i: self.number(w) for i, w in node["weights"].items() if i not in EVIDENCE}
        values = node.get("values") or {}
        for i, weight in weights.items():
            given = values.get(i) or {}
            p.terms[i] = {o: weight * self.number(given.get(o, "0")) for o in self.issues[i].options}
        p.weight_sum = sum(weights.values())

    def read_spatial(self, p, node):
        weights = {i: self.number(w) for i, w in node["salience"].items() if i not in EVIDENCE}
        for i, weight in weights.items():
            issue, position = self.issues[i], self.number(node["positions"][i])
            p.terms[i] = {
                o: weight * 100 * (1 - abs(position - place) / issue.span) for o, place in issue.places.items()
            }
        p.weight_sum = sum(weights.values())

    def read_no_deal(self):
        """The no-deal outcome: the one in which every open lever is its owner's first best option."""
        open_levers = [i.id for i in self.issues.values() if i.no_deal is None]
        stated = {i.id: i.no_deal for i in self.issues.values()}
        found = []
        for choice in itertools.product(*(self.issues[i].options for i in open_levers)):
            x = {**stated, **dict(zip(open_levers, choice))}
            if all(self.best_option(i, x) == x[i] for i in open_levers):
                found.append(x)
        if len(found) != 1:
            raise ModelError(f"the levers {open_levers} depend on one another")
        return found[0]

    def best_option(self, lever, x):
        """The owner's best option of this lever with everything else as in x; the first of equals."""
        owner, options = self.issues[lever].decided_by, self.issues[lever].options
        if owner not in self.preferences:
            return options[0]
        return max(options, key=lambda o: self.preferences[owner].worth({**x, lever: o}))

    def levers_in_circle(self):
        """Does the stand of an open lever depend on another one that depends on it in turn?"""
        open_levers = [i.id for i in self.issues.values() if i.no_deal is None]
        needs = {i: set() for i in open_levers}
        for choice in itertools.product(*(self.issues[i].options for i in open_levers)):
            x = {**{i.id: i.no_deal for i in self.issues.values()}, **dict(zip(open_levers, choice))}
            for a, b in itertools.permutations(open_levers, 2):
                stands = {self.best_option(a, {**x, b: o}) for o in self.issues[b].options}
                if len(stands) > 1:
                    needs[a].add(b)
        while free := [i for i in needs if not needs[i]]:
            needs = {i: n - set(free) for i, n in needs.items() if i not in free}
        return bool(needs)

    def read_format(self, name, node):
        table = node["table"]
        voters, wins = read_consent(node["consent"], table, self.number)
        for p in voters:
            if p not in self.preferences:
                raise ModelError(f"{p!r} consents in {name!r} without preferences")
        agenda = [i for i in self.issues if i in node.get("agenda", self.issues)]
        return Format(name, table, agenda, [p for p in self.parties if p in voters], wins)

    def read_principle(self, node):
        by = node["by"] if isinstance(node["by"], list) else [node["by"]]
        for kind in ("follow_up", "require"):
            if kind in node:
                return Principle(node["id"], by, kind, self.condition(node[kind]))
        if "present" in node:
            return Principle(node["id"], by, "present", (node["present"]["party"], node["present"]["for"]))
        if "order" in node:
            given, wanted = node["order"]["before"], node["order"]["needs"]
            return Principle(node["id"], by, "order", (self.condition(given), self.condition(wanted)))
        given, wanted = node["consequence"]["if"], node["consequence"]["then"]
        return Principle(node["id"], by, "consequence", (self.condition(given), self.condition(wanted)))

    def read_proposal(self, name, node):
        terms = {i: o for i, o in node.items() if i not in PROPOSAL_KEYS}
        for i, o in terms.items():
            if o not in self.issues[i].options:
                raise ModelError(f"{o!r} is no option of {i!r}")
        return Proposal(name, terms)


def read_consent(node, table, number):
    """(parties whose consent counts, function set of accepting parties -> does it win)."""
    if isinstance(node, list):
        return set(node), lambda accepting: set(node) <= accepting
    needed = set(node.get("all_of", [])) | set(node.get("veto", []))
    others, at_least = set(), 0
    if "at_least" in node:
        others, at_least = set(node.get("of", table)), int(node["at_least"])
    weights = {p: number(w) for p, w in node.get("weights", {}).items() if p not in EVIDENCE}
    quota = number(node["quota"]) if "quota" in node else 0

    def wins(accepting):
        weight = sum(w for p, w in weights.items() if p in accepting)
        return needed <= accepting and len(others & accepting) >= at_least and weight >= quota

    return needed | others | set(weights), wins


def load(path, sets=()):
    with open(path, encoding="utf-8") as file:
        return Model(file.read(), sets)

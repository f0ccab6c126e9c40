"""Seeded random models as YAML text, covering what `detente deal` reads (docs/language.md).

    python3 tests/oracle/random_model.py SEED        prints one model

Models are small (at most 1500 outcomes) and hard: about half of their zones are empty. Where the documents leave a
meaning open, nothing is generated: levers that depend on one another in a circle, spatial positions on an issue of
one option, `of` left out beside `all_of`, weights that sum to zero, positions outside the scale.
"""

import random
import sys
from fractions import Fraction

from model import Model
from quantity import ModelError
from random_condition import Conditions
from yaml_text import document

PARTIES = ["north", "south", "guarantor", "east-bloc", "北方", "party_1", "U.N.", "G7+"]
ISSUES = ["ceasefire", "forces", "aid", "offensive", "zone-2", "停火線", "tax%", "transit.rights", "prisoners"]
OPTIONS = ["none", "partial", "full", "no", "yes", "10", "20", "2.5", "30%", "A+", "全面", "low-key"]
OPTIONS += ["v1.2", "off", "n", "x"]
QUANTITIES = ["initiative", "front-line", "敵意", "q_1", "rate%", "losses.north"]
SOURCES = {
    "K": {"title": "Commentary before the summit", "author": "A. Author", "date": "2025-08-14", "lang": "zh-Hant"},
    "QA": {"title": {"en": "Questions", "zh-Hant": "問答"}, "url": "https://example.org/q"},
    "own": {"note": "own notes"},
}
LOCATORS = ["K", "K16", "K24-K26", "QA3", "own", ["K8", "QA9"]]
REASONS = ["own estimate", "a pause lets the other side rearm", "戰場, 估計", "so it is said: twice"]
COSTS = ["1", "2", "2", "3", "5", "0.5", "2.5", "1/3", "30", "10/20/35", "2..4"]
DRIFTS = ["+1.0 per month", "-2 per month", "0.5 per week", "+6 per year", "-0.1 per day", "1/3 per month"]
DRIFTS += ["1..3 per month"]
EARLY_DATES, LATE_DATES = ["2020", "2021-06"], ["2022-03-15", "2023", "2024-02-29", "2024-12", "2025-08-15", "2026"]
OPTION_BODIES = [None, {}, {"name": {"en": "An option", "zh-Hant": "選項"}}]
OPTION_BODIES += [{"reversible": "false", "note": "once, for all"}]
CONSENTS = ["list", "all_of", "parts", "parts", "at_least", "at_least", "table"]
CONSENTS += ["weights", "weights", "all_and_weights"]
MOST_OUTCOMES = 1500


def generate(seed):
    """The text of the model with this seed."""
    rng = random.Random(seed)
    while True:
        text = document(Builder(rng).root(), rng)
        try:
            if not Model(text).levers_in_circle():
                return text
        except ModelError as error:
            if "depend on one another" not in str(error):
                raise


class Builder:
    def __init__(self, rng):
        self.rng = rng
        self.hard = rng.random() < 0.7  # red lines and reservation values that hardly meet
        self.costs = rng.choice((COSTS, COSTS, ["1"], ["1", "2"]))
        self.as_of = rng.choice(["2025-08-14", "2025-08", "2025", "2024-02-29"])
        self.used = set()  # ids of rules, red lines, principles and adjustments

    def chance(self, probability):
        return self.rng.random() < probability

    def new_id(self, stem):
        tail = self.rng.choice(["", "-a", "_b", ".c", "-界線", "-1"])
        while f"{stem}{tail}" in self.used:
            tail += str(self.rng.randint(1, 9))
        self.used.add(f"{stem}{tail}")
        return f"{stem}{tail}"

    def root(self):
        rng = self.rng
        root = {"detente": "1"}
        if self.chance(0.8):
            root["title"] = self.text("A ceasefire", "停火")
        root["as_of"] = self.as_of
        if self.chance(0.8):
            root["sources"] = SOURCES
        self.sourced = "sources" in root
        root["quantities"] = self.quantities()
        names = rng.sample(PARTIES, rng.choice((1, 2, 2, 3, 3, 4, 4, 5, 5)))
        self.parties = names
        self.speakers = [p for p in names if self.chance(0.9)] or names[:1]
        root["parties"] = {p: self.party(p) for p in names}
        root["issues"] = self.issues()
        self.conditions = Conditions(rng, {i: (self.options[i], self.ordered[i]) for i in self.options})
        root["formats"] = self.formats()
        root["rules"] = self.rules()
        root["preferences"] = {p: self.preference(p) for p in rng.sample(self.speakers, len(self.speakers))}
        root["principles"] = [self.principle() for _ in range(rng.choice((0, 1, 2, 4)))]
        root["proposals"] = {f"plan-{k}": self.proposal() for k in range(rng.choice((0, 1, 1, 2, 3)))}
        root["scenarios"] = self.scenarios()
        root["claims"] = self.claims(list(root["scenarios"]))
        head = {key: root.pop(key) for key in ("detente", "title", "as_of") if key in root}
        rest = [key for key in root if root[key]]
        if self.chance(0.3):
            rng.shuffle(rest)
        return {**head, **{key: root[key] for key in rest}}

    # texts, evidence, numbers

    def text(self, english, chinese):
        return self.rng.choice((english, chinese, {"en": english, "zh-Hant": chinese}, {"zh-Hant": chinese}))

    def with_evidence(self, node, chance=0.25, quote=True):
        """The mapping with `source`, `quote` or `why` beside it."""
        if self.chance(chance) and self.sourced:
            node["source"] = self.rng.choice(LOCATORS)
            if quote and self.chance(0.3):
                node["quote"] = "halt, then talk"
        if self.chance(chance / 2):
            node["why"] = self.rng.choice(REASONS)
        return node

    def number(self, low, high, formulas=True):
        """A number of any form whose central value lies in low..high."""
        rng = self.rng
        middle = rng.randrange(low, high + 1, 10 if high - low >= 40 and self.chance(0.7) else 1)
        form = rng.choices(
            ("integer", "decimal", "rational", "power", "range", "normal", "pert", "coders", "formula", "percent"),
            (60, 8, 5, 2, 6, 4, 4, 3, 8 if formulas and self.quantity_ids else 0, 1 if low >= 0 else 0),
        )[0]
        node = getattr(self, "number_" + form)(middle, low, high)
        if self.chance(0.06) and not isinstance(node, dict):
            node = {"value": node}
        return self.with_evidence(node, 0.5) if isinstance(node, dict) else node

    def number_integer(self, middle, low, high):
        return str(middle)

    def number_decimal(self, middle, low, high):
        return f"{middle}.{self.rng.choice(('5', '25', '0', '35'))}" if middle < high else f"{middle}.0"

    def number_rational(self, middle, low, high):
        bottom = self.rng.choice((2, 3, 3, 7))
        return f"{self.rng.randint(low * bottom, high * bottom)}/{bottom}"

    def number_power(self, middle, low, high):
        return "1e1" if low <= 10 <= high else f"{middle}e0"

    def number_range(self, middle, low, high):
        half = min(middle - low, high - middle)
        half = self.rng.randint(1, half) if half else 0
        return f"{middle - half}..{middle + half}" if half else str(middle)

    def number_normal(self, middle, low, high):
        return f"{middle} +- {self.rng.choice(('1', '2.5', '10'))}"

    def number_pert(self, middle, low, high):
        if not low < middle < high:
            return str(middle)
        return f"{self.rng.randint(low, middle - 1)}/{middle}/{self.rng.randint(middle + 1, high)}"

    def number_coders(self, middle, low, high):
        return {"coders": {c: str(self.rng.randint(low, high)) for c in ("a", "b", "c")[: self.rng.randint(1, 3)]}}

    def number_percent(self, middle, low, high):
        return f"{self.rng.choice((40, 150, 500))}%" if high >= 5 and low == 0 else str(middle)

    def number_formula(self, middle, low, high):
        """Quantities lie in 0..100, so these lie in 0..high; signed ones are for `adjust`."""
        rng = self.rng
        a, b = rng.choice(self.quantity_ids), rng.choice(self.quantity_ids)
        share = rng.choice(("0.2", "1/4", "0.05", "3e-1"))
        if low < 0:
            forms = [f"{share} * {a} - 3", f"-0.5 * {a}", f"({a} - {b}) / 4", f"-({a} + {b})/10", f"{a} / 8 - {b} / 5"]
            return rng.choice(forms)
        if low > 0:
            return rng.choice((f"max({a}, {low})", f"{low} + {share} * {a}", f"max({a} / 3, {b} - 10, {low})"))
        forms = [f"{share} * {a}", f"min({a}, {high})", f"{high} * {a} / 100", f"{high} - {high}/100 * {a}"]
        forms += [f"({a} + {b})/2 * {high} / 100", f"min({a}, {b}, {high})"]
        return rng.choice(forms)

    def quantities(self):
        """Values in 0..100; formulas refer to any quantity that comes before them in a hidden order."""
        self.quantity_ids, found = [], {}
        for name in self.rng.sample(QUANTITIES, self.rng.choice((0, 1, 2, 3, 4))):
            found[name] = self.with_evidence(self.quantity(), 0.6)
            self.quantity_ids.append(name)
        names = list(found)
        self.rng.shuffle(names)
        return {name: found[name] for name in names}

    def quantity(self):
        rng = self.rng
        if self.chance(0.3):
            dates = [rng.choice(EARLY_DATES)] + sorted(rng.sample(LATE_DATES, rng.randint(0, 4)))
            return {"series": {d: self.number(0, 100, formulas=False) for d in dates}, "unit": "percent of front"}
        if self.chance(0.1):
            return {"value": rng.choice(("0.35", "1/3", "0.2..0.4", "40%")), "unit": "share of seats"}
        node = {"value": self.number(0, 100)}
        if self.chance(0.4):
            named = {"name": {"en": "It", "zh-Hant": "它"}}
            node.update(rng.choice(({"unit": "percent"}, {"unit": "tanks", "range": ["0", "100"]}, named)))
        return node

    # parties, issues, formats

    def party(self, name):
        node = {}
        if self.chance(0.4):
            node["name"] = self.text(f"The {name}", "某方")
        if self.chance(0.2):
            node["aliases"] = [f"the {name} side", f"{name}一方"]
        if self.chance(0.4):
            node["capability"] = self.number(1, 100)
        if self.chance(0.1):
            node["scale"] = ["0", "100"]
        return self.with_evidence(node, 0.15)

    def issues(self):
        rng = self.rng
        most = rng.choice((20, 100, 300, 600, MOST_OUTCOMES, MOST_OUTCOMES))
        self.options, self.ordered, self.span, self.stands, size, found = {}, {}, {}, {}, 1, {}
        for name in rng.sample(ISSUES, rng.choice((1, 2, 3, 4, 4, 5, 5, 6, 6))):
            count = min(rng.choice((1, 2, 3, 3, 3, 4, 4, 5)), most // size)
            if count < 1:
                break
            size *= count
            found[name] = self.issue(name, rng.sample(OPTIONS, count))
        return found

    def issue(self, name, options):
        rng = self.rng
        ordered = self.chance(0.5)
        self.options[name], self.ordered[name] = options, ordered
        places = sorted(rng.sample(range(0, 101, 5), len(options)))
        stated = len(options) > 1 and self.chance(0.35)
        self.span[name] = (places[0], places[-1]) if stated else (0, 100)
        node = {"options": options}
        if self.chance(0.25):
            node["options"] = {o: rng.choice(OPTION_BODIES) for o in options}
            if stated and self.chance(0.7):
                bodies = zip(node["options"].items(), places)
                node["options"] = {o: {**(body or {}), "scale": str(place)} for (o, body), place in bodies}
                stated = False
        if stated:
            node["scale"] = [str(p) for p in places]
        if ordered or self.chance(0.1):
            node["ordered"] = "true" if ordered else "false"
        lever = self.chance(0.25)
        if lever:
            node["decided_by"] = rng.choice(self.parties)
        open_lever = lever and node["decided_by"] in self.speakers and self.chance(0.6)
        if not open_lever:
            node["no_deal"] = self.stands[name] = rng.choice(options)
        if self.chance(0.15):
            node["reversible"] = rng.choice(("true", "false"))
        if self.chance(0.15):
            node["name"] = self.text("An issue", "議題")
        return self.with_evidence(node, 0.1)

    def formats(self):
        """One to three; sometimes the second is the first with one more consent."""
        rng = self.rng
        names = rng.sample(["bilateral", "with-guarantor", "全體", "u.n."], rng.choice((1, 1, 2, 3)))
        found = {name: self.format() for name in names}
        if len(names) > 1 and isinstance(found[names[0]]["consent"], dict):
            consent = found[names[0]]["consent"]
            veto = set(consent.get("veto", [])) | {rng.choice(self.speakers)}
            found[names[1]] = dict(found[names[0]], consent=dict(consent, veto=sorted(veto)))
        return found

    def format(self):
        rng = self.rng
        table = rng.sample(self.parties, rng.randint(1, len(self.parties)))
        node = {"table": table, "consent": self.consent(table)}
        if self.chance(0.35):
            node["agenda"] = rng.sample(list(self.options), rng.randint(1, len(self.options)))
        if self.chance(0.15):
            node["name"] = self.text("A table", "桌")
        return node

    def consent(self, table):
        rng = self.rng
        count = len(self.speakers)
        voters = rng.sample(self.speakers, rng.choice((count, count, rng.randint(1, count))))
        form = rng.choice(CONSENTS)
        if form == "list":
            return voters
        cut = rng.randint(1, max(1, len(voters) - 2))
        node = {"all_of": voters[:cut]} if form in ("all_of", "parts", "all_and_weights") else {}
        if form == "parts" and voters[cut:]:
            node.update(at_least=str(rng.randint(1, len(voters) - cut)), of=voters[cut:])
        if form == "at_least":
            node.update(at_least=str(rng.randint(1, len(voters))), of=voters)
        if form == "table":
            if set(table) <= set(self.speakers):
                node["at_least"] = str(rng.randint(1, len(table)))
            else:
                node["all_of"] = voters
        if "weights" in form:
            node.update(self.weighted(voters))
        if self.chance(0.25):
            node["veto"] = rng.sample(self.speakers, 1)
        return node

    def weighted(self, voters):
        rng = self.rng
        values = {p: rng.choice(("1", "1", "2", "3", "4", "2.5", "1/3", "0")) for p in voters}
        total = sum(Fraction(v) for v in values.values())
        if total <= 0:
            values, total = dict.fromkeys(voters, "1"), Fraction(len(voters))
        quota = total * rng.choice((Fraction(1, 2), Fraction(2, 3), Fraction(3, 4), 1))
        return {"weights": values, "quota": str(quota)}

    # what cannot be, what each wants

    def rules(self):
        rng = self.rng
        found = [self.rule() for _ in range(rng.choice((0, 0, 1, 1, 1, 2, 2, 3, 4)))]
        if found and self.chance(0.04):
            issue = rng.choice(list(self.options))
            for option in rng.sample(self.options[issue], min(2, len(self.options[issue]))):
                found.append({"id": self.new_id("clash"), "require": self.conditions.equals(issue, option)})
        return found

    def rule(self):
        """Mostly of the mild kind that forbids a few combinations."""
        atoms = [self.conditions.atom(self.rng.choice(list(self.options))) for _ in range(2)]
        text = self.rng.choice(("{} => {}", "{} or {}", "not ({} and {})", "{} if {}")).format(*atoms)
        node = {"id": self.new_id("rule"), "require": text if self.chance(0.75) else self.conditions.any()}
        if self.chance(0.2):
            node["name"] = self.text("A rule", "規則")
        return self.with_evidence(node)

    def preference(self, party):
        rng = self.rng
        form = rng.choice(("additive", "additive", "additive", "spatial", "spatial", "priorities", "ranking"))
        wide = [i for i in self.options if len(self.options[i]) > 1]
        if form == "spatial" and not wide:
            form = "additive"
        node = getattr(self, form)(wide)
        if form in ("additive", "spatial"):
            if self.chance(0.5):
                node["adjust"] = [self.adjustment() for _ in range(rng.randint(1, 3))]
            if self.chance(0.55 if self.hard else 0.2):
                node["no_deal"] = self.number(40, 90) if self.hard else self.number(0, 60)
            if self.chance(0.35):
                drift = rng.choice(DRIFTS)
                node["no_deal_drift"] = {"value": drift, "why": "time"} if self.chance(0.15) else drift
        many = rng.choice((0, 1, 2, 2, 3, 4)) if self.hard else rng.choice((0, 0, 0, 1, 2))
        if many:
            node["red_lines"] = [self.red_line() for _ in range(many)]
        return self.with_evidence(node, 0.15, quote=False)

    def numbers(self, keys, low, high):
        node = {key: self.number(low, high) for key in keys}
        return self.with_evidence(node, 0.15, quote=False)

    def additive(self, wide):
        rng = self.rng
        issues = rng.sample(list(self.options), rng.randint(1, len(self.options)))
        weights = self.numbers(issues, 1, 60)
        if len(issues) > 1 and self.chance(0.1):
            weights[issues[-1]] = "0"
        values = {i: self.numbers(self.valued(i), 0, 100) for i in issues}
        return {"weights": weights, "values": self.with_evidence(values, 0.1, quote=False)}

    def valued(self, issue):
        options = self.options[issue]
        return options if self.chance(0.85) else self.rng.sample(options, self.rng.randint(1, len(options)))

    def spatial(self, wide):
        issues = self.rng.sample(wide, self.rng.randint(1, len(wide)))
        positions = {i: self.number(*self.span[i], formulas=False) for i in issues}
        return {"positions": self.with_evidence(positions, 0.2, quote=False), "salience": self.numbers(issues, 1, 90)}

    def priorities(self, wide):
        return {"priorities": [self.priority() for _ in range(self.rng.randint(1, 4))]}

    def priority(self):
        text = self.conditions.any(2)
        return text if self.chance(0.7) else self.with_evidence({"when": text, "id": self.new_id("wish")})

    def ranking(self, wide):
        entries = []
        for _ in range(self.rng.randint(1, 5)):
            tied = [self.terms() for _ in range(self.rng.randint(1, 3))]
            entries.append(tied if self.chance(0.4) else tied[0])
        return {"ranking": entries}

    def terms(self):
        issues = self.rng.sample(list(self.options), self.rng.randint(1, min(3, len(self.options))))
        return {i: self.rng.choice(self.options[i]) for i in issues}

    def adjustment(self):
        node = {"when": self.conditions.any(), "add": self.number(-30, 30)}
        if self.chance(0.2):
            node["id"] = self.new_id("adjust")
        return self.with_evidence(node)

    def red_line(self):
        """In hard models a good part of them excludes what holds without a deal."""
        rng, text = self.rng, None
        moved = [i for i in self.stands if len(self.options[i]) > 1]
        if self.hard and moved and self.chance(0.5):
            issue = rng.choice(moved)
            others = [o for o in self.options[issue] if o != self.stands[issue]]
            text = self.conditions.equals(issue, rng.choice(others))
            if self.chance(0.4):
                text += rng.choice((" and ", " or ")) + self.conditions.atom(rng.choice(list(self.options)))
        node = {"id": self.new_id("line"), "require": text or self.conditions.any(2)}
        if self.chance(0.7):
            node["cost"] = rng.choice(self.costs)
        return self.with_evidence(node)

    # principles, proposals, scenarios, claims

    def principle(self):
        rng = self.rng
        by = rng.sample(self.parties, rng.randint(1, len(self.parties)))
        node = {"id": self.new_id("principle"), "by": by[0] if self.chance(0.7) else by}
        kind = rng.choice(("present", "follow_up", "order", "require", "consequence"))
        if kind == "present":
            issues = rng.sample(list(self.options), rng.randint(1, len(self.options)))
            node[kind] = {"party": rng.choice(self.parties), "for": issues}
        elif kind == "order":
            node[kind] = {"before": self.conditions.any(2), "needs": self.conditions.any(2)}
        elif kind == "consequence":
            node[kind] = {"if": self.conditions.any(2), "then": self.conditions.any(2)}
        else:
            node[kind] = self.conditions.any(2)
        return self.with_evidence(node)

    def proposal(self):
        issues = self.rng.sample(list(self.options), self.rng.randint(1, len(self.options)))
        node = {i: self.rng.choice(self.options[i]) for i in issues}
        if self.chance(0.3):
            node["by"] = self.rng.choice(self.parties)
        if self.chance(0.3):
            node["name"] = self.text("A plan", "方案")
        return self.with_evidence(node)

    def scenarios(self):
        found = {}
        for name in self.rng.sample(["success", "failure", "凍結"], self.rng.choice((0, 1, 2))):
            found[name] = {"when": self.conditions.any()}
            if self.chance(0.5):
                found[name]["by"] = self.rng.choice(("2026-10-01", "2026-10", "2027"))
        return found

    def claims(self, scenarios):
        return [self.claim(scenarios) for _ in range(self.rng.choice((0, 1, 2)))] if scenarios else []

    def claim(self, scenarios):
        rng = self.rng
        node = {"by": rng.choice(self.parties + ["A commentator"]), "of": rng.choice(scenarios)}
        node["probability"] = rng.choice(("0.75", "40%", "1/3"))
        return self.with_evidence(node)


if __name__ == "__main__":
    sys.stdout.write(generate(sys.argv[1] if len(sys.argv) > 1 else "1"))

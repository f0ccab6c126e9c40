"""The oracle against cases computed by hand: python3 -m unittest discover -s tests/oracle"""

import itertools
import random
import unittest
from fractions import Fraction

import condition
from deal import Deal, FormatDeal, answer, blocks, hitting_sets, minimal
from model import Issue, Model
from quantity import ModelError, central, drift_per_month, months_between
from random_model import generate
from yaml_text import document

THE_TWO = """
detente: 1
as_of: 2025-08-14
quantities:
  initiative: {value: 30..70}
parties: {north: {}, south: {}, guest: {}}
formats:
  both: {table: [north, south], consent: [north, south]}
issues:
  truce: {options: [none, partial, full], ordered: true, no_deal: none}
  forces: {options: [free, capped], no_deal: free}
rules:
  - {id: no-mix, require: "not (truce == full and forces == free)"}
preferences:
  north:
    weights: {truce: 3, forces: 1}
    values: {truce: {none: 40, partial: 60}, forces: {free: 20, capped: 80}}
    adjust: [{when: "truce == full", add: "0.2 * initiative"}]
  south: {positions: {truce: 100}, salience: {truce: 7}}
"""


def with_lines(extra, text=THE_TWO):
    return Model(text + extra)


def only_format(model, at=None):
    deal = Deal(model, at)
    return FormatDeal(deal, next(iter(model.formats.values())))


class Numbers(unittest.TestCase):
    def number(self, text):
        return central(text, {"a": Fraction(8), "b-c": Fraction(3)}.__getitem__)

    def test_central_values(self):
        for text, value in {
            "35": 35, "-0.35": "-7/20", "1/3": "1/3", "1e3": 1000, "40%": "2/5", "30..70": 50, "-5..5": 0,
            "50 +- 10": 50, "10/20/35": 20, "-30/-20/0": -20, "0.2 * a - 3": "-7/5", "a - b-c": 5, "min(a, b-c, 9)": 3,
            "max(a,b-c)/2": 4, "-a": -8, "2 * (a - 1)": 14, "a": 8, "1/2 * a": 4, "8 - 4 - 2": 2,
        }.items():
            self.assertEqual(self.number(text), Fraction(value), text)

    def test_mappings(self):
        self.assertEqual(self.number({"value": "10..20", "source": "K1"}), 15)
        self.assertEqual(self.number({"coders": {"x": "20", "y": "35"}}), Fraction(55, 2))

    def test_drift_and_months(self):
        self.assertEqual(drift_per_month("+1.0 per month", None), 1)
        self.assertEqual(drift_per_month("-6 per year", None), Fraction(-1, 2))
        self.assertEqual(drift_per_month("0.1 per day", None), Fraction(31, 10))
        self.assertEqual(drift_per_month({"value": "7 per week", "why": "time"}, None), 31)
        self.assertEqual(months_between("2025-08-14", "2026-10"), 14 - Fraction(13, 31))


class Conditions(unittest.TestCase):
    issues = {
        "a": Issue("a", ["lo", "mid", "hi"], True, {}, 0, "lo", None),
        "b-1": Issue("b-1", ["no", "10%"], False, {}, 0, "no", None),
    }

    def truths(self, text):
        """Outcomes that keep it, as a+b texts."""
        holds = condition.parse(text, self.issues)
        both = itertools.product(self.issues["a"].options, self.issues["b-1"].options)
        return {f"{a} {b}" for a, b in both if holds({"a": a, "b-1": b})}

    def test_comparisons(self):
        self.assertEqual(self.truths("a >= mid and b-1==no"), {"mid no", "hi no"})
        self.assertEqual(self.truths("a<mid and 'b-1' != no"), {"lo 10%"})
        self.assertEqual(self.truths("a not in [lo, hi] and b-1 in ['10%']"), {"mid 10%"})
        self.assertEqual(self.truths("false"), set())

    def test_not_binds_tightest_then_and_then_or(self):
        self.assertEqual(self.truths("not a == lo and a == hi or a == lo"), self.truths("a == hi or a == lo"))
        self.assertEqual(self.truths("not not a == lo"), self.truths("a == lo"))

    def test_implications(self):
        self.assertEqual(self.truths("a == hi => b-1 == no"), self.truths("a != hi or b-1 == no"))
        self.assertEqual(self.truths("b-1 == no if a == hi"), self.truths("a == hi => b-1 == no"))
        self.assertEqual(self.truths("a == hi <=> b-1 == no"), self.truths("a == hi iff b-1 == no"))
        self.assertEqual(self.truths("a == hi iff b-1 == no"), {"hi no", "lo 10%", "mid 10%"})

    def test_errors(self):
        for text in ("a => b", "a ==", "a == up", "c == lo", "b-1 < no", "a == lo and", "(a == lo", "a == lo ) ",
                     "a == lo => a == lo => a == lo", "a == lo if a == lo if a == lo", "a in []", "a ! lo"):
            with self.assertRaises(ModelError, msg=text):
                condition.parse(text, self.issues)


class OpenZone(unittest.TestCase):
    """North: none+free 35, none+capped 50, partial+free 50, partial+capped 65, full+capped 20 + 10 = 30."""

    def test_utilities(self):
        north = with_lines("").preferences["north"]
        for truce, free, capped in (("none", 35, 50), ("partial", 50, 65), ("full", 15, 30)):
            self.assertEqual(north.worth({"truce": truce, "forces": "free"}), free)
            self.assertEqual(north.worth({"truce": truce, "forces": "capped"}), capped)

    def test_zone(self):
        found = only_format(with_lines("")).answer()
        self.assertEqual(found["coherent"], 5)
        self.assertEqual(found["acceptable"], {"north": 4, "south": 5})
        self.assertEqual(found["zone"]["count"], 4)
        self.assertEqual(found["best"]["north"]["utility"], 65)
        self.assertEqual(found["best"]["north"]["gain"], 30)
        self.assertEqual(found["best"]["south"]["utility"], 50)
        self.assertEqual((found["blockers"], found["concessions"], found["rules_in_conflict"]), ([], [], []))

    def test_drift_lifts_the_reservation_value(self):
        text = THE_TWO.replace("    adjust:", "    no_deal_drift: +5 per month\n    adjust:")
        at = {"2025-08-14": 4, "2025-11-14": 3, "2026-02-14": 1, "2026-02-15": 0}
        for date, count in at.items():
            self.assertEqual(len(only_format(Model(text), date).zone), count, date)

    def test_set_moves_no_deal_and_quantities(self):
        self.assertEqual(Model(THE_TWO, ["forces=capped"]).no_deal, {"truce": "none", "forces": "capped"})
        north = Model(THE_TWO, ["initiative=100"]).preferences["north"]
        self.assertEqual(north.worth({"truce": "full", "forces": "capped"}), 40)

    def test_opposition(self):
        text = THE_TWO + "  guest: {priorities: [\"truce == full\"]}\n"
        found = {(o["issue"], *o["parties"]): o["opposition"] for o in answer(Model(text))["opposition"]}
        # North: none 120, partial 180, full 0. South rises. One pair alike, two opposed; south has no view on forces.
        self.assertEqual(found["truce", "north", "south"], Fraction(2, 3))
        self.assertIsNone(found["forces", "north", "south"])
        self.assertIsNone(found["truce", "south", "guest"])


class EmptyZone(unittest.TestCase):
    TEXT = """
detente: 1
as_of: 2025
parties: {a: {}, b: {}, c: {}}
formats:
  all: {table: [a, b], consent: [a, b, c]}
  two: {table: [a, b], consent: {at_least: 2, of: [a, b, c]}}
issues:
  i: {options: [x, y, z], no_deal: z}
preferences:
  a:
    weights: {i: 1}
    values: {i: {x: 90, y: 20, z: 5}}
    no_deal: 30
    red_lines: [{id: not-z, require: i != z, cost: 4}]
  b: {weights: {i: 1}, values: {i: {x: 90, y: 50, z: 5}}, red_lines: [{id: not-x, require: i != x, cost: 10.5}]}
  c: {priorities: [i == z, i == y], red_lines: [{id: only-y, require: i == y}]}
"""

    def setUp(self):
        self.deal = Deal(Model(self.TEXT))

    def concessions(self, name):
        found = FormatDeal(self.deal, self.deal.model.formats[name])
        return {frozenset(c["drop"]): (c["cost"], c["shortfall"], c["least_cost"], c["least_number"])
                for c in found.concession_entries()}

    def test_concessions(self):
        """x: b.not-x, c.only-y, c.no_deal. y: a.no_deal (30 - 20), c.no_deal. z: a.not-z, a.no_deal, c.only-y."""
        self.assertEqual(self.concessions("all"), {
            frozenset(["b.not-x", "c.only-y", "c.no_deal"]): (Fraction(23, 2), {}, False, False),
            frozenset(["a.no_deal", "c.no_deal"]): (10, {"a": 10}, True, True),
            frozenset(["a.not-z", "a.no_deal", "c.only-y"]): (30, {"a": 25}, False, False),
        })

    def test_blockers(self):
        found = FormatDeal(self.deal, self.deal.model.formats["all"])
        self.assertEqual(found.answer()["blockers"], [
            ["a.no_deal", "b.not-x"], ["a.no_deal", "c.no_deal"], ["a.no_deal", "c.only-y"],
            ["a.not-z", "c.no_deal"], ["c.no_deal", "c.only-y"],
        ])

    def test_a_quota_needs_fewer_concessions(self):
        """x with a, b: b.not-x. y with a, b: a.no_deal. y with b, c: c.no_deal. z with b, c: c.only-y."""
        drops = {frozenset([bit]) for bit in ("b.not-x", "a.no_deal", "c.no_deal", "c.only-y")}
        self.assertEqual(set(self.concessions("two")), drops)
        found = FormatDeal(self.deal, self.deal.model.formats["two"]).answer()
        self.assertEqual(found["consent"], [["a", "b"], ["a", "c"], ["b", "c"]])
        self.assertEqual(found["blockers"], [sorted(bit for drop in drops for bit in drop)])

    def test_rules_in_conflict(self):
        text = self.TEXT + """
rules:
  - {id: r1, require: i != x}
  - {id: r2, require: i == x}
  - {id: r3, require: i != y}
  - {id: r4, require: "i in [x, y]"}
"""
        found = only_format(Model(text)).answer()
        self.assertEqual(found["rules_in_conflict"], [["r1", "r2"], ["r1", "r3", "r4"]])
        self.assertEqual((found["coherent"], found["zone"]["count"]), (0, 0))
        self.assertEqual((found["blockers"], found["concessions"]), ([], []))


class Rest(unittest.TestCase):
    TEXT = """
detente: 1
as_of: 2025
parties: {a: {}, b: {}}
formats:
  alone: {table: [a], consent: {all_of: [a], weights: {a: 1, b: 1/2}, quota: 1.5}, agenda: [i]}
issues:
  i: {options: [x, y], no_deal: x}
  lever: {options: [p, q, r], decided_by: b}
rules: [{id: no-q, require: lever != q}]
preferences:
  a: {ranking: [[{i: y, lever: q}, {i: y, lever: p}], {i: x}]}
  b: {weights: {lever: 1, i: 1}, values: {lever: {q: 7, r: 7}, i: {y: 1}}}
principles:
  - {id: seat, by: b, present: {party: b, for: [i]}}
  - {id: later, by: [a, b], follow_up: "lever == p"}
  - {id: first, by: b, order: {before: i == x, needs: lever == p}}
  - {id: must, by: b, require: i == y}
  - {id: else, by: b, consequence: {if: i == x, then: lever == q}}
proposals: {plan: {i: y, lever: p, note: nothing}}
"""

    def test_open_lever_stands_at_the_first_best_option(self):
        self.assertEqual(Model(self.TEXT).no_deal, {"i": "x", "lever": "q"})

    def test_issues_off_the_agenda_stay_and_break_rules(self):
        self.assertEqual(only_format(Model(self.TEXT)).answer()["rules_in_conflict"], [["no-q"]])

    def test_principles(self):
        model = Model(self.TEXT)
        found = {p.id: Deal(model).breaks(p, model.no_deal, ["a"]) for p in model.principles}
        self.assertEqual(found, {"seat": False, "later": False, "first": True, "must": True, "else": False})
        moved = {"i": "y", "lever": "q"}
        self.assertEqual(Deal(model).principles_broken(moved, ["a"]), ["seat", "later"])
        self.assertEqual(Deal(model).principles_broken(moved, ["a", "b"]), ["later"])

    def test_proposal(self):
        plan = only_format(Model(self.TEXT)).answer()["proposals"]["plan"]
        self.assertEqual((plan["acceptable"], plan["coherent"], plan["off_agenda"]), (False, True, ["lever"]))
        self.assertEqual(plan["parties"]["a"]["preference"], "better")
        self.assertIsNone(plan["parties"]["a"]["utility"])
        self.assertEqual(plan["parties"]["b"], {"accepts": False, "preference": "worse", "utility": Fraction(1, 2),
                                                "no_deal": Fraction(7, 2), "gain": -3, "red_lines": []})

    def test_levers_in_a_circle_are_refused(self):
        text = """
detente: 1
parties: {a: {}, b: {}}
formats: {f: {table: [a, b], consent: [a, b]}}
issues: {i: {options: [x, y], decided_by: a}, j: {options: [x, y], decided_by: b}}
preferences:
  a: {priorities: [i == x iff j == x]}
  b: {priorities: [i == x iff j != x]}
"""
        with self.assertRaises(ModelError):
            Model(text)


class Duality(unittest.TestCase):
    def test_hitting_sets_are_the_minimal_blocking_sets(self):
        """Against the definition, over all subsets, on random families."""
        rng = random.Random(5)
        for _ in range(300):
            bits = range(rng.randint(1, 7))
            family = minimal(frozenset(rng.sample(bits, rng.randint(1, len(bits)))) for _ in range(rng.randint(1, 8)))
            subsets = (frozenset(s) for n in range(len(bits) + 1) for s in itertools.combinations(bits, n))
            self.assertEqual(set(hitting_sets(family)), set(minimal(s for s in subsets if blocks(s, family))))


class RandomModels(unittest.TestCase):
    def test_a_seed_gives_one_text(self):
        self.assertEqual(generate("7"), generate("7"))
        self.assertNotEqual(generate("7"), generate("8"))

    def test_they_cover_the_language(self):
        texts = "\n".join(generate(f"cover:{k}") for k in range(150))
        for word in (
            "weights:", "values:", "positions:", "salience:", "priorities:", "ranking:", "adjust:", "red_lines:",
            "no_deal_drift:", "no_deal:", "decided_by:", "ordered:", "scale:", "reversible:", "series:", "coders:",
            "cost:", "..",
            " +- ", "min(", "max(", "1/3", "0.35", "%", "all_of:", "at_least:", "of:", "quota:", "veto:", "agenda:",
            "present:", "follow_up:", "order:", "consequence:", "require:", "proposals:", "scenarios:", "claims:",
            "sources:", "source:", "quote:", "why:", "zh-Hant:", "capability:", "aliases:", "probability:", "停火線",
            "<=>", " iff ", "=>", " if ", " not in ", " in [", "!=", "<=", ">=", " < ", " > ", "not (", "true", "false",
        ):
            self.assertIn(word, texts)

    def test_more_consents_never_enlarge_a_zone(self):
        for k in range(60):
            deal = Deal(Model(generate(f"wider:{k}")))
            for form in deal.model.formats.values():
                zone = FormatDeal(deal, form).zone
                for p in deal.model.preferences:
                    wins = form.wins
                    both = lambda s, p=p, wins=wins: wins(s) and p in s
                    stricter = FormatDeal(deal, form._replace(wins=both, voters=[*{*form.voters, p}]))
                    self.assertTrue(all(x in zone for x in stricter.zone))

    def test_blockers_follow_the_definition(self):
        checked = 0
        for k in range(200):
            deal = Deal(Model(generate(f"blockers:{k}")))
            for form in deal.model.formats.values():
                found = FormatDeal(deal, form)
                bits = sorted(frozenset().union(*found.family))
                if not found.family or len(bits) > 9:
                    continue
                subsets = (frozenset(s) for n in range(len(bits) + 1) for s in itertools.combinations(bits, n))
                self.assertEqual(set(found.blockers), set(minimal(s for s in subsets if blocks(s, found.family))))
                checked += 1
        self.assertGreater(checked, 50)


class Text(unittest.TestCase):
    def test_yaml_reads_back(self):
        import yaml

        texts = ["no", "1e3", "it's", 'a "b"', "x: y", "# no", "-0.1", "北方"]
        tree = {"a": texts, "10": {"k": {}, "l": []}, "e": {"none": None}}
        for seed in range(50):
            read = yaml.load(document(tree, random.Random(seed)), Loader=yaml.BaseLoader)
            self.assertEqual(read, {**tree, "e": {"none": ""}})


if __name__ == "__main__":
    unittest.main()

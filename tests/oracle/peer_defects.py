#!/usr/bin/env python3
"""peer_defects.py DETENTE: what other programs got wrong, or admit to, does not happen here.

Each test is named for what it proves. Those on real domains need ../shared/data, which is no part of this project: they are
skipped, and say so, where it is missing."""

import itertools
import json
import os
import random
import subprocess
import sys
import tempfile
import unittest
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from bargain import undominated  # noqa: E402

DATA = HERE.parent.parent.parent / "shared" / "data" / "anac"
DETENTE = ""


def ask(*arguments):
    run = subprocess.run([DETENTE, "bargain", *map(str, arguments), "--json"], capture_output=True, timeout=120, check=False)
    if run.returncode != 0:
        raise AssertionError(f"exit {run.returncode}: {run.stderr.decode()[:400]}")
    return json.loads(run.stdout)["answer"]


def ask_text(text, *options):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "model.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return ask(path, *options)


def model(issues, no_deal, consent=None):
    """The text of a model: per issue the options' vectors, which add up; per party what no deal is worth."""
    parties = [f"p{i}" for i in range(len(no_deal))]
    lines = ["detente: 1", "parties: {" + ", ".join(f"{p}: {{}}" for p in parties) + "}"]
    lines += [f"formats: {{all: {{table: [{', '.join(parties)}], consent: {consent or '[' + ', '.join(parties) + ']'}}}}}"]
    lines += ["issues:"]
    for i, vectors in enumerate(issues):
        lines.append(f"  i{i}: {{options: [{', '.join(f'o{o}' for o in range(len(vectors)))}], no_deal: o0}}")
    lines.append("preferences:")
    for k, p in enumerate(parties):
        lines += [f"  {p}:", "    weights: {" + ", ".join(f"i{i}: 1" for i in range(len(issues))) + "}", "    values:"]
        for i, vectors in enumerate(issues):
            values = (f"o{o}: {Fraction(v[k]) * len(issues)}" for o, v in enumerate(vectors))
            lines.append(f"      i{i}: {{{', '.join(values)}}}")
        lines.append(f"    no_deal: {Fraction(no_deal[k])}")
    return "\n".join(lines) + "\n"


def vectors_of(answer, points):
    return [tuple(point["utilities"][p] for p in answer["parties"]) for point in points]


def solution(answer, name):
    return vectors_of(answer, answer["solutions"][name]["points"])


class OnSmallModels(unittest.TestCase):
    def test_kalai_smorodinsky_is_not_the_smallest_spread(self):
        points = [("0.95", "0.34"), (1, "0.01"), ("0.01", 1), ("0.30", "0.35")]
        answer = ask_text(model([points], (0, 0)))
        self.assertEqual(solution(answer, "kalai_smorodinsky"), [(0.95, 0.34)])
        self.assertEqual(solution(answer, "kalai_smorodinsky_leximin"), [(0.95, 0.34)])

    def test_kalai_smorodinsky_takes_ideals_from_rational_outcomes(self):
        """The first vector is out of the question for the second party."""
        points = [(100, 0), (10, 6), (8, 9), (4, 10)]
        self.assertEqual(solution(ask_text(model([points], (0, 1))), "kalai_smorodinsky"), [(8.0, 9.0)])

    def test_no_deal_is_never_raised_to_the_least_utility(self):
        points = [(60, 95), (70, 86), (80, 75), (90, 60)]
        answer = ask_text(model([points], (0, 0)))
        self.assertEqual(answer["no_deal"], {"p0": 0, "p1": 0})
        self.assertEqual(solution(answer, "nash"), [(70.0, 86.0)])

    def test_products_of_ten_small_gains_are_told_apart(self):
        """All are below 1e-12: a comparison with an absolute tolerance takes them for equal."""
        rng = random.Random(10)
        points = undominated([tuple(Fraction(rng.randint(1, 60), 1000) for _ in range(10)) for _ in range(40)])
        answer = ask_text(model([points], [0] * 10))
        products = {}
        for point in points:
            product = Fraction(1)
            for gain in point:
                product *= gain
            products.setdefault(product, []).append(tuple(map(float, point)))
        self.assertLess(max(products), Fraction(1, 10**12))
        self.assertEqual(len(points), answer["frontier"]["vectors"])
        self.assertEqual(solution(answer, "nash"), products[max(products)])

    def test_near_ties_are_no_ties(self):
        """1e-30 is a difference; 0.1 + 0.2 is 0.3."""
        points = [("0.5", "0.5"), ("0.500000000000000000000000000001", "0.5"), ("0.4", "0.6")]
        answer = ask_text(model([points], (0, 0)))
        self.assertEqual(answer["frontier"]["vectors"], 2)
        halves = [[("0.1", 0), (0, 0)], [("0.2", 0), ("0.3", 0)]]
        answer = ask_text(model(halves, (0, 0)))
        self.assertEqual(vectors_of(answer, answer["frontier"]["points"]), [(0.4, 0.0)])
        answer = ask_text(model([[("0.1", "0.2"), ("0.3", 0)], [("0.2", "0.1"), (0, "0.3")]], (0, 0)))
        points = answer["frontier"]["points"]
        self.assertEqual([(p["utilities"]["p0"], p["multiplicity"]) for p in points], [(0.5, 1), (0.3, 2), (0.1, 1)])

    def test_equal_vectors_keep_their_number_and_never_remove_each_other(self):
        rng = random.Random(4)
        points = [tuple(Fraction(rng.randint(0, 10), 10) for _ in range(3)) for _ in range(3000)]
        answer = ask_text(model([points], (0, 0, 0)))
        wanted = undominated(points)
        self.assertEqual(vectors_of(answer, answer["frontier"]["points"]), [tuple(map(float, v)) for v in wanted])
        self.assertEqual([p["multiplicity"] for p in answer["frontier"]["points"]], [points.count(v) for v in wanted])

    def test_an_indifferent_party_has_no_say_in_the_solution(self):
        points = [(9, 1, 5), (6, 6, 5), (1, 9, 5), (5, 5, 5)]
        answer = ask_text(model([points], (0, 0, 5)))
        self.assertEqual(answer["frontier"]["vectors"], 3)
        for name in ("nash", "kalai_smorodinsky", "kalai_smorodinsky_leximin", "relative_utilitarian", "raiffa", "leximin"):
            self.assertEqual(solution(answer, name), [(6.0, 6.0, 5.0)], name)

    def test_what_is_worth_as_much_as_no_deal_is_rational(self):
        answer = ask_text(model([[(5, 5), (4, 9), (9, 4)]], (5, 5)))
        self.assertEqual(vectors_of(answer, answer["rational"]["points"]), [(5.0, 5.0)])
        answer = ask_text(model([[(3, 8), (5, 5)]], (3, 5)))
        self.assertEqual(answer["rational"]["vectors"], 2)

    def test_nobody_multiplies_two_losses(self):
        answer = ask_text(model([[(0, 0), (7, 1), (6, 6)]], (5, 5)))
        self.assertEqual(solution(answer, "nash"), [(6.0, 6.0)])

    def test_more_than_a_hundred_thousand_outcomes_are_all_seen(self):
        rng = random.Random(7)
        issues = [[(rng.randint(0, 99), rng.randint(0, 99)) for _ in range(7)] for _ in range(6)]
        sums = {(0, 0): 1}
        for vectors in issues:
            longer = {}
            for (a, b), count in sums.items():
                for c, d in vectors:
                    longer[a + c, b + d] = longer.get((a + c, b + d), 0) + count
            sums = longer
        self.assertEqual(sum(sums.values()), 117649)
        kept, top = [], -1
        for vector in sorted(sums, reverse=True):
            if vector[1] > top:
                kept.append((*vector, sums[vector]))
                top = vector[1]
        answer = ask_text(model(issues, (0, 0)))
        found = [(*v, p["multiplicity"]) for v, p in zip(vectors_of(answer, answer["frontier"]["points"]), answer["frontier"]["points"])]
        self.assertEqual(found, kept)

    def test_a_part_may_have_more_vectors_than_the_whole(self):
        first = [(0, 200)] + [(80 + i, 99 - i) for i in range(20)] + [(200, 0)]
        for issues in ([first, [(0, 0), (100, -100)]], [[(0, 0), (100, -100)], first]):
            answer = ask_text(model(issues, (0, -100)))
            found = vectors_of(answer, answer["frontier"]["points"])
            self.assertEqual(found, [(300.0, -100.0), (200.0, 0.0), (100.0, 100.0), (0.0, 200.0)])

    def test_solutions_of_more_than_two_parties_stay_above_no_deal(self):
        rng = random.Random(3)
        issues = [[tuple(rng.randint(0, 20) for _ in range(4)) for _ in range(5)] for _ in range(3)]
        answer = ask_text(model(issues, (30, 30, 25, 25)))
        if not answer["rational"]["vectors"]:
            self.fail("the example has no zone")
        for name, entry in answer["solutions"].items():
            if name not in ("equal_area", "maximum_welfare"):
                self.assertTrue(entry["points"], name)
                self.assertTrue(all(v >= 0 for p in entry["points"] for v in p["gains"].values()), name)


class Power(unittest.TestCase):
    def power(self, weights, quota):
        consent = "{weights: {" + ", ".join(f"p{i}: {w}" for i, w in enumerate(weights)) + f"}}, quota: {quota}}}"
        answer = ask_text(model([[[1] * len(weights)]], [0] * len(weights), consent))
        return [answer["power"][p] for p in answer["parties"]]

    def check(self, power, key, wanted):
        for entry, fraction in itertools.zip_longest(power, wanted):
            self.assertEqual(entry[key], float(Fraction(fraction)), key)

    def test_european_economic_community_of_1958(self):
        power = self.power((4, 4, 4, 2, 2, 1), 12)
        self.check(power, "shapley_shubik", ["7/30"] * 3 + ["3/20"] * 2 + [0])
        self.check(power, "banzhaf", ["5/16"] * 3 + ["3/16"] * 2 + [0])
        self.check(power, "banzhaf_normalised", ["5/21"] * 3 + ["3/21"] * 2 + [0])
        self.assertEqual([entry["dummy"] for entry in power], [False] * 5 + [True])

    def test_quota_of_fifty(self):
        power = self.power((10, 10, 20, 30), 50)
        self.check(power, "shapley_shubik", ["1/12", "1/12", "3/12", "7/12"])
        self.check(power, "banzhaf_normalised", ["1/10", "1/10", "3/10", "1/2"])
        self.assertEqual([entry["veto"] for entry in power], [False] * 3 + [True])


class Imported(unittest.TestCase):
    DOMAIN = '<negotiation_template><utility_space number_of_issues="1"><objective index="0" name="root">{}</objective></utility_space></negotiation_template>'
    PROFILE = '<utility_space><objective index="0" name="root">{}{}</objective><reservation value="{}"/></utility_space>'

    def ask_files(self, files):
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for name, text in files.items():
                paths.append(os.path.join(folder, name))
                with open(paths[-1], "w", encoding="utf-8") as file:
                    file.write(text)
            return ask(*paths)

    def test_an_integer_issue_of_negative_slope_is_cut_and_not_negative(self):
        def issue(evaluator):
            return f'<issue index="1" name="price" etype="integer" type="integer" lowerbound="8" upperbound="20">{evaluator}</issue>'

        weight = '<weight index="1" value="1.0"/>'
        down = issue('<evaluator ftype="linear" offset="1.0" slope="-0.15"/>')
        up = issue('<evaluator ftype="linear" offset="0.0" slope="0.15"/>')
        files = {"domain.xml": self.DOMAIN.format(issue(""))}
        files |= {"a.xml": self.PROFILE.format(down, weight, "0.2"), "b.xml": self.PROFILE.format(up, weight, "0.2")}
        answer = self.ask_files(files)
        found = vectors_of(answer, answer["frontier"]["points"])
        self.assertEqual(found, [(1, 0), (0.85, 0.15), (0.7, 0.3), (0.55, 0.45), (0.4, 0.6), (0.25, 0.75), (0.1, 0.9), (0, 1)])
        self.assertEqual(answer["frontier"]["points"][-1]["multiplicity"], 6)
        self.assertEqual(answer["rational"]["vectors"], 4)

    def test_evaluations_are_divided_by_their_largest(self):
        def issue(values):
            items = "".join(f'<item index="{i}" value="v{i}" evaluation="{e}"/>' for i, e in enumerate(values, 1))
            return f'<issue index="1" name="food" etype="discrete" type="discrete">{items}</issue>'

        weight = '<weight index="1" value="1.0"/>'
        files = {"domain.xml": self.DOMAIN.format(issue((1, 2, 3)))}
        files["a.xml"] = self.PROFILE.format(issue((10, 40, 100)), weight, "0.3")
        files["b.xml"] = self.PROFILE.format(issue((8, 6, 2)), weight, "0.5")
        answer = self.ask_files(files)
        self.assertEqual(vectors_of(answer, answer["frontier"]["points"]), [(1, 0.25), (0.4, 0.75), (0.1, 1)])
        self.assertEqual(vectors_of(answer, answer["rational"]["points"]), [(0.4, 0.75)])

    def test_value_sets_of_geniusweb_are_read(self):
        def profile(values, weight):
            space = {"issueUtilities": {"x": {"DiscreteValueSetUtilities": {"valueUtilities": values}}}, "issueWeights": {"x": weight}}
            space |= {"domain": {"name": "one", "issuesValues": {"x": {"values": ["a", "b"]}}}, "name": "own"}
            return json.dumps({"LinearAdditiveUtilitySpace": space})

        answer = self.ask_files({"a.json": profile({"a": 1, "b": 0.5}, 1), "b.json": profile({"a": 0, "b": 0.5}, 1)})
        self.assertEqual(vectors_of(answer, answer["frontier"]["points"]), [(1, 0), (0.5, 0.5)])


@unittest.skipUnless(DATA.exists(), "../shared/data/anac is not here")
class OnRealDomains(unittest.TestCase):
    def ask(self, folder, *names):
        return ask(*(DATA / folder / name for name in names))

    def test_supermarket_has_39_vectors(self):
        answer = self.ask("anac__y2012__Supermarket", *(f"Supermarket-C-{n}.xml" for n in ("domain", "prof1", "prof2")))
        self.assertEqual((answer["frontier"]["vectors"], answer["frontier"]["outcomes"]), (39, 39))

    def test_car_has_53_vectors_of_75_outcomes(self):
        answer = self.ask("anac__y2012__Car", *(f"Car-C-{n}.xml" for n in ("domain", "prof1", "prof2")))
        self.assertEqual((answer["frontier"]["vectors"], answer["frontier"]["outcomes"]), (53, 75))
        self.assertEqual(answer["solutions"]["kalai_smorodinsky"]["outcomes"], 2)

    def test_party_domain_of_eight_has_954_vectors(self):
        answer = self.ask("partydomain", "party_domain.xml", *(f"party{i}_utility.xml" for i in range(1, 9)))
        self.assertEqual(answer["frontier"]["vectors"], 954)

    def test_negative_slopes_leave_a_zone_in_the_energy_grid(self):
        answer = self.ask("ANAC2016__AgentHp2", "energy_grid_domain.xml", "consumer.xml", "producer.xml", "provider.xml")
        self.assertGreater(answer["frontier"]["vectors"], 0)
        self.assertTrue(all(v >= 0 for p in answer["frontier"]["points"] for v in p["utilities"].values()))

    def test_six_issues_with_no_deal_at_zero(self):
        answer = self.ask("6issues", "6issues.xml", "6issues_util1.xml", "6issues_util2.xml")
        (nash,) = solution(answer, "nash")
        self.assertEqual([round(v, 4) for v in nash], [0.5189, 0.6396])
        self.assertEqual(answer["no_deal"], dict.fromkeys(answer["parties"], 0))

    def test_published_nash_points_of_geniusweb_profiles(self):
        folder = DATA / "_anl2023" / "domains" / "domain14"
        special = json.loads((folder / "specials.json").read_text())
        answer = ask(*(folder / name for name in ("profileA.json", "profileB.json")))
        (nash,) = solution(answer, "nash")
        for found, wanted in zip(nash, special["nash"]["utility"]):
            self.assertAlmostEqual(found, wanted, places=9)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: peer_defects.py DETENTE [TEST...]")
    DETENTE = sys.argv.pop(1)
    if not DATA.exists():
        print("skipped: tests on real domains, ../shared/data/anac is not here")
    unittest.main()

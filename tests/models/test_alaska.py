#!/usr/bin/env python3
"""What must come out of the models that ship, read from the answers of `detente deal`.

    python3 tests/models/test_alaska.py DETENTE

The Alaska model holds two commentaries; what they say about deals has to follow from its numbers.  No expected number
stands here where one answer can be held against another: gains against gains, zones against zones.  Where the
commentaries are at hand (../shared/seeds), their quotes are looked up, and no sentence of theirs may stand in a model.
"""
import functools
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SEEDS = os.path.join(os.path.dirname(ROOT), "shared", "seeds")
DETENTE = "detente"

ALASKA, SALE, SINAI, VETO, TRUCE = "alaska-2025", "sale", "sinai-1978", "coalition-veto", "ceasefire-two"
MODELS = (ALASKA, SALE, SINAI, VETO, TRUCE)
WITH_KYIV = ("trilateral", "with_europe", "bilateral_linked_ratified", "three_of_four")
ALL_ISSUES = ("bilateral_linked", *WITH_KYIV)
HARD_ISSUES = ("territory", "alignment")
# Which red lines are about what, per side.
LAND = {"russia.land", "ukraine.no-cession"}
ALLIANCES = {"russia.no-nato", "ukraine.own-alliances"}
FORCES = {"russia.demilitarise", "ukraine.own-army"}


def run(*arguments):
    """Exit code and output of detente; errors go to the test's own."""
    done = subprocess.run([DETENTE, *arguments, "--quiet"], cwd=ROOT, stdout=subprocess.PIPE, timeout=300)
    return done.returncode, done.stdout.decode("utf-8")


def text_of(*path):
    with open(os.path.join(*path), encoding="utf-8") as file:
        return file.read()


@functools.lru_cache(maxsize=None)
def answer(command, name, *options):
    """The answer of a command to a model, as parsed JSON."""
    code, text = run(command, f"models/{name}.yaml", "--json", *options)
    if code != 0:
        raise AssertionError(f"detente {command} {name} {' '.join(options)}: exit code {code}")
    return json.loads(text)["answer"]


def deal(name, *options):
    return answer("deal", name, *options)["formats"]


def zone(name, format_id, *options):
    found = deal(name, *options)[format_id]["zone"]
    if not found["exact"]:
        raise AssertionError(f"the zone of {name} {format_id} was not counted")
    return found["count"]


def scenario(format_id, name):
    return deal(ALASKA)[format_id]["scenarios"][name]


def gains(proposal):
    parties = deal(ALASKA)["with_europe"]["proposals"][proposal]["parties"]
    return {party: judged["gain"] for party, judged in parties.items()}


class Alaska(unittest.TestCase):
    """The numbers are those of the list "what must come out"."""

    # ---- 1: who can agree on what ----

    def test_1_the_two_in_the_room_can_agree_on_something(self):
        found = deal(ALASKA)["bilateral"]
        self.assertEqual(found["zone"]["status"], "open")
        self.assertGreater(found["scenarios"]["agreement"]["zone"]["count"], 0, "more than no deal itself")

    def test_1_no_comprehensive_settlement_with_kyiv(self):
        for format_id in WITH_KYIV:
            with self.subTest(format_id):
                found = scenario(format_id, "comprehensive")
                self.assertGreater(found["coherent"], 0)
                self.assertEqual((found["zone"]["status"], found["zone"]["count"]), ("empty", 0))
                self.assertTrue(found["complete"])

    def test_1_its_blockers_are_the_red_lines_of_both_sides(self):
        for format_id in WITH_KYIV:
            with self.subTest(format_id):
                pairs = [set(blockers) for blockers in scenario(format_id, "comprehensive")["blockers"] if len(blockers) == 2]
                for wanted in (LAND, ALLIANCES, FORCES):
                    self.assertIn(wanted, pairs)

    def test_1_it_is_russia_and_the_us_alone_who_could_settle_it(self):
        self.assertEqual(scenario("bilateral_linked", "comprehensive")["zone"]["status"], "open")

    # ---- 2: limited agreements are what is left ----

    def test_2_limited_agreements_are_the_widest_part(self):
        for format_id in WITH_KYIV:
            with self.subTest(format_id):
                parts = {name: scenario(format_id, name)["zone"]["count"] for name in ("success", "partial", "failure", "comprehensive")}
                whole = zone(ALASKA, format_id)
                self.assertEqual(parts["success"] + parts["partial"] + parts["failure"], whole, "three parts, nothing twice")
                self.assertGreater(parts["success"] + parts["partial"], 0.9 * whole)
                self.assertGreater(parts["success"], 0)
                self.assertEqual(max(parts, key=parts.get), "partial")

    def test_2_every_deal_shown_shelves_the_hard_issues(self):
        no_deal = answer("deal", ALASKA)["no_deal"]
        for format_id in WITH_KYIV:
            found = deal(ALASKA)[format_id]
            shown = [found["zone"]["example"], *(best["outcome"] for best in found["best"].values())]
            for outcome in shown:
                self.assertEqual([outcome[i] for i in HARD_ISSUES], [no_deal[i] for i in HARD_ISSUES], format_id)

    def test_2_sectoral_truces_pass_everywhere(self):
        for format_id, found in deal(ALASKA).items():
            self.assertTrue(found["proposals"]["sectoral_truces"]["acceptable"], format_id)

    # ---- 3: the full ceasefire ----

    def test_3_the_unconditional_ceasefire_fails_on_russias_side(self):
        parties = deal(ALASKA)["with_europe"]["proposals"]["full_ceasefire"]["parties"]
        self.assertEqual([party for party, judged in parties.items() if not judged["accepts"]], ["russia"])
        self.assertEqual(parties["russia"]["red_lines"], ["no-free-pause"])
        self.assertEqual(parties["russia"]["preference"], "worse")

    def test_3_limits_and_progress_bring_it_closer(self):
        bare, limits, talks, both = (
            gains(name)["russia"]
            for name in ("full_ceasefire", "full_ceasefire_with_limits", "full_ceasefire_with_talks", "full_ceasefire_with_both")
        )
        self.assertLess(bare, min(limits, talks))
        self.assertGreater(both, max(limits, talks))
        for name in ("full_ceasefire_with_limits", "full_ceasefire_with_talks"):
            crossed = deal(ALASKA)["with_europe"]["proposals"][name]["parties"]["russia"]["red_lines"]
            self.assertEqual(crossed, [], name)

    def test_3_the_least_concessions_are_named(self):
        for format_id, found in deal(ALASKA, "--within", "unconditional").items():
            with self.subTest(format_id):
                self.assertEqual(found["zone"]["status"], "empty")
                self.assertIn(["russia.no-free-pause"], found["blockers"], "alone it rules out every deal")
                cheapest = found["concessions"][0]
                self.assertTrue(cheapest["least_cost"])
                self.assertIn("russia.no-free-pause", cheapest["drop"])
                self.assertEqual({name.split(".")[0] for name in cheapest["drop"]}, {"russia"})
                self.assertEqual(cheapest["outcome"]["ceasefire"], "full")

    # ---- 4: the envoy's proposal ----

    def test_4_worse_than_no_deal_for_ukraine_and_europe(self):
        found = gains("envoy")
        self.assertLess(found["ukraine"], 0)
        self.assertLess(found["europe"], 0)
        for format_id in ("bilateral_ratified", *WITH_KYIV):
            self.assertFalse(deal(ALASKA)[format_id]["proposals"]["envoy"]["acceptable"], format_id)

    def test_4_it_crosses_red_lines_and_breaks_principles(self):
        found = deal(ALASKA)["with_europe"]["proposals"]["envoy"]
        self.assertIn("no-cession", found["parties"]["ukraine"]["red_lines"])
        self.assertIn("no-hurried-land", found["parties"]["europe"]["red_lines"])
        self.assertLessEqual({"ceasefire-first", "guarantees-no-veto", "prepare-trilateral"}, set(found["principles_broken"]))
        self.assertIn("nothing-without-ukraine", deal(ALASKA)["bilateral_linked"]["proposals"]["envoy"]["principles_broken"])

    def test_4_compensation_does_not_buy_the_red_line(self):
        ukraine = deal(ALASKA)["with_europe"]["proposals"]["partial_return_compensated"]["parties"]["ukraine"]
        self.assertEqual(ukraine["preference"], "better")
        self.assertEqual(ukraine["red_lines"], ["no-cession"])
        self.assertFalse(ukraine["accepts"])

    # ---- 5: what moves the zone ----

    def difference(self, setting):
        return answer("deal", ALASKA, "--set", setting)["difference"]

    def test_5_raising_aid_lowers_russias_no_deal_and_widens_the_zone(self):
        for format_id, found in self.difference("us_aid=raised").items():
            with self.subTest(format_id):
                russia = found["no_deal"]["russia"]
                self.assertLess(russia["after"], russia["before"])
                self.assertGreater(found["zone"]["after"], found["zone"]["before"])

    def test_5_cutting_aid_does_the_opposite(self):
        for format_id, found in self.difference("us_aid=cut").items():
            with self.subTest(format_id):
                russia = found["no_deal"]["russia"]
                self.assertGreater(russia["after"], russia["before"])
                self.assertLessEqual(found["zone"]["after"], found["zone"]["before"])
                if format_id in ALL_ISSUES:
                    self.assertLess(found["zone"]["after"], found["zone"]["before"])

    def test_5_waiting_moves_the_zone_towards_moscow(self):
        now, later = deal(ALASKA), deal(ALASKA, "--at", "2026-08-14")
        for format_id in ("trilateral", "with_europe"):
            with self.subTest(format_id):
                before = now[format_id]["proposals"]["envoy"]["parties"]["russia"]["no_deal"]
                after = later[format_id]["proposals"]["envoy"]["parties"]["russia"]["no_deal"]
                self.assertGreater(after, before)
                self.assertGreater(later[format_id]["best"]["russia"]["utility"], now[format_id]["best"]["russia"]["utility"])
                self.assertLess(later[format_id]["best"]["ukraine"]["utility"], now[format_id]["best"]["ukraine"]["utility"])

    def test_5_month_by_month_the_zone_never_grows(self):
        months = answer("deal", ALASKA, "--over", "6")["over"]
        self.assertEqual([month["months"] for month in months], list(range(7)))
        for earlier, later in zip(months, months[1:]):
            for format_id, found in later["formats"].items():
                self.assertLessEqual(found["zone"]["count"], earlier["formats"][format_id]["zone"]["count"], format_id)

    # ---- 8: what decides, as far as single levers show it ----

    def test_8_battlefield_aid_and_pressure_at_home_decide(self):
        for quantity, low, high, grows in (("initiative", "50", "90", False), ("aid_weight", "6", "14", True),
                                           ("pressure_russia", "20", "60", False), ("pressure_ukraine", "60", "90", False)):
            with self.subTest(quantity):
                least = zone(ALASKA, "with_europe", "--set", f"{quantity}={low}")
                most = zone(ALASKA, "with_europe", "--set", f"{quantity}={high}")
                self.assertLess(*((least, most) if grows else (most, least)))

    # ---- evidence ----

    def test_7_models_side_by_side_with_baselines_and_intervals(self):
        found = answer("forecast", ALASKA, "--draws", "1000", "--base-rate", "success=30%")
        models = found["models"]
        self.assertEqual({m["kind"] for m in models.values()}, {"bargain", "positions", "baseline"})
        self.assertLessEqual({"no_deal", "uniform", "base_rate", "compromise", "weighted_median"}, set(models))
        for scenario in ("success", "partial", "failure"):
            for model in models.values():
                p = model["scenarios"][scenario]
                if p["probability"] is not None:
                    self.assertLessEqual(p["low"], p["probability"])
                    self.assertLessEqual(p["probability"], p["high"])
                    self.assertLessEqual(p["mc_low"], p["probability"])
                    self.assertLessEqual(p["probability"], p["mc_high"])
        for name, model in models.items():  # the three exclude one another and leave nothing out
            shares = [model["scenarios"][s]["probability"] for s in ("success", "partial", "failure")]
            if name != "base_rate":
                self.assertAlmostEqual(sum(shares), 1, places=9)
        inputs = {m["scenarios"]["success"]["input"] for m in models.values()} - {None}
        self.assertLessEqual(inputs, set(found["inputs"]))
        self.assertGreater(found["scenarios"]["success"]["high"] - found["scenarios"]["success"]["low"], 0.3)

    def test_7_the_claim_is_scored_beside_the_models(self):
        with tempfile.TemporaryDirectory() as folder:
            register = os.path.join(folder, "r.db")
            model = f"models/{ALASKA}.yaml"
            code, _ = run("freeze", model, "--register", register, "--name", "summit", "--on", "2025-08-14", "--draws", "200")
            self.assertEqual(code, 0)
            self.assertEqual(run("resolve", register, "summit", "agreement=no", "--on", "2025-08-16")[0], 0)
            sources = json.loads(run("score", register, "--json")[1])["answer"]["sources"]
        self.assertAlmostEqual(sources["claim us"]["brier"], 0.75**2)
        self.assertEqual(sources["no_deal"]["brier"], 0)
        self.assertIn("nash_with_europe", sources)
        self.assertIsNone(sources["claim us"]["calibration"])
    def way(self, goal, *options, format_id="trilateral"):
        return answer("path", ALASKA, "--among", format_id, "--to", goal, *options)["formats"][format_id]["ways"][0]

    def test_9_an_order_of_steps_that_puts_the_ceasefire_first(self):
        for format_id in WITH_KYIV:
            way = self.way("success", format_id=format_id)
            if format_id == "bilateral_linked_ratified":  # nothing about Ukraine without Ukraine
                self.assertEqual(way["status"], "none")
                self.assertIn(["nothing-without-ukraine"], [s["cuts"] for s in way["cut_sets"]])
                continue
            self.assertEqual(way["status"], "found", format_id)
            for step in way["shortest"]["steps"]:
                self.assertTrue(all(step["outcome"][issue] == "deferred" for issue in HARD_ISSUES))
                self.assertTrue(all(gain >= 0 for party, gain in step["gains"].items() if party in step["parties"]))

    def test_9_land_without_a_ceasefire_is_cut_by_the_principle(self):
        way = self.way("envoy")
        self.assertEqual(way["status"], "none")
        self.assertEqual([set(s["cuts"]) for s in way["cut_sets"]],
                         [{"ukraine.no-cession", "ukraine.no_deal", "ceasefire-first"}])

    def test_9_a_comprehensive_settlement_is_cut_by_red_lines_of_both_sides(self):
        way = self.way("comprehensive")
        self.assertEqual(way["status"], "none")
        self.assertTrue(way["cuts_complete"])
        for cuts in ({c for c in s["cuts"]} for s in way["cut_sets"]):
            self.assertTrue(cuts & LAND and cuts & ALLIANCES and cuts & FORCES, cuts)

    def test_10_a_pause_without_limits_on_forces_is_the_fragile_one(self):
        deals = {d["proposal"]: d for d in answer("hold", ALASKA, "--deal", "all")["deals"]}
        bare, limits = deals["full_ceasefire"], deals["full_ceasefire_with_limits"]
        both, phased = deals["full_ceasefire_with_both"], deals["phased_framework"]
        gains = [d["parties"]["russia"]["leaving_gain"] for d in (bare, limits, both, phased)]
        self.assertEqual(gains, sorted(gains, reverse=True))
        self.assertEqual(bare["leave_now"], ["russia"])
        self.assertEqual(bare["remedies"], [])
        self.assertEqual(phased["leave_now"], [])
        self.assertEqual((phased["first_to_leave"], phased["leaves_in_months"] > 0), ("russia", True))
        longest = phased["remedies"][0]
        self.assertEqual((longest["issue"], longest["months"] > phased["leaves_in_months"]), ("forces", True))

    def test_every_number_has_a_source_or_a_reason(self):
        numbers = answer("check", ALASKA)["numbers"]
        self.assertEqual(numbers["defaulted"], 0)
        self.assertGreater(numbers["evidenced"], numbers["judged"])

    def test_the_claim_stays_a_claim(self):
        """Nothing that anybody says about a scenario's probability is in the answer."""
        self.assertNotIn("0.75", run("deal", f"models/{ALASKA}.yaml", "--json")[1])


class Consent(unittest.TestCase):
    """6: the more consents a format needs, the smaller the zone; never larger."""

    @staticmethod
    def asks_more(demanding, lenient):
        """Does each way to win under one rule also win under the other?"""
        return all(any(set(less) <= set(more) for less in lenient) for more in demanding)

    def test_6_more_consents_never_a_larger_zone(self):
        compared = 0
        for name in MODELS:
            agendas = {f: sorted(found["agenda"]) for f, found in answer("show", name)["formats"].items()}
            for f, lenient in deal(name).items():
                for g, demanding in deal(name).items():
                    if f == g or agendas[f] != agendas[g] or not self.asks_more(demanding["consent"], lenient["consent"]):
                        continue
                    self.assertLessEqual(demanding["zone"]["count"], lenient["zone"]["count"], f"{name}: {g} asks more than {f}")
                    compared += 1
        self.assertGreater(compared, 10)

    def test_6_each_further_consent_costs_something(self):
        found = [zone(ALASKA, f) for f in ("bilateral_linked", "three_of_four", "trilateral", "with_europe")]
        self.assertEqual(found, sorted(found, reverse=True))
        self.assertEqual(len(set(found)), len(found))
        self.assertLess(zone(ALASKA, "bilateral_ratified"), zone(ALASKA, "bilateral"))


class Classics(unittest.TestCase):
    def test_sale_is_about_where_to_meet(self):
        found = deal(SALE)["direct"]
        seller, buyer = found["best"]["seller"], found["best"]["buyer"]
        self.assertEqual(found["scenarios"]["sold"]["zone"]["status"], "open")
        self.assertEqual((seller["outcome"]["price"], buyer["outcome"]["price"]), ("550", "475"), "each one's best is the other's limit")
        self.assertGreater(answer("deal", SALE)["opposition"][0]["opposition"], 0.9, "only some sale against none unites them")
        self.assertTrue(found["proposals"]["meet_at_525"]["acceptable"])
        for name in ("asking_price", "first_bid"):
            self.assertFalse(found["proposals"][name]["acceptable"])

    def test_sale_without_a_zone(self):
        found = deal(SALE, "--set", "buyer_limit=470")["direct"]["scenarios"]["sold"]
        self.assertEqual(found["zone"]["status"], "empty")
        self.assertEqual(found["blockers"], [["buyer.no_deal", "seller.no_deal"]])
        self.assertEqual(found["concessions"][0]["cost"], 5, "what lies between the two limits")

    def test_sinai_opens_when_issues_are_linked(self):
        alone, package = deal(SINAI)["land_only"], deal(SINAI)["package"]
        self.assertEqual(alone["zone"]["count"], 1)
        self.assertEqual(alone["zone"]["example"], answer("deal", SINAI)["no_deal"], "nothing but the status quo")
        self.assertGreater(package["scenarios"]["agreement"]["zone"]["count"], 0)
        self.assertTrue(package["proposals"]["camp_david"]["acceptable"])
        self.assertEqual(package["proposals"]["a_line_on_the_map"]["parties"]["egypt"]["red_lines"], ["no-partition"])
        self.assertFalse(package["proposals"]["return_without_security"]["parties"]["israel"]["accepts"])

    def test_coalition_who_counts(self):
        formats = deal(VETO)
        self.assertFalse(any("luxembourg" in s for s in formats["commission_proposal"]["consent"]), "a dummy")
        self.assertTrue(any("luxembourg" in s for s in formats["other_cases"]["consent"]), "the fourth member")
        self.assertTrue(all("france" in s for s in formats["vital_interest"]["consent"]), "a veto")
        self.assertEqual([formats[f]["zone"]["count"] for f in ("commission_proposal", "vital_interest", "unanimity")], [10, 6, 3])
        passes = {f: found["proposals"]["free_trade"]["acceptable"] for f, found in formats.items()}
        self.assertEqual((passes["commission_proposal"], passes["vital_interest"]), (True, False), "what France stops")

    def test_ceasefire_needs_the_guarantor(self):
        bilateral, guaranteed = deal(TRUCE)["bilateral"], deal(TRUCE)["with_guarantor"]
        self.assertEqual(bilateral["scenarios"]["success"]["zone"]["status"], "empty")
        self.assertEqual(bilateral["scenarios"]["success"]["blockers"], [["north.no_deal"]])
        self.assertGreater(guaranteed["scenarios"]["success"]["zone"]["count"], 0)
        self.assertEqual(guaranteed["proposals"]["truce-only"]["parties"]["north"]["red_lines"], [])
        self.assertFalse(guaranteed["proposals"]["truce-only"]["acceptable"])

    def test_the_second_way_agrees(self):
        for name in MODELS:
            with self.subTest(name):
                self.assertEqual(run("deal", f"models/{name}.yaml", "--verify")[0], 0)


class Seeds(unittest.TestCase):
    """What was taken over from the commentaries: figures and places, no sentence."""

    HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
    HAN_RUN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]+")  # with its punctuation
    WORD = re.compile(r"[A-Za-z0-9'’]+")
    HAN_LENGTH, WORD_LENGTH = 12, 8

    def setUp(self):
        if not os.path.isdir(SEEDS):
            self.skipTest("the commentaries are not at hand (../shared/seeds)")

    @classmethod
    def pieces(cls, texts, pattern, length, split=None):
        """Every run of `length` characters or words, without what stands between them."""
        found = set()
        for text in texts:
            for part in split.findall(text) if split else [text]:
                parts = pattern.findall(part.lower())
                found.update(tuple(parts[i : i + length]) for i in range(len(parts) - length + 1))
        return found

    def test_no_sentence_of_the_seeds_is_in_a_model(self):
        seeds = [text_of(SEEDS, name) for name in sorted(os.listdir(SEEDS))]
        self.assertTrue(seeds)
        han = self.pieces(seeds, self.HAN, self.HAN_LENGTH)
        words = self.pieces(seeds, self.WORD, self.WORD_LENGTH)
        for name in sorted(n for n in os.listdir(os.path.join(ROOT, "models")) if n.endswith(".yaml")):
            text = text_of(ROOT, "models", name)
            with self.subTest(name):
                taken = self.pieces([text], self.HAN, self.HAN_LENGTH, split=self.HAN_RUN) & han
                self.assertEqual({"".join(run) for run in taken}, set())
                taken = self.pieces(re.split(r"[{}\[\]\"\n]|: ", text), self.WORD, self.WORD_LENGTH) & words
                self.assertEqual({" ".join(run) for run in taken}, set())

    def test_every_quote_stands_where_it_is_cited(self):
        found = answer("check", ALASKA, "--sources", SEEDS)
        self.assertEqual(found["quotes"]["all"], len(re.findall(r"\bquote:", text_of(ROOT, "models", f"{ALASKA}.yaml"))))
        self.assertEqual(found["quotes"]["found"], found["quotes"]["all"])
        self.assertEqual(found["warnings"], 0)

    def test_without_the_seeds_no_quote_is_lost(self):
        here, there = answer("check", ALASKA)["quotes"], answer("check", ALASKA, "--sources", SEEDS)["quotes"]
        self.assertEqual((here["all"], here["unread"]), (there["all"], here["all"]))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        DETENTE = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=2)

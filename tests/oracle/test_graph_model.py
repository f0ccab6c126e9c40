"""The oracle of graph models against published cases and cases by hand: python3 -m unittest discover -s tests/oracle"""

import unittest

from graph_model import CONCEPTS, Conflict, from_gmcr, from_graph

def two_by_two(first, second):
    """States 1..4 = NN, YN, NY, YY of two parties with one option each; rankings from best to worst."""
    return from_gmcr(
        {
            "options": [{"name": "a"}, {"name": "b"}],
            "decisionMakers": [
                {"name": "row", "options": [0], "preferenceRanking": first},
                {"name": "col", "options": [1], "preferenceRanking": second},
            ],
            "useManualPreferenceRanking": True,
        }
    )


class Published(unittest.TestCase):
    def expect(self, model, **wanted):
        for concept in CONCEPTS:
            self.assertEqual(model.equilibria(concept), wanted.get(concept, wanted.get("other")), concept)

    def test_prisoners_dilemma(self):
        """Y = defect."""
        self.expect(two_by_two([2, 1, 4, 3], [3, 1, 4, 2]), nash=[4], other=[1, 4])

    def test_chicken(self):
        """Y = straight on."""
        chicken = two_by_two([2, 1, 3, 4], [3, 1, 2, 4])
        self.expect(chicken, gmr=[1, 2, 3], smr=[1, 2, 3], other=[2, 3])

    def test_stag_hunt(self):
        self.expect(two_by_two([1, 2, 4, 3], [1, 3, 4, 2]), other=[1, 4])

    def test_syria_and_iraq_1975(self):
        """Hipel, Kilgour and Kinsara, GDN 23:355; per party, too."""
        none, release, escalate = [[0, "N"], [1, "N"], [2, "N"]], [0, "Y"], [1, "Y"]
        iraq = [[release, [1, "N"], [2, "N"]], [[0, "N"], [1, "N"], [2, "Y"]], [[0, "N"], escalate, [2, "Y"]], none]
        model = from_gmcr(
            {
                "options": [{"name": "release"}, {"name": "escalate"}, {"name": "attack"}],
                "infeasibles": [[release, escalate]],
                "decisionMakers": [
                    {"name": "Syria", "options": [0, 1], "preferences": [none, [escalate], [[2, "N"]], [[0, "N"]]]},
                    {"name": "Iraq", "options": [2], "preferences": [*iraq, [release, [1, "N"], [2, "Y"]]]},
                ],
            }
        )
        self.expect(model, gmr=[1, 6], other=[6])
        self.assertEqual(model.stable("Syria", "nash"), [1, 6])
        self.assertEqual(model.stable("Syria", "smr"), [1, 3, 6])
        self.assertEqual(model.stable("Iraq", "gmr"), [1, 2, 4, 5, 6])
        self.assertEqual(model.stable("Iraq", "sseq"), [2, 4, 6])

    def test_elmira_with_nine_states(self):
        """Kilgour, Hipel, Fang and Peng 2001."""
        moves = {
            "m": [[1, 2], [3, 4], [5, 6], [7, 8]],
            "u": [[1, 3], [1, 9], [2, 4], [2, 9], [3, 9], [4, 9], [5, 7], [5, 9], [6, 8], [6, 9], [7, 9], [8, 9]],
            "t": [[1, 5], [2, 6], [3, 7], [4, 8], [5, 1], [6, 2], [7, 3], [8, 4]],
        }
        rankings = {"m": [7, 3, 4, 8, 5, 1, 2, 6, 9], "u": [1, 4, 8, 5, 9, 3, 7, 2, 6], "t": [7, 3, 5, 1, 8, 6, 4, 2, 9]}
        self.expect(from_graph(list(range(1, 10)), moves, rankings), gmr=[1, 4, 5, 8, 9], smr=[1, 4, 5, 8, 9], other=[5, 8, 9])


class ByHand(unittest.TestCase):
    def test_nobody_moves_twice_in_a_row(self):
        """b moves 1 to 2, and 2 to 3: it gets to 3 only when c moves in between."""
        moves = {"a": [], "b": [["1", "2"], ["2", "3"], ["4", "5"]], "c": [["2", "4"]]}
        model = from_graph(list("12345"), moves, {p: list("12345") for p in "abc"})
        self.assertEqual(model.reach("a", 1, False), {2, 4, 5})

    def test_a_sanction_may_need_one_party_twice(self):
        """b, c, b: only the third move hurts a."""
        moves = {"a": [["0", "1"]], "b": [["1", "2"], ["3", "4"]], "c": [["2", "3"]]}
        rankings = {"a": [["1", "2", "3"], "0", "4"], "b": [list("01234")], "c": [list("01234")]}
        model = from_graph(list("01234"), moves, rankings)
        self.assertTrue(model.is_stable("a", 1, "gmr"))
        self.assertFalse(model.is_stable("a", 1, "seq"))  # b and c gain nothing by it

    def test_what_limits_moves(self):
        """Two issues of one party: 0 stuck at option 1 of the first; not seen; barred."""
        conflict = Conflict([2, 2], ["a", "a"], [{1}, set()], [], {"a": [{1: {1}}]}, [(None, {0: {0}}, {0: {1}})])
        self.assertEqual(conflict.outcomes, [(0, 0), (1, 0), (0, 1), (1, 1)])
        self.assertFalse(conflict.can_move("a", (0, 0), (1, 0)))
        self.assertFalse(conflict.can_move("a", (1, 0), (0, 0)))
        self.assertFalse(conflict.can_move("a", (0, 0), (0, 1)))
        free = Conflict([2, 2], ["a", "a"], [set(), set()], [{0: {1}, 1: {0}}])
        self.assertTrue(free.can_move("a", (0, 0), (1, 1)))  # both at once; what lies between may be infeasible
        self.assertEqual(free.outcomes, [(0, 0), (0, 1), (1, 1)])


if __name__ == "__main__":
    unittest.main()

"""The graph model for conflict resolution, straight from its definitions: states, moves, five kinds of stability.

Nothing is clever here. What a group can reach is searched breadth first over pairs (state, who moved last): a legal
sequence has at least one move, and nobody moves twice in a row (Fang, Hipel and Kilgour 1993). Improvements are judged by
the party that moves, at that step. `test_oracle.py` holds it to published cases.
"""

import itertools

CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")


class GraphModel:
    """States 1..count; moves[party][state]: states; rank[party][state]: larger is better, equal is tied."""

    def __init__(self, count, moves, rank):
        self.states = range(1, count + 1)
        self.parties = list(rank)
        self.rank = rank
        self.moves = {p: {s: set(moves.get(p, {}).get(s, ())) for s in self.states} for p in self.parties}
        self.improvements = {
            p: {s: {t for t in self.moves[p][s] if rank[p][t] > rank[p][s]} for s in self.states} for p in self.parties
        }
        self.reached = {}

    def reach(self, party, state, improving):
        """Where the others of `party` can get from a state, by moves or by improvements of those who move."""
        key = (party, state, improving)
        if key not in self.reached:
            steps = self.improvements if improving else self.moves
            others = [p for p in self.parties if p != party]
            seen, queue = set(), [(state, None)]
            for at, last in queue:
                for mover in others:
                    if mover == last:
                        continue
                    for to in steps[mover][at]:
                        if (to, mover) not in seen:
                            seen.add((to, mover))
                            queue.append((to, mover))
            self.reached[key] = {to for to, _ in seen}
        return self.reached[key]

    def sanctioned(self, party, state, improvement, concept):
        """Can the others answer an improvement so that the party is no better off than before?"""
        rank = self.rank[party]
        for answer in self.reach(party, improvement, concept in ("seq", "sseq")):
            if rank[answer] > rank[state]:
                continue
            if concept in ("gmr", "seq") or all(rank[s] <= rank[state] for s in self.moves[party][answer]):
                return True
        return False

    def is_stable(self, party, state, concept):
        if concept == "nash":
            return not self.improvements[party][state]
        return all(self.sanctioned(party, state, t, concept) for t in self.improvements[party][state])

    def stable(self, party, concept):
        return [s for s in self.states if self.is_stable(party, s, concept)]

    def equilibria(self, concept):
        return [s for s in self.states if all(self.is_stable(p, s, concept) for p in self.parties)]


def ranks(groups):
    """Ranks from groups of tied states, best first."""
    return {state: len(groups) - place for place, group in enumerate(groups) for state in group}


def grouped(ranking):
    """A list of states, where tied ones stand in lists of their own, as groups."""
    return [entry if isinstance(entry, list) else [entry] for entry in ranking]


def from_graph(states, moves, rankings):
    """A graph written out: labels, {party: [[from, to], ...]}, {party: [best, ..., [tied, tied], ...]}."""
    number = {label: i + 1 for i, label in enumerate(states)}
    table = {party: {} for party in rankings}
    for party, arcs in moves.items():
        for start, end in arcs:
            table[party].setdefault(number[start], set()).add(number[end])
    rank = {p: ranks([[number[s] for s in group] for group in grouped(r)]) for p, r in rankings.items()}
    return GraphModel(len(states), table, rank)


class Conflict:
    """Options of issues that one party each decides: what an outcome is, and who can change it into which other one.

    sizes: options per issue. owners: who decides each. stuck: per issue the options that cannot be left. A pattern is
    {issue: set of options}; `infeasible` and `unseen` (per party) are lists of patterns, `barriers` lists of
    (party or None, pattern left, pattern entered). The first issue changes fastest.
    """

    def __init__(self, sizes, owners, stuck, infeasible, unseen=None, barriers=()):
        self.owners, self.stuck, self.unseen, self.barriers = owners, stuck, unseen or {}, barriers
        everything = itertools.product(*(range(size) for size in reversed(sizes)))
        outcomes = [tuple(reversed(o)) for o in everything]
        self.outcomes = [o for o in outcomes if not any(meets(o, pattern) for pattern in infeasible)]

    def can_move(self, party, start, end):
        changed = [i for i in range(len(start)) if start[i] != end[i]]
        if not changed or any(self.owners[i] != party or start[i] in self.stuck[i] for i in changed):
            return False
        if any(meets(o, pattern) for pattern in self.unseen.get(party, ()) for o in (start, end)):
            return False
        return not any(who in (None, party) and meets(start, a) and meets(end, b) for who, a, b in self.barriers)

    def graph(self, rank):
        """rank: {party: function of an outcome, or of its number from 1; larger is better}."""
        moves = {
            party: {
                i + 1: {k + 1 for k, end in enumerate(self.outcomes) if self.can_move(party, start, end)}
                for i, start in enumerate(self.outcomes)
            }
            for party in rank
        }
        return GraphModel(
            len(self.outcomes), moves, {p: {i + 1: f(o) for i, o in enumerate(self.outcomes)} for p, f in rank.items()}
        )


def meets(outcome, pattern):
    return all(outcome[issue] in options for issue, options in pattern.items())


def by_statements(statements):
    """Statements, the most important first: lists of patterns, of which one has to be met. Truth values in their order."""
    return lambda outcome: tuple(any(meets(outcome, pattern) for pattern in s) for s in statements)


def from_gmcr(document):
    """A GMCR+ document, as read from its JSON."""

    def patterns(condition):
        members = condition["members"] if isinstance(condition, dict) else [condition]
        result = []
        for member in members:
            pattern = {}
            for option, answer in member:
                pattern[option] = pattern.get(option, {0, 1}) & {"NY".index(answer)}
            result.append(pattern)
        return result

    options, makers = document["options"], document["decisionMakers"]
    owners = {o: maker["name"] for maker in makers for o in maker["options"]}
    stuck = [{"both": set(), "fwd": {1}, "back": {0}}[o.get("permittedDirection", "both")] for o in options]
    conflict = Conflict(
        [2] * len(options),
        [owners[o] for o in range(len(options))],
        stuck,
        [pattern for c in document.get("infeasibles", []) for pattern in patterns(c)],
        {m["name"]: [pattern for c in m.get("misperceptions", []) for pattern in patterns(c)] for m in makers},
    )
    number = {outcome: i + 1 for i, outcome in enumerate(conflict.outcomes)}
    rank = {}
    for maker in makers:
        if document.get("useManualPreferenceRanking", document.get("useManualPreferenceVectors", False)):
            places = ranks(grouped(maker.get("preferenceRanking", maker.get("preferenceVector"))))
            rank[maker["name"]] = lambda outcome, places=places: places[number[outcome]]
        else:
            rank[maker["name"]] = by_statements([patterns(c) for c in maker["preferences"]])
    return conflict.graph(rank)

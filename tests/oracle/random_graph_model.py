"""Seeded graph models, each with the text that detente reads and the oracle's own idea of it.

Three kinds: graphs written out (moves that are not transitive, common moves), option form in the model language
(irreversible options and issues, rules, barriers, what a party does not see, priorities or rankings), and .gmcr documents.
"""

import json

from graph_model import Conflict, by_statements, from_gmcr, from_graph, ranks
from yaml_text import document

LABELS = ["calm", "two words", "it's", "0", "1", "not", "危機", "a: b", "x-y", "10.5", "true", "#c", "state", "- dash"]
PARTIES = ["ann", "bob", "cleo", "dan", "eve"]
MOST_STATES = 48


def random_groups(rng, items, tie_share):
    """Items in a random order, cut into groups of tied ones."""
    items, groups = rng.sample(items, len(items)), []
    for item in items:
        if groups and rng.random() < tie_share:
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def as_ranking(groups, rng):
    return [group[0] if len(group) == 1 and rng.random() < 0.9 else group for group in groups]


def some_parties(rng):
    return PARTIES[: rng.choice((2, 2, 2, 3, 3, 3, 4, 5))]


# ---- graphs written out ----


def written_out(rng):
    labels = rng.sample(LABELS, rng.randint(1, 12))
    parties = PARTIES[:1] if rng.random() < 0.05 else some_parties(rng)
    share, ties = rng.choice((0.05, 0.15, 0.3, 0.6)), rng.choice((0, 0, 0.2, 0.6))
    pairs = [[a, b] for a in labels for b in labels if a != b]
    moves = {}
    for p in parties:
        chosen = [arc for arc in pairs if rng.random() < share]
        moves[p] = rng.sample(chosen, len(chosen))
    rankings = {p: as_ranking(random_groups(rng, labels, ties), rng) for p in parties}
    graph = {"states": labels, "moves": moves, "rankings": rankings}
    if rng.random() < 0.5:
        graph["status_quo"] = rng.choice(labels)
    root = {"detente": "1", "graph": graph}
    if rng.random() < 0.3:
        root["parties"] = {p: {} for p in parties}
    text = json.dumps(root, ensure_ascii=False) if rng.random() < 0.3 else document(root, rng)
    return text, ".yaml", from_graph(labels, moves, rankings)


# ---- option form ----


def term(i, options):
    names = [f"o{o}" for o in sorted(options)]
    return f"i{i} == {names[0]}" if len(names) == 1 else f"i{i} in [{', '.join(names)}]"


def pattern_text(pattern):
    return " and ".join(term(i, options) for i, options in pattern.items()) or "true"


def random_pattern(rng, sizes, most=3):
    issues = rng.sample(range(len(sizes)), min(len(sizes), rng.randint(1, most)))
    return {i: set(rng.sample(range(sizes[i]), rng.randint(1, max(1, sizes[i] - 1)))) for i in issues}


def random_statements(rng, sizes):
    return [[random_pattern(rng, sizes) for _ in range(rng.choice((1, 1, 2)))] for _ in range(rng.randint(0, 7))]


def random_sizes(rng, parties):
    while True:
        sizes = [rng.choice((2, 2, 2, 3, 4)) for _ in range(rng.randint(len(parties), len(parties) + 3))]
        total = 1
        for size in sizes:
            total *= size
        if total <= 3 * MOST_STATES:
            return sizes


class OptionForm:
    """A random conflict with as much of the language as belongs to it."""

    def __init__(self, rng):
        self.rng, self.parties = rng, some_parties(rng)
        self.sizes = random_sizes(rng, self.parties)
        self.owners = [rng.choice(self.parties) for _ in self.sizes]
        self.start = [rng.randrange(size) for size in self.sizes]
        self.reversible = [self.random_reversible(size) for size in self.sizes]
        self.infeasible = [random_pattern(rng, self.sizes) for _ in range(rng.randint(0, 4))]
        few = rng.random() < 0.25
        self.unseen = {p: [random_pattern(rng, self.sizes, 2)] for p in self.parties if few and rng.random() < 0.4}
        self.barriers = [self.random_barrier() for _ in range(rng.choice((0, 0, 0, 1, 2)))]
        stuck = [
            {o for o in range(size) if not own.get(o, whole or o == start)}
            for size, start, (whole, own) in zip(self.sizes, self.start, self.reversible)
        ]
        self.conflict = Conflict(self.sizes, self.owners, stuck, self.infeasible, self.unseen, self.barriers)
        self.preferences = {p: self.random_preferences() for p in self.parties}

    def random_reversible(self, size):
        """Does the issue say that it is reversible, and which options say what themselves?"""
        rng = self.rng
        whole, own = rng.random() < 0.85, {}
        if rng.random() < 0.3:
            own = {o: rng.random() < 0.4 for o in range(size) if rng.random() < 0.5}
        return whole, own

    def random_barrier(self):
        rng = self.rng
        ends = [random_pattern(rng, self.sizes, 2), random_pattern(rng, self.sizes, 2)]
        if rng.random() < 0.4:
            ends[rng.randrange(2)] = {}
        return rng.choice([None, *self.parties]), ends[0], ends[1]

    def random_preferences(self):
        rng, outcomes = self.rng, self.conflict.outcomes
        if rng.random() < 0.5 or not outcomes:
            statements = random_statements(rng, self.sizes)
            texts = [" or ".join(f"({pattern_text(p)})" for p in s) for s in statements]
            return by_statements(statements), {"priorities": texts}
        groups = random_groups(rng, outcomes, rng.choice((0, 0.2, 0.7)))
        places = ranks(groups)
        entries = [[{f"i{i}": f"o{o}" for i, o in enumerate(outcome)} for outcome in group] for group in groups]
        if rng.random() < 0.3:
            entries.pop()  # what is not listed comes last
        return lambda outcome: places[outcome], {"ranking": as_ranking(entries, rng)}

    def issue(self, i):
        whole, own = self.reversible[i]
        names = [f"o{o}" for o in range(self.sizes[i])]
        entry = {"options": names, "decided_by": self.owners[i], "no_deal": names[self.start[i]]}
        if own:
            entry["options"] = {n: {"reversible": str(own[o]).lower()} if o in own else {} for o, n in enumerate(names)}
        if not whole:
            entry["reversible"] = "false"
        return entry

    def text(self):
        root = {"detente": "1"}
        root["parties"] = {p: {"unseen": [pattern_text(q) for q in self.unseen[p]]} if p in self.unseen else {} for p in self.parties}
        root["issues"] = {f"i{i}": self.issue(i) for i in range(len(self.sizes))}
        if self.infeasible:
            root["rules"] = [{"id": f"r{k}", "require": f"not ({pattern_text(p)})"} for k, p in enumerate(self.infeasible)]
        if self.barriers:
            root["transitions"] = [self.barrier_entry(k, *b) for k, b in enumerate(self.barriers)]
        root["preferences"] = {p: entry for p, (_, entry) in self.preferences.items()}
        return document(root, self.rng)

    @staticmethod
    def barrier_entry(k, party, start, end):
        forbid = {key: pattern_text(p) for key, p in (("from", start), ("to", end)) if p}
        entry = {"id": f"b{k}", "forbid": forbid}
        if party:
            entry["party"] = party
        return entry


def option_form(rng):
    while True:
        form = OptionForm(rng)
        if 1 <= len(form.conflict.outcomes) <= MOST_STATES:
            return form.text(), ".yaml", form.conflict.graph({p: f for p, (f, _) in form.preferences.items()})


# ---- .gmcr ----


def random_condition(rng, count):
    def member():
        return [[o, rng.choice("YN")] for o in rng.sample(range(count), rng.randint(1, min(count, 3)))]

    if rng.random() < 0.7:
        return member()
    return {"compound": True, "members": [member() for _ in range(rng.randint(1, 3))]}


def random_gmcr(rng):
    parties, count = some_parties(rng), rng.randint(2, 6)
    owned = {p: [] for p in parties}
    for option in range(count):
        owned[rng.choice(parties)].append(option)
    return {
        "program": "gmcr-py",
        "options": [{"name": f"take {o}", "permittedDirection": rng.choice(("both", "both", "fwd", "back"))} for o in range(count)],
        "infeasibles": [random_condition(rng, count) for _ in range(rng.randint(0, 3))],
        "decisionMakers": [
            {
                "name": p,
                "options": owned[p],
                "preferences": [random_condition(rng, count) for _ in range(rng.randint(0, 6))],
                "misperceptions": [random_condition(rng, count)] if rng.random() < 0.1 else [],
            }
            for p in parties
        ],
    }


def gmcr(rng):
    while True:
        doc = random_gmcr(rng)
        doc["useManualPreferenceRanking"] = False
        states = len(from_gmcr(doc).states)
        if 1 <= states <= MOST_STATES:
            break
    if rng.random() < 0.5:
        old = rng.random() < 0.3
        del doc["useManualPreferenceRanking"]
        doc["useManualPreferenceVectors" if old else "useManualPreferenceRanking"] = True
        for maker in doc["decisionMakers"]:
            groups = random_groups(rng, list(range(1, states + 1)), rng.choice((0, 0.3, 0.8)))
            maker["preferenceVector" if old else "preferenceRanking"] = as_ranking(groups, rng)
    return json.dumps(doc), ".gmcr", from_gmcr(doc)


def generate(rng):
    """(text, extension, oracle)"""
    return rng.choice((written_out, option_form, option_form, gmcr))(rng)

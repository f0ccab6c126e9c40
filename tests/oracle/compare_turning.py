"""Compares what `detente hold` says about changes of rankings, coalitions, foresight and unknown preferences with brute force.

    python3 tests/oracle/compare_turning.py DETENTE [--models N] [--seed S] [--first K]

Small graphs written out: every weak ranking of a party is tried for the least change that turns a verdict (changed
comparisons: pairs whose order differs), every strict one for the share that makes a state stable, every pair of rankings of
two parties for the least change in all; coalitions and limited foresight follow the definitions; every completion of a
partial order is tried. The last line reads `N passed, N failed`; exit 1 on a failure.
"""

import argparse
import fractions
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile

from graph_model import CONCEPTS, GraphModel, from_graph

PARTIES = ("ann", "bob", "cleo")
COALITION_CONCEPTS = CONCEPTS[:4]


def weak_orders(states):
    """Every ranking with ties, as {state: rank}, larger is better."""
    count, orders = len(states), set()
    for levels in itertools.product(range(count), repeat=count):
        used = sorted(set(levels))
        if used == list(range(len(used))):
            orders.add(levels)
    return [dict(zip(states, levels)) for levels in sorted(orders)]


def order_of(rank, a, b):
    return (rank[a] > rank[b]) - (rank[a] < rank[b])


def changes(one, other):
    return sum(order_of(one, a, b) != order_of(other, a, b) for a, b in itertools.combinations(one, 2))


def with_rank(model, party, rank):
    return GraphModel(len(model.states), model.moves, {**model.rank, party: rank})


def least_turn(model, party, state, concept, wanted, orders):
    found = [changes(model.rank[party], order) for order in orders
             if with_rank(model, party, order).is_stable(party, state, concept) == wanted]
    return min(found, default=None)


def share_of_orders(model, party, state, concept):
    good = total = 0
    for order in itertools.permutations(model.states):
        rank = {s: i for i, s in enumerate(order)}
        good += with_rank(model, party, rank).is_stable(party, state, concept)
        total += 1
    return fractions.Fraction(good, total)


def least_together(model, state, concept, orders):
    """The least change of the rankings of two parties together that makes a state an equilibrium."""
    best = None
    distances = [sorted((changes(model.rank[p], o), i) for i, o in enumerate(orders)) for p in model.parties]
    for one, i in distances[0]:
        for two, j in distances[1]:
            if best is not None and one + two >= best:
                break
            rank = dict(zip(model.parties, (orders[i], orders[j])))
            changed = GraphModel(len(model.states), model.moves, rank)
            if all(changed.is_stable(p, state, concept) for p in changed.parties):
                best = one + two
    return best


# ---- coalitions ----


def group_reach(model, group, state, improving=False):
    steps = model.improvements if improving else model.moves
    seen, queue = set(), [(state, None)]
    for at, last in queue:
        for mover in group:
            if mover != last:
                for to in steps[mover][at]:
                    if (to, mover) not in seen:
                        seen.add((to, mover))
                        queue.append((to, mover))
    return {to for to, _ in seen}


def coalition_unstable(model, group, state, concept):
    others = [p for p in model.parties if p not in group]

    def better(s):
        return all(model.rank[p][s] > model.rank[p][state] for p in group)

    for q in filter(better, group_reach(model, group, state)):
        if concept == "nash":
            return True
        sanctions = [s for s in group_reach(model, others, q, concept == "seq") if not better(s)]
        if concept == "smr":
            sanctions = [s for s in sanctions if not any(map(better, group_reach(model, group, s)))]
        if not sanctions:
            return True
    return False


# ---- foresight ----


def limited(model, horizon):
    ends = [{s: s for s in model.states} for _ in range(2)]
    for _ in range(horizon):
        after = []
        for k in range(2):
            rank, then = model.rank[model.parties[k]], ends[1 - k]
            plan = {}
            for s in model.states:
                reach = [then[t] for t in sorted(model.moves[model.parties[k]][s])]
                best = max(reach, key=lambda t: rank[t], default=s)
                plan[s] = best if rank[best] > rank[s] else s
            after.append(plan)
        ends = after
    return [s for s in model.states if ends[0][s] == s and ends[1][s] == s]


# ---- one model ----


def random_case(rng):
    count, parties = rng.choice((3, 4, 4)), PARTIES[: rng.choice((2, 2, 3))]
    labels = [f"s{i + 1}" for i in range(count)]
    arcs = {p: [[a, b] for a in labels for b in labels if a != b and rng.random() < rng.choice((0.2, 0.5))] for p in parties}
    rankings = {}
    for p in parties:
        levels = {label: rng.randrange(count) for label in labels}
        order = [[s for s in labels if levels[s] == k] for k in sorted(set(levels.values()), reverse=True)]
        rankings[p] = [g[0] if len(g) == 1 else g for g in order]
    return labels, arcs, rankings


def ask(detente, path, *options):
    run = subprocess.run([detente, "hold", path, "--json", *options], capture_output=True, timeout=60, check=False)
    if run.returncode != 0:
        raise RuntimeError(run.stderr.decode())
    return json.loads(run.stdout)["answer"]


def check_makes(detente, path, model, rng):
    orders, state = weak_orders(list(model.states)), rng.choice(list(model.states))
    made = ask(detente, path, "--make", str(state))["make"]["concepts"]
    for concept in CONCEPTS:
        own = {p: least_turn(model, p, state, concept, True, orders) for p in model.parties}
        for p in model.parties:
            entry = made[concept]["parties"][p]
            if concept in ("nash", "gmr", "smr") and entry["changes"] != own[p]:
                yield f"make {state} {concept} {p}: {entry['changes']}, brute force {own[p]}"
            if entry["share_exact"] is not None:
                share = share_of_orders(model, p, state, concept)
                if fractions.Fraction(entry["share_exact"]) != share:
                    yield f"share {state} {concept} {p}: {entry['share_exact']}, brute force {share}"
        if len(model.parties) == 2:
            least = least_together(model, state, concept, orders)
            low, high, proven = (made[concept][k] for k in ("at_least", "changes", "proven"))
            if not low <= least <= high or (proven and low != least):
                yield f"make {state} {concept}: {low} to {high} (proven: {proven}), brute force {least}"


def check_margins(detente, path, model):
    orders = weak_orders(list(model.states))
    found = ask(detente, path, "--margins")["margins"]
    kept = {(m["state"], m["concept"]): m for m in found["kept"]}
    for concept in CONCEPTS:
        for state in model.states:
            stable = {p: model.is_stable(p, state, concept) for p in model.parties}
            if all(stable.values()):
                least = [least_turn(model, p, state, concept, False, orders) for p in model.parties]
                least = min((x for x in least if x is not None), default=None)
                if kept[state, concept]["changes"] != least:
                    yield f"margin {state} {concept}: {kept[state, concept]}, brute force {least}"
    for near in found["near"]:
        least = least_turn(model, near["party"], near["state"], near["concept"], True, orders)
        if near["changes"] != least:
            yield f"near {near}: brute force {least}"


def check_joint(detente, path, model):
    found = ask(detente, path, "--coalitions", "--horizon", "5")
    for entry in found["coalitions"]["list"]:
        for concept in COALITION_CONCEPTS:
            brute = [s for s in model.states if coalition_unstable(model, entry["parties"], s, concept)]
            if entry["unstable"][concept] != brute:
                yield f"coalition {entry['parties']} {concept}: {entry['unstable'][concept]}, brute force {brute}"
    if len(model.parties) == 2:
        for h in range(1, 6):
            strict = all(len(set(r.values())) == len(r) for r in model.rank.values())
            if strict and found["foresight"]["limited"][h - 1] != limited(model, h):
                yield f"L_{h}: {found['foresight']['limited'][h - 1]}, brute force {limited(model, h)}"
        if found["foresight"]["limited"][0] != model.equilibria("nash"):
            yield "L_1 is not Nash"


# ---- unknown preferences ----


def random_comparisons(rng, labels):
    order = rng.sample(labels, len(labels))
    return [[order[i], order[j]] for i in range(len(order)) for j in range(i + 1, len(order)) if rng.random() < 0.5]


def completions(states, pairs):
    for order in weak_orders(states):
        if all(order[a] > order[b] for a, b in pairs):
            yield order


def check_unknown(detente, folder, rng):
    labels, arcs, rankings = random_case(rng)
    partial = random_comparisons(rng, labels)
    graph = {"states": labels, "moves": arcs, "rankings": {**rankings, "ann": {"prefers": [[a, b] for a, b in partial]}}}
    path = os.path.join(folder, "unknown.yaml")
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"detente": 1, "graph": graph}, file)
    found = ask(detente, path).get("unknown")
    if found is None:
        return
    model = from_graph(labels, arcs, {**rankings, "ann": labels})
    pairs = [(labels.index(a) + 1, labels.index(b) + 1) for a, b in partial]
    every, some = ({c: None for c in CONCEPTS} for _ in range(2))
    for order in completions(list(model.states), pairs):
        completed = with_rank(model, "ann", order)
        for c in CONCEPTS:
            now = set(completed.equilibria(c))
            every[c] = now if every[c] is None else every[c] & now
            some[c] = now if some[c] is None else some[c] | now
    for c in CONCEPTS:
        if found["exact"][c]:
            if set(found["every"][c]) != every[c] or set(found["some"][c]) != some[c]:
                yield f"unknown {c}: {found['every'][c]} {found['some'][c]}, brute force {every[c]} {some[c]}"
        elif not set(found["every"][c]) <= every[c] or not some[c] <= set(found["some"][c]):
            yield f"unknown {c}: bounds {found['every'][c]} {found['some'][c]}, brute force {every[c]} {some[c]}"


def check(detente, folder, rng):
    labels, arcs, rankings = random_case(rng)
    path = os.path.join(folder, "model.yaml")
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"detente": 1, "graph": {"states": labels, "moves": arcs, "rankings": rankings}}, file)
    model = from_graph(labels, arcs, rankings)
    yield from check_makes(detente, path, model, rng)
    yield from check_margins(detente, path, model)
    yield from check_joint(detente, path, model)
    yield from check_unknown(detente, folder, rng)


def main(arguments):
    parser = argparse.ArgumentParser(description="Compares changes of rankings, coalitions and foresight with brute force.")
    parser.add_argument("detente")
    parser.add_argument("--models", type=int, default=40)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args(arguments)
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for k in range(options.first, options.first + options.models):
            problems = list(check(options.detente, folder, random.Random(f"turning {options.seed}:{k}")))
            failed += bool(problems)
            for problem in problems:
                print(f"{options.seed}:{k}: {problem}")
    print(f"{options.models - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

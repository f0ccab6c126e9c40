"""Compares `detente deal` with the oracle on random models.

    python3 tests/oracle/compare.py DETENTE [--models N] [--seed S] [--first K] [--keep DIR]

Model k of seed S is `random_model.py S:k`; `--seed S --first k --models 1` repeats it alone. Numbers agree within 1e-12
relative, everything else exactly. Every fifth model also checks that threads do not change a byte, every fifth that
`check --format` keeps the answer and is a fixed point. The last line reads `N passed, N failed`; exit 1 on a failure.
"""

import itertools
import json
import os
import random
import sys

try:
    from deal import Deal, FormatDeal, answer, bit_names
    from model import Model
    from quantity import ModelError, date
    from random_model import generate
    from runner import differ, differ_number, problems_of, remove, run, run_all, save, sets
except ModuleNotFoundError as missing:
    print(f"skipped: this test needs the Python module {missing.name}")
    sys.exit(77)

class Comparison:
    """One answer of `detente deal` against the oracle; each method yields the disagreements as texts."""

    def __init__(self, found, model, at, base=None):
        self.found, self.model, self.base, self.at = found, model, base, at
        self.deal = Deal(model, at)
        self.formats = {f: FormatDeal(self.deal, form) for f, form in model.formats.items()}

    def disagreements(self):
        found, model = self.found, self.model
        if model.as_of:
            yield from differ("as_of", date(found["as_of"]), date(model.as_of))
        yield from differ_number("months", found["months"], self.deal.months)
        yield from differ("parties", found["parties"], model.parties)
        yield from differ("no_deal", found["no_deal"], model.no_deal)
        yield from differ("formats", sorted(found["formats"]), sorted(self.formats))
        for name in self.formats:
            yield from (f"formats.{name}.{text}" for text in self.format(found["formats"][name], self.formats[name]))
        yield from self.opposition(found["opposition"])
        yield from self.principles(found["principles"])
        yield from self.monotone()
        if self.base:
            yield from self.difference()

    def format(self, found, oracle):
        yield from differ("consent", sets(found["consent"]), sets(oracle.winning))
        yield from differ("coherent", found["coherent"], len(oracle.coherent))
        yield from differ("acceptable", found["acceptable"], oracle.acceptable())
        yield from self.zone(found["zone"], oracle)
        yield from differ("best", sorted(found["best"]), sorted(oracle.form.voters))
        for party in oracle.form.voters:
            yield from self.best(party, found["best"][party], oracle)
        yield from differ("complete", found["complete"], True)
        yield from differ("blockers", sets(found["blockers"]), sets(map(bit_names, oracle.blockers)))
        yield from self.concessions(found["concessions"], oracle)
        yield from differ("rules_in_conflict", sets(found["rules_in_conflict"]), sets(oracle.rules_in_conflict()))
        yield from differ("proposals", sorted(found["proposals"]), sorted(p.id for p in self.model.proposals))
        for proposal in self.model.proposals:
            judged = self.proposal(found["proposals"][proposal.id], oracle.proposal(proposal))
            yield from (f"proposals.{proposal.id}.{text}" for text in judged)

    def zone(self, found, oracle):
        count = len(oracle.zone)
        yield from differ("zone.status", found["status"], "open" if count else "empty")
        yield from differ("zone.count", found["count"], count)
        yield from differ("zone.exact", found["exact"], True)
        for bound, holds in (("low", lambda n: n <= count), ("high", lambda n: n >= count)):
            if found.get(bound) is not None and not holds(found[bound]):
                yield f"zone.{bound}: {found[bound]} does not bound {count}"
        if count == 0:
            yield from differ("zone.example", found["example"], None)
        elif not oracle.in_zone(found["example"]):
            yield f"zone.example: {found['example']} is not in the zone"
        yield from differ("zone.keeps_principles", found["keeps_principles"], oracle.keeps_principles())

    def best(self, party, found, oracle):
        wanted = oracle.best_entry(party)
        if wanted is None or found is None:
            if found and any(value is not None for value in found.values()) or wanted:
                yield f"best.{party}: found {found}, oracle {wanted}"
            return
        yield from differ_number(f"best.{party}.utility", found["utility"], wanted["utility"])
        yield from differ_number(f"best.{party}.gain", found["gain"], wanted["gain"])
        worth = self.model.preferences[party].worth
        if not oracle.in_zone(found["outcome"]):
            yield f"best.{party}.outcome: {found['outcome']} is not in the zone"
        elif worth(found["outcome"]) != worth(wanted["outcome"]):
            yield f"best.{party}.outcome: {found['outcome']} is not the best"

    def concessions(self, found, oracle):
        pairs = zip(oracle.concessions, oracle.concession_entries())
        wanted = {tuple(bit_names(c.drop)): (c, entry) for c, entry in pairs}
        yield from differ("concessions", sets(c["drop"] for c in found), sets(wanted))
        costs = [c["cost"] for c in found]
        yield from differ("concessions in order of cost", costs, sorted(costs))
        for each in found:
            key = tuple(sorted(each["drop"]))
            if key in wanted:
                yield from (f"concession {list(key)}.{text}" for text in self.concession(each, *wanted[key], oracle))

    def concession(self, found, concession, wanted, oracle):
        yield from differ_number("cost", found["cost"], wanted["cost"])
        for flag in ("least_cost", "least_number"):
            yield from differ(flag, found[flag], wanted[flag])
        if not oracle.opens(found["outcome"], concession.drop):
            yield f"outcome: {found['outcome']} is not accepted when the set is dropped"
            return
        shortfall = oracle.shortfall(found["outcome"], concession.drop)
        if sum(shortfall.values()) != concession.total:
            yield f"outcome: {found['outcome']} falls short by more than {float(concession.total)}"
        for party, value in shortfall.items():
            yield from differ_number(f"shortfall.{party}", found["shortfall"].get(party), value)
        extra = {p: v for p, v in found["shortfall"].items() if p not in shortfall and v}
        yield from differ("shortfall of others", extra, {})

    def proposal(self, found, wanted):
        for key in ("acceptable", "coherent", "outcome"):
            yield from differ(key, found[key], wanted[key])
        for key in ("off_agenda", "rules_broken", "principles_broken"):
            yield from differ(key, sorted(found[key]), sorted(wanted[key]))
        yield from differ("parties", sorted(found["parties"]), sorted(wanted["parties"]))
        for party, oracle in wanted["parties"].items():
            entry = found["parties"][party]
            for key in ("accepts", "preference"):
                yield from differ(f"{party}.{key}", entry[key], oracle[key])
            for key in ("utility", "no_deal", "gain"):
                yield from differ_number(f"{party}.{key}", entry[key], oracle[key])
            crossed = sorted(line.removeprefix(f"{party}.") for line in entry["red_lines"])
            yield from differ(f"{party}.red_lines", crossed, sorted(oracle["red_lines"]))

    def opposition(self, found):
        """An entry that is left out must be null; entries of nobody and nothing are wrong."""
        wanted = {(each["issue"], frozenset(each["parties"])): each["opposition"] for each in self.deal.oppositions()}
        listed = {(each["issue"], frozenset(each["parties"])): each["opposition"] for each in found}
        for issue, pair in listed.keys() - wanted.keys():
            if issue not in self.model.issues or len(pair) != 2 or not pair <= set(self.model.parties):
                yield f"opposition: no such entry is possible: {issue} {sorted(pair)}"
        for key in listed.keys() | wanted.keys():
            yield from differ_number(f"opposition {key[0]} {sorted(key[1])}", listed.get(key), wanted.get(key))

    def principles(self, found):
        yield from differ("principles", sorted(found), sorted(p.id for p in self.model.principles))
        for p in self.model.principles:
            entry = found[p.id]
            by = entry["by"] if isinstance(entry["by"], list) else [entry["by"]]
            yield from differ(f"principles.{p.id}.by", sorted(by), sorted(p.by))
            broken = self.deal.breaks(p, self.model.no_deal, [])
            yield from differ(f"principles.{p.id}.broken_by_no_deal", entry["broken_by_no_deal"], broken)

    def monotone(self):
        """More consents never enlarge a zone: checked on the answer alone."""
        for small, large in itertools.permutations(self.model.formats.values(), 2):
            asks_more = all(
                any(set(weak) <= set(strong) for weak in self.found["formats"][large.id]["consent"])
                for strong in self.found["formats"][small.id]["consent"]
            )
            count = [self.found["formats"][f.id]["zone"]["count"] for f in (small, large)]
            if small.agenda == large.agenda and asks_more and count[0] > count[1]:
                yield f"{small.id} needs more consents than {large.id} and has the larger zone: {count}"

    def difference(self):
        before = Deal(self.base, self.at)
        for name, form in self.base.formats.items():
            oracle = FormatDeal(before, form)
            count, zone = len(oracle.zone), self.found["base"]["formats"][name]["zone"]
            yield from (f"base.formats.{name}.{text}" for text in self.zone(zone, oracle))
            change = self.found["difference"].get("formats", self.found["difference"])[name]
            for key, wanted in (("before", count), ("after", len(self.formats[name].zone))):
                value = change["zone"][key]
                value = value["count"] if isinstance(value, dict) else value
                yield from differ(f"difference.{name}.zone.{key}", value, wanted)
            for key, deal in (("before", before), ("after", self.deal)):
                for party, moved in change["no_deal"].items():
                    wanted = deal.utility(party, deal.reservation[party])
                    yield from differ_number(f"difference.{name}.no_deal.{party}.{key}", moved[key], wanted)


def random_options(rng, text):
    """(sets, at) for one run; only settings that leave a sound model."""
    plain, changes, at = Model(text), [], None
    if plain.as_of and rng.random() < 0.3:
        at = rng.choice(("2025-08-31", "2025-10", "2026-02-28", "2027", "2025-12-01"))
    if rng.random() < 0.3:
        issue = plain.issues[rng.choice(list(plain.issues))]
        changes.append(f"{issue.id}={rng.choice(issue.options)}")
    if plain.quantity_nodes and rng.random() < 0.3:
        value = rng.choice(("0", "35", "0.5", "100", "1/3", "62.5"))
        changes.append(f"{rng.choice(list(plain.quantity_nodes))}={value}")
    try:
        if changes and Model(text, changes).levers_in_circle():
            return [], at
    except ModelError:
        return [], at
    return changes, at


def threads_change_nothing(command):
    outputs = {run([*command, "--threads", n]) for n in ("1", "3")}
    if len(outputs) > 1:
        yield "--threads 1 and --threads 3 print different bytes"


def format_keeps_the_answer(detente, path, text):
    once = run([detente, "check", path, "--format"], (0, 1))
    try:
        kept, wanted = answer(Model(once.decode())), answer(Model(text))
    except (ModelError, KeyError, TypeError, AttributeError) as error:
        yield f"the oracle cannot read the canonical form: {error!r}"
        return
    for key in wanted:
        if key != "as_of" and kept[key] != wanted[key]:
            yield f"the canonical form changes {key}"
    again = f"{path}.canonical.yaml"
    with open(again, "wb") as file:
        file.write(once)
    if run([detente, "check", again, "--format"], (0, 1)) != once:
        yield "the canonical form of the canonical form differs"


def check(detente, path, text, changes, at, number):
    """All disagreements over one model."""
    command = [detente, "deal", path, "--json"]
    command += [part for change in changes for part in ("--set", change)] + (["--at", at] if at else [])
    found = json.loads(run(command))["answer"]
    base = Model(text) if changes else None
    yield from Comparison(found, Model(text, changes), at, base).disagreements()
    if number % 5 == 0:
        yield from threads_change_nothing(command)
    if number % 5 == 1:
        yield from format_keeps_the_answer(detente, path, text)


def one_model(job):
    """(name, how it was run, saved file or None, disagreements) of one model."""
    detente, seed, number, folder = job
    name = f"{seed}:{number}"
    text = generate(name)
    changes, at = random_options(random.Random(f"{name} options"), text)
    path = os.path.join(folder, f"model-{seed}-{number}.yaml")
    save(path, text)
    problems = problems_of(check(detente, path, text, changes, at, number))
    how = " ".join([f"--set {change}" for change in changes] + ([f"--at {at}"] if at else []))
    remove(f"{path}.canonical.yaml", *([] if problems else [path]))
    return name, how, path, problems


if __name__ == "__main__":
    sys.exit(run_all("deal", one_model, sys.argv[1:]))

"""Compares `detente monitor` with the oracle on random agreements and events.

    python3 tests/oracle/compare_monitor.py DETENTE [--models N] [--seed S] [--first K] [--keep DIR]

Models are those of random_agreements.py; `--seed S --first k --models 1` repeats model k of seed S alone. Findings with their
verdict, reasons, times, counts and levels, counts and conclusions of every party, periods, triggers, flips and sums agree;
shares by area within four hundredths. What hangs on the last metre is not compared. Laws: parties that swap their names
mirror the answer, the order of files and rows does not matter, knowing less moves a verdict only towards doubt, a retraction
of every claim leaves nothing, and certain <= expected <= possible. The last line reads `N passed, N failed`; exit 1 on a failure.
"""

import json
import math
import os
import random
import shutil
import sys
from collections import Counter
from datetime import datetime, timezone

try:
    from monitored import DAY, LEAST, MOST, YES, Judged, Model, among, local_day
    from random_agreements import RandomAgreements
    from runner import differ, problems_of, run, run_all, save
except ModuleNotFoundError as missing:
    print(f"skipped: this test needs the Python module {missing.name}")
    sys.exit(77)

BASELINE, SHARE = 28, 0.04
VERDICTS = ["within", "alleged", "corroborated", "contradicted", "exempt", "out_of_scope", "indeterminate"]


def shown(moment):
    if moment in (LEAST, MOST):
        return None
    at = datetime.fromtimestamp(moment, timezone.utc)
    return at.strftime("%Y-%m-%dT%H:%M:%SZ" if at.second else "%Y-%m-%dT%H:%MZ")


def near(a, b, slack=1e-9):
    if a is None or b is None:
        return a is b
    return a == b or math.isclose(a, b, rel_tol=1e-9, abs_tol=slack)


# ---- one model asked ----


class Asked:
    """A folder with the files of a model, and the answer."""

    def __init__(self, detente, folder):
        self.detente, self.folder = detente, folder
        os.makedirs(folder, exist_ok=True)

    def ask(self, random_model, files=None, plain=None):
        files = files or random_model.files
        save(os.path.join(self.folder, "model.yaml"), random_model.model_text(plain))
        for name, text in {**files, **random_model.zones}.items():
            save(os.path.join(self.folder, name), text)
        events = [os.path.join(self.folder, name) for name in files]
        command = [self.detente, "monitor", os.path.join(self.folder, "model.yaml"), *events, "--json", "--findings", "100000", "--quiet"]
        return json.loads(run(command))["answer"]


def oracle_of(random_model, files=None):
    return Model(random_model.plain, files or random_model.files, random_model.features, random_model.origin)


# ---- an answer against the oracle ----


def finding_facts(x, judged, count):
    return {
        "verdict": judged.verdict, "reasons": sorted(judged.doubts), "actor": x.actor, "from": shown(x.lo), "until": shown(x.hi),
        "count": count, "at_least": x.at_least, "claims": len(x.claims), "families": x.families, "disputed": x.disputed,
        "line": x.first.line,
    }  # fmt: skip


def check_findings(found, listed):
    left = {}
    for f in found["findings"]:
        left.setdefault((f["incident"].split("/")[-1], f["line"]), []).append(f)
    for x, judged, count in listed:
        if judged.verdict == "out_of_scope" or not count > 0:
            continue
        name = x.first.id.split("/")[-1]
        entry = (left.get((name, x.first.line)) or [None]).pop()
        if entry is None:
            yield f"{name}: not found, oracle {judged.verdict} {sorted(judged.doubts)}"
            continue
        wanted = finding_facts(x, judged, count)
        got = {**{k: entry[k] for k in wanted}, "reasons": sorted(entry["reasons"])}
        yield from (f"{name}: {text}" for key in wanted for text in differ(key, got[key], wanted[key]))
        if not near(entry["share"], judged.share, SHARE):
            yield f"{name}: share {entry['share']}, oracle {judged.share}"
    for rest in left.values():
        yield from (f"{f['incident']}: found {f['verdict']} {f['reasons']}, oracle: none" for f in rest)


class Tally:
    """What the oracle counts for one party under one reading."""

    def __init__(self, reading, listed, party):
        self.reading, self.party, self.bound = reading, party, party in reading.bound
        self.counts = dict.fromkeys(VERDICTS, 0)
        self.expected = self.disputed = self.slack = 0
        self.reasons, self.at_least, self.lacks_target = set(), False, True
        self.first, self.end = reading.window(BASELINE)
        self.certain, self.possible = ([0] * (self.end - self.first) for _ in range(2))
        self.mine = [(x, j, c) for x, j, c in listed if x.actor == party or (not x.actor and (not x.involved or party in x.involved))]
        for entry in self.mine:
            self.add(*entry)

    def add(self, x, judged, count):
        verdict = judged.verdict if self.bound else "out_of_scope"
        self.counts[verdict] += count
        if verdict == "out_of_scope" or not count > 0:
            return
        self.at_least = self.at_least or x.at_least
        breach = verdict in ("alleged", "corroborated")
        self.disputed += count if breach and x.disputed else 0
        self.expected += (judged.share or 0) * count
        self.slack += SHARE * count if verdict == "indeterminate" else 0
        day = max(0, local_day(x.lo, self.reading.zone) - self.first) if x.lo > LEAST else 0
        if day < len(self.certain):
            self.certain[day] += count if breach else 0
            self.possible[day] += count if breach or verdict in ("indeterminate", "contradicted") else 0
        if verdict == "indeterminate":
            self.reasons |= judged.doubts
            first = x.first
            says = any(c.asset for c in self.reading.model.claims if (c.source, c.family) == (first.source, first.family) and c.kind != "retraction")
            self.lacks_target = self.lacks_target and "target" in judged.doubts and not says

    def others_day(self, day):
        """Does another agreement, wherever and whatever is hit, forbid some of the same acts on that day?"""
        for r in self.reading.model.readings:
            if r.agreement == self.reading.agreement or r.targets or r.inside or r.outside or LEAST == r.lo or MOST == r.declared_hi:
                continue
            if local_day(r.lo, self.reading.zone) <= day <= local_day(r.declared_hi - 1, self.reading.zone):
                if any(among({act}, r.acts) for act in self.reading.acts):
                    return True
        return False

    def told_of(self):
        """Does some source tell of such acts before or in the window?  Each claim by what it says itself."""
        for x in self.reading.model.told if self.end > self.first else ():
            known = x.actor or x.stranger
            if (known and x.actor != self.party) or (x.involved and not known and self.party not in x.involved):
                continue
            day = x.filed // DAY
            before = self.first - BASELINE <= day < self.first and not self.others_day(day)
            if (self.first <= day < self.end or before) and self.reading.whenever(x):
                return True
        return False

    def doubted_from(self):
        moved, ends = self.reading.moved, self.reading.ends
        since = [at for p, at in ends.items() if p != self.party] if self.reading.reciprocal else []
        since += moved.doubted_from() if moved.moving and moved.first is not None else []
        return min(since) if since else min(moved.effects())  # settled, but for what straddles it

    def branches(self, found):
        """The same counts with one answer to whether it was still in force, wherever that is in doubt."""
        doubted = [(x, j, c) for x, j, c in self.mine if "in_force" in j.doubts and c > 0] if self.bound else []
        if not doubted or found is None:
            yield from differ("branches", found is None, not doubted)
            return
        yield from differ("branches.from", found["from"], shown(self.doubted_from()))
        for name in ("in_force", "lapsed"):
            branch = Tally(self.reading, [], self.party)
            for x, j, c in self.mine:
                stays = j.stayed if name == "in_force" else Judged("out_of_scope")
                branch.add(x, stays if "in_force" in j.doubts else j, c)
            yield from differ(f"branches.{name}.verdict", found[name]["verdict"], branch.conclusion())
            for verdict in VERDICTS:
                if not near(found[name]["counts"][verdict], branch.counts[verdict]):
                    yield f"branches.{name}.{verdict}: found {found[name]['counts'][verdict]}, oracle {branch.counts[verdict]}"

    def conclusion(self):
        n = self.counts
        if not self.bound:
            return "no_obligation"
        for verdict in ("corroborated", "alleged"):
            if n[verdict] > 0:
                return verdict
        if n["indeterminate"] > 0:
            return "not_assessable" if self.lacks_target else "cannot_say"
        if n["contradicted"] > 0:
            return "contradicted"
        return "none_reported" if n["within"] + n["exempt"] > 0 or self.told_of() else "not_observed"

    def disagreements(self, found):
        yield from differ("bound", found["bound"], self.bound)
        yield from differ("verdict", found["verdict"], self.conclusion())
        yield from differ("reasons", sorted(found["reasons"]), sorted(self.reasons))
        for verdict in VERDICTS:
            if not near(found["counts"][verdict], self.counts[verdict]):
                yield f"{verdict}: found {found['counts'][verdict]}, oracle {self.counts[verdict]}"
        yield from differ("at_least", found["at_least"], self.at_least)
        yield from differ("disputed", found["disputed"], self.disputed)
        if not near(found["expected"], self.expected, 1e-9 + self.slack):
            yield f"expected: found {found['expected']}, oracle {self.expected}"
        yield from differ("certain", found["periods"]["certain"], self.certain)
        yield from differ("possible", found["periods"]["possible"], self.possible)
        for t in self.reading.moved.triggers:
            entry = found["triggers"][t.id]
            day = lambda n: None if n is None else shown(n * 86400)[:10]
            sure, may, most, most_possible, since, possibly = self.reading.moved.declared(t, self.party)
            wanted = [sure, may, most, None if most_possible == math.inf else most_possible, day(since), day(possibly)]
            got = [entry[k] for k in ("certainly", "possibly", "most", "most_possible", "since", "possibly_since")]
            if got != wanted:
                yield f"trigger {t.id}: found {got}, oracle {wanted}"
        yield from self.branches(found["branches"])
        certain = found["counts"]["alleged"] + found["counts"]["corroborated"]
        possible = certain + found["counts"]["indeterminate"] + found["counts"]["contradicted"]
        if not certain - 1e-9 <= found["expected"] <= possible + 1e-9:
            yield f"expected {found['expected']} is not between {certain} and {possible}"


def disagreements(found, oracle):
    yield from differ("claims", found["claims"], len(oracle.claims))
    yield from differ("incidents", found["incidents"], len(oracle.incidents))
    yield from differ("retracted", found["set_aside"]["retracted"], sum(c.retracted and not c.told_again for c in oracle.claims))
    yield from differ("unknown_acts", found["set_aside"]["unknown_acts"], sum(c.unknown_word for c in oracle.claims))
    strangers = Counter(name for c in oracle.claims for name in c.strangers)
    yield from differ("strangers", {s["name"].lower(): s["records"] for s in found["strangers"]}, dict(strangers))
    yield from differ("order of strangers", found["strangers"], sorted(found["strangers"], key=lambda s: (-s["records"], s["name"].encode())))
    key = lambda s: json.dumps(s, sort_keys=True, default=str)
    sums = [(s["flag"], s["claimant"], s["claim"].split("/")[-1], s["declared"], s.get("components", s.get("other")), s["at_least"]) for s in found["sums"]]
    yield from differ("sums", sorted(sums, key=key), sorted(((k, c, i.split("/")[-1], *rest) for k, c, i, *rest in oracle.sums), key=key))
    verdicts = {}
    for reading in oracle.readings:
        entry = found["clauses"][reading.clause]["readings"][reading.name]
        listed = reading.findings()
        what = f"{reading.clause}.{reading.name}"
        yield from differ(f"{what}: until", entry["until"], shown(reading.nominal))
        moves = {m["trigger"]: [m[k] for k in ("certainly", "possibly_from", "from", "until")] for m in entry["moves"]}
        told = reading.moved.told() if reading.moved.moving else {}
        yield from differ(f"{what}: moves", moves, {t: [sure, *map(shown, at)] for t, (sure, *at) in told.items()})
        yield from (f"{what}: {text}" for text in check_findings(entry, listed))
        for party in reading.parties:
            tally = Tally(reading, listed, party)
            yield from (f"{what}.{party}: {text}" for text in tally.disagreements(entry["parties"][party]))
        kept = {id(x): j.verdict for x, j, count in listed if j.verdict != "out_of_scope" and count > 0}
        verdicts.setdefault(reading.clause, []).append(kept)
    for clause, lists in verdicts.items():
        met = set().union(*lists)
        flips = sum(len({kept.get(x) for kept in lists}) > 1 for x in met)
        yield from differ(f"{clause}: sensitivity", found["clauses"][clause]["reading_sensitivity"], {"incidents": len(met), "flips": flips})


# ---- laws ----


def plainly(answer, names=None):
    """The answer without what depends on the names of files; parties by other names."""
    text = json.dumps({k: answer[k] for k in ("incidents", "sums", "clauses")}, sort_keys=True)
    for a, b in (names or {}).items():
        text = text.replace(a, f"\0{b}")
    return json.loads(text.replace("\\u0000", "").replace("\0", ""))


def ordered(value):
    """Lists of objects without their order."""
    if isinstance(value, dict):
        return {k: ordered(v) for k, v in value.items() if k not in ("line", "file")}
    if isinstance(value, list):
        items = [ordered(v) for v in value]
        return sorted(items, key=lambda v: json.dumps(v, sort_keys=True)) if items and isinstance(items[0], (dict, str)) else items
    return value


def check_swap(asked, m, before):
    """North and south by each other's names."""
    swap = lambda text: text.replace("north", "\0").replace("North", "\1").replace("south", "north").replace("South", "North").replace("\0", "south").replace("\1", "South")
    plain = json.loads(swap(json.dumps(m.plain)))
    after = asked.ask(m, {name: swap(text) for name, text in m.files.items()}, plain)
    if ordered(json.loads(swap(json.dumps(plainly(after), ensure_ascii=False)))) != ordered(plainly(before)):
        yield "parties that swap their names change the answer"


def check_order(asked, m, before, rng):
    """Rows with ids of their own, each once, in any order."""
    rows = {name: list(rows) for name, rows in m.rows.items()}
    ids = [row["id"] for listed in rows.values() for row in listed]
    if len(set(ids)) < len(ids) or "" in ids:
        return
    for listed in rows.values():
        rng.shuffle(listed)
    names = rng.sample(list(rows), len(rows))
    after = asked.ask(m, {name: m.text_of(rows[name]) for name in names})
    if ordered(plainly(after)) != ordered(plainly(before)):
        yield "the order of rows and files changes the answer"


def verdicts_of(answer):
    return {
        (clause, reading, f["incident"]): f["verdict"]
        for clause, c in answer["clauses"].items() for reading, r in c["readings"].items() for f in r["findings"]
    }  # fmt: skip


def check_blur(asked, m):
    """One claim alone, then the same known less exactly: only into doubt; what is exempt is so wherever and whenever, and
    no more a breach than what is out of scope."""
    for name, rows in m.rows.items():
        row = next((r for r in rows if r["id"] and not r["revises"] and r["longitude"] and not r["counted"] and not r["count"] and not r["low"]), None)
        if row is None:
            continue
        wide = {**row, "radius": str(float(row["radius"] or 0) + 7000)}
        if not row["end"] and len(row["date"]) == 16:
            wide["date"] = row["date"][:10]
        sharp, blurred = (verdicts_of(asked.ask(m, {name: m.text_of([r])})) for r in (row, wide))
        for key in set(sharp) | set(blurred):
            a, b = sharp.get(key, "out_of_scope"), blurred.get(key, "out_of_scope")
            if a != b and b != "indeterminate" and (a, b) != ("out_of_scope", "exempt"):
                yield f"{key}: {a} becomes {b} when less is known"
        return


def check_retraction(asked, m):
    taken = [
        {**dict.fromkeys(row, ""), "id": f"z{n}{k}", "source": row["source"] or name, "kind": "retraction", "revises": row["id"]}
        for n, (name, rows) in enumerate(m.rows.items())
        for k, row in enumerate(rows)
        if row["id"]
    ]
    rows = {name: [r for r in rows if r["id"]] for name, rows in m.rows.items()}
    if not any(rows.values()) or not taken:
        return
    answer = asked.ask(m, {**{n: m.text_of(r) for n, r in rows.items() if r}, "taken.csv": m.text_of(taken)})
    if answer["incidents"] != 0 or verdicts_of(answer):
        yield "findings stay when every claim is taken back"


def all_checks(detente, folder, m, number):
    asked = Asked(detente, folder)
    found = asked.ask(m)
    prefixed = {os.path.join(folder, name): text for name, text in m.files.items()}
    yield from disagreements(found, oracle_of(m, prefixed))
    laws = Asked(detente, os.path.join(folder, "laws"))
    if number % 4 == 0:
        yield from check_swap(laws, m, laws.ask(m))
    if number % 4 == 1:
        yield from check_order(laws, m, laws.ask(m), random.Random(number))
    if number % 4 == 2:
        yield from check_blur(laws, m)
    if number % 4 == 3:
        yield from check_retraction(laws, m)


def one_model(job):
    """(name, how it was run, saved folder, disagreements) of one model."""
    detente, seed, number, folder = job
    name = f"{seed}:{number}"
    for attempt in range(20):
        m = RandomAgreements(random.Random(f"monitor {name} {attempt}"))
        if oracle_of(m).clear_cut():
            break
    folder = os.path.join(folder, f"model-{seed}-{number}")
    problems = problems_of(all_checks(detente, folder, m, number))
    if not problems:
        shutil.rmtree(folder)
    return name, "", folder, problems


if __name__ == "__main__":
    sys.exit(run_all("monitor", one_model, sys.argv[1:], 300))

#!/usr/bin/env python3
"""test_import.py IMPORT_FILES: domains of other programs, imported, against evaluators of their own formats.

Every utility of random outcomes has to be the same fraction.  What is refused has to say why, with the file.
The data are not part of this project: without ../shared/data this test is skipped."""

import json
import random
import re
import subprocess
import sys
from collections import Counter
from fractions import Fraction
from itertools import product
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "oracle"))
sys.path.insert(0, str(HERE))
DATA = HERE.parent.parent.parent / "shared" / "data" / "anac"
if not DATA.exists():
    print("skipped: ../shared/data/anac is not here")
    sys.exit(77)

import yaml  # noqa: E402

import genius  # noqa: E402
from model import LOADER, Model  # noqa: E402

OUTCOMES = 60


class Checks:
    def __init__(self, program):
        self.program = program
        self.failed = 0
        self.counts = Counter()
        self.random = random.Random(1)

    def fail(self, text):
        self.failed += 1
        print(f"FAILED {text}")

    def run(self, files, *options):
        """(text or None, findings)"""
        run = subprocess.run([self.program, *options, *map(str, files)], capture_output=True, timeout=60, check=False)
        findings = run.stderr.decode()
        if run.returncode not in (0, 2, 4):
            self.fail(f"{files[0]}: exit {run.returncode}: {findings[:400]}")
        if run.returncode != 0:
            if not re.search(r"^\S.*:\d+:\d+: error: \[[a-z0-9-]+\] .", findings, re.MULTILINE):
                self.fail(f"{files[0]}: refused without a reason: {findings[:200]}")
            return None, findings
        return run.stdout.decode(), findings

    def model(self, name, files, *options):
        """The model that the files become, by the oracle's reader; None after a failure."""
        text, findings = self.run(files, *options)
        if text is None:
            self.fail(f"{name}: not read: {findings[:300]}")
            return None
        canonical, findings = self.run(files, "--read", *options)
        if canonical is None:
            self.fail(f"{name}: what was written does not read: {findings[:300]}")
            return None
        return Read(text, canonical)

    def outcome(self, read):
        return {i: self.random.choice(list(o)) for i, o in read.options.items()}

    def compare(self, name, read, party, utility, reservation=None):
        """utility: of an outcome by original names."""
        for _ in range(OUTCOMES):
            x = self.outcome(read)
            ours, theirs = read.model.preferences[party].worth(x), utility(read.original(x))
            if ours != theirs or read.canonical.preferences[party].worth(x) != ours:
                self.fail(f"{name}: {party}: {ours} is not {theirs} at {x}")
                return
        if reservation is not None and read.model.preferences[party].no_deal != reservation:
            self.fail(f"{name}: {party}: no deal is worth {read.model.preferences[party].no_deal}, not {reservation}")


class Read:
    """An imported model, and the names that issues and options had."""

    def __init__(self, text, canonical):
        root = yaml.load(text, Loader=LOADER)
        self.model = Model(text)
        self.canonical = Model(canonical)
        self.names = {i: (node.get("name", i), self.option_names(node["options"])) for i, node in root["issues"].items()}
        self.options = {i: o for i, (_, o) in self.names.items()}
        self.parties = list(root["parties"])

    @staticmethod
    def option_names(options):
        if isinstance(options, list):
            return {o: o for o in options}
        return {o: (node or {}).get("name", o) for o, node in options.items()}

    def original(self, x):
        return {self.names[i][0]: self.names[i][1][o] for i, o in x.items()}


# ---- Genius ----


def check_truth(c):
    for s in json.load(open(DATA / "truth.json"))["scenarios"]:
        folder = DATA / s["dir"]
        files = [folder / p for p in s["profiles"]]
        name = f"{s['dir']}/{s['domain_file']} x{len(files)}"
        for options in ((), ("--raw",)):
            read = c.model(name, [folder / s["domain_file"], *files], *options)
            if read is None:
                continue
            for party, path in zip(read.parties, files):
                profile = genius.Profile(path, raw=bool(options))
                c.compare(name, read, party, profile.utility, profile.reservation)
        c.counts["scenarios with truth"] += 1


def genius_domains():
    listed = set()
    for entry in json.load(open(DATA / "inventory.json")):
        folder = DATA / entry["dir"]
        listed.add(entry["dir"])
        yield folder, folder / entry["domain_file"], [folder / p["file"] for p in entry["profiles"]]
    for folder in sorted(DATA.iterdir()):  # files that are no XML as they stand
        if folder.is_dir() and folder.name not in listed and not folder.name.startswith("_"):
            files = sorted(folder.glob("*.xml"))
            domains = [f for f in files if b"<negotiation_template" in f.read_bytes()]
            for domain in domains:
                yield folder, domain, [f for f in files if f not in domains and b"<utility_space" in f.read_bytes()]


def check_all_domains(c):
    """Every profile of every domain, two by two."""
    for folder, domain, profiles in genius_domains():
        c.counts["Genius domain files"] += 1
        read_profiles = []
        for profile in profiles:
            text, findings = c.run([domain, profile])
            c.counts["Genius profiles"] += 1
            if text is not None:
                read_profiles.append(profile)
                c.counts["Genius profiles read"] += 1
                continue
            code = re.search(r"error: \[([a-z0-9-]+)\]", findings)[1]
            c.counts[f"Genius profiles refused: {code}"] += 1
        if not read_profiles:
            c.counts["Genius domains without a profile that reads"] += 1
            print(f"nothing read: {folder.name}/{domain.name}: {c.run([domain, *profiles[:1]])[1].splitlines()[:1]}")
            continue
        c.counts["Genius domains read"] += 1
        chosen = read_profiles[:3]
        read = c.model(f"{folder.name}/{domain.name}", [domain, *chosen])
        if read is None:
            continue
        for party, path in zip(read.parties, chosen):
            profile = genius.Profile(path)
            c.compare(str(path), read, party, profile.utility, profile.reservation)
            c.counts["hyper-rectangle profiles compared"] += profile.boxes is not None


# ---- JSON ----


def json_utility(weights, values):
    total = sum(weights.values())
    return lambda x: sum(w * values[i][x[i]] for i, w in weights.items()) / total


def exact(path):
    return json.load(open(path, encoding="utf-8"), parse_float=Fraction, parse_int=Fraction)


def geniusweb_profile(path):
    space = exact(path)["LinearAdditiveUtilitySpace"]
    values = {i: next(iter(u.values()))["valueUtilities"] for i, u in space["issueUtilities"].items()}
    utility = json_utility(space["issueWeights"], values)
    bid = space.get("reservationBid")
    return utility, utility(bid["issuevalues"]) if bid else Fraction(0)


def check_geniusweb(c):
    folders = [*sorted((DATA / "_geniusweb_negmas").iterdir()), *sorted((DATA / "_anl2023" / "domains").iterdir())]
    for folder in folders:
        profiles = [p for p in sorted(folder.glob("*.json")) if "LinearAdditive" in p.read_text()]
        for files in (sorted(folder.glob("*.json")), profiles):
            read = c.model(folder.name, files)
            if read is None:
                continue
            if len(read.parties) != len(profiles):
                c.fail(f"{folder.name}: {len(read.parties)} parties")
            for party, path in zip(read.parties, profiles):
                c.compare(str(path), read, party, *geniusweb_profile(path))
        c.counts["GeniusWeb domains read" if folder.parent.name == "_geniusweb_negmas" else "ANL 2023 domains read"] += 1


def check_negolog(c):
    for folder in sorted((DATA / "_negolog" / "domains").iterdir()):
        profiles = sorted(folder.glob("profile*.json"))
        read = c.model(folder.name, sorted(folder.glob("*.json")))
        if read is None:
            continue
        for party, path in zip(read.parties, profiles):
            profile = exact(path)
            c.compare(str(path), read, party, json_utility(profile["issueWeights"], profile["issues"]), profile["reservationValue"])
        c.counts["NegoLog domains read"] += 1


# ---- scorable games ----


def check_scorable(c):
    truth = {t["game"]: t for t in json.load(open(DATA / "llm_deliberation_truth.json"))}
    for folder in sorted((DATA / "_llm_deliberation" / "games_descriptions").iterdir()):
        files = [folder / "config.txt", folder / "initial_deal.txt", folder / "global_instructions.txt", *sorted((folder / "scores_files").glob("*.txt"))]
        read = c.model(folder.name, files)
        if read is None:
            continue
        c.counts["scorable games read"] += 1
        scores = {p.stem: [[Fraction(n) for n in line.split(",")] for line in p.read_text().split("\n") if line.strip()] for p in (folder / "scores_files").glob("*.txt")}
        issues = list(read.options)
        accepted, unanimous, all_but_one = Counter(), 0, 0
        formats = read.model.formats
        for choice in product(*(range(len(o)) for o in read.options.values())):
            x = {i: list(read.options[i])[n] for i, n in zip(issues, choice)}
            accepting = set()
            for party in read.parties:
                utility = sum(line[n] for line, n in zip(scores[party], choice))
                if read.model.preferences[party].worth(x) != utility:
                    c.fail(f"{folder.name}: {party} at {x}")
                if utility >= read.model.preferences[party].no_deal:
                    accepting.add(party)
                    accepted[party] += 1
            unanimous += formats["unanimity"].wins(accepting)
            all_but_one += formats["all_but_one"].wins(accepting)
        if folder.name in truth:
            t = truth[folder.name]
            if (unanimous, all_but_one, [accepted[p] for p in t["parties"]]) != (t["unanimous"], t["n_minus_1_with_vetoes"], t["per_party_accept"]):
                c.fail(f"{folder.name}: {unanimous} and {all_but_one} deals, truth {t['unanimous']} and {t['n_minus_1_with_vetoes']}")
            c.counts["scorable games with truth"] += 1


# ---- NegMAS ----


def negmas_profile(path, issues):
    root = yaml.load(path.read_text(), Loader=LOADER)
    ufun = root.get("ufun", root)
    weights = dict(zip(issues, map(Fraction, ufun["weights"])))
    values = {i: {o: Fraction(v) for o, v in f["mapping"].items()} for i, f in zip(issues, ufun["values"])}
    utility = json_utility(weights, values)
    if root["reserved_value"] != "-.inf":
        return utility, Fraction(root["reserved_value"])
    least = sum(w * min(values[i].values()) for i, w in weights.items()) / sum(weights.values())
    return utility, least


def check_negmas(c):
    for folder in sorted((DATA / "_anl2025" / "scenarios" / "genius_source").iterdir()):
        files = sorted(folder.glob("*.yml"))
        roots = {p: yaml.load(p.read_text(), Loader=LOADER) for p in files}
        domain = next(p for p in files if roots[p]["type"].endswith("OutcomeSpace"))
        issues = [i["name"] for i in roots[domain]["issues"]]
        read = c.model(folder.name, files)
        if read is None:
            continue
        c.counts["NegMAS domains read"] += 1
        for party, path in zip(read.parties, [p for p in files if p != domain]):
            c.compare(str(path), read, party, *negmas_profile(path, issues))
    for center in sorted((DATA / "_anl2025").rglob("center.yml")):
        text, findings = c.run([center])
        c.counts["ANL 2025 centres refused"] += text is None
        if text is not None:
            c.fail(f"{center}: read as one deal")
    for edge in sorted((DATA / "_anl2025").rglob("edges/*.yml")):
        text, _ = c.run([edge])
        c.counts["ANL 2025 edges read" if text is not None else "ANL 2025 edges refused"] += 1


def main():
    c = Checks(sys.argv[1])
    for check in (check_truth, check_all_domains, check_geniusweb, check_negolog, check_scorable, check_negmas):
        check(c)
    for what, count in sorted(c.counts.items()):
        print(f"{count:6} {what}")
    print(f"{c.failed} failed")
    return 1 if c.failed else 0


if __name__ == "__main__":
    sys.exit(main())

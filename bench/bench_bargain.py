#!/usr/bin/env python3
"""bench_bargain.py DETENTE [--smoke] [--only PART] [--peers PYTHON [--long]]: `detente bargain`, prints name<tab>seconds<tab>MiB.

Whole processes, files to JSON, the fastest of five, or once when it takes more than five seconds; `.solve` is the question alone inside a running program, `filter.` the
filter of the library on points of several shapes (both need bench_solve and bench_filter, built beside the tests). Real domains need
../shared/data. PYTHON is an interpreter that has NegMAS or moocore: the same domains and points through them, once, and on
standard error how many times as long they took; --long adds what takes them many minutes. With --smoke all is small."""
import argparse
import json
import os
import random
import sys
import tempfile
import time

from bench_deal import additive

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "..", "shared", "data", "anac")
DOMAINS = {
    "energy-c": ("anac__y2012__Energy", "Energy-C-domain.xml", "Energy-C-prof1.xml", "Energy-C-prof2.xml"),
    "6issues": ("6issues", "6issues.xml", "6issues_util1.xml", "6issues_util2.xml"),
    "7issues": ("7issues", "7issues.xml", "7issues_util1.xml", "7issues_util2.xml"),
    "agenthp2": ("ANAC2016__AgentHp2", "energy_grid_domain.xml", "consumer.xml", "producer.xml", "provider.xml"),
}
SLOW_FOR_PEERS = ("7issues", "agenthp2")

NEGMAS = """
import json, sys, time
try:
    from negmas.inout import load_genius_domain
    from negmas.preferences.ops import pareto_frontier
except ImportError:
    print(json.dumps(None)); sys.exit()
domain, *profiles = sys.argv[1:]
start = time.perf_counter()
scenario = load_genius_domain(domain, profiles)
loaded = time.perf_counter()
outcomes = list(scenario.outcome_space.enumerate_or_sample())
vectors = len(pareto_frontier(scenario.ufuns, outcomes=outcomes)[0])
found = time.perf_counter()
scenario.calc_stats()
done = time.perf_counter()
print(json.dumps({"frontier": found - loaded, "statistics": done - found, "vectors": vectors}))
"""

MOOCORE = """
import json, sys, time
try:
    import moocore, numpy
except ImportError:
    print(json.dumps(None)); sys.exit()
points = numpy.fromfile(sys.argv[1], dtype=numpy.uint32).reshape(-1, int(sys.argv[2])).astype(float)
best = None
for _ in range(int(sys.argv[3])):
    start = time.perf_counter()
    kept = moocore.filter_dominated(points, maximise=True)
    took = time.perf_counter() - start
    best = took if best is None or took < best else best
print(json.dumps({"seconds": best, "vectors": len(kept)}))
"""


def fine(parties, issues, options, seed):
    """Additive parties, values of six decimals: few ties, large frontiers."""
    rng = random.Random(seed)
    names = [f"p{p}" for p in range(parties)]
    lines = ["detente: 1", "parties: {" + ", ".join(f"{p}: {{}}" for p in names) + "}"]
    lines += [f"formats: {{all: {{table: [{', '.join(names)}], consent: [{', '.join(names)}]}}}}", "issues:"]
    lines += [f"  i{i}: {{options: [{', '.join(f'o{o}' for o in range(options))}], no_deal: o0}}" for i in range(issues)]
    lines.append("preferences:")
    for p in names:
        lines += [f"  {p}:", "    weights: {" + ", ".join(f"i{i}: 1" for i in range(issues)) + "}", "    values:"]
        for i in range(issues):
            lines.append(f"      i{i}: {{" + ", ".join(f"o{o}: {rng.randrange(10**8) / 10**6}" for o in range(options)) + "}")
        lines.append("    no_deal: 10")
    return "\n".join(lines) + "\n"


def models(small):
    n = 2 if small else 1
    yield "2x15x10", fine(2, 15 // n, 10, 1)
    yield "2x100x10", fine(2, 100 // n // n, 10, 2)
    yield "3x12x10", fine(3, 12 // n, 10 // n, 3)
    yield "2x30x10-chain", additive(2, 6 if small else 30, 10, 4)
    yield "5x8x4-red-lines", additive(5, 8 // n, 4, 5)


SHAPES = ("uniform", "sphere", "simplex", "hollow", "shell", "clusters", "opposed", "repeated", "grid", "levels", "pairs")
SOLVED_WITHIN = {2: 0.001, 3: 0.01}  # seconds, by parties: what a domain may take


def clouds(small):
    """(shape, dimensions, points)."""
    for shape in SHAPES:
        for m in (2, 3, 4, 5):
            yield shape, m, 2000 if small else 20000
            if not small:
                yield shape, m, 1000000
    for m in (6, 8, 10):
        yield "simplex", m, 500 if small else 20000


def run(command, text=False):
    """(seconds, MiB, output) of a process and its children."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        actions = [(os.POSIX_SPAWN_DUP2, out.fileno(), 1)]
        pid = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
        _, status, usage = os.wait4(pid, 0)
        seconds = time.perf_counter() - start
        out.seek(0)
        output = out.read().decode() if text else ""
    if status != 0:
        sys.exit(f"bench: {' '.join(command)[:200]}: status {status}")
    return seconds, usage.ru_maxrss / 1024, output


def show(name, seconds, mebibytes):
    print(f"{name}\t{seconds:.6f}\t{mebibytes:.1f}", flush=True)


def tell(text):
    print(text, file=sys.stderr, flush=True)


class Bench:
    def __init__(self, options):
        self.options = options
        self.detente = os.path.abspath(options.detente)
        self.rounds = 1 if options.smoke else 5
        self.missing = set()  # peers found not to be installed

    def program(self, name):
        path = os.path.join(os.path.dirname(self.detente), "tests", name)
        return path if os.path.exists(path) else None

    def whole(self, name, command, files):
        """One command on files; returns its time."""
        arguments = [self.detente, command, *files, "--json", "--quiet"]
        runs = [run(arguments)]
        while len(runs) < self.rounds and runs[0][0] < 5:
            runs.append(run(arguments))
        show(f"{command}.{name}", min(r[0] for r in runs), max(r[1] for r in runs))
        return min(r[0] for r in runs)

    def solve(self, name, files):
        if program := self.program("bench_solve"):
            _, mebibytes, output = run([program, str(self.rounds * 4), *files], text=True)
            show(f"bargain.{name}.solve", float(output.split()[0]), mebibytes)
            tell(f"bargain.{name}: {output.split()[1]} vectors")

    def ask_peer(self, peer, script, arguments):
        """What a script printed; None: no such peer."""
        if not self.options.peers or peer in self.missing:
            return None, 0
        _, mebibytes, output = run([self.options.peers, "-W", "ignore", "-c", script, *arguments], text=True)
        found = json.loads(output.strip().splitlines()[-1])
        if found is None:
            self.missing.add(peer)
            tell(f"{peer}: not installed")
        return found, mebibytes

    def negmas(self, name, files, own):
        if name in SLOW_FOR_PEERS and not self.options.long:
            return
        found, mebibytes = self.ask_peer("negmas", NEGMAS, files)
        if found:
            for part in ("frontier", "statistics"):
                show(f"negmas.{name}.{part}", found[part], mebibytes)
            ratios = " and ".join(f"{found[part] / own:.0f} ({part})" for part in ("frontier", "statistics"))
            tell(f"bargain.{name}: NegMAS took {ratios} times as long; {found['vectors']} vectors")

    def domains(self):
        if not os.path.exists(DATA):
            tell("skipped: ../shared/data/anac is not here")
            return
        for name, (folder, *files) in DOMAINS.items():
            files = [os.path.join(DATA, folder, file) for file in files]
            own = self.whole(name, "bargain", files)
            self.solve(name, files)
            self.negmas(name, files, own)

    def wide(self):
        """Nonlinear domains: exact, or how much may be missed."""
        if not os.path.exists(DATA):
            tell("skipped: ../shared/data/anac is not here")
            return
        folders = sorted(f for f in os.listdir(DATA) if f.startswith(("nonlinear__", "anac__y2014__")))
        for folder in folders[:1] if self.options.smoke else folders:
            path = os.path.join(DATA, folder)
            domain = [f for f in os.listdir(path) if f.endswith("-domain.xml")]
            files = [os.path.join(path, f) for f in (*domain, "profile-1.xml", "profile-2.xml")]
            seconds, mebibytes, output = run([self.detente, "bargain", *files, "--json", "--quiet"], text=True)
            frontier = json.loads(output)["answer"]["frontier"]
            show(f"bargain.{folder}", seconds, mebibytes)
            known = "exact" if frontier["exact"] else f"epsilon {frontier['epsilon']}"
            tell(f"bargain.{folder}: {frontier['vectors']} vectors, {known}")

    def models(self, folder):
        for name, text in models(self.options.smoke):
            path = os.path.join(folder, name + ".yaml")
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            if name.endswith(("chain", "lines")):
                self.whole(name, "deal", [path])
            self.whole(name, "bargain", [path])
            self.solve(name, [path])
        for path in sorted(os.listdir(os.path.join(HERE, "..", "models"))):
            if path.startswith("alaska"):
                for command in ("deal", "bargain"):
                    self.whole("alaska", command, [os.path.join(HERE, "..", "models", path)])

    def filters(self, folder):
        program = self.program("bench_filter")
        if not program:
            tell("skipped: bench_filter is not built")
            return
        for shape, m, count in clouds(self.options.smoke):
            rounds = "1" if self.options.smoke or count > 100000 else "5"
            name, path = f"{shape}-{m}-{count}", os.path.join(folder, "points")
            _, mebibytes, output = run([program, shape, str(m), str(count), rounds, path], text=True)
            own, kept = float(output.split()[0]), int(output.split()[1])
            show(f"filter.{name}", own, mebibytes)
            found, mebibytes = self.ask_peer("moocore", MOOCORE, [path, str(m), rounds])
            if found:
                show(f"moocore.{name}", found["seconds"], mebibytes)
                tell(f"filter.{name}: moocore took {found['seconds'] / own:.2f} times as long; kept {kept} and {found['vectors']}")

    def all_domains(self):
        """Every linear domain whose truth is known: the slowest, and which take longer than they may."""
        program, truth = self.program("bench_solve"), os.path.join(DATA, "truth.json")
        if not program or not os.path.exists(truth):
            tell("skipped: bench_solve is not built, or ../shared/data/anac is not here")
            return
        with open(truth, encoding="utf-8") as file:
            scenarios = json.load(file)["scenarios"]
        solved = []
        for s in scenarios[: 3 if self.options.smoke else None]:
            files = [os.path.join(DATA, s["dir"], name) for name in [s["domain_file"], *s["profiles"]]]
            _, mebibytes, output = run([program, str(self.rounds * 4), *files], text=True)
            name = f"{s['dir']}/{s['domain_file']} x{s['n_parties']}"
            solved.append((float(output.split()[0]), mebibytes, s["n_parties"], name, output.split()[1]))
        for seconds, mebibytes, _, name, vectors in sorted(solved, reverse=True)[:12]:
            show(f"solve.{name}", seconds, mebibytes)
            tell(f"solve.{name}: {vectors} vectors")
        for parties, within in SOLVED_WITHIN.items():
            own = [s for s in solved if s[2] == parties]
            slow = [s[3] for s in own if s[0] > within]
            tell(f"solve, {parties} parties: {len(own) - len(slow)} of {len(own)} within {within * 1000:g} ms; longer: {slow}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("detente")
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--peers", metavar="PYTHON")
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--only", choices=("domains", "solve", "wide", "models", "filters"))
    options = parser.parse_args()
    bench = Bench(options)
    with tempfile.TemporaryDirectory() as folder:
        parts = {
            "domains": bench.domains,
            "solve": bench.all_domains,
            "wide": bench.wide,
            "models": lambda: bench.models(folder),
            "filters": lambda: bench.filters(folder),
        }
        for name, part in parts.items():
            if options.only in (None, name):
                part()


if __name__ == "__main__":
    main()

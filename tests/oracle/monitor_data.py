#!/usr/bin/env python3
"""Public data (../shared/data/monitor, where they are): rates around truces as `detente monitor` tells them, against a reading
of the same files of its own: windows whose figures are published and windows whose are not, over three baselines; what each
reader makes of each file.

    python3 tests/oracle/monitor_data.py DETENTE
"""

import ast
import csv
import gzip
import io
import json
import math
import os
import re
import sys
import tempfile
import unittest
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from runner import run

DATA = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "monitor"
Z = 1.959963984540054
KYIV = "Europe/Kyiv"
MODEL = """\
detente: 1
parties: {ru: {aliases: [RU]}, ua: {aliases: [UA]}}
issues: {x: {options: [p, q], no_deal: p}}
agreements:
  pact: {parties: [ru, ua], clauses: {c: {readings: {r: {bound: [ru, ua], acts: %s, %s timezone: %s, why: data}}}}}
"""
AIR_WINDOWS = [
    ("2025-04-19T18:00", "2025-04-21T00:00", "Europe/Moscow"), ("2025-05-08T00:00", "2025-05-11T00:00", "Europe/Moscow"),
    ("2025-03-18T00:00", "2025-04-17T00:00", "Europe/Moscow"), ("2025-03-25T00:00", "2025-04-24T00:00", KYIV),
    ("2026-01-25T00:00", "2026-02-01T00:00", KYIV), ("2026-01-29T00:00", "2026-02-01T00:00", "Europe/Moscow"),
    ("2026-01-30T00:00", "2026-02-06T00:00", KYIV), ("2026-04-11T16:00", "2026-04-13T00:00", "Europe/Moscow"),
    ("2026-05-09T00:00", "2026-05-12T00:00", KYIV),
]  # fmt: skip
DONBAS_STARTS = ["2014-09-05", "2015-02-15", "2015-09-01", "2018-07-01", "2019-07-21", "2020-07-27"]


def text_of(path):
    data = gzip.open(path).read() if path.suffix == ".gz" else path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def rows_of(name):
    return list(csv.DictReader(io.StringIO(text_of(DATA / name))))


# ---- the method page's formulas ----


def tail(k, n, p):
    """P(X <= k) of a binomial."""
    if p <= 0 or p >= 1:
        return float(p <= 0 or k >= n)
    logs = [math.lgamma(n + 1) - math.lgamma(i + 1) - math.lgamma(n - i + 1) + i * math.log(p) + (n - i) * math.log1p(-p) for i in range(k + 1)]
    top = max(logs)
    return min(1.0, math.exp(top) * math.fsum(math.exp(x - top) for x in logs))


def solve(falls, wanted):
    low, high = 0.0, 1.0
    for _ in range(70):
        middle = (low + high) / 2
        low, high = (middle, high) if falls(middle) > wanted else (low, middle)
    return (low + high) / 2


def conditional(y1, n1, y0, n0):
    """Clopper and Pearson 1934."""
    n, odds = y0 + y1, lambda p: p / (1 - p) * n0 / n1 if p < 1 else math.inf
    low = 0 if y1 == 0 else solve(lambda p: tail(y1 - 1, n, p), 0.975)
    high = 1 if y1 == n else solve(lambda p: tail(y1, n, p), 0.025)
    return odds(low), odds(high)


def expected(y1, n1, days):
    """{method: (value, low, high)}; None where there is none."""
    n0, y0 = len(days), sum(days)
    m = y0 / n0
    s2 = sum((y - m) ** 2 for y in days) / (n0 - 1)
    k = m * m / (s2 - m) if s2 > m else math.inf
    rr = (y1 / n1) / (y0 / n0)
    out = {"mean": m, "variance": s2, "size": k, "conditional": (rr, *conditional(round(y1), n1, round(y0), n0))}
    if y1 > 0:
        for name, extra in (("poisson", 0), ("negative_binomial", 1 / (n0 * k) + 1 / (n1 * k) if k < math.inf else 0)):
            sd = math.sqrt(1 / y0 + 1 / y1 + extra)
            out[name] = (rr, rr * math.exp(-Z * sd), rr * math.exp(Z * sd))
    elif k < math.inf:
        out["negative_binomial"] = (0, 0, k / m * (0.05 ** (-1 / (k * n1)) - 1))
    return out


# ---- events by day ----


def start_of(text):
    """Local time as written in the air log: a day, or a day and an hour of one or two digits."""
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:[ T](\d{1,2}):(\d\d))?", text.strip())
    year, month, day, hour, minute = (int(x or 0) for x in found.groups())
    return datetime(year, month, day, tzinfo=ZoneInfo(KYIV)) + timedelta(hours=hour, minutes=minute)


def air_days():
    days = {}
    for row in rows_of("airforce/missile_attacks_daily.csv"):
        day = start_of(row["time_start"]).date()
        days[day] = days.get(day, 0) + (float(row["launched"]) if row["launched"] else 1)  # a wave without a number is one
    return days


def ucdp_days():
    days = {}
    for row in rows_of("donbas/UCDP-Ukraine.csv.gz"):
        month, day, year = (int(x) for x in row["date_start"].split(" ")[0].split("/"))
        days[date(year, month, day)] = days.get(date(year, month, day), 0) + 1
    return days


class Data(unittest.TestCase):
    detente = None

    def ask(self, acts, window, zone, file, baseline, party="ru"):
        with tempfile.TemporaryDirectory() as folder:
            model, events = os.path.join(folder, "m.yaml"), os.path.join(folder, "e.csv")
            Path(model).write_text(MODEL % (acts, window, zone), encoding="utf-8")
            Path(events).write_bytes(gzip.open(DATA / file).read() if file.endswith(".gz") else (DATA / file).read_bytes())
            command = [self.detente, "monitor", model, events, "--json", "--quiet", "--timezone", KYIV, "--baseline", str(baseline)]
            answer = json.loads(run(command))["answer"]
        reading = answer["clauses"]["c"]["readings"]["r"]
        return answer, reading["parties"][party].get("comparisons", [])

    def near(self, what, found, wanted):
        if wanted is None or math.isinf(wanted):
            self.assertIsNone(found, what)
        else:
            self.assertIsNotNone(found, what)
            self.assertTrue(math.isclose(found, wanted, rel_tol=2e-6, abs_tol=1e-9), f"{what}: {found}, by hand {wanted}")

    def compare(self, what, comparisons, counts, first, width, length):
        last = max(counts)
        found = next(c for c in comparisons if c["baseline"]["days"] == length)
        days = [counts.get(first - timedelta(days=d), 0) for d in range(length, 0, -1) if first - timedelta(days=d) >= min(counts)]
        window = [counts.get(first + timedelta(days=d), 0) for d in range(width) if first + timedelta(days=d) <= last]
        wanted = expected(sum(window), len(window), days)
        self.assertEqual(found["window_days"], len(window), what)
        self.assertEqual(found["baseline"]["used"], len(days), what)
        self.near(f"{what} observed", found["observed"], sum(window))
        self.near(f"{what} events", found["baseline"]["events"], sum(days))
        for key in ("mean", "variance", "size"):
            self.near(f"{what} {key}", found["baseline"][key], wanted[key])
        for method in ("negative_binomial", "poisson", "conditional"):
            if method not in wanted:
                continue
            for key, value in zip(("value", "low", "high"), wanted[method]):
                self.near(f"{what} {method} {key}", found[method][key], value)

    def test_windows_of_the_air_log(self):
        for start, end, zone in AIR_WINDOWS:
            counts = air_days()  # by the log's own dates, whatever clocks the reading goes by
            first, last = (datetime.fromisoformat(x) for x in (start, end))
            width = ((last - timedelta(seconds=1)).date() - first.date()).days + 1
            _, comparisons = self.ask("strike", f"from: {start}, until: {end},", zone, "airforce/missile_attacks_daily.csv", 28)
            for length in (7, 28, 90):
                with self.subTest(window=start, baseline=length):
                    self.compare(f"{start} {length}", comparisons, counts, first.date(), width, length)

    def test_windows_of_the_donbas(self):
        counts = ucdp_days()
        for start in DONBAS_STARTS:
            for length in (7, 28, 90):
                _, comparisons = self.ask("any", f"from: {start},", KYIV, "donbas/UCDP-Ukraine.csv.gz", length)
                with self.subTest(window=start, baseline=length):
                    self.compare(f"{start} {length}", comparisons, counts, date.fromisoformat(start), length, length)

    # ---- what readers make of files ----

    def file(self, name, rows=None, records=None, aside=0):
        answer, _ = self.ask("any", "from: 2030-01-01,", KYIV, name, 28)
        file = answer["set_aside"]["files"][0]
        rows = len(rows_of(name)) if rows is None else rows
        self.assertEqual((file["rows"], file["records"], file["set_aside"]), (rows, rows if records is None else records, aside), name)
        return answer

    def test_every_row_is_read_or_told(self):
        for year in (2022, 2023, 2024, 2025):
            self.file(f"energy/VIINA_{year}_energy_candidates.csv.gz")
        for name in ("airforce/missile_attacks_daily.csv", "donbas/UCDP-Ukraine.csv.gz", "claims/party_claim_aggregates.csv",
                     "claims/ru_mod_energy_claims_20250318_20250430.csv", "alerts/official_data_en_to_20240423.csv.gz",
                     "alerts/volunteer_data_en_to_20241010.csv.gz"):  # fmt: skip
            with self.subTest(file=name):
                self.file(name)

    def test_lists_and_dictionaries_are_those_of_python(self):
        """The air log's cells of Python text hold nothing that its reader takes for rows."""
        rows = rows_of("airforce/missile_attacks_daily.csv")
        kept = sum(isinstance(ast.literal_eval(r["destroyed_details"].replace("NaN", "None")), dict) for r in rows if r["destroyed_details"])
        self.assertGreater(kept, 700)
        self.assertEqual(len(rows), 3770)


if __name__ == "__main__":
    if not DATA.is_dir():
        print("skipped: ../shared/data/monitor is not here")
        sys.exit(77)
    Data.detente = os.path.abspath(sys.argv.pop(1))
    unittest.main()

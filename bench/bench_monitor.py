#!/usr/bin/env python3
"""bench_monitor.py DETENTE [--smoke] [--rows N] [--clauses] [--beside OTHER]: event files from bytes to JSON, whole processes.

Files are made here: own columns (63 bytes a row), and the layouts of VIINA (300 bytes, and 730 as in the public files, half of it Cyrillic)
and ACLED (700); a year of records under one reading of two months. With --clauses also the first file under 200 clauses and 30 polygons of 1,000 corners, with
all comparisons. With --beside, another build in turns: both have to say the same bytes. Prints `name<tab>processor seconds<tab>MiB`, the median of three."""
import argparse
import datetime
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench_places import zones

ACTS = ["fire.artillery", "fire.mortar", "strike.drone", "strike.missile", "assault", "raid", "fire.drone", "civilians"]
NOTE = "У населеному пункті вночі пролунали вибухи, пошкоджено будинки та лінії електропередач; рятувальники працюють на місці. " * 2
VIINA = (
    "event_id_1pd,date,n_reports,sources_matching,source_urls,target_classes,asciiname,ADM1_NAME,ADM2_NAME,longitude,latitude,"
    "location_bucket,nearest_km,a_ukr_init_b,a_ukr_b,a_rus_init_b,a_rus_b,t_artillery_b,t_uav_b,representative_text,triage,reason\n"
)
ACLED = (
    "event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,actor2,iso,region,country,admin1,admin2,location,"
    "latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp\n"
)


def moment(rng):
    return datetime.datetime(2031, 1, 1) + datetime.timedelta(minutes=rng.randrange(365 * 1440))


def own_rows(rng, count):
    yield "id,source,claimant,actor,act,date,longitude,latitude,radius\n"
    for i in range(count):
        actor, other = rng.choice(["ab", "ba"])
        place = f"{22 + 18 * rng.random():.5f},{44 + 8.4 * rng.random():.5f}"
        yield f"e{i},s{actor},{other},{actor},{rng.choice(ACTS)},{moment(rng):%Y-%m-%dT%H:%M},{place},0\n"


def viina_rows(rng, count, wide):
    note, link = (NOTE, "https://www.example.org/war/news/" + "a-long-address-of-a-report-" * 4) if wide else (NOTE[:40], "https://example.org/n/")
    yield VIINA
    for i in range(count):
        flags = ",".join(rng.choice(["0", "1", ""]) for _ in range(6))
        day = f"{datetime.date(2031, 1, 1) + datetime.timedelta(days=i * 365 // count):%Y%m%d}"
        place = f"Milltown,Northland,Mill's'kyi,{22 + 18 * rng.random():.6f},{44 + 8.4 * rng.random():.6f}"
        yield f'{1000000 + i},{day},{rng.randrange(20)},unian|nv,{link}{i},power-plant,{place},DROP,,{flags},"{note}",MACHINE,NO_SCOPE\n'


def acled_rows(rng, count):
    yield ACLED
    for i in range(count):
        place = f"{44 + 8.4 * rng.random():.4f},{22 + 18 * rng.random():.4f}"
        yield (
            f"NOR{i},{moment(rng):%Y-%m-%d},2031,1,Explosions/Remote violence,Shelling/artillery/missile attack,Military Forces of North,"
            f'Military Forces of South,804,Europe,Northland,East,Mill,Milltown,{place},1,Daily; Radio,National,"'
            + "On that day, forces shelled positions near Milltown. " * 8
            + f'",{rng.randrange(4)},,17452{i % 100000:05}\n'
        )


def model(clauses):
    text = "detente: 1\ntitle: bench\nparties: {a: {aliases: [RU, Military Forces of North]}, b: {aliases: [UA, Military Forces of South]}}\nagreements:\n"
    text += "  pact:\n    parties: [a, b]\n    clauses:\n"
    if clauses == 1:
        return text + "      c: {readings: {r: {bound: [a, b], acts: [fire, strike], from: 2031-05-01, until: 2031-06-28}}}\n"
    acts = ["fire", "strike", "fire.artillery", "strike.drone", "assault"]
    for i in range(clauses):
        of = ", ".join(sorted({acts[i % 5], acts[(i // 5 + 1) % 5]}))
        where = f"{{inside: [{{file: zones.geojson, feature: z{i % 30}}}]}}"
        span = f"from: 2031-{1 + i % 10:02}-01, until: 2031-{2 + i % 10:02}-28"
        text += f"      c{i}: {{readings: {{r: {{bound: [a, b], acts: [{of}], where: {where}, {span}}}}}}}\n"
    return text


def write(path, rows):
    with path.open("w", encoding="utf-8") as out:
        out.writelines(rows)
    return path


def run(program, of, events, out):
    """Processor seconds and peak MiB of one whole process."""
    with out.open("wb") as sink:
        child = subprocess.Popen([program, "monitor", of.name, events.name, "--json"], cwd=of.parent, stdout=sink, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{program} fails on {events.name}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def measure(asked, of, events, count):
    programs = [asked.detente] + ([asked.beside] if asked.beside else [])
    outs = [of.parent / f"out{i}.json" for i in range(len(programs))]
    told = [[] for _ in programs]
    for _ in range(1 if asked.smoke else 3):
        for program, out, runs in zip(programs, outs, told, strict=True):
            runs.append(run(program, of, events, out))
    figures = [(statistics.median(s for s, _ in runs), max(m for _, m in runs)) for runs in told]
    size = events.stat().st_size / 1e6
    print(f"monitor: {events.stem}, {size:.0f} MB, {of.stem}\t{figures[0][0]:.3f}\t{figures[0][1]:.0f}", flush=True)
    claims = json.loads(outs[0].read_text(encoding="utf-8"))["answer"]["claims"]
    if claims != count:
        sys.exit(f"{events.name} has {count} rows, of which {claims} are told")
    if asked.beside is None:
        return
    ratio = statistics.median(b[0] / a[0] for a, b in zip(*told, strict=True))
    print(f"  the other: {ratio:.2f} times as long\t{figures[1][0]:.3f}\t{figures[1][1]:.0f}", flush=True)
    if outs[0].read_bytes() != outs[1].read_bytes():
        sys.exit("the other says something else")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("detente", type=os.path.abspath)
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--clauses", action="store_true")
    parser.add_argument("--beside", type=os.path.abspath)
    asked = parser.parse_args()
    count, rng = 2_000 if asked.smoke else asked.rows, random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        (base / "zones.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": list(zones(rng))}))
        one = write(base / "one-reading.yaml", [model(1)])
        for name, rows in [
            ("own-columns", own_rows(rng, count)),
            ("viina", viina_rows(rng, count, False)),
            ("viina-wide", viina_rows(rng, count, True)),
            ("acled", acled_rows(rng, count)),
        ]:
            events = write(base / f"{name}.csv", rows)
            measure(asked, one, events, count)
            if asked.clauses and name == "own-columns":
                measure(asked, write(base / "200-clauses.yaml", [model(200)]), events, count)
            events.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""bench_places.py DETENTE [--smoke] [--peers PYTHON]: points against the zones of an agreement.

30 round polygons of 1,000 corners in lon 22-40, lat 44-52.4, random points, one thread. With --peers, the same points by shapely (a tree of
points, and prepared polygons one by one) and geopandas (a spatial join of a tenth of them, times ten) in that interpreter, where it has them; the hits have to be the same. Prints `name<tab>seconds<tab>`."""
import argparse
import array
import json
import math
import random
import subprocess
import sys
import tempfile
from pathlib import Path

PEERS = """
import sys, time
import geopandas, numpy, shapely
points = numpy.fromfile(sys.argv[2], dtype=float).reshape(-1, 2)
zones = geopandas.read_file(sys.argv[1])
polygons = zones.geometry.values
made = shapely.points(points)
shapely.prepare(polygons)
began = time.process_time()
tree = shapely.STRtree(made)
hits = tree.query(polygons, predicate="contains").shape[1]
print("shapely-tree", hits, time.process_time() - began)
began = time.process_time()
hits = sum(int(shapely.contains_xy(p, points[:, 0], points[:, 1]).sum()) for p in polygons)
print("shapely-prepared", hits, time.process_time() - began)
few = made[: len(made) // 10]
frame = geopandas.GeoDataFrame(geometry=few, crs=zones.crs)
began = time.process_time()
hits = len(geopandas.sjoin(frame, zones, predicate="within"))
print("geopandas", hits, 10 * (time.process_time() - began))
"""


def zones(rng):
    for number in range(30):
        lon, lat, radius = rng.uniform(23, 39), rng.uniform(45, 51.5), rng.uniform(0.5, 1.5)
        turns = [2 * math.pi * i / 1000 for i in range(1000)]
        ring = [[lon + radius * math.cos(t), lat + radius * math.sin(t)] for t in turns]
        geometry = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
        yield {"type": "Feature", "properties": {"name": f"z{number}"}, "geometry": geometry}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("detente")
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--peers")
    asked = parser.parse_args()
    count, rng = 20_000 if asked.smoke else 2_000_000, random.Random(5)
    with tempfile.TemporaryDirectory() as folder:
        drawn, points = Path(folder) / "zones.geojson", Path(folder) / "points"
        drawn.write_text(json.dumps({"type": "FeatureCollection", "features": list(zones(rng))}))
        points.write_bytes(array.array("d", [x for _ in range(count) for x in (rng.uniform(22, 40), rng.uniform(44, 52.4))]).tobytes())
        bench = Path(asked.detente).parent / "tests" / "bench_places"
        found = subprocess.run([bench, drawn, points], check=True, capture_output=True, text=True).stdout.split("\t")
        print(f"places: {count} points in 30 zones, {found[0]} hits\t{float(found[1]):.4f}\t")
        if asked.peers is None:
            return 0
        told = subprocess.run([asked.peers, "-c", PEERS, drawn, points], capture_output=True, text=True)
        if told.returncode != 0:
            print(f"no peers there: {told.stderr.strip().splitlines()[-1]}", file=sys.stderr)
            return 0
        for line in told.stdout.splitlines():
            name, hits, seconds = line.split()
            print(f"places by {name}, {hits} hits, {float(seconds) / float(found[1]):.1f} times as long\t{float(seconds):.4f}\t")
            if name.startswith("shapely") and hits != found[0]:
                print("shapely finds other hits", file=sys.stderr)
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

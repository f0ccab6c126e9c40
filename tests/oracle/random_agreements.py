"""Random agreements with zones, and files of events about them; seeded, small, and rich in what goes wrong.

Places stand about an origin that may lie at the date line or below the equator, dates about a change of the clock. Claims
share a few places and hours, so that several tell of one occurrence.
"""

import csv
import io
import json
import math
from datetime import datetime, timedelta

import yaml

ORIGINS = [(30, 50), (179.8, 10), (-70, -45), (0, 0)]
CLOCKS = [  # a day with a change of the clock, or an ordinary one
    ("Europe/Kyiv", "2025-03-30"), ("Europe/Kyiv", "2025-10-26"), ("America/New_York", "2025-11-02"), ("Asia/Kolkata", "2025-05-08"),
    ("Australia/Lord_Howe", "2025-04-06"), (None, "2025-05-10"), ("Europe/Moscow", "1968-05-10"),
]
ACTS = ["fire", "fire.artillery", "fire.artillery.heavy", "fire.drone", "strike", "strike.drone", "strike.energy", "assault", "any", "fire.rocket"]
WORDS = ["uav", "shelling", "Shelling/artillery/missile attack", "fire.mortar|strike.drone", "fire.drone|fire.artillery", "nothing known", "Fire"]
ASSETS = ["power-plant", "dam", "refinery", "energy"]
COLUMNS = [
    "id", "source", "family", "kind", "claimant", "actor", "involved", "attribution", "date", "end", "reported", "longitude", "latitude",
    "radius", "region", "act", "asset", "count", "low", "high", "counted", "unit", "revises", "text",
]


def rounded(x, y, origin):
    lon = (origin[0] + x + 180) % 360 - 180
    return [round(lon, 5), round(origin[1] + y, 5)]


class RandomAgreements:
    """`plain` (the model), `files` {name: text}, `zones` {name: GeoJSON text}, `features` {file: {name: (kind, rings)}}."""

    def __init__(self, rng):
        self.rng, self.origin = rng, rng.choice(ORIGINS)
        self.zone, day = rng.choice(CLOCKS)
        self.day = datetime.fromisoformat(day)
        self.parties = ["north", "south", "guard", "west"][: rng.randint(2, 4)]
        self.spots = [(rng.uniform(-0.4, 0.4), rng.uniform(-0.3, 0.3)) for _ in range(4)]
        self.hours = [self.day + timedelta(minutes=rng.randint(-3 * 1440, 4 * 1440)) for _ in range(6)]
        self.make_zones()
        self.make_model()
        self.rows = {f"events{i}.csv": self.make_rows(i) for i in range(rng.randint(1, 3))}

    @property
    def files(self):
        return {name: self.text_of(rows) for name, rows in self.rows.items()}

    # ---- zones ----

    def ring(self, x, y, size):
        corners = self.rng.randint(3, 9)
        turned = [2 * math.pi * (k + self.rng.uniform(0.1, 0.9)) / corners for k in range(corners)]
        return [(x + size * self.rng.uniform(0.6, 1.2) * math.cos(a), y + size * self.rng.uniform(0.6, 1.2) * math.sin(a)) for a in turned]

    def make_zones(self):
        rng, shapes = self.rng, {}
        for name in ("alpha", "beta", "gamma", "road", "post"):
            x, y = rng.uniform(-0.3, 0.3), rng.uniform(-0.3, 0.3)
            if name == "post":
                kind, rings = "Point", [[(x, y)]]
            elif name == "road":
                kind, rings = "LineString", [[(x + 0.1 * k, y + rng.uniform(-0.05, 0.05)) for k in range(4)]]
            else:
                size = rng.uniform(0.08, 0.3)
                outer = self.ring(x, y, size)
                hole = [[(x + 0.3 * (a - x), y + 0.3 * (b - y)) for a, b in reversed(outer)]]
                kind, rings = "Polygon", [outer] + (hole if rng.random() < 0.4 else [])
            shapes[name] = kind, rings
        written, self.features = [], {"zones.geojson": {}}
        for name, (kind, rings) in shapes.items():
            at = [[rounded(x, y, self.origin) for x, y in ring] for ring in rings]
            kept = [[((lon - self.origin[0] + 180) % 360 - 180, lat - self.origin[1]) for lon, lat in ring] for ring in at]
            self.features["zones.geojson"][name] = kind, kept
            coordinates = [ring + ring[:1] for ring in at] if kind == "Polygon" else at[0] if kind == "LineString" else at[0][0]
            geometry = {"type": kind, "coordinates": coordinates}
            written.append({"type": "Feature", "properties": {"name": name}, "geometry": geometry})
        self.zones = {"zones.geojson": json.dumps({"type": "FeatureCollection", "features": written})}

    def zone_term(self):
        term = {"file": "zones.geojson"}
        if self.rng.random() < 0.9:
            term["feature"] = self.rng.choice(list(self.features["zones.geojson"]))
        if term.get("feature") in (None, "road", "post") or self.rng.random() < 0.3:
            term["buffer_m"] = self.rng.choice([500, 3000, 9000])
        return term

    # ---- terms ----

    def maybe(self, chance):
        return self.rng.random() < chance

    def some(self, items, most=2):
        return self.rng.sample(items, self.rng.randint(1, min(most, len(items))))

    def moment(self, least, most):
        at = self.day + timedelta(minutes=self.rng.randint(least * 1440, most * 1440))
        return at.strftime("%Y-%m-%d") if self.maybe(0.4) else at.strftime("%Y-%m-%dT%H:%M")

    def reading(self, parties):
        terms = {"bound": self.some(parties, 4), "acts": self.some(ACTS)}
        if self.maybe(0.5):
            terms["bound"] = list(parties)
        if self.maybe(0.3):
            terms["exempt"] = [{"acts": self.some(ACTS[:8])} for _ in range(self.rng.randint(1, 2))]
            for e in terms["exempt"]:
                e.update({"provided": "it answers fire"} if self.maybe(0.6) else {})
        if self.maybe(0.3):
            terms["targets"] = self.some(ASSETS)
        if self.maybe(0.6):
            terms["where"] = {k: [self.zone_term() for _ in range(self.rng.randint(1, 2))] for k in self.some(["inside", "outside"])}
        if self.maybe(0.9):
            terms["from"] = self.moment(-3, 1)
        if self.maybe(0.8):
            terms["until"] = self.moment(2, 5)
        if self.zone and self.maybe(0.8):
            terms["timezone"] = self.zone
        if self.maybe(0.3):
            terms["reciprocal"] = True
        if self.maybe(0.3):
            terms["triggers"] = [{"id": "t", "more_than": self.rng.randint(0, 3), **({"per": "day"} if self.maybe(0.5) else {})}]
        elif "from" in terms and self.maybe(0.6):
            self.add_triggers(terms)
        return {**terms, "why": "invented"}

    def lasting(self):
        return self.rng.choice(["1 day", "2 days", "5 days", "7 hours", "30 hours"])

    def add_triggers(self, terms):
        """Several, most of which move the time in force."""
        if self.maybe(0.4):
            terms["classes"] = {"grave": {"acts": self.some(ACTS)}, "sites": {"targets": self.some(ASSETS)}}
        terms["triggers"] = []
        for k in range(self.rng.randint(1, 3)):
            then = self.rng.choice(["termination", "suspension", "suspension", "extension", "consultation"])
            t = {"id": f"t{k}", "more_than": self.rng.choice([0, 0, 1, 1, 2, 4])}
            if then == "extension" and "until" not in terms:
                then = "termination"
            if then in ("extension", "consultation") and self.maybe(0.5):
                t = {"id": f"t{k}", "at_most": self.rng.randint(0, 4)}
            elif self.maybe(0.5):
                t["per"] = self.rng.choice(["day", "week"])
            if "classes" in terms and self.maybe(0.5):
                t["class"] = self.rng.choice(["grave", "sites"])
            if then == "extension":
                t["by"] = self.lasting()
            elif then == "suspension" and self.maybe(0.7):
                t["for"] = self.lasting()
            terms["triggers"].append({**t, "then": then})

    def make_model(self):
        agreements, number = {}, 0
        for a in range(self.rng.randint(1, 2)):
            parties, clauses = self.parties[: self.rng.randint(2, len(self.parties))], {}
            for _ in range(self.rng.randint(1, 3)):
                clauses[f"c{number}"] = {"readings": {f"r{i}": self.reading(parties) for i in range(self.rng.randint(1, 3))}}
                number += 1
            agreements[f"a{a}"] = {"parties": parties, "clauses": clauses}
        self.plain = {
            "detente": 1,
            "parties": {p: {"aliases": [f"{p}ern army"]} for p in self.parties},
            "issues": {"x": {"options": ["p", "q"], "no_deal": "p"}},
            "acts": {"fire.rocket": "rockets"},
            "agreements": agreements,
        }

    def model_text(self, plain=None):
        return yaml.safe_dump(plain or self.plain, sort_keys=False, width=1000)

    # ---- events ----

    def name(self, party):
        return f"{party.capitalize()}ern Army" if self.maybe(0.2) else party

    def when(self, row):
        at = self.rng.choice(self.hours) + timedelta(minutes=self.rng.choice([0, 0, 0, 7, 60]))
        if self.maybe(0.25):
            row["date"] = at.strftime("%Y-%m-%d")
            row["reported"] = "yes" if self.maybe(0.15) else ""
        else:
            row["date"] = at.strftime("%Y-%m-%d %H:%M") + ("Z" if self.maybe(0.1) else "+02:00" if self.maybe(0.1) else "")
            if self.maybe(0.5):
                at += timedelta(minutes=self.rng.choice([30, 240, 3000]))
                row["end"] = at.strftime("%Y-%m-%d %H:%M") + row["date"][16:]
        if self.maybe(0.1):
            at += timedelta(days=2)
            row["end"] = at.strftime("%Y-%m-%d")

    def where(self, row):
        if self.maybe(0.15):
            return
        x, y = self.rng.choice(self.spots)
        x, y = (x, y) if self.maybe(0.5) else (x + self.rng.uniform(-0.1, 0.1), y + self.rng.uniform(-0.1, 0.1))
        row["longitude"], row["latitude"] = map(str, rounded(x, y, self.origin))
        row["radius"] = self.rng.choice(["", "", "500", "4000", "15000"])
        row["region"] = "the region" if self.maybe(0.05) else ""

    def numbers(self, row):
        if self.maybe(0.65):
            return
        row["unit"] = self.rng.choice(["", "", "incident", "munition", "salvo"])
        kind = self.rng.random()
        if kind < 0.7:
            row["count"] = self.rng.choice(["0", "1", "3", "20", "50", "80+", ">100", "70"])
        else:
            row["low"], row["high"] = self.rng.choice([("2", ""), ("", "9"), ("3", "8"), ("1", "1")])
        row["counted"] = self.rng.choice(["", "", "per-period", "cumulative", "subset"])
        if self.maybe(0.7):  # totals over few periods, so that some hold others
            first, last = self.rng.choice([(0, 0), (0, 1), (0, 2), (1, 2)])
            row["date"], row["end"] = ((self.day + timedelta(days=d)).strftime("%Y-%m-%d") for d in (first, last))
            row["reported"] = ""

    def who(self, row):
        claimant = self.rng.choice([*self.parties, "", ""])
        row["claimant"] = self.name(claimant) if claimant else ""
        row["kind"] = self.rng.choice(["", "", "", "", "allegation", "observation", "denial", "compliance"])
        house = f"house {(self.parties.index(claimant) if claimant else 9)}"  # no party's name: ties are settled by it
        row["source"] = self.rng.choice([f"{house} press", f"{house} radio", ""])
        row["family"] = house if row["source"] and self.maybe(0.7) else ""
        row["actor"] = self.rng.choice([*map(self.name, self.parties)] * 2 + ["", "Somebody Else", self.rng.choice(["SOMEBODY ELSE", "Nroth", "unknown", "Unidentified Armed Group (East)"])])
        if row["kind"] == "denial" and claimant and self.maybe(0.7):
            row["actor"] = row["claimant"]
        row["involved"] = "|".join(self.some([*self.parties, "Bystanders", "Unidentified"])) if self.maybe(0.2) else ""
        row["attribution"] = self.rng.choice(["", "", "", "observed", "admitted", "none"])

    def make_rows(self, file):
        rows = []
        for k in range(self.rng.randint(1, 22)):
            row = dict.fromkeys(COLUMNS, "")
            row["id"] = f"f{file}r{k}" if self.maybe(0.95) else ""
            self.who(row)
            self.when(row)
            self.where(row)
            row["act"] = self.rng.choice(ACTS * 2 + WORDS + [""])
            row["asset"] = self.rng.choice(["", "", *ASSETS])
            self.numbers(row)
            if rows and self.maybe(0.06):
                row["revises"] = self.rng.choice(rows)["id"]
                row["kind"] = "retraction" if self.maybe(0.5) and row["revises"] else row["kind"]
            row["text"] = self.rng.choice(["", "words, of a source", 'a "quoted" word'])
            rows.append(row)
            if row["id"] and not row["revises"] and self.maybe(0.04):
                rows.append({**row, **self.rng.choice([{}, {"text": "told again"}, {"act": "clash", "text": "corrected"}])})
        return rows

    @staticmethod
    def text_of(rows):
        out = io.StringIO()
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return out.getvalue()

"""`detente monitor` by its definitions (docs/method/monitor.md, docs/language.md, docs/formats.md, docs/acts.md).

Every claim is held against every other one, places are tried at many points, local times come from Python's zoneinfo. Truth
is 0 (no), 1 (unknown), 2 (yes), so that `and` is min and `or` is max. Places are (x, y) in degrees from an origin of the
model, so that a model over the date line has no seam.
"""

import csv
import io
import math
import os
import re
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from moved_time import MovedTime

NO, UNKNOWN, YES = 0, 1, 2
EARTH, DAY = 6371008.8, 86400
LEAST, MOST = -(2**62), 2**62
EXACT_ENOUGH = 36 * 3600
ACTS_PAGE = os.path.join(os.path.dirname(__file__), "..", "..", "docs", "acts.md")


# ---- words for acts ----


@lru_cache(None)
def vocabulary():
    """(codes, {word: codes}) of docs/acts.md."""
    codes, words = set(), {}
    with open(ACTS_PAGE, encoding="utf-8") as page:
        for line in page:
            cells = [c.strip() for c in line.strip().strip("|").split("|")]
            quoted = [re.findall(r"`([^`]+)`", c) for c in cells]
            if len(cells) == 3 and len(quoted[0]) == 1:
                codes.add(quoted[0][0])
            elif len(cells) == 2 and len(quoted[0]) == 1:
                words[quoted[0][0]] = quoted[1]
    return codes, words


def codes_of(text, own):
    """The codes that a cell may mean; None when it says nothing, or a word that is in no vocabulary."""
    codes, words = vocabulary()
    meant = []
    for word in text.split("|"):
        word = word.strip().lower()
        hyphened = re.sub(r"[^a-z0-9]+", "-", word).strip("-")
        meant += [word] if word in codes or word in own else words.get(word, words.get(hyphened, [None]))
    return None if None in meant or not meant else frozenset(meant)


def within(code, wide):
    return wide == "any" or code == wide or code.startswith(wide + ".")


def one_among(code, listed):
    if any(within(code, wide) for wide in listed):
        return YES
    return UNKNOWN if any(within(wide, code) for wide in listed) else NO


def among(codes, listed):
    """Is it one of these?  Of several codes it may be any."""
    found = {one_among(code, listed) for code in codes}
    return found.pop() if len(found) == 1 else UNKNOWN


def can_be_the_same(a, b):
    return a is not None and b is not None and any(within(x, y) or within(y, x) for x in a for y in b)


# ---- times ----


def moments(wall, zone):
    """(first, last) moment at which the clocks show this; where they jump over it, the jump, twice."""
    place = ZoneInfo(zone) if zone else timezone.utc
    stamps = [int(wall.replace(tzinfo=place, fold=fold).timestamp()) for fold in (0, 1)]
    shown = [datetime.fromtimestamp(s, place).replace(tzinfo=None) for s in stamps]
    if shown[0] == wall or shown[1] == wall:
        return min(stamps), max(stamps)
    low, high = min(stamps) - 7200, max(stamps) + 7200
    before = datetime.fromtimestamp(low, place).utcoffset()
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, place).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high, high


def span(text, zone):
    """[lo, hi) of what is written: a day or a minute, with an offset or on the zone's clocks."""
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d))?(Z|[+-]\d\d:\d\d)?", text)
    year, month, day, hour, minute, offset = found.groups()
    wall, length = datetime(int(year), int(month), int(day)), timedelta(days=1)
    if hour is not None:
        wall, length = wall + timedelta(hours=int(hour), minutes=int(minute)), timedelta(minutes=1)
    if offset:
        sign = -1 if offset[0] == "-" else 1
        east = 0 if offset == "Z" else sign * (int(offset[1:3]) * 3600 + int(offset[4:]) * 60)
        start = int(wall.replace(tzinfo=timezone.utc).timestamp()) - east
        return start, start + int(length.total_seconds())
    if hour is not None:
        first, last = moments(wall, zone)
        return first, last + 60
    return moments(wall, zone)[0], moments(wall + length, zone)[1]


def local_day(moment, zone):
    place = ZoneInfo(zone) if zone else timezone.utc
    return datetime.fromtimestamp(moment, place).date().toordinal() - datetime(1970, 1, 1).toordinal()


# ---- places ----


class Ground:
    """Distances about an origin; places are (x, y) in degrees from it."""

    def __init__(self, lon, lat):
        self.lon, self.lat = lon, lat

    def from_degrees(self, lon, lat):
        x = (lon - self.lon) % 360
        return (x - 360 if x > 180 else x), lat - self.lat

    def distance(self, a, b):
        y, z = math.radians(a[1] + self.lat), math.radians(b[1] + self.lat)
        h = math.sin((z - y) / 2) ** 2 + math.cos(y) * math.cos(z) * math.sin(math.radians(b[0] - a[0]) / 2) ** 2
        return 2 * EARTH * math.asin(min(1, math.sqrt(h)))

    def edge_distance(self, p, a, b):
        shrink = math.cos(math.radians(p[1] + self.lat))
        dx, dy = (b[0] - a[0]) * shrink, b[1] - a[1]
        length = dx * dx + dy * dy
        t = 0 if length == 0 else ((p[0] - a[0]) * shrink * dx + (p[1] - a[1]) * dy) / length
        t = min(1, max(0, t))
        return self.distance(p, (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))

    def around(self, p, radius, rings=20, spokes=25):
        """Points of equal weight over a disc."""
        for i in range(rings):
            r = radius * math.sqrt((i + 0.5) / rings) / EARTH
            for k in range(spokes):
                angle = 2 * math.pi * (k + 0.31 * i) / spokes
                y = p[1] + math.degrees(r) * math.sin(angle)
                yield p[0] + math.degrees(r) * math.cos(angle) / math.cos(math.radians(y + self.lat)), y


class Feature:
    """A polygon with holes, a line or a point, grown by metres."""

    def __init__(self, ground, kind, rings, buffer):
        self.ground, self.kind, self.buffer = ground, kind, buffer
        self.rings = rings
        self.edges = []
        for ring in rings:
            ends = ring[1:] + ring[:1] if kind == "Polygon" else ring[1:] if kind == "LineString" else ring
            self.edges += list(zip(ring, ends))

    def encloses(self, p):
        """Crossings of a ray, over all rings."""
        inside = False
        for (x1, y1), (x2, y2) in self.edges if self.kind == "Polygon" else ():
            if (y1 > p[1]) != (y2 > p[1]) and p[0] < x1 + (p[1] - y1) * (x2 - x1) / (y2 - y1):
                inside = not inside
        return inside

    def beyond(self, p):
        """Metres outside the border; negative: inside."""
        border = min(self.ground.edge_distance(p, a, b) for a, b in self.edges)
        return -border if self.encloses(p) else border

    def placed(self, p, radius):
        beyond = self.beyond(p)
        if beyond + radius <= self.buffer:
            return YES
        return NO if beyond - radius > self.buffer else UNKNOWN

    def clear_cut(self, p, radius):
        """Would half a per cent of the distances change nothing?"""
        beyond = self.beyond(p)
        slack = 5 + 0.005 * (abs(beyond) + radius + self.buffer)
        return all(abs(beyond + r - self.buffer) > slack for r in (radius, -radius))

    def holds(self, p):
        return self.encloses(p) or (self.buffer > 0 and self.beyond(p) <= self.buffer)


# ---- claims ----


def nobody(name):
    """Words for "nobody knows"."""
    words = ("", "-", "?", "n/a", "na", "nan", "none", "null", "unclear", "unidentified", "unknown", "not known")
    return name.lower() in words or name.lower().startswith("unidentified ")


class Claim:
    """One row of our own columns, by docs/formats.md."""

    def __init__(self, row, file, line, model):
        self.row = {k: v for k, v in row.items() if v}
        get, zone = self.row.get, model.file_zone
        self.id, self.file, self.line = get("id", f"{file}:{line}"), file, line
        self.source = get("source", file)
        self.family = get("family")  # settled for the whole source in Model
        self.claimant, self.observer = model.party(get("claimant")), "claimant" not in self.row
        self.kind = get("kind", "observation" if self.observer else "allegation")
        self.stranger = None
        self.actor = model.party(get("actor"))
        if "actor" in self.row and self.actor is None and not nobody(get("actor")):
            self.stranger = get("actor").lower()
        named = get("involved", "").split("|")
        self.involved = {p for p in map(model.party, named) if p}
        self.strangers = {n.lower() for n in [get("actor", ""), *named] if not model.party(n) and not nobody(n)}
        said = "admitted" if get("actor") == get("claimant") else "adversary"
        self.attribution = get("attribution", said if "actor" in self.row and not self.observer else "none")
        side = any(self.claimant in a["parties"] for a in model.agreements.values())  # a side is no third party
        self.seen = self.attribution in ("observed", "admitted") and not side
        self.seen = self.seen or (self.attribution == "admitted" and self.claimant == self.actor and self.claimant is not None)
        self.revises = get("revises")
        self.lo, self.hi = span(get("date"), zone) if "date" in self.row else (LEAST, MOST)
        if "end" in self.row:
            self.hi = span(get("end"), zone)[1]
        self.filed = local_day(self.lo, zone) * DAY if self.lo > LEAST else LEAST  # the date on the file's clocks
        if get("reported") == "yes":
            self.lo -= 3 * DAY
        self.place = None
        if "longitude" in self.row and "latitude" in self.row and ("region" not in self.row or float(get("radius", 0)) > 0):
            self.place = model.ground.from_degrees(float(get("longitude")), float(get("latitude")))
        self.radius = float(get("radius", 0))
        self.unknown_word = "act" in self.row and codes_of(get("act"), model.own_acts) is None
        self.act = None if "act" not in self.row else codes_of(get("act"), model.own_acts)
        self.asset = get("asset", "energy" if self.act == {"strike.energy"} else None)
        self.low, self.high = self.number(get("count"), get("low"), get("high"))
        self.counted, self.unit = get("counted", "per-period"), get("unit", "incident")
        self.total = self.unit == "incident" and self.low is not None and (self.low < 1 or self.high > 1)
        self.whole, self.less, self.parts, self.singles, self.retracted, self.told_again = None, 0, 0, 0, False, False

    def content(self):
        return (
            self.kind, self.lo, self.hi, self.act, self.asset, self.actor, self.involved, self.place, self.low, self.high
        )  # fmt: skip

    @staticmethod
    def number(count, low, high):
        if count:
            least = float(count.strip("+>"))
            return least, math.inf if count.strip("+>") != count else least
        if low is None and high is None:
            return None, None
        return float(low or 0), float(high) if high else math.inf


class Incident:
    def __init__(self, claims):
        first = claims[0]
        self.claims, self.first = claims, first
        self.lo, self.hi = max(c.lo for c in claims), min(c.hi for c in claims)
        if len(claims) == 1:
            self.lo, self.hi = first.shortened, first.hi
        best = min(claims, key=lambda c: c.radius)
        self.place, self.radius = best.place, best.radius
        self.actor = next((c.actor for c in claims if c.actor), None)
        self.stranger = next((c.stranger for c in claims if c.stranger), None)
        self.asset = next((c.asset for c in claims if c.asset), None)
        self.act = first.act
        for c in claims[1:]:
            if c.act and self.act and c.act != self.act and among(c.act, sorted(self.act)) == YES:
                self.act = c.act
        self.involved = set().union(*(c.involved for c in claims))
        self.total, self.compliance = first.total, first.kind == "compliance"
        self.count = max(0, first.low - first.less - first.singles) if self.total and not self.compliance else 1
        self.rest = max(0, self.count - first.parts) if first.parts > 0 else self.count
        self.at_least = first.high == math.inf
        self.families = len({c.family for c in claims})
        self.corroborated = self.families > 1 or any(c.seen for c in claims)
        self.contradicted = self.disputed = False
        self.whole = None
        self.filed = first.filed


def agree(a, b):
    """Do two claims tell of one occurrence?"""
    return (
        a.lo < b.hi and b.lo < a.hi
        and a.source != b.source
        and (not (a.actor or a.stranger) or not (b.actor or b.stranger) or (a.actor, a.stranger) == (b.actor, b.stranger))
        and (a.asset is None or b.asset is None or a.asset == b.asset)
        and can_be_the_same(a.act, b.act)
        and a.ground.distance(a.place, b.place) <= a.radius + b.radius
    )


class Judged:
    def __init__(self, verdict, doubts=(), share=None):
        self.verdict, self.doubts, self.share = verdict, set(doubts), share


class Reading:
    def __init__(self, model, agreement, clause, name, terms):
        self.model, self.agreement, self.clause, self.name = model, agreement, clause, name
        one = lambda value: value if isinstance(value, list) else [value]
        self.bound, self.acts = set(terms["bound"]), one(terms["acts"])
        self.exempt = [(one(e["acts"]), "provided" in e) for e in terms.get("exempt", [])]
        self.targets = terms.get("targets", [])
        where = terms.get("where", {})
        self.inside = [model.zone(z) for z in where.get("inside", [])]
        self.outside = [model.zone(z) for z in where.get("outside", [])]
        self.zone = terms.get("timezone")
        self.lo = span(str(terms["from"]), self.zone)[0] if "from" in terms else LEAST
        self.hi = span(str(terms["until"]), self.zone)[0] if "until" in terms else MOST
        self.declared_hi = self.nominal = self.hi  # `hi` is how far it may reach, `nominal` how far it counts
        self.reciprocal = terms.get("reciprocal") in (True, "true")
        self.triggers, self.classes = terms.get("triggers", []), terms.get("classes", {})
        self.parties = model.agreements[agreement]["parties"]
        self.moved, self.among = None, among

    def moment(self, text):
        return span(str(text), self.zone)[0]

    def move(self):
        """What its triggers do to it, once the incidents are known."""
        self.moved = MovedTime(self, local_day, lambda wall, zone: moments(wall, zone))
        self.hi, self.nominal = self.moved.end, self.moved.nominal

    def last_told(self):
        told = [x.filed // DAY for x in self.model.incidents if not (x.total or x.compliance) and x.filed > LEAST]
        return max(told, default=-(10**9))

    def has_ended(self):
        return self.declared_hi < MOST and self.last_told() >= local_day(self.declared_hi - 1, self.zone)

    # ---- factors ----

    def time(self, x):
        lo, hi = max(x.lo, self.lo), min(x.hi, self.hi)
        if lo >= hi:
            return NO, None
        if x.lo >= self.lo and x.hi <= self.hi:
            return YES, None
        return UNKNOWN, None if x.lo == LEAST or x.hi == MOST else (hi - lo) / (x.hi - x.lo)

    def place(self, x):
        if not self.inside and not self.outside:
            return YES, None
        if x.place is None:
            return UNKNOWN, None
        inside = max((f.placed(x.place, x.radius) for zone in self.inside for f in zone), default=YES)
        outside = max((f.placed(x.place, x.radius) for zone in self.outside for f in zone), default=NO)
        truth = min(inside, YES - outside)
        if truth != UNKNOWN:
            return truth, None
        points = list(self.model.ground.around(x.place, x.radius))
        hits = sum(
            (not self.inside or any(f.holds(p) for z in self.inside for f in z))
            and not any(f.holds(p) for z in self.outside for f in z)
            for p in points
        )
        return UNKNOWN, hits / len(points)

    def actor(self, x):
        if x.stranger and not x.actor:
            return NO
        if x.actor:
            return YES if x.actor in self.bound else NO
        return NO if x.involved and not x.involved & self.bound else UNKNOWN

    def act(self, x):
        if x.act is None:
            return YES if x.compliance else UNKNOWN
        return among(x.act, self.acts)

    def target(self, x):
        if not self.targets:
            return YES
        return UNKNOWN if x.asset is None else among({x.asset}, self.targets)

    def exemption(self, x):
        if not self.exempt:
            return NO
        if x.act is None:
            return UNKNOWN
        return max(min(among(x.act, acts), UNKNOWN if provided else YES) for acts, provided in self.exempt)

    # ---- the whole ----

    def judge(self, x):
        plain = {"act": self.act(x), "actor": self.actor(x), "target": self.target(x)}
        if NO in plain.values():
            return Judged("out_of_scope")
        shared = {"time": self.time(x), "place": (YES, None)}
        if shared["time"][0] != NO:
            shared["place"] = self.place(x)
        if NO in (truth for truth, _ in shared.values()):
            return Judged("out_of_scope")
        exempt = self.exemption(x)
        if exempt == YES:
            return Judged("exempt", share=0)
        doubts = {name for name, truth in plain.items() if truth == UNKNOWN}
        doubts |= {"exemption"} if exempt == UNKNOWN else set()
        unshared, share = bool(doubts), 1
        for name, (truth, part) in shared.items():
            if truth == UNKNOWN:
                doubts.add(name)
                unshared = unshared or part is None
                share *= part or 0
        if doubts:
            return Judged("indeterminate", doubts, None if unshared else share)
        if x.compliance:
            return Judged("within", share=0)
        if x.contradicted:
            return Judged("contradicted", share=0)
        return Judged("corroborated" if self.confirmed(x) else "alleged", share=1)

    def confirmed(self, x):
        """One who did it or saw it, or two families, each by what it says itself."""
        alone = [c for c in x.claims if len(x.claims) == 1 or self.breach_alone(c)]
        return any(c.seen for c in alone) or len({c.family for c in alone}) > 1

    def breach_alone(self, c):
        own = Incident([c])
        plain = (self.act(own), self.actor(own), self.target(own), self.time(own)[0], self.place(own)[0])
        return set(plain) == {YES} and self.exemption(own) == NO

    def whenever(self, x):
        """Could it be a breach at some time?"""
        return (
            NO not in (self.act(x), self.actor(x), self.target(x)) and self.place(x)[0] != NO and self.exemption(x) != YES
        )

    def force(self, x):
        moving = self.moved and self.moved.moving and self.moved.first is not None
        return self.moved.force(x) if moving and self.time(x)[0] != NO else YES

    def counts_whole(self, x):
        within = self.lo <= x.lo and x.hi <= self.nominal
        return x.act is not None and among(x.act, self.acts) == YES and within and self.force(x) == YES

    def window(self, baseline):
        """(first day, one past the last) that are compared."""
        if self.lo == LEAST:
            return 0, 0
        first = local_day(self.lo, self.zone)
        end = first + baseline if self.nominal == MOST else local_day(self.nominal - 1, self.zone) + 1
        return first, max(first, min(end, self.last_told() + 1))

    def findings(self):
        """[(incident, judged, count)], parts that a total holds left out; in order of time. `judged.stayed` is the verdict
        as if it had stayed in force."""
        found, self.ends = [], {}
        moved = self.moved if self.moved and self.moved.moving and self.moved.first is not None else None
        for x in self.model.incidents:
            if (x.stranger and not x.actor) or (x.whole and self.counts_whole(x.whole)):
                continue
            stayed = judged = self.judge(x)
            force = self.force(x)
            breach = judged.verdict in ("alleged", "corroborated")
            count = x.count if self.counts_whole(x) else x.rest
            freed = moved and id(x) in moved.doubted_by_others
            if self.reciprocal and not moved:
                freed = any(end <= x.lo for p, end in self.ends.items() if p != x.actor)
            if judged.verdict != "out_of_scope" and force == NO:
                stayed = judged = Judged("out_of_scope")
            elif judged.verdict not in ("out_of_scope", "exempt") and force == UNKNOWN:
                judged = Judged("indeterminate", judged.doubts | {"in_force"})
            elif breach and freed:
                judged = Judged("indeterminate", {"in_force"})
            elif breach and count > 0 and not moved:
                self.ends[x.actor] = min(self.ends.get(x.actor, MOST), x.hi)
            judged.stayed = stayed
            found.append((x, judged, count))
        if moved:
            self.ends = moved.breach_ends
        return found


# ---- the model ----


class Model:
    """A model (as a mapping), event files as {name: text}, features as {file: {name: (kind, rings)}}."""

    def __init__(self, plain, events, features, origin):
        self.plain, self.features, self.ground = plain, features, Ground(*origin)
        self.agreements, self.own_acts = plain["agreements"], set(plain.get("acts", {}))
        zones = [r.get("timezone") for a in self.agreements.values() for c in a["clauses"].values() for r in c["readings"].values()]
        self.file_zone = next((z for z in zones if z), None)
        self.incidents = []
        self.readings = [
            Reading(self, a, c, r, terms)
            for a, agreement in self.agreements.items()
            for c, clause in agreement["clauses"].items()
            for r, terms in clause["readings"].items()
        ]
        self.claims = [c for name, text in events.items() for c in self.read(name, text)]
        self.settle_families()
        self.take_back()
        self.check_totals()
        self.find_incidents()
        self.apply_denials()
        for reading in self.readings:
            reading.move()

    def party(self, name):
        for key, party in self.plain["parties"].items():
            names = [key, *(party.get("aliases") or []), *(party.get("name") or {}).values()]
            if name and name.lower() in (n.lower() for n in names):
                return key
        return None

    def zone(self, term):
        kinds = self.features[term["file"]]
        wanted = [kinds[term["feature"]]] if "feature" in term else kinds.values()
        return [Feature(self.ground, kind, rings, float(term.get("buffer_m", 0))) for kind, rings in wanted]

    def read(self, name, text):
        lines, seen = list(csv.reader(io.StringIO(text))), {}
        for number, cells in enumerate(lines[1:], 2):
            if not any(cells):
                continue
            claim = Claim(dict(zip(lines[0], cells)), name, number, self)
            claim.ground = self.ground
            if seen.get(claim.id, (None,))[0] == cells:
                continue  # word by word: counts once
            old = seen[claim.id][1] if claim.id in seen else None
            if old is not None and "retraction" not in (claim.kind, old.kind):  # replaced; told again when it says the same
                old.retracted, old.told_again = True, old.content() == claim.content()
            seen[claim.id] = (cells, claim)
            yield claim

    def settle_families(self):
        """What records say, of several that differ the first by name; else the only side that a source tells for."""
        said, sides = {}, {}
        for c in self.claims:
            said.setdefault(c.source, set()).update({c.family} - {None})
            if c.kind != "retraction":
                sides.setdefault(c.source, set()).add(c.claimant)
        for c in self.claims:
            family = min(said[c.source], default=None)
            only = sides.get(c.source, {None}) if len(sides.get(c.source, ())) == 1 else {None}
            c.family = (self.party(family) or family) if family else (next(iter(only)) or c.source)

    def take_back(self):
        filing = lambda c: (c.file, c.line)  # own columns without `received`
        for c in self.claims:
            for old in self.claims:
                if c.revises != old.id or old.id == c.id or old.kind == "retraction":
                    continue
                if c.source != old.source and c.family != old.family:
                    continue  # nobody takes back what others say
                if old.revises == c.id and filing(old) > filing(c):
                    continue  # of two that revise one another the later stays
                old.retracted = True
        self.claims.sort(key=lambda c: (c.lo, c.hi, c.id, c.file, c.line))

    # ---- totals of parties ----

    def check_totals(self):
        self.sums = []
        side = lambda c: (c.claimant, c.observer, c.observer and c.source, c.actor, c.stranger)
        totals = [c for c in self.claims if c.total and not c.retracted and c.kind == "allegation"]
        wider = lambda w, p: p.act is not None and p.act != w.act and (
            w.act is None or (p.act != {"any"} and among(p.act, sorted(w.act)) == YES)
        )
        for p in totals:
            p.whole = None
            for w in totals:
                if w is not p and side(w) == side(p) and p.lo >= w.lo and p.hi <= w.hi and wider(w, p):
                    if p.whole is None or wider(p.whole, w):
                        p.whole = w
        for w in totals:
            parts = [p for p in totals if p.whole is w and p.counted != "subset"]
            w.parts = sum(p.low for p in parts)
            same = [p for p in parts if (p.lo, p.hi) == (w.lo, w.hi)]
            if same and sum(p.low for p in same) != w.low:
                self.flag("components_do_not_sum", w, sum(p.low for p in same), any(p.high == math.inf for p in same))
        for c in totals:
            if c.counted == "subset":
                self.flag("subset", c, c.whole.low if c.whole else None, False)
        for c in self.claims:
            c.shortened = c.lo
        for c in totals:
            before = [
                o for o in totals
                if side(o) == side(c) and (o.act, o.asset, o.lo) == (c.act, c.asset, c.lo) and o.hi < c.hi and o.low <= c.low
                and "subset" not in (o.counted, c.counted)
            ]
            if before:
                last = max(before, key=lambda o: o.hi)
                c.less, c.shortened = last.low, max(c.lo, last.hi)
                self.flag("cumulative", c, last.low, last.high == math.inf)
        self.count_singles(totals, side, wider)

    def count_singles(self, totals, side, wider):
        """What a total holds and is told of one by one counts by itself, and no more in the total."""
        for p in self.claims:
            if p.total or p.retracted or p.kind != "allegation" or p.unit != "incident" or p.counted == "subset":
                continue
            if p.act is None or p.lo == LEAST or p.hi == MOST:
                continue
            for w in totals:
                there = w.place is None or (p.place is not None and self.ground.distance(w.place, p.place) <= w.radius + p.radius)
                if "region" in w.row:
                    there = w.row["region"] == p.row.get("region")
                if (
                    w.counted != "subset" and side(w) == side(p) and w.shortened <= p.lo and p.hi <= w.hi and there
                    and (w.act == p.act or wider(w, p)) and w.asset in (None, p.asset)
                ):
                    w.singles += 1
        for p in totals:
            if p.whole is not None and p.counted != "subset":
                p.whole.parts -= p.singles

    def flag(self, kind, c, other, at_least):
        self.sums.append((kind, c.claimant, c.id, c.low, other, at_least))

    # ---- incidents ----

    def find_incidents(self):
        groups, self.group_of = [], {}
        for c in self.claims:
            zero = c.counted == "subset" or (c.low is not None and c.low <= 0 and c.kind != "compliance")
            if c.retracted or zero or c.kind in ("denial", "retraction"):
                continue
            single = not c.total and c.kind != "compliance"
            joins = single and c.place and c.act is not None and c.lo > LEAST and c.hi - c.lo <= EXACT_ENOUGH
            home = next((g for g in groups if joins and g[0].joins and all(agree(o, c) for o in g)), None)
            c.joins = joins
            if home is None:
                home = []
                groups.append(home)
            home.append(c)
            self.group_of[id(c)] = home
        made = {id(g): Incident(g) for g in groups}
        for x in made.values():
            if x.first.whole is not None and id(x.first.whole) in self.group_of:
                x.whole = made[id(self.group_of[id(x.first.whole)])]
        self.told = [Incident([c]) for g in groups for c in g if not c.total and c.kind != "compliance" and c.filed > LEAST]
        self.incidents = sorted(made.values(), key=lambda x: (x.lo, x.hi, x.first.id, x.first.file, x.first.line))

    def apply_denials(self):
        for c in self.claims:
            seen = c.kind == "compliance" and c.observer and c.act is not None
            if c.retracted or not (c.kind == "denial" or seen):
                continue
            for x in self.incidents:
                if x.compliance or c.lo >= x.hi or c.hi <= x.lo or (c.act is not None and not can_be_the_same(c.act, x.act)):
                    continue
                if c.asset and x.asset and c.asset != x.asset:
                    continue
                if c.place and x.place and self.ground.distance(c.place, x.place) > c.radius + x.radius:
                    continue
                if c.actor and c.actor != x.actor:
                    continue
                if not c.observer:
                    x.disputed = x.disputed or (c.claimant is not None and c.claimant == x.actor)
                elif c.act is not None and x.act is not None and among(x.act, sorted(c.act)) == YES and not x.corroborated:
                    x.contradicted = True

    def clear_cut(self):
        """Does nothing hang on the last metre?"""
        for c in self.claims:
            for o in self.claims:
                if o is not c and c.place and o.place:
                    far, reach = self.ground.distance(c.place, o.place), c.radius + o.radius
                    if abs(far - reach) < 5 + 0.005 * (far + reach) and far > 0:
                        return False
        features = [f for r in self.readings for z in r.inside + r.outside for f in z]
        return all(f.clear_cut(c.place, c.radius) for c in self.claims if c.place for f in features)

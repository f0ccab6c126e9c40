"""Compares the rates of `detente monitor` with the formulas of docs/method/monitor.md on random series.

    python3 tests/oracle/compare_rates.py DETENTE [--models N] [--seed S] [--first K] [--keep DIR]

A random series: two sources that count one party's acts for some months, one of which may say when it watched; a window, perhaps
another agreement's window before it, a control. Counts, scatter, ratios and intervals, the choice of the source, the difference to
the control, the rank among other dates and two families' numbers agree. Written from the page; nothing here looks at `src/`.
"""

import csv
import datetime
import functools
import io
import json
import math
import random
import sys

from runner import differ, problems_of, remove, run, run_all, save

Z = 1.959963984540054
START = datetime.date(2031, 1, 1)
INFINITY = math.inf
WATCHES = {"watching": 1.0, "degraded": 0.5, "blind": 0.0, "half": 0.5, "none": 0.0}


# ---- a random series ----


def gamma_poisson(rng, mean, size):
    """Counts that scatter as a negative binomial, or as Poisson."""
    if mean <= 0:
        return 0
    mean = mean if math.isinf(size) else rng.gammavariate(size, mean / size)
    count, product = -1, 1.0
    while product > math.exp(-mean):
        product *= rng.random()
        count += 1
    return count


class Series:
    def __init__(self, rng):
        self.days = rng.randrange(60, 140)
        self.begin = rng.randrange(35, self.days - 12)
        self.end = self.begin + rng.choice((1, 2, 3, 7, 10))
        self.baseline = rng.choice((7, 14, 28, 28, 28))
        self.truce = None
        if rng.random() < 0.4:
            first = self.begin - rng.randrange(3, 20)
            self.truce = (first, first + rng.randrange(1, 3))
        self.control = rng.random() < 0.5
        self.watched = [1.0] * self.days
        self.states = None
        if rng.random() < 0.5:
            self.states = [rng.choice(("watching",) * 5 + ("degraded", "blind", "half", "none")) for _ in range(self.days)]
            self.states[0] = self.states[-1] = "watching"
            self.watched = [WATCHES[state] for state in self.states]
        size, rate = rng.choice((INFINITY, 0.8, 3, 20)), rng.choice((0.2, 1, 4, 9))
        effect = rng.choice((0, 0.3, 1, 2))
        self.fire = {}
        for source, level in (("alpha", 1), ("beta", rng.choice((0.6, 1.4)))):
            self.fire[source] = [
                gamma_poisson(rng, rate * level * (effect if self.begin <= day < self.end else 1), size) for day in range(self.days)
            ]
        telling = (rng.random(), rng.random())
        self.raids = [
            (day, hour, tuple(rng.random() < chance for chance in telling))
            for day in range(self.begin, self.end)
            for hour in range(0, 24, 2)
            if rng.random() < 0.6
        ]
        self.other = [gamma_poisson(rng, 3, 5) for _ in range(self.days)]

    def model(self):
        def day(index):
            return (START + datetime.timedelta(days=index)).isoformat()

        control = ", control: {acts: assault}" if self.control else ""
        text = f"""detente: 1
parties: {{a: {{}}, b: {{}}}}
issues: {{x: {{options: [p, q], no_deal: p}}}}
agreements:
  pact:
    parties: [a, b]
    clauses:
      calm: {{readings: {{r: {{bound: a, acts: fire, from: {day(self.begin)}, until: {day(self.end)}{control}}}}}}}
      ground: {{readings: {{r: {{bound: b, acts: raid, from: {day(self.begin)}, until: {day(self.end)}}}}}}}
"""
        if self.truce:
            text += f"""  before:
    parties: [a, b]
    clauses:
      short: {{readings: {{r: {{bound: a, acts: fire.artillery, from: {day(self.truce[0])}, until: {day(self.truce[1])}}}}}}}
"""
        return text

    def events(self):
        out = io.StringIO()
        rows = csv.writer(out)
        rows.writerow(("id", "source", "claimant", "actor", "date", "act", "longitude", "latitude", "radius"))

        def row(source, actor, day, hour, act, place=("", "", "")):
            moment = f"{START + datetime.timedelta(days=day)}T{hour % 24:02}:{hour // 24 % 60:02}"
            rows.writerow((f"r{day}-{source}-{act}-{hour}-{actor}", source, "", actor, moment, act, *place))

        for day in (0, self.days - 1):
            row("alpha", "b", day, 0, "sabotage")
        for day, hour, who in self.raids:
            for source in (name for name, tells in zip(("east", "west"), who) if tells):
                row(source, "b", day, hour, "raid", (10, 50, 300))
        for source, counts in self.fire.items():
            for day, count in enumerate(counts):
                for number in range(count):
                    row(source, "a", day, number, "fire")
        for day, count in enumerate(self.other):
            for number in range(count):
                row("alpha", "a", day, number, "assault")
        return out.getvalue()

    def coverage(self):
        lines = ["from,until,state,source"]
        for day, state in enumerate(self.states):
            date = START + datetime.timedelta(days=day)
            if state == "half":
                lines.append(f"{date}T06:00,{date}T18:00,watching,alpha")
            elif state != "none":
                lines.append(f"{date},{date},{state},alpha")
        return "\n".join(lines) + "\n"


# ---- the formulas ----


def binomial_tail(count, least, share):
    """Chance of at least so many of `count`."""
    if share <= 0:
        return 1.0 if least <= 0 else 0.0
    if share >= 1:
        return 1.0
    logs = (
        math.lgamma(count + 1) - math.lgamma(k + 1) - math.lgamma(count - k + 1) + k * math.log(share) + (count - k) * math.log1p(-share)
        for k in range(least, count + 1)
    )
    return min(1.0, math.fsum(math.exp(x) for x in logs))


def solve(function, low=0.0, high=1.0):
    for _ in range(70):
        middle = (low + high) / 2
        if function(middle) > 0:
            high = middle
        else:
            low = middle
    return (low + high) / 2


class Sample:
    """Counts of watched days."""

    def __init__(self, counts, watched):
        kept = [(y, e) for y, e in zip(counts, watched) if e > 0]
        self.y = [y for y, _ in kept]
        self.e = [e for _, e in kept]
        self.events = sum(self.y)
        self.time = sum(self.e)
        self.effective = self.time**2 / sum(e * e for e in self.e) if kept else 0

    def size(self):
        if len(self.e) < 2 or self.events == 0:
            return INFINITY
        e1, e2, e3 = (sum(e**p for e in self.e) for p in (1, 2, 3))
        mean = self.events / e1
        above = sum((y - mean * e) ** 2 for y, e in zip(self.y, self.e)) - mean * (e1 - e2 / e1)
        return INFINITY if above <= 1e-8 * mean * e1 else mean**2 * (e2 - 2 * e3 / e1 + e2 * e2 / e1**2) / above

    def autocorrelation(self):
        rates = [y / e for y, e in zip(self.y, self.e)]
        mean = sum(rates) / len(rates)
        spread = sum((r - mean) ** 2 for r in rates)
        return sum((a - mean) * (b - mean) for a, b in zip(rates, rates[1:])) / spread if spread > 0 and len(rates) > 2 else 0


def normal(window, before, size):
    value = window.events / window.time / (before.events / before.time)
    variance = 1 / window.events + 1 / before.events
    if not math.isinf(size):
        variance += 1 / (size * window.effective) + 1 / (size * before.effective)
    factor = math.exp(Z * math.sqrt(variance))
    return value, value / factor, value * factor


def conditional(window, before):
    y1, y0 = window.events, before.events
    scale = before.time / window.time
    low = 0.0 if y1 == 0 else solve(lambda p: binomial_tail(y0 + y1, y1, p) - 0.025)
    high = solve(lambda p: 0.025 - (1 - binomial_tail(y0 + y1, y1 + 1, p)))
    return y1 / y0 * scale, low / (1 - low) * scale, high / (1 - high) * scale


def zero(window, before, size):
    mean = before.events / before.time * window.time
    if math.isinf(size):
        return 0.0, 0.0, -math.log(0.05) / mean
    k = size * window.effective
    return 0.0, 0.0, k / mean * (0.05 ** (-1 / k) - 1)


@functools.lru_cache(maxsize=None)
def student_reach(freedom):
    """The x beyond which Student's t lies in 5 percent of all cases, by Simpson's rule on its density."""
    scale = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / math.sqrt(freedom * math.pi)

    def below(reach, steps=2000):
        width = reach / steps
        values = [(1 + (i * width) ** 2 / freedom) ** (-(freedom + 1) / 2) for i in range(steps + 1)]
        return scale * width / 3 * (values[0] + values[-1] + 4 * sum(values[1:-1:2]) + 2 * sum(values[2:-1:2]))

    return solve(lambda x: below(x) - 0.475, 1.0, 20.0)


def long_run(window, before):
    """Sums of the baseline against slow cosines; with the freedom that they leave."""
    count, cosines = len(before.e), int(0.3 * len(before.e) ** (2 / 3) + 0.5)
    if count < 12 or not window.events:
        return None, cosines
    mean = before.events / before.time
    apart = [y - mean * e for y, e in zip(before.y, before.e)]
    weights = [sum(x * math.cos(math.pi * j * (t + 0.5) / count) for t, x in enumerate(apart)) for j in range(1, cosines + 1)]
    excess = 2 * sum(x * x for x in weights) / cosines - before.events
    size = mean**2 * sum(e * e for e in before.e) / excess if excess > 1e-9 * before.events else INFINITY
    value, low, high = normal(window, before, size)
    wider = student_reach(cosines) / Z
    return (value, value * (low / value) ** wider, value * (high / value) ** wider), cosines


def check_swings(what, found, window, before, told):
    ratio, cosines = long_run(window, before)
    yield from differ(f"{what} long run", found["long_run"]["method"], "none" if ratio is None else "long_run")
    if ratio is not None:
        yield from same_ratio(f"{what} long run", found["long_run"], ratio)
    correlation, days = before.autocorrelation(), len(before.e)
    carry = min(max(correlation + (1 + 4 * correlation) / days, 0), 0.99)
    yield from same(f"{what} as if days", found["as_if_days"], days * (1 - carry) / (1 + carry))
    depends = ratio is not None and cosines >= 3 and correlation > 0.5 / math.sqrt(days) and told[2] is not None and ratio[2] > told[2]
    yield from differ(f"{what} dependent", found["dependent"], depends)


def fitting(window, before, size):
    if not window.time or not before.events:
        return "none", (None, None, None)
    if window.events == 0:
        return "zero", zero(window, before, size)
    if math.isinf(size) and min(window.events, before.events) < 30:
        return "conditional", conditional(window, before)
    return ("poisson" if math.isinf(size) else "negative_binomial"), normal(window, before, size)


# ---- comparing ----


def same(what, found, wanted, relative=1e-6):
    if wanted is not None and (math.isinf(wanted) or math.isnan(wanted)):
        wanted = None
    if found is None or wanted is None:
        yield from differ(what, found, wanted)
    elif not math.isclose(found, wanted, rel_tol=relative, abs_tol=1e-9):
        yield f"{what}: found {found!r}, oracle {wanted!r}"


def same_ratio(what, found, wanted):
    for key, value in zip(("value", "low", "high"), wanted):
        yield from same(f"{what} {key}", found[key], value)


def samples(series, counts, watched, days, without_truce):
    skipped = range(*series.truce) if series.truce and without_truce else range(0)
    kept = [d for d in range(max(0, series.begin - days), series.begin) if d not in skipped]
    before = Sample([counts[d] for d in kept], [watched[d] for d in kept])
    window = Sample(counts[series.begin : series.end], watched[series.begin : series.end])
    return window, before


def check_comparison(what, found, series, counts, watched):
    base = found["baseline"]
    window, before = samples(series, counts, watched, base["days"], base["without_other_agreements"])
    size = before.size()
    yield from differ(f"{what} used", base["used"], len(before.e))
    yield from differ(f"{what} window", found["window_days"], len(window.e))
    yield from same(f"{what} watched", base["watched_days"], before.time)
    yield from same(f"{what} window watched", found["window_watched_days"], window.time)
    yield from same(f"{what} events", base["events"], before.events)
    yield from same(f"{what} observed", found["observed"], window.events)
    yield from same(f"{what} size", base["size"], size)
    method, ratio = fitting(window, before, size)
    yield from differ(f"{what} method", found["fitting"]["method"], method)
    yield from same_ratio(f"{what} fitting", found["fitting"], ratio)
    if method == "none":
        return
    mean, k = before.events / before.time * window.time, size * window.effective
    chance = math.exp(-mean) if math.isinf(size) else (k / (k + mean)) ** k
    yield from same(f"{what} chance of none", found["zero_chance"], chance)
    yield from same_ratio(f"{what} conditional", found["conditional"], conditional(window, before))
    yield from same(f"{what} correlation", found["autocorrelation"], before.autocorrelation())
    if window.events:
        yield from same_ratio(f"{what} negative binomial", found["negative_binomial"], normal(window, before, size))
        yield from same_ratio(f"{what} poisson", found["poisson"], normal(window, before, INFINITY))
    yield from check_swings(what, found, window, before, ratio)
    drawn = found["block_bootstrap"]
    if drawn["method"] != "none":
        yield from same(f"{what} drawn", drawn["value"], window.events / window.time / (before.events / before.time))
        if drawn["high"] is not None and not drawn["low"] <= drawn["high"]:
            yield f"{what}: the drawn interval is upside down"


def check_control(found, series, party):
    window, before = samples(series, series.other, series.watched, series.baseline, True)
    if not before.events:
        yield from differ("control", found, None)
        return
    own, control = party["comparisons"][0]["fitting"], found["comparison"]["fitting"]
    yield from check_comparison("control", found["comparison"], series, series.other, series.watched)
    if not own["low"] or not control["low"] or own["high"] is None or control["high"] is None:
        yield from differ("difference", found["rate_ratio"]["method"], "none")
        return
    reach = math.hypot(*(math.log(r["high"] / r["low"]) / 2 for r in (own, control)))
    value = own["value"] / control["value"]
    yield from same_ratio("difference", found["rate_ratio"], (value, value / math.exp(reach), value * math.exp(reach)))


def check_rank(found, series, counts, watched):
    width = series.end - series.begin
    window, before = samples(series, counts, watched, series.baseline, True)
    truce = {d for first, end in (series.truce or (0, 0), (series.begin, series.end)) for d in range(first, end)}
    real = window.events / window.time / (before.events / before.time)
    rank = dates = 1
    ties = 0
    for at in range(series.baseline, series.days - width + 1):
        if truce & set(range(at, at + width)):
            continue
        during = Sample(counts[at : at + width], watched[at : at + width])
        earlier = Sample(counts[at - series.baseline : at], watched[at - series.baseline : at])
        if not earlier.events or not during.time:
            continue
        dates += 1
        ratio = during.events / during.time / (earlier.events / earlier.time)
        rank += ratio < real
        ties += ratio == real
    yield from differ("placebo", found, {"rank": rank, "ties": ties, "dates": dates})


def check_families(found, series):
    """Two families that tell of the same raids."""
    numbers = {name: sum(who[k] for _, _, who in series.raids) for k, name in enumerate(("east", "west"))}
    if not all(numbers.values()):
        yield from differ("families", found, None)
        return
    first, second = sorted(numbers, key=lambda name: (-numbers[name], name))
    m1, m2 = numbers[first], numbers[second]
    both = sum(all(who) for _, _, who in series.raids)
    yield from differ("families", (found["families"], found["incidents"], found["both"]), ([first, second], [m1, m2], both))
    yield from differ("bounds", (found["least"], found["most"]), (max(m1, m2), m1 + m2))
    if both < 7:
        yield from differ("estimate", found["if_independent"], None)
        return
    total = (m1 + 1) * (m2 + 1) / (both + 1) - 1
    reach = Z * math.sqrt((m1 + 1) * (m2 + 1) * (m1 - both) * (m2 - both) / ((both + 1) ** 2 * (both + 2)))
    for key, value in (("total", total), ("low", max(m1 + m2 - both, total - reach)), ("high", total + reach)):
        yield from same(f"estimate {key}", found["if_independent"][key], value)


def told(series, source):
    """Records of the baseline, and of the window if there are none."""
    watched = series.watched if source == "alpha" else [1.0] * series.days
    window, before = samples(series, series.fire[source], watched, series.baseline, True)
    return before.events if before.events else -1 / (1 + window.events)


def compare(detente, model, files, series):
    ask = [detente, "monitor", model, *files, "--json", "--quiet", "--findings", "0", "--baseline", str(series.baseline), "--agreement", "pact"]
    clauses = json.loads(run(ask))["answer"]["clauses"]
    party = clauses["calm"]["readings"]["r"]["parties"]["a"]
    yield from check_families(clauses["ground"]["readings"]["r"]["parties"]["b"]["under_reporting"], series)
    watches = {"alpha": series.watched, "beta": [1.0] * series.days}
    sources = [s for s in ("alpha", "beta") if any(series.fire[s])]
    if not sources:
        return
    best = max(sources, key=lambda s: (told(series, s), s == "alpha"))
    for each in party["comparisons"]:
        yield from differ("source", each["baseline"]["source"], best)
        yield from check_comparison(f"{each['baseline']['days']} days", each, series, series.fire[best], watches[best])
    for each in party["other_sources"]:
        source = each["baseline"]["source"]
        if source == best:
            yield f"{source} stands beside itself"
        yield from check_comparison(source, each, series, series.fire[source], watches[source])
    if best == "alpha":
        yield from check_control(party["control"], series, party)
    if party["placebo"] is not None:
        yield from check_rank(party["placebo"], series, series.fire[best], watches[best])


def one_model(job):
    detente, seed, number, folder = job
    series = Series(random.Random(f"{seed}/rates/{number}"))
    model, events, coverage = (f"{folder}/{number}{end}" for end in (".yaml", ".csv", "-watch.csv"))
    save(model, series.model())
    save(events, series.events())
    files = [events]
    if series.states:
        save(coverage, series.coverage())
        files.append(coverage)
    problems = problems_of(compare(detente, model, files, series))
    if not problems:
        remove(model, events, coverage)
    return number, "", model, problems


if __name__ == "__main__":
    sys.exit(run_all("monitor", one_model, sys.argv[1:]))

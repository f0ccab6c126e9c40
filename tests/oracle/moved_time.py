"""What triggers do to the time in force, day by day, by the definition in docs/method/monitor.md: brute force over records.

Truth is 0 (no), 1 (unknown), 2 (yes). A record *may happen on a day* when some of its time on that day may be in force; it
counts possibly from then on, and certainly once it is over. What follows begins with the next day on the reading's clocks.
"""

import math
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

NO, UNKNOWN, YES = 0, 1, 2
LEAST, MOST = -(2**62), 2**62
EPOCH = datetime(1970, 1, 1)
ENDS = ("termination", "suspension")
MOVES = (*ENDS, "extension")


def covered(lo, hi, spans):
    """Is every moment of [lo, hi) in some span?"""
    while lo < hi:
        nearest = [end for start, end in spans if start <= lo < end]
        if not nearest:
            return False
        lo = max(nearest)
    return True


class Trigger:
    def __init__(self, terms):
        self.id, self.then, self.terms = terms["id"], terms.get("then"), terms
        self.at_most = "at_most" in terms
        self.limit = terms["at_most"] if self.at_most else terms["more_than"]
        self.per, self.sort = terms.get("per"), terms.get("class")
        self.lasting = terms.get("for") or terms.get("by")
        self.possible_days, self.certain_day = [], None  # on which it may have come about; by when at the latest
        self.fresh, self.most, self.most_possible = None, {}, {}
        self.since, self.possibly_since = {}, {}

    def ends(self):
        return self.then in ENDS


class MovedTime:
    """The day by day of one reading; `reading` tells the factors apart from time and force."""

    def __init__(self, reading, local_day, moments):
        self.r, self.local_day, self.moments = reading, local_day, moments
        self.triggers = [Trigger(t) for t in reading.triggers]
        self.moving = any(t.then in MOVES for t in self.triggers)
        self.end = self.certain_end = self.nominal = reading.declared_hi
        self.first = None
        self.doubted_by_others, self.breach_ends = set(), {}
        if not self.triggers or reading.lo == LEAST:
            return
        self.first = local_day(reading.lo, reading.zone)
        self.records = [x for x in reading.model.incidents if self.is_record(x)]
        self.truths = {id(x): self.apart(x) for x in self.records}
        self.seen = {}  # (trigger, party, day): (records counted possibly, records that may happen that day)
        self.run()

    # ---- records ----

    def is_record(self, x):
        known = x.actor or not x.stranger
        return known and not x.compliance and x.rest > 0 and self.apart(x) != NO and x.lo < self.furthest() and x.hi > self.r.lo

    def apart(self, x):
        r = self.r
        truth = min(r.act(x), r.actor(x), r.target(x), r.place(x)[0], YES - r.exemption(x))
        return min(truth, UNKNOWN) if x.contradicted or not x.actor else truth

    def of_class(self, t, x):
        if not t.sort:
            return YES
        c, among = self.r.classes[t.sort], self.r.among
        one = lambda value: value if isinstance(value, list) else [value]
        act = YES if "acts" not in c else UNKNOWN if x.act is None else among(x.act, one(c["acts"]))
        target = YES if "targets" not in c else UNKNOWN if x.asset is None else among({x.asset}, one(c["targets"]))
        return min(act, target)

    def laid_to(self, x, party):
        return x.actor == party or (not x.actor and (not x.involved or party in x.involved))

    # ---- moments ----

    def start_of(self, day):
        return self.moments(EPOCH + timedelta(days=day), self.r.zone)[0]

    def later(self, at, text):
        """Days of the calendar, then hours as they run."""
        number, unit = text.split()
        if unit.startswith("hour"):
            return at + int(number) * 3600
        place = ZoneInfo(self.r.zone) if self.r.zone else timezone.utc
        wall = datetime.fromtimestamp(at, place).replace(tzinfo=None)
        return self.moments(wall + timedelta(days=int(number)), self.r.zone)[0]

    def new_end(self, t):
        return self.later(self.r.declared_hi, t.lasting) if t.lasting else self.r.moment(t.terms["until"])

    def furthest(self):
        longer = [self.new_end(t) for t in self.triggers if t.then == "extension"]
        return max([self.r.declared_hi, *longer])

    def first_day_of(self, x):
        return max(self.first, self.local_day(x.lo, self.r.zone)) if x.lo > LEAST else self.first

    def last_day_of(self, x):
        return self.local_day(x.hi - 1, self.r.zone) if x.hi < MOST else math.inf

    # ---- what is out of force ----

    def effect(self, t, day):
        """[from, until) of what follows when it comes about on a day."""
        begins = self.start_of(day + 1)
        return begins, self.later(begins, t.lasting) if t.then == "suspension" and t.lasting else MOST

    def surely_out(self):
        for t in self.triggers:
            if t.ends() and t.certain_day is not None:
                begins = self.effect(t, t.certain_day)[0]
                ends = self.effect(t, min([*t.possible_days, t.certain_day]))[1]
                if begins < ends:
                    yield begins, ends

    def in_interval(self, x, lo=LEAST, hi=MOST):
        return max(x.lo, self.r.lo, lo), min(x.hi, self.end, hi)

    def without(self, t, day, x):
        """May it have come about on that day, whatever became of x?  A single occurrence does not free itself."""
        if x.total:
            return True
        for party in self.r.bound:
            counted, that_day = self.seen.get((t.id, party, day), ((), ()))
            if any(o is not x for o in that_day) and total(o for o in counted if o is not x) > t.limit:
                return True
        return False

    def may_be_out(self, x, apart=()):
        lo, hi = self.in_interval(x)
        if self.certain_end < self.end and hi > self.certain_end:
            return True
        for t in self.triggers:
            for day in t.possible_days if t.ends() and t not in apart else ():
                begins, ends = self.effect(t, day)
                if begins < hi and lo < ends and self.without(t, day, x):
                    return True
        return False

    def force(self, x, apart=()):
        lo, hi = self.in_interval(x)
        if lo >= hi or covered(lo, hi, list(self.surely_out())):
            return NO
        return UNKNOWN if self.may_be_out(x, apart) else YES

    # ---- day by day ----

    def may_happen(self, x, day):
        lo, hi = self.in_interval(x, LEAST if day == self.first else self.start_of(day), self.start_of(day + 1))
        return lo < hi and not covered(lo, hi, list(self.surely_out()))

    def in_time(self, x):
        return x.lo >= self.r.lo and x.hi <= self.end

    def is_breach(self, x, apart=()):
        return self.truths[id(x)] == YES and self.in_time(x) and id(x) not in self.doubted_by_others and self.force(x, apart) == YES

    def certain_for(self, t, day):
        """Records that are over by then."""
        apart = [o for o in self.triggers if o is t or o.then == "termination"] if t.ends() else []
        for x in self.over:
            if t.then == "extension" and x.hi > self.r.declared_hi:
                continue
            if (t.id, id(x)) not in self.sure:
                self.sure[t.id, id(x)] = self.of_class(t, x) == YES and self.is_breach(x, apart)
            if self.sure[t.id, id(x)]:
                yield x

    def span(self, t, day):
        """First and last day of the day or week that a day is in."""
        if t.per == "day":
            return day, day
        if t.per == "week":
            begins = day - (day - self.first) % 7
            return begins, begins + 6
        return self.first, math.inf

    def count_day(self, t, day):
        begins, ends = self.span(t, day)
        for party in self.r.bound:
            mine = [x for x in self.certain_for(t, day) if x.actor == party]
            whole = lambda x: t.per is None or (begins <= self.first_day_of(x) and self.last_day_of(x) <= ends)
            sure = total((x for x in mine if whole(x)), certainly=True)
            may = [x for x in self.records if self.laid_to(x, party) and self.of_class(t, x) != NO]
            for x in may:
                if self.first_day_of(x) <= day <= self.last_day_of(x) and self.may_happen(x, day):
                    self.days_of.setdefault((t.id, id(x)), set()).add(day)
            counted = [x for x in may if any(begins <= d <= ends for d in self.days_of.get((t.id, id(x)), ()))]
            that_day = [x for x in may if day in self.days_of.get((t.id, id(x)), ())]
            self.seen[t.id, party, day] = counted, that_day
            possible = total(counted)
            t.most[party] = max(t.most.get(party, 0), sure)
            t.most_possible[party] = max(t.most_possible.get(party, 0), possible)
            if t.at_most:
                continue
            if possible > t.limit and that_day and t.certain_day is None:
                t.fresh = day
            if possible > t.limit:
                t.possibly_since.setdefault(party, day)
            if sure > t.limit:
                t.since.setdefault(party, day)

    def settle(self, t, day):
        if t.fresh == day:
            t.possible_days.append(day)
        if t.certain_day is None and t.since:
            t.certain_day = day

    def free_others(self, until):
        """A breach by one that was over before frees the others, as far as it was one but for the force."""
        for x in self.over:
            if id(x) in self.freed or x.hi > until:
                continue
            self.freed.add(id(x))
            if self.r.reciprocal and any(end <= x.lo for p, end in self.breach_ends.items() if p != x.actor) and x.actor:
                self.doubted_by_others.add(id(x))
            elif self.truths[id(x)] == YES and self.in_time(x) and self.force(x) != NO:
                self.breach_ends[x.actor] = min(self.breach_ends.get(x.actor, MOST), x.hi)

    def run(self):
        self.over, self.freed, self.sure, self.days_of = [], set(), {}, {}
        declared = self.r.declared_hi
        end_day = self.local_day(declared - 1, self.r.zone) if declared < MOST else None
        furthest = self.furthest()
        last = max([self.first, *(self.first_day_of(x) for x in self.records)])
        if furthest < MOST:
            last = min(last, self.local_day(furthest - 1, self.r.zone))
        longer = [t for t in self.triggers if t.then == "extension"]
        decided = False
        for day in range(self.first, last + 1):
            ready = [x for x in self.records if min(self.last_day_of(x), last) == day]
            self.over += sorted(ready, key=lambda x: x.hi)
            self.free_others(declared)
            for t in longer if not decided else ():
                self.count_day(t, day)
                self.settle(t, day)
            if day == end_day:
                self.decide(longer)
                decided = True
            self.free_others(MOST)
            for t in self.triggers:
                if t.then != "extension":
                    self.count_day(t, day)
            for t in self.triggers:
                if t.then != "extension":
                    self.settle(t, day)
        if not decided:
            self.decide(longer)
        self.nominal = self.certain_end
        for t in self.triggers:
            if t.ends() and t.certain_day is not None and self.effect(t, t.certain_day)[1] == MOST:
                self.nominal = min(self.nominal, self.effect(t, t.certain_day)[0])

    # ---- extensions ----

    def holds(self, t):
        bound = self.r.bound
        if not self.r.has_ended():
            return NO
        passed = any(t.most.get(p, 0) > t.limit for p in bound)
        may = any(t.most_possible.get(p, 0) > t.limit for p in bound)
        if t.at_most:
            return NO if passed else UNKNOWN if may else YES
        return YES if passed else UNKNOWN if may else NO

    def decide(self, longer):
        for t in longer:
            t.truth = self.holds(t)
            if t.truth == YES:
                self.certain_end = max(self.certain_end, self.new_end(t))
            if t.truth != NO:
                self.end = max(self.end, self.new_end(t))

    # ---- what is told ----

    def told(self):
        """{trigger: (certainly, possibly_from, from, until)} of what moved, or may have."""
        found = {}
        for t in self.triggers:
            if t.then == "extension" and getattr(t, "truth", NO) != NO and self.new_end(t) > self.r.declared_hi:
                at = self.r.declared_hi
                found[t.id] = t.truth == YES, at, at if t.truth == YES else LEAST, self.new_end(t)
            if t.ends() and t.possible_days:
                sure = t.certain_day is not None
                begins = self.effect(t, t.certain_day)[0] if sure else LEAST
                days = t.possible_days + ([t.certain_day] if sure else [])
                found[t.id] = sure, self.effect(t, min(days))[0], begins, self.effect(t, max(days))[1]
        return found

    def doubted_from(self):
        """The moments from which on it is in doubt whether it is in force."""
        if self.certain_end < self.end:
            yield self.certain_end
        for t in self.triggers:
            if t.ends() and t.possible_days and (t.certain_day is None or min(t.possible_days) < t.certain_day):
                yield self.effect(t, min(t.possible_days))[0]

    def effects(self):
        return [self.effect(t, min(t.possible_days))[0] for t in self.triggers if t.ends() and t.possible_days]

    def declared(self, t, party):
        """(certainly, possibly, most, most_possible, since, possibly_since) of one party."""
        if self.first is None or party not in self.r.bound:
            return False, False, 0, 0, None, None
        most, may = t.most.get(party, 0), t.most_possible.get(party, 0)
        if t.at_most:
            over = self.r.has_ended()
            return over and may <= t.limit, over and most <= t.limit, most, may, None, None
        return most > t.limit, may > t.limit, most, may, t.since.get(party), t.possibly_since.get(party)


def total(records, certainly=False):
    return sum(math.inf if x.at_least and not certainly else x.rest for x in records)

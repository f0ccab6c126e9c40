/* Triggers as they were declared: how many breaches of a class in a day, in a week, in all. */
#include <string.h>

#include "monitor/ledger.h"

typedef struct pulling {
    dt__ledger *l;
    const dt__obligation *o;
    const dt_reading_record *reading;
    uint32_t party;
    size_t days;
    double *certain, *possible; /* per day, of the class at hand */
} pulling;

/* Does a finding belong to a class?  Any class: yes. */
static dt__truth is_of_class(const pulling *p, const dt_finding *f, uint32_t sort) {
    const dt__occurrence *x = dt__occurrence_at(p->l, f->incident);
    const dt__breach_class *c;
    dt__truth act = DT__YES, target = DT__YES;

    if (sort == DT__NO_INDEX) return DT__YES;
    c = &p->o->terms->classes[sort];
    if (c->act_count > 0)
        act = x->act == DT__NOBODY ? DT__UNKNOWN
                                   : dt__act_among(*DT__AT(p->l->acts, const char *, x->act), c->acts, c->act_count);
    if (c->target_count > 0)
        target = x->asset == DT__NOBODY
                     ? DT__UNKNOWN
                     : dt__act_among(*DT__AT(p->l->assets, const char *, x->asset), c->targets, c->target_count);
    return act < target ? act : target;
}

static void count_days(pulling *p, uint32_t sort) {
    memset(p->certain, 0, p->days * sizeof *p->certain);
    memset(p->possible, 0, p->days * sizeof *p->possible);
    for (size_t i = 0; i < p->reading->finding_count; i++) {
        const dt_finding *f = &p->reading->findings[i];
        int64_t day = dt__finding_day(p->l, p->o, p->reading, f);
        dt__truth member;
        if (day >= (int64_t)p->days || !dt__is_possible(f) || !dt__is_laid_to(p->l, f, p->party)) continue;
        member = is_of_class(p, f, sort);
        if (member == DT__YES && dt__is_certain(f)) p->certain[day] += f->count;
        if (member != DT__NO) p->possible[day] += f->count;
    }
}

/* The most in one span, and the first day on which it is more than the limit; weeks count from the first day. */
typedef struct passed {
    double most;
    int64_t day; /* of the window; -1: never */
} passed;

static passed most_in(const double *days, size_t count, size_t span, double limit) {
    passed result = {.day = -1};
    double sum = 0;

    for (size_t i = 0; i < count; i++) {
        if (span > 0 && i % span == 0) sum = 0;
        sum += days[i];
        result.most = fmax(result.most, sum);
        if (sum > limit && result.day < 0) result.day = (int64_t)i;
    }
    return result;
}

static int64_t moment_of_day(const pulling *p, int64_t day) {
    return day < 0 ? INT64_MIN : p->reading->window_from + day * DT__DAY;
}

static dt_triggered pull(pulling *p, uint32_t number) {
    static const size_t spans[] = {[DT__IN_ALL] = 0, [DT__IN_A_DAY] = 1, [DT__IN_A_WEEK] = 7};
    const dt__trigger *t = &p->o->terms->triggers[number];
    dt_triggered result = {.trigger = number, .since = INT64_MIN, .possibly_since = INT64_MIN};
    passed certain, possible;

    count_days(p, t->sort);
    certain = most_in(p->certain, p->days, spans[t->per], t->limit);
    possible = most_in(p->possible, p->days, spans[t->per], t->limit);
    result.most = certain.most;
    result.most_possible = possible.most;
    if (t->at_most) { /* looked at when the window has reached the end */
        bool over = p->o->when.hi != DT__MOMENT_NEVER &&
                    p->reading->window_until / DT__DAY > dt__local_day(p->o->zone, p->o->when.hi - 1);
        result.certainly = over && possible.day < 0;
        result.possibly = over && certain.day < 0;
        return result;
    }
    result.certainly = certain.day >= 0;
    result.possibly = possible.day >= 0;
    result.since = moment_of_day(p, certain.day);
    result.possibly_since = moment_of_day(p, possible.day);
    return result;
}

dt_status dt__pull_triggers(dt__ledger *l, const dt__obligation *o, const dt_reading_record *reading,
                            dt_party_record *party) {
    size_t count = o->terms->trigger_count;
    pulling p = {.l = l, .o = o, .reading = reading, .party = party->party};
    dt_triggered *list = DT__BUILDER_ARRAY(l->b, dt_triggered, count);

    p.days = (size_t)((reading->window_until - reading->window_from) / DT__DAY);
    p.certain = DT__ARENA_ARRAY(&l->scratch, double, p.days);
    p.possible = DT__ARENA_ARRAY(&l->scratch, double, p.days);
    if (list == NULL || p.certain == NULL || p.possible == NULL) return DT_ERR_MEMORY;
    for (uint32_t i = 0; i < count; i++) {
        if (party->bound) list[i] = pull(&p, i);
        else list[i] = (dt_triggered){.trigger = i, .since = INT64_MIN, .possibly_since = INT64_MIN};
    }
    party->triggered = list;
    party->triggered_count = count;
    return DT_OK;
}

/* What one source tells of one party under one reading, day by day.  Counts of different sources are not comparable,
 * so none are added up: each has a series of its own, made of its own claims. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "monitor/ledger.h"

/* A night is a point, filed under its first day; within six days is precise.  Half a day more for the clocks. */
enum { POINT = DT__DAY + DT__DAY / 2, PRECISE = 6 * DT__DAY + DT__DAY / 2 };

/* ---- sources that are followed ---- */

static bool is_told_by_day(const dt__claim_in *c) {
    return !c->retracted && !c->total && c->occurrence != DT__NOBODY && c->kind != DT__RECORD_COMPLIANCE &&
           c->filed != DT__MOMENT_ALWAYS;
}

typedef struct told_source {
    uint64_t records;
    const char *name;
    uint32_t source;
} told_source;

static int by_records(const void *a, const void *b) {
    const told_source *x = a, *y = b;

    if (x->records != y->records) return x->records > y->records ? -1 : 1;
    return strcmp(x->name, y->name);
}

/* A source that says itself when it watched was at work then, too, though it told of nothing. */
static void extend_spans(dt__ledger *l) {
    for (size_t i = 0; i < l->watch_lines.count; i++) {
        const dt__watch_line *x = DT__AT(l->watch_lines, dt__watch_line, i);
        dt__told_source *s = DT__AT(l->sources, dt__told_source, x->source);
        if (s->told_by_day == 0 || x->state == DT__WATCH_BLIND) continue;
        if (x->when.lo < s->works_from && x->when.lo > s->works_from - DT__LONG_WAIT) s->works_from = x->when.lo;
        if (x->when.hi - 1 > s->works_until && x->when.hi < s->works_until + DT__LONG_WAIT)
            s->works_until = x->when.hi - 1;
    }
}

/* A source is taken to be at work from the first to the last moment that its files tell of. */
static dt_status find_spans(dt__ledger *l) {
    size_t files = l->lists.count;
    dt__moment *first = DT__ARENA_ARRAY(&l->scratch, dt__moment, files + 1);
    dt__moment *last = DT__ARENA_ARRAY(&l->scratch, dt__moment, files + 1);

    if (first == NULL || last == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < files; i++) {
        first[i] = DT__MOMENT_NEVER;
        last[i] = DT__MOMENT_ALWAYS;
    }
    for (size_t i = 0; i < l->claims.count; i++) {
        const dt__claim_in *c = dt__claim_at(l, i);
        if (!is_told_by_day(c)) continue;
        if (c->filed < first[c->list]) first[c->list] = c->filed;
        if (c->filed > last[c->list]) last[c->list] = c->filed;
    }
    for (size_t i = 0; i < l->claims.count; i++) {
        const dt__claim_in *c = dt__claim_at(l, i);
        dt__told_source *s = DT__AT(l->sources, dt__told_source, c->source);
        if (!is_told_by_day(c)) continue;
        s->told_by_day++;
        if (first[c->list] < s->works_from) s->works_from = first[c->list];
        if (last[c->list] > s->works_until) s->works_until = last[c->list];
    }
    extend_spans(l);
    return DT_OK;
}

static dt_status make_series(dt__ledger *l, dt__daily *d, uint32_t source) {
    const dt__told_source *s = DT__AT(l->sources, dt__told_source, source);

    d->source = source;
    d->room = (size_t)((s->works_until - s->works_from) / DT__DAY) + 3; /* days on any clocks */
    d->counts = DT__ARENA_ARRAY(&l->scratch, double, d->room);
    d->incidents = DT__ARENA_ARRAY(&l->scratch, double, d->room);
    d->precise = DT__ARENA_ARRAY(&l->scratch, double, d->room);
    d->shared = DT__ARENA_ARRAY(&l->scratch, double, d->room);
    d->control = DT__ARENA_ARRAY(&l->scratch, double, d->room);
    d->watched = DT__ARENA_ARRAY(&l->scratch, double, d->room);
    if (d->counts == NULL || d->incidents == NULL || d->precise == NULL) return DT_ERR_MEMORY;
    return d->shared == NULL || d->control == NULL || d->watched == NULL ? DT_ERR_MEMORY : DT_OK;
}

dt_status dt__daily_prepare(dt__ledger *l) {
    size_t count = l->sources.count;
    told_source *list = DT__ARENA_ARRAY(&l->scratch, told_source, count);
    dt_status st = find_spans(l);

    l->daily_of = DT__ARENA_ARRAY(&l->scratch, uint32_t, count);
    if (list == NULL || l->daily_of == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < count; i++) {
        const dt__told_source *s = DT__AT(l->sources, dt__told_source, i);
        list[i] = (told_source){s->told_by_day, s->name, (uint32_t)i};
        l->daily_of[i] = DT__NOBODY;
    }
    if (count > 1) qsort(list, count, sizeof *list, by_records);
    l->daily = DT__ARENA_ARRAY(&l->scratch, dt__daily, DT__FOLLOWED);
    if (l->daily == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; st == DT_OK && i < count && i < DT__FOLLOWED && list[i].records > 0; i++) {
        l->daily_of[list[i].source] = (uint32_t)l->daily_count;
        st = make_series(l, &l->daily[l->daily_count++], list[i].source);
    }
    return st;
}

/* ---- one party under one reading ---- */

static void clear_series(const dt__ledger *l, const dt__obligation *o, dt__daily *d) {
    const dt__told_source *s = DT__AT(l->sources, dt__told_source, d->source);

    d->first = dt__local_day(o->zone, s->works_from);
    d->days = (size_t)(dt__local_day(o->zone, s->works_until) - d->first) + 1;
    if (d->days > d->room) d->days = d->room;
    d->told = 0;
    d->imprecise = false;
    memset(d->counts, 0, d->days * sizeof *d->counts);
    memset(d->incidents, 0, d->days * sizeof *d->incidents);
    memset(d->precise, 0, d->days * sizeof *d->precise);
    memset(d->shared, 0, d->days * sizeof *d->shared);
    memset(d->control, 0, d->days * sizeof *d->control);
    for (size_t i = 0; i < d->days; i++) d->watched[i] = 1;
    dt__watched_days(l, o, d->source, d->first, d->days, d->watched);
}

/* In equal shares on the days that it may have been on, as far as the series reaches. */
static void share_out(const dt__obligation *o, dt__daily *d, const dt__occurrence *x, double amount) {
    int64_t first = dt__local_day(o->zone, x->when.lo), last = dt__local_day(o->zone, x->when.hi - 1);
    double share = amount / (double)(last - first + 1);

    for (int64_t day = first > d->first ? first : d->first; day <= last && day < d->first + (int64_t)d->days; day++)
        d->shared[day - d->first] += share;
}

static void add_claim(const dt__ledger *l, const dt__obligation *o, dt__daily *d, const dt__occurrence *x) {
    int64_t day = dt__local_day(o->zone, x->filed) - d->first;
    double amount = l->opts->unit == DT_UNIT_INCIDENTS ? 1 : x->amount;
    bool dated = x->when.lo != DT__MOMENT_ALWAYS && x->when.hi != DT__MOMENT_NEVER;

    if (day < 0 || day >= (int64_t)d->days) return;
    d->told++;
    d->counts[day] += amount;
    d->incidents[day] += 1;
    if (dated && x->when.hi - x->when.lo <= PRECISE) d->precise[day] += amount;
    if (dated && x->when.hi - x->when.lo <= POINT) {
        d->shared[day] += amount;
        return;
    }
    d->imprecise = true;
    if (dated) share_out(o, d, x, amount);
}

/* Only what is certainly this party's, and what the reading certainly leaves free. */
static void add_control(const dt__ledger *l, const dt__obligation *o, dt__daily *d, const dt__occurrence *x) {
    int64_t day = dt__local_day(o->zone, x->filed) - d->first;

    if (x->actor == DT__NOBODY || x->act == DT__NOBODY || o->control[x->act] != DT__YES) return;
    if (day < 0 || day >= (int64_t)d->days) return;
    d->control[day] += l->opts->unit == DT_UNIT_INCIDENTS ? 1 : x->amount;
}

/* A claim that was joined with those of others is judged by what it says itself. */
static dt__occurrence told_in(const dt__ledger *l, const dt__claim_in *c, size_t index) {
    const dt__occurrence *x = dt__occurrence_at(l, c->occurrence);
    return x->claims == 1 ? *x : dt__occurrence_of_claim(c, index);
}

static bool may_be_of(const dt__claim_in *c, uint32_t party) {
    if (c->actor != DT__NOBODY || c->outsider) return c->actor == party;
    return c->involved == 0 || (c->involved >> party & 1) != 0;
}

dt_status dt__daily_of(dt__ledger *l, const dt__obligation *o, uint32_t party) {
    for (size_t i = 0; i < l->daily_count; i++) clear_series(l, o, &l->daily[i]);
    for (size_t i = 0; i < l->claims.count; i++) {
        const dt__claim_in *c = dt__claim_at(l, i);
        dt__occurrence x;
        dt__reach reach;
        dt__daily *d;
        if ((i & 4095) == 0) {
            dt_status st = dt__poll(l->env);
            if (st != DT_OK) return st;
        }
        if (!is_told_by_day(c) || l->daily_of[c->source] == DT__NOBODY || !may_be_of(c, party)) continue;
        x = told_in(l, c, i);
        d = &l->daily[l->daily_of[c->source]];
        reach = dt__reach_whenever(l, o, &x);
        if (reach == DT__REACH_POSSIBLE) add_claim(l, o, d, &x);
        else if (reach == DT__REACH_NOT) add_control(l, o, d, &x);
    }
    return DT_OK;
}

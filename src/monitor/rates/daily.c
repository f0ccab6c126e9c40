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

/* The date on the clocks of the files, as the midnight in UTC. */
static dt__moment date_of(const dt__ledger *l, dt__moment moment) {
    return dt__local_day(l->file_zone, moment) * DT__DAY;
}

/* A source that says itself when it watched was at work then, too, though it told of nothing. */
static void extend_spans(dt__ledger *l) {
    for (size_t i = 0; i < l->watch_lines.count; i++) {
        const dt__watch_line *x = DT__AT(l->watch_lines, dt__watch_line, i);
        dt__told_source *s = DT__AT(l->sources, dt__told_source, x->source);
        if (s->told_by_day == 0 || x->state == DT__WATCH_BLIND) continue;
        if (x->when.lo < s->works_from && x->when.lo > s->works_from - DT__LONG_WAIT)
            s->works_from = date_of(l, x->when.lo);
        if (x->when.hi - 1 > s->works_until && x->when.hi < s->works_until + DT__LONG_WAIT)
            s->works_until = date_of(l, x->when.hi - 1);
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

/* ---- their claims, by the party that they are laid to ---- */

struct dt__told_line {
    double amount;
    uint32_t claim;
    uint32_t occurrence; /* DT__NOBODY: joined with other claims, so that it is judged by what it says itself */
    uint32_t act;
    int32_t day; /* that the source files it under */
    uint16_t series;
};

static bool is_followed(const dt__ledger *l, const dt__claim_in *c) {
    return is_told_by_day(c) && l->daily_of[c->source] != DT__NOBODY && !c->outsider;
}

/* One group for each party, and one more for claims whose actor is not known. */
static size_t group_of(const dt__ledger *l, const dt__claim_in *c) {
    return c->actor == DT__NOBODY ? l->model->party_count : c->actor;
}

static dt_status group_lines(dt__ledger *l) {
    size_t groups = l->model->party_count + 1, total = 0;
    size_t *next = DT__ARENA_ARRAY(&l->scratch, size_t, groups + 1);

    l->line_starts = DT__ARENA_ARRAY(&l->scratch, size_t, groups + 1);
    if (next == NULL || l->line_starts == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < l->claims.count; i++)
        if (is_followed(l, dt__claim_at(l, i))) next[group_of(l, dt__claim_at(l, i))]++;
    for (size_t g = 0; g <= groups; g++) {
        size_t count = next[g];
        l->line_starts[g] = next[g] = total;
        total += count;
    }
    if ((l->lines = DT__ARENA_ARRAY(&l->scratch, struct dt__told_line, total)) == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < l->claims.count; i++) {
        const dt__claim_in *c = dt__claim_at(l, i);
        if (!is_followed(l, c)) continue;
        l->lines[next[group_of(l, c)]++] = (struct dt__told_line){
            .amount = l->opts->unit == DT_UNIT_INCIDENTS ? 1 : dt__amount_of_claim(c),
            .claim = (uint32_t)i,
            .day = (int32_t)dt__local_day(NULL, c->filed),
            .occurrence = dt__occurrence_at(l, c->occurrence)->claims == 1 ? c->occurrence : DT__NOBODY,
            .series = (uint16_t)l->daily_of[c->source],
            .act = c->act};
    }
    return DT_OK;
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
    return st == DT_OK ? group_lines(l) : st;
}

/* ---- one party under one reading ---- */

static void clear_series(const dt__ledger *l, const dt__obligation *o, dt__daily *d) {
    const dt__told_source *s = DT__AT(l->sources, dt__told_source, d->source);

    d->first = dt__local_day(NULL, s->works_from);
    d->days = (size_t)(dt__local_day(NULL, s->works_until) - d->first) + 1;
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

static void add_line(const dt__obligation *o, dt__daily *d, const struct dt__told_line *line, const dt__occurrence *x) {
    int64_t day = line->day - d->first;
    bool dated = x->when.lo != DT__MOMENT_ALWAYS && x->when.hi != DT__MOMENT_NEVER;

    if (day < 0 || day >= (int64_t)d->days) return;
    d->told++;
    d->counts[day] += line->amount;
    d->incidents[day] += 1;
    if (dated && x->when.hi - x->when.lo <= PRECISE) d->precise[day] += line->amount;
    if (dated && x->when.hi - x->when.lo <= POINT) {
        d->shared[day] += line->amount;
        return;
    }
    d->imprecise = true;
    if (dated) share_out(o, d, x, line->amount);
}

/* Only what is certainly this party's, and what the reading certainly leaves free. */
static void add_control(const dt__obligation *o, dt__daily *d, const struct dt__told_line *line) {
    int64_t day = line->day - d->first;

    if (line->act == DT__NOBODY || o->control[line->act] != DT__YES) return;
    if (day >= 0 && day < (int64_t)d->days) d->control[day] += line->amount;
}

static const dt__occurrence *told_in(const dt__ledger *l, const struct dt__told_line *line, dt__occurrence *own) {
    if (line->occurrence != DT__NOBODY) return dt__occurrence_at(l, line->occurrence);
    *own = dt__occurrence_of_claim(dt__claim_at(l, line->claim), line->claim);
    return own;
}

static void sort_line(dt__ledger *l, const dt__obligation *o, const struct dt__told_line *line, bool known_actor) {
    dt__daily *d = &l->daily[line->series];
    const dt__occurrence *x;
    dt__reach reach = DT__REACH_NOT;
    dt__occurrence own;

    if (line->act == DT__NOBODY || o->act[line->act] != DT__NO) { /* else its act alone tells, mostly */
        x = told_in(l, line, &own);
        if ((reach = dt__reach_whenever(l, o, x)) == DT__REACH_POSSIBLE) add_line(o, d, line, x);
    } else if (o->terms->exemption_count > 0 && o->exempt[line->act] != DT__NO) return;
    if (reach == DT__REACH_NOT && known_actor) add_control(o, d, line);
}

static dt_status sort_group(dt__ledger *l, const dt__obligation *o, size_t group, uint32_t party) {
    bool known_actor = group == party;

    for (size_t i = l->line_starts[group]; i < l->line_starts[group + 1]; i++) {
        const struct dt__told_line *line = &l->lines[i];
        if ((i & 4095) == 0) {
            dt_status st = dt__poll(l->env);
            if (st != DT_OK) return st;
        }
        if (known_actor || dt__may_concern_party(dt__claim_at(l, line->claim)->involved, party))
            sort_line(l, o, line, known_actor);
    }
    return DT_OK;
}

dt_status dt__daily_of(dt__ledger *l, const dt__obligation *o, uint32_t party) {
    dt_status st;

    for (size_t i = 0; i < l->daily_count; i++) clear_series(l, o, &l->daily[i]);
    st = sort_group(l, o, party, party);
    return st == DT_OK ? sort_group(l, o, l->model->party_count, party) : st;
}

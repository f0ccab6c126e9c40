/* Picture: an agreement over time.  For each clause and reading when it is in force, and day by day what became of the
 * incidents that it concerns. */
#include <string.h>

#include "base/catalog.h"
#include "page/page_sections.h"

enum { DAY = 86400, MOST_DAYS = 400 };

static const dt__column columns[] = {{DT__N("Clause"), DT__LEFT},     {DT__N("Reading"), DT__LEFT},
                                     {DT__N("From"), DT__LEFT},       {DT__N("Verdict"), DT__LEFT},
                                     {DT__N("Incidents"), DT__RIGHT}, {DT__N("Counted"), DT__RIGHT}};

/* What fell into the days of a lane. */
typedef struct told_days {
    int64_t from;
    size_t days, width;                 /* of a period, in days */
    double (*counts)[DT_VERDICT_COUNT]; /* per period, and one more for those without a day */
    size_t (*incidents)[DT_VERDICT_COUNT];
    bool (*at_least)[DT_VERDICT_COUNT];
} told_days;

static size_t period_count(const told_days *t) {
    return (t->days + t->width - 1) / t->width;
}

static bool make_room(dt_document *d, told_days *t) {
    size_t count = period_count(t) + 1;

    t->counts = dt__arena_alloc(&d->arena, count, sizeof *t->counts);
    t->incidents = dt__arena_alloc(&d->arena, count, sizeof *t->incidents);
    t->at_least = dt__arena_alloc(&d->arena, count, sizeof *t->at_least);
    if (t->counts != NULL && t->incidents != NULL && t->at_least != NULL) return true;
    d->failed = true;
    return false;
}

static int64_t day_of(int64_t moment) {
    return (moment >= 0 ? moment / DAY : -((-moment + DAY - 1) / DAY)) * DAY;
}

/* What began before stands on the first day. */
static void tell(told_days *t, const dt_finding *f, const dt_incident *x) {
    int64_t day = f->day < t->from ? 0 : (f->day - t->from) / DAY;
    size_t period = f->day == INT64_MIN ? period_count(t) : (size_t)day / t->width;

    t->counts[period][f->verdict] += f->count;
    t->incidents[period][f->verdict]++;
    t->at_least[period][f->verdict] |= x->at_least;
}

/* The days in force; where an end is open, up to the first or last day that is told of. */
static told_days days_of(const dt_reading_record *r) {
    int64_t from = r->from == INT64_MIN ? r->window_from : day_of(r->from + r->offset_from);
    int64_t until = r->until == INT64_MAX ? r->window_until : day_of(r->until + r->offset_until - 1) + DAY;
    told_days t = {.width = 1};

    for (size_t i = 0; i < r->finding_count; i++) {
        int64_t day = r->findings[i].day;
        if (day == INT64_MIN) continue;
        if (r->from == INT64_MIN && day < from) from = day;
        if (day >= until) until = day + DAY;
    }
    if (until <= from) until = from + DAY;
    t.from = from;
    t.days = (size_t)((until - from) / DAY);
    t.width = t.days > 7 * (size_t)MOST_DAYS ? 28 : t.days > MOST_DAYS ? 7 : 1;
    return t;
}

static void add_period(dt_document *d, dt__block *table, const told_days *t, const char *clause, const char *reading,
                       size_t lane, size_t period) {
    bool dated = period < period_count(t);
    int64_t from = t->from + (int64_t)(period * t->width) * DAY;

    for (unsigned v = 0; v < DT_VERDICT_COUNT; v++) {
        const char *count;
        dt__value *row;
        if (t->incidents[period][v] == 0) continue;
        count = dt__monitor_count(d, t->counts[period][v], t->at_least[period][v]);
        dt__table_row(d, table);
        dt__table_cell(d, table, clause, DT__PLAIN);
        dt__table_cell(d, table, reading, DT__PLAIN);
        dt__table_cell(d, table, dated ? dt__monitor_when(d, from, true) : dt__word(d, "day not known"), DT__PLAIN);
        dt__table_cell(d, table, dt__monitor_verdict(d, (dt_verdict)v), DT__PLAIN);
        dt__table_cell(d, table, dt__say_size(d, t->incidents[period][v]), DT__PLAIN);
        dt__table_cell(d, table, count, DT__PLAIN);
        if (!dated) continue;
        row = dt__mark(d, "rows");
        dt__put(d, row, "lane", dt__value_unsigned(d, lane));
        dt__put(d, row, "day", dt__value_string(d, dt__monitor_moment(d, from, true)));
        dt__put(d, row, "verdict", dt__value_string(d, dt__monitor_verdict_key((dt_verdict)v)));
        dt__put(d, row, "count", dt__value_double(d, t->counts[period][v]));
        dt__put(d, row, "text", dt__value_string(d, count));
    }
}

/* On the reading's own clocks; open ends are null. */
static void put_end(dt_document *d, dt__value *lane, const char *key, int64_t moment, int32_t offset, bool day_only) {
    bool open = moment == INT64_MIN || moment == INT64_MAX;
    const char *text = open ? NULL : dt__monitor_moment(d, moment + offset, day_only);

    dt__put(d, lane, key, dt__value_string(d, text));
}

static void add_reading(dt_document *d, dt__block *table, const dt_answers *a, const dt_clause_record *clause,
                        size_t index, size_t number) {
    const dt_reading_record *r = &clause->readings[index];
    const dt__clause *terms = dt__monitor_clause(a->monitor, clause);
    const char *name = dt__label_name(d, &terms->name, terms->id),
               *reading = dt__monitor_reading_name(d, a->monitor, clause, index);
    told_days t = days_of(r);
    dt__value *lane = dt__mark(d, "lanes");

    dt__put(d, lane, "clause", dt__value_string(d, name));
    dt__put(d, lane, "reading", dt__value_string(d, reading));
    put_end(d, lane, "from", r->from, r->offset_from, a->monitor_view.redact);
    put_end(d, lane, "until", r->until, r->offset_until, a->monitor_view.redact);
    dt__put(d, lane, "shown_from", dt__value_string(d, dt__monitor_moment(d, t.from, true)));
    dt__put(d, lane, "shown_until", dt__value_string(d, dt__monitor_moment(d, t.from + (int64_t)t.days * DAY, true)));
    dt__put(d, lane, "width", dt__value_unsigned(d, t.width));
    if (!make_room(d, &t)) return;
    for (size_t i = 0; i < r->finding_count; i++)
        tell(&t, &r->findings[i], &a->monitor->incidents[r->findings[i].incident]);
    for (size_t i = 0; i <= period_count(&t); i++) add_period(d, table, &t, name, reading, number, i);
}

bool dt__picture_timeline(dt_document *d, const dt_answers *a, size_t index) {
    const dt_monitor_answer *m = a->monitor;
    dt__block *table;
    uint32_t agreement;
    size_t number = 0;

    if (m == NULL || index >= dt__monitor_agreements(m)) return false;
    agreement = dt__monitor_agreement(m, index);
    dt__heading(d, 1, dt__say(d, "{0}, day by day", dt__monitor_agreement_name(d, m, agreement), NULL));
    dt__paragraph(
        d, dt__word(d, "The bar shows when a reading is in force, on the clocks that it names. Below it, for "
                       "each day, what is told and what became of it under that reading: the larger the "
                       "mark, the more is counted. A total over several days stands on its first, and what began "
                       "before on the first in force. Long times are drawn week by week or month by month."));
    dt__put(d, d->answer, "verdicts", dt__monitor_verdict_marks(d));
    table = DT__TABLE_OF(d, columns);
    for (size_t c = 0; c < m->clause_count; c++)
        for (size_t r = 0; m->clauses[c].agreement == agreement && r < m->clauses[c].reading_count; r++)
            add_reading(d, table, a, &m->clauses[c], r, number++);
    return number > 0;
}

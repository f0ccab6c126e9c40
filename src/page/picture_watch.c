/* Picture: who was watching.  Each source with the days on which it has records, the time in force behind them. */
#include <math.h>

#include "base/catalog.h"
#include "page/page_sections.h"

enum { DAY = 86400, SOURCES = 24, GAPS = 200 };

static const dt__column columns[] = {{DT__N("Source"), DT__LEFT},
                                     {DT__N("Family"), DT__LEFT},
                                     {DT__N("Records"), DT__RIGHT},
                                     {DT__N("Days with records"), DT__RIGHT},
                                     {DT__N("Of them in the time shown"), DT__RIGHT},
                                     {DT__N("Claims without a counterpart"), DT__RIGHT},
                                     {DT__N("Hours watching"), DT__RIGHT},
                                     {DT__N("Hours with poor sight"), DT__RIGHT},
                                     {DT__N("Hours blind"), DT__RIGHT},
                                     {DT__N("Reasons"), DT__LEFT}};

typedef struct span {
    int64_t from, until; /* whole days; until: one past */
} span;

static bool is_bounded(const dt_reading_record *r) {
    return r->window_from < r->window_until;
}

/* All windows and the days that they are compared with; none: what the sources cover. */
static span shown_span(const dt_monitor_answer *m) {
    span s = {INT64_MAX, INT64_MIN};

    for (size_t c = 0; c < m->clause_count; c++)
        for (size_t i = 0; i < m->clauses[c].reading_count; i++) {
            const dt_reading_record *r = &m->clauses[c].readings[i];
            int64_t from = r->window_from - (int64_t)m->baseline * DAY;
            if (!is_bounded(r)) continue;
            if (from < s.from) s.from = from;
            if (r->window_until > s.until) s.until = r->window_until;
        }
    for (size_t i = 0; s.from == INT64_MAX && i < m->source_count; i++) {
        if (m->sources[i].days == 0) continue;
        s = (span){m->sources[i].told_days[0], m->sources[i].told_days[m->sources[i].days - 1] + DAY};
    }
    return s;
}

static void add_windows(dt_document *d, const dt_monitor_answer *m) {
    dt__value *list = dt__put(d, d->answer, "windows", dt__value_array(d));

    for (size_t c = 0; c < m->clause_count; c++)
        for (size_t i = 0; i < m->clauses[c].reading_count; i++) {
            const dt_reading_record *r = &m->clauses[c].readings[i];
            dt__value *window;
            if (!is_bounded(r)) continue;
            window = dt__append(list, dt__value_object(d));
            dt__put(d, window, "name", dt__value_string(d, dt__monitor_agreement_name(d, m, m->clauses[c].agreement)));
            dt__put(d, window, "from", dt__value_string(d, dt__monitor_moment(d, r->window_from, true)));
            dt__put(d, window, "until", dt__value_string(d, dt__monitor_moment(d, r->window_until, true)));
        }
}

static void add_mark(dt_document *d, size_t source, const char *kind, int64_t from, int64_t until, const char *text) {
    dt__value *row = dt__mark(d, "rows");

    dt__put(d, row, "lane", dt__value_unsigned(d, source));
    dt__put(d, row, "kind", dt__value_string(d, kind));
    dt__put(d, row, "from", dt__value_string(d, dt__monitor_moment(d, from, true)));
    dt__put(d, row, "until", dt__value_string(d, dt__monitor_moment(d, until, true)));
    dt__put(d, row, "text", dt__value_string(d, text));
}

/* Days in a row are one mark. */
static size_t add_told(dt_document *d, const dt_source_record *s, size_t source, span shown) {
    size_t first = 0, end = s->days, days;

    while (first < end && s->told_days[first] < shown.from) first++;
    while (end > first && s->told_days[end - 1] >= shown.until) end--;
    days = end - first;
    for (size_t i = first, next; i < end; i = next) {
        for (next = i + 1; next < end && s->told_days[next] == s->told_days[next - 1] + DAY;) next++;
        add_mark(d, source, "told", s->told_days[i], s->told_days[next - 1] + DAY, "");
    }
    return days;
}

static size_t add_gaps(dt_document *d, const dt_monitor_answer *m, size_t source, size_t number, span shown) {
    size_t count = 0;

    for (size_t i = 0; i < m->gap_count; i++) {
        const dt_coverage_gap *g = &m->gaps[i];
        if (g->source != source) continue;
        if (g->day < shown.from || g->day >= shown.until || count++ >= GAPS) continue;
        add_mark(d, number, "gap", g->day, g->day + DAY, dt__monitor_act(d, m->model, g->act));
    }
    return count;
}

static void add_source(dt_document *d, dt__block *table, const dt_monitor_answer *m, size_t source, size_t number,
                       span shown) {
    const dt_source_record *s = &m->sources[source];
    dt__value *lane = dt__mark(d, "lanes");
    size_t days = add_told(d, s, number, shown), gaps = add_gaps(d, m, source, number, shown);

    dt__put(d, lane, "name", dt__value_string(d, s->name));
    dt__put(d, lane, "family", dt__value_string(d, s->family));
    dt__table_row(d, table);
    dt__table_cell(d, table, s->name, DT__PLAIN);
    dt__table_cell(d, table, s->family, DT__PLAIN);
    dt__table_cell(d, table, dt__say_size(d, s->records), DT__PLAIN);
    dt__table_cell(d, table, dt__say_size(d, s->days), DT__PLAIN);
    dt__table_cell(d, table, dt__say_size(d, days), DT__PLAIN);
    dt__table_cell(d, table, gaps == 0 ? "" : dt__say_size(d, gaps), DT__PLAIN);
}

/* ---- what a source says itself ---- */

static const char *channel_name(dt_document *d, const dt_monitor_answer *m, const dt_watch_record *w) {
    dt__phrases parts = dt__phrases_new(d, 3);

    dt__phrases_add(&parts, m->sources[w->source].name);
    if (w->channel != NULL) dt__phrases_add(&parts, w->channel);
    if (w->zone != NULL) dt__phrases_add(&parts, w->zone);
    return dt__phrases_join(d, &parts, " \xC2\xB7 ");
}

static const char *hours_text(dt_document *d, double hours) {
    return hours > 0 ? dt__say_number(d, floor(hours * 10 + 0.5) / 10) : "";
}

/* For the public whole days. */
static void add_spans(dt_document *d, const dt_watch_record *w, size_t number, span shown, bool days) {
    static const char *const kinds[] = {"watching", "degraded", "blind"};

    for (size_t i = 0; i < w->span_count; i++) {
        const dt_watch_span *x = &w->spans[i];
        int64_t from = x->from > shown.from ? x->from : shown.from,
                until = x->until < shown.until ? x->until : shown.until;
        dt__value *row;
        if (from >= until) continue;
        row = dt__mark(d, "rows");
        dt__put(d, row, "lane", dt__value_unsigned(d, number));
        dt__put(d, row, "kind", dt__value_string(d, kinds[x->state]));
        dt__put(d, row, "from", dt__value_string(d, dt__monitor_moment(d, from, days)));
        dt__put(d, row, "until", dt__value_string(d, dt__monitor_moment(d, days ? until + DAY - 1 : until, days)));
        dt__put(d, row, "text", dt__value_string(d, ""));
    }
}

static void add_watch(dt_document *d, dt__block *table, const dt_monitor_answer *m, const dt_watch_record *w,
                      size_t number, span shown, bool days) {
    const char *name = channel_name(d, m, w);
    dt__value *lane = dt__mark(d, "lanes");
    dt__phrases reasons = dt__phrases_new(d, w->reason_count);

    for (size_t i = 0; i < w->reason_count; i++) dt__phrases_add(&reasons, w->reasons[i]);
    dt__put(d, lane, "name", dt__value_string(d, name));
    dt__put(d, lane, "family", dt__value_string(d, name));
    add_spans(d, w, number, shown, days);
    dt__table_row(d, table);
    dt__table_cell(d, table, name, DT__PLAIN);
    for (size_t i = 0; i < 4; i++) dt__table_cell(d, table, "", DT__PLAIN);
    dt__table_cell(d, table, "", DT__PLAIN);
    dt__table_cell(d, table, hours_text(d, w->watching), DT__PLAIN);
    dt__table_cell(d, table, hours_text(d, w->degraded), DT__PLAIN);
    dt__table_cell(d, table, hours_text(d, w->blind), DT__PLAIN);
    dt__table_cell(d, table, dt__phrases_join(d, &reasons, dt__word(d, "; ")), DT__PLAIN);
}

/* ---- the picture ---- */

bool dt__picture_watch(dt_document *d, const dt_answers *a) {
    const dt_monitor_answer *m = a->monitor;
    const char *text;
    dt__block *table;
    size_t number = 0;
    span shown;

    if (m == NULL || m->source_count == 0) return false;
    shown = shown_span(m);
    if (shown.from >= shown.until) return false;
    dt__heading(d, 1, dt__word(d, "Who was watching, day by day"));
    text = dt__word(d, "Days on which a source has records, with the days that the time in force is compared with. A "
                       "day without records may be quiet or unseen, unless its source says whether it watched. A "
                       "cross marks a claim for which a source that "
                       "otherwise reports such acts has nothing.");
    if (m->source_count > SOURCES)
        text = dt__sentences(d, text,
                             dt__say(d,
                                     (m->source_count == SOURCES + 1) ? DT__N("One more source is not drawn.")
                                                                      : DT__N("{0} more sources are not drawn."),
                                     dt__say_size(d, m->source_count - SOURCES), NULL));
    dt__paragraph(d, text);
    dt__put(d, d->answer, "from", dt__value_string(d, dt__monitor_moment(d, shown.from, true)));
    dt__put(d, d->answer, "until", dt__value_string(d, dt__monitor_moment(d, shown.until, true)));
    add_windows(d, m);
    table = DT__TABLE_OF(d, columns);
    for (size_t i = 0; i < m->source_count && i < SOURCES; i++) {
        add_source(d, table, m, i, number++, shown);
        for (size_t k = 0; k < m->watch_count; k++)
            if (m->watches[k].source == i)
                add_watch(d, table, m, &m->watches[k], number++, shown, a->monitor_view.redact);
    }
    dt__table_drop_empty(table);
    return true;
}

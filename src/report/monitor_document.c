/* The report for people: coverage first, then clause by clause, readings side by side. */
#include <math.h>
#include <string.h>

#include "base/catalog.h"
#include "report/monitor_sections.h"

/* ---- coverage ---- */

static const dt__column source_columns[] = {{DT__N("Source"), DT__LEFT},    {DT__N("Family"), DT__LEFT},
                                            {DT__N("Records"), DT__RIGHT},  {DT__N("Days"), DT__RIGHT},
                                            {DT__N("First"), DT__LEFT},     {DT__N("Last"), DT__LEFT},
                                            {DT__N("Never says"), DT__LEFT}};

enum { SHOWN_SOURCES = 12 };

static const char *silence_of(dt_document *d, const dt_source_record *s) {
    dt__phrases list = dt__phrases_new(d, 3);

    if (!s->says_actors) dt__phrases_add(&list, dt__word(d, "who did it"));
    if (!s->says_places) dt__phrases_add(&list, dt__word(d, "where exactly"));
    if (!s->says_targets) dt__phrases_add(&list, dt__word(d, "what was hit"));
    return dt__phrases_and(d, &list);
}

static void add_sources(dt_document *d, const dt_monitor_answer *answer) {
    size_t shown = answer->source_count < SHOWN_SOURCES ? answer->source_count : SHOWN_SOURCES;
    dt__block *table = DT__TABLE_OF(d, source_columns);

    for (size_t i = 0; i < shown; i++) {
        const dt_source_record *s = &answer->sources[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, s->name, DT__PLAIN);
        dt__table_cell(d, table, s->family, DT__PLAIN);
        dt__table_cell(d, table, dt__say_size(d, s->records), DT__PLAIN);
        dt__table_cell(d, table, dt__say_size(d, s->days), DT__PLAIN);
        dt__table_cell(d, table, dt__monitor_when(d, s->days == 0 ? INT64_MIN : s->first, true), DT__PLAIN);
        dt__table_cell(d, table, dt__monitor_when(d, s->days == 0 ? INT64_MIN : s->last, true), DT__PLAIN);
        dt__table_cell(d, table, s->records == 0 ? "" : silence_of(d, s), DT__PLAIN);
    }
    if (answer->source_count > shown) dt__and_more(d, answer->source_count - shown);
}

const char *dt__monitor_gap_text(dt_document *d, const dt_monitor_answer *answer, const dt_coverage_gap *g) {
    return dt__say(d, "{0}: {1} is claimed ({2}), but {3}, which otherwise reports such acts, has nothing.",
                   dt__monitor_when(d, g->day, true), dt__monitor_act(d, answer->model, g->act), g->claim,
                   answer->sources[g->source].name, NULL);
}

static void add_gaps(dt_document *d, const dt_monitor_answer *answer) {
    dt__block *list = NULL;

    for (size_t i = 0; i < answer->gap_count && i < SHOWN_SOURCES; i++) {
        if (list == NULL) list = dt__bullets(d);
        dt__bullet(d, list, dt__monitor_gap_text(d, answer, &answer->gaps[i]));
    }
}

/* A line for each clause. */
static void add_unmet_targets(dt_document *d, const dt_monitor_answer *answer) {
    const dt_unmet_target *list = answer->unmet_targets;

    for (size_t i = 0, end; i < answer->unmet_target_count; i = end) {
        dt__phrases names = dt__phrases_new(d, answer->unmet_target_count - i);
        for (end = i; end < answer->unmet_target_count && strcmp(list[end].clause, list[i].clause) == 0; end++)
            dt__phrases_add(&names, list[end].target);
        dt__paragraph(d, dt__say(d,
                                 "Clause “{0}”: records name what was hit, but never {1}, which the clause protects. "
                                 "Do they use other words?",
                                 list[i].clause, dt__phrases_join(d, &names, ", "), NULL));
    }
}

static void add_coverage(dt_document *d, const dt_monitor_answer *answer, const dt_monitor_view *view) {
    dt__heading(d, 2, dt__word(d, "Who was watching"));
    dt__paragraph(d, dt__say(d, "Claims: {0}; taken back: {1}; incidents that they make: {2}.",
                             dt__say_size(d, answer->claims), dt__say_size(d, answer->retracted),
                             dt__say_size(d, answer->incident_count), NULL));
    add_sources(d, answer);
    for (size_t i = 0; i < answer->file_count; i++)
        if (answer->files[i].set_aside > 0)
            dt__paragraph(d, dt__say(d, "{0}: rows that could not be read and are set aside: {1} of {2}.",
                                     answer->files[i].name, dt__say_size(d, answer->files[i].set_aside),
                                     dt__say_size(d, answer->files[i].rows), NULL));
    if (answer->unknown_acts > 0)
        dt__paragraph(d,
                      dt__say(d, "Records with an act that the vocabulary does not have, which counts as unknown: {0}.",
                              dt__say_size(d, answer->unknown_acts), NULL));
    add_unmet_targets(d, answer);
    dt__monitor_add_strangers(d, answer, view->redact);
    if (answer->unmatched > 0)
        dt__paragraph(d,
                      dt__say(d, "Records that take back what is not there, or what others say, and so nothing: {0}.",
                              dt__say_size(d, answer->unmatched), NULL));
    if (answer->withheld > 0)
        dt__paragraph(d, dt__say(d, "Records withheld because they are too recent: {0}.",
                                 dt__say_size(d, answer->withheld), NULL));
    if (answer->repeated > 0)
        dt__paragraph(d, dt__say(d, "Records that stand in several files and count once: {0}.",
                                 dt__say_size(d, answer->repeated), NULL));
    for (size_t i = 0; i < answer->file_count; i++)
        if (answer->files[i].ids_unchecked)
            dt__paragraph(d, dt__say(d,
                                     "{0} has more ids than are kept: from some row on nobody looked whether one "
                                     "stands there twice.",
                                     answer->files[i].name, NULL));
    add_gaps(d, answer);
    dt__monitor_add_watches(d, answer);
}

/* ---- numbers of parties ---- */

const char *dt__monitor_sum_text(dt_document *d, const dt_sum_finding *s) {
    const char *declared = dt__say_number(d, s->declared), *parts = isnan(s->parts) ? "" : dt__say_number(d, s->parts);

    switch (s->kind) {
    case DT_SUM_DIFFERS:
        if (s->at_least && s->parts > s->declared)
            return dt__say(d, "{0}: a total of {1}, but its parts alone come to more than {2}.", s->claim, declared,
                           parts, NULL);
        if (s->at_least)
            return dt__say(
                d,
                "{0}: a total of {1}; of its parts some are given as “more than”, and they come to more than "
                "{2}. Whether it is right cannot be said.",
                s->claim, declared, parts, NULL);
        return dt__say(d, "{0}: a total of {1}, but the parts add up to {2}.", s->claim, declared, parts, NULL);
    case DT_SUM_CUMULATIVE:
        return dt__say(d, "{0}: {1} is a running total; only what it adds to {2} is counted.", s->claim, declared,
                       parts, NULL);
    case DT_SUM_SUBSET: break;
    }
    return dt__say(d, "{0}: {1} is part of another number and is not added.", s->claim, declared, NULL);
}

static void add_sums(dt_document *d, const dt_monitor_answer *answer) {
    dt__block *list = NULL;

    if (answer->sum_count == 0) return;
    dt__heading(d, 2, dt__word(d, "Numbers that parties give"));
    for (size_t i = 0; i < answer->sum_count && i < SHOWN_SOURCES; i++) {
        if (list == NULL) list = dt__bullets(d);
        dt__bullet(d, list, dt__monitor_sum_text(d, &answer->sums[i]));
    }
}

/* ---- clauses ---- */

static const dt__column clause_columns[] = {{DT__N("Reading"), DT__LEFT},       {DT__N("Party"), DT__LEFT},
                                            {DT__N("Alleged"), DT__RIGHT},      {DT__N("Corroborated"), DT__RIGHT},
                                            {DT__N("Contradicted"), DT__RIGHT}, {DT__N("Exempt"), DT__RIGHT},
                                            {DT__N("In doubt"), DT__RIGHT},     {DT__N("What can be said"), DT__LEFT}};

static const char *count_text(dt_document *d, double count) {
    return count > 0 ? dt__say_number(d, count) : "0";
}

static const char *reading_name(dt_document *d, const dt__clause_reading *terms) {
    return dt__label_name(d, &terms->name, terms->id);
}

/* Columns without any count are left out. */
static bool is_met(const dt_clause_record *clause, dt_verdict verdict) {
    for (size_t r = 0; r < clause->reading_count; r++)
        for (size_t i = 0; i < clause->readings[r].party_count; i++)
            if (clause->readings[r].parties[i].bound && clause->readings[r].parties[i].counts[verdict] > 0) return true;
    return false;
}

static void add_party_row(dt_document *d, dt__block *table, const dt_clause_record *clause, const char *reading,
                          const dt_party_record *p) {
    static const dt_verdict shown[] = {DT_VERDICT_ALLEGED, DT_VERDICT_CORROBORATED, DT_VERDICT_CONTRADICTED,
                                       DT_VERDICT_EXEMPT, DT_VERDICT_INDETERMINATE};
    const char *what = dt__monitor_conclusion(d, p);

    dt__table_row(d, table);
    dt__table_cell(d, table, reading, DT__PLAIN);
    dt__table_cell(d, table, dt__party_name(d, p->party), DT__PLAIN);
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        dt__table_cell(d, table, p->bound && is_met(clause, shown[i]) ? count_text(d, p->counts[shown[i]]) : "",
                       DT__PLAIN);
    if (p->doubts != 0 && p->bound)
        what = dt__say(d, "{0}; not known: {1}", what, dt__monitor_doubts(d, p->doubts), NULL);
    dt__table_cell(d, table, what, DT__PLAIN);
}

static const char *change_text(dt_document *d, const dt_monitor_answer *answer, const char *reading,
                               const dt_party_record *p) {
    const dt_comparison *c = &p->comparisons[0];

    return dt__say(d, "{0}, {1} (source: {2}): {3} in {4}, against {5} a day in the {6} before: {7}.", reading,
                   dt__party_name(d, p->party), answer->sources[c->source].name, dt__say_number(d, c->observed),
                   dt__monitor_days(d, c->window), dt__say_number(d, c->mean), dt__monitor_days(d, c->used),
                   dt__monitor_ratio(d, &c->fitting), NULL);
}

enum { SWINGS_SHOW = 20 }; /* as if so many days were independent */

static const char *dependence_text(dt_document *d, const dt_comparison *c) {
    const char *text = dt__say(d, "Its days seem to depend on one another; with that taken into account: {0}.",
                               dt__monitor_ratio(d, &c->long_run), NULL);

    if (c->as_if_days >= SWINGS_SHOW) return text;
    return dt__sentences(d, text,
                         dt__word(d, "These days are too few to show how long such swings last; if they last long, the "
                                     "truth may lie outside even this range."));
}

static const char *placebo_text(dt_document *d, const dt_party_record *p) {
    return dt__say(d, "Other dates with such a baseline: {0}; with as low a rate or a lower one: {1}.",
                   dt__say_size(d, p->placebo_count - 1), dt__say_size(d, p->placebo_rank - 1 + p->placebo_ties), NULL);
}

static const char *alarm_text(dt_document *d, const dt_party_record *p) {
    const char *day = dt__monitor_when(d, p->alarm_at, true);

    if (p->alarm_stands) return dt__say(d, "Incidents rose above the rate before; alarm on {0}.", day, NULL);
    return dt__say(d,
                   "Alarm on {0}: incidents above the rate before. Where nothing changes and days do not depend on "
                   "one another, such an alarm still comes in up to {1} of windows.",
                   day, dt__say_percent(d, p->alarm_budget), NULL);
}

/* One sentence more at most: what says most beside the ratio.  NULL: nothing. */
static const char *further_text(dt_document *d, const dt_party_record *p) {
    const dt_rate_ratio *c = &p->against_control;
    const dt_under_reporting *u = &p->under_reporting;

    if (p->alarm) return alarm_text(d, p);
    if (p->has_control && c->method != DT_RATE_NONE)
        return dt__say(d, "Beside the change in what the clause leaves free: {0} times ({1} to {2}).",
                       dt__say_number(d, c->value), dt__say_number(d, c->low), dt__say_number(d, c->high), NULL);
    if (u->estimated)
        return dt__say(d,
                       "If {0} and {1} tell of such incidents independently of one another, there were about {2} ({3} "
                       "to {4}).",
                       u->first, u->second, dt__say_number(d, round(u->total)), dt__say_number(d, floor(u->low)),
                       dt__say_number(d, ceil(u->high)), NULL);
    return NULL;
}

static void add_rates(dt_document *d, const dt_monitor_answer *answer, const dt_clause_record *clause) {
    dt__block *list = NULL;

    for (size_t r = 0; r < clause->reading_count; r++)
        for (size_t i = 0; i < clause->readings[r].party_count; i++) {
            const dt_party_record *p = &clause->readings[r].parties[i];
            const char *text, *more;
            if (p->comparison_count == 0 || p->comparisons[0].fitting.method == DT_RATE_NONE) continue;
            if (list == NULL) list = dt__bullets(d);
            text = change_text(d, answer, reading_name(d, dt__monitor_terms(answer, clause, r)), p);
            if (p->comparisons[0].dependent) text = dt__sentences(d, text, dependence_text(d, &p->comparisons[0]));
            if (p->placebo_count > 1) text = dt__sentences(d, text, placebo_text(d, p));
            if ((more = further_text(d, p)) != NULL) text = dt__sentences(d, text, more);
            dt__bullet(d, list, text);
        }
}

static void add_force(dt_document *d, const dt__clause_reading *terms, const dt_reading_record *r) {
    const char *text = dt__monitor_force_text(d, terms, r);
    if (text[0] != '\0') dt__paragraph(d, dt__say(d, "{0}: {1}", reading_name(d, terms), text, NULL));
}

static void add_clause(dt_document *d, const dt_monitor_answer *answer, const dt_clause_record *clause) {
    const dt__agreement *agreement = &answer->model->agreements[clause->agreement];
    const dt__clause *terms = dt__monitor_clause(answer, clause);
    dt__block *table;

    dt__heading(d, 2,
                dt__say(d, "{0}: {1}", dt__label_name(d, &agreement->name, agreement->id),
                        dt__label_name(d, &terms->name, terms->id), NULL));
    table = DT__TABLE_OF(d, clause_columns);
    for (size_t r = 0; r < clause->reading_count; r++)
        for (size_t i = 0; i < clause->readings[r].party_count; i++)
            add_party_row(d, table, clause, i == 0 ? reading_name(d, &terms->readings[r]) : "",
                          &clause->readings[r].parties[i]);
    dt__table_drop_empty(table);
    if (clause->reading_count > 1)
        dt__paragraph(d, dt__say(d, "Incidents that some reading concerns: {0}; the readings disagree on {1} of them.",
                                 dt__say_size(d, clause->incidents), dt__say_size(d, clause->flips), NULL));
    dt__monitor_add_reading_watches(d, answer, clause);
    add_rates(d, answer, clause);
    for (size_t r = 0; r < clause->reading_count; r++) {
        dt__monitor_zones(d, reading_name(d, &terms->readings[r]), &clause->readings[r]);
        dt__monitor_lines(d, reading_name(d, &terms->readings[r]), &clause->readings[r]);
        dt__monitor_triggers(d, &terms->readings[r], &clause->readings[r]);
        add_force(d, &terms->readings[r], &clause->readings[r]);
    }
}

dt_status dt_report_monitor(dt_document **out, const dt_monitor_answer *answer, const dt_monitor_view *view,
                            dt_env *env) {
    dt_document *d = dt__document_new(answer->model, env);

    if (d == NULL) return DT_ERR_MEMORY;
    dt__heading(d, 1, dt__say(d, "{0}: is it being kept?", dt__title_name(d), NULL));
    if (view->draft) dt__paragraph(d, dt__word(d, "Draft, not for publication: the parties have not answered yet."));
    dt__paragraph(d, dt__word(d, "What is alleged is what somebody says, not what is proven. Counts of different "
                                 "sources are not comparable, and no number here ranks the parties."));
    add_coverage(d, answer, view);
    add_sums(d, answer);
    for (size_t i = 0; i < answer->clause_count; i++) add_clause(d, answer, &answer->clauses[i]);
    dt__monitor_add_disputes(d, answer, view);
    d->answer = dt__monitor_value(d, answer, view);
    return dt__document_finish(out, d, env);
}

/* Is it being kept, in short: who was watching, then a sentence for each clause; readings that say the same together.
 */
#include <string.h>

#include "base/catalog.h"
#include "page/page_sections.h"

enum { NAMED_SOURCES = 4 };

/* ---- who was watching ---- */

static const char *span_text(dt_document *d, const dt_source_record *s) {
    const char *first = dt__monitor_when(d, s->first, true), *last = dt__monitor_when(d, s->last, true);

    if (s->days == 0) return s->name;
    if (s->days == 1) return dt__say(d, "{0} ({1})", s->name, first, NULL);
    return dt__say(d, "{0} (on {1} days from {2} to {3})", s->name, dt__say_size(d, s->days), first, last, NULL);
}

/* What none of the sources ever says. */
static const char *silence_text(dt_document *d, const dt_monitor_answer *m) {
    dt__phrases list = dt__phrases_new(d, 3);
    bool actors = false, places = false, targets = false;

    for (size_t i = 0; i < m->source_count; i++) {
        actors |= m->sources[i].says_actors;
        places |= m->sources[i].says_places;
        targets |= m->sources[i].says_targets;
    }
    if (!actors) dt__phrases_add(&list, dt__word(d, "who did it"));
    if (!places) dt__phrases_add(&list, dt__word(d, "where exactly"));
    if (!targets) dt__phrases_add(&list, dt__word(d, "what was hit"));
    return dt__phrases_and(d, &list);
}

static void add_watch(dt_document *d, const dt_monitor_answer *m) {
    dt__phrases names = dt__phrases_new(d, NAMED_SOURCES + 1);
    const char *text, *silence = silence_text(d, m);

    if (m->source_count == 0) {
        dt__paragraph(d, dt__word(d, "Nobody was watching: the files hold no record. Nothing can be said."));
        return;
    }
    for (size_t i = 0; i < m->source_count && i < NAMED_SOURCES; i++)
        dt__phrases_add(&names, span_text(d, &m->sources[i]));
    if (m->source_count > NAMED_SOURCES)
        dt__phrases_add(&names, dt__say(d, "{0} more", dt__say_size(d, m->source_count - NAMED_SOURCES), NULL));
    text = dt__say(d, "Who was watching: {0}.", dt__phrases_and(d, &names), NULL);
    if (*silence != '\0' && m->source_count == 1)
        text = dt__sentences(d, text, dt__say(d, "It does not say {0}.", silence, NULL));
    else if (*silence != '\0') text = dt__sentences(d, text, dt__say(d, "None of them says {0}.", silence, NULL));
    dt__paragraph(d, text);
    dt__paragraph(d, dt__word(d, "What is alleged is what somebody says, not what is proven. No number here ranks the "
                                 "parties."));
}

/* ---- a party under a reading ---- */

static void add_count(dt_document *d, dt__phrases *list, const char *msgid, const dt_party_record *p,
                      dt_verdict verdict) {
    if (!(p->counts[verdict] > 0)) return;
    dt__phrases_add(list, dt__say(d, msgid, dt__monitor_count(d, p->counts[verdict], p->at_least), NULL));
}

static void add_doubt(dt_document *d, dt__phrases *list, const dt_party_record *p) {
    const char *count = dt__monitor_count(d, p->counts[DT_VERDICT_INDETERMINATE], p->at_least);

    if (!(p->counts[DT_VERDICT_INDETERMINATE] > 0)) return;
    if (p->doubts == 0) dt__phrases_add(list, dt__say(d, "{0} in doubt", count, NULL));
    else
        dt__phrases_add(list,
                        dt__say(d, "{0} in doubt (not known: {1})", count, dt__monitor_doubts(d, p->doubts), NULL));
}

static const char *party_text(dt_document *d, const dt_party_record *p) {
    bool speaks = p->conclusion == DT_CONCLUSION_ALLEGED || p->conclusion == DT_CONCLUSION_CORROBORATED;
    dt__phrases list = dt__phrases_new(d, DT_VERDICT_COUNT + 2);

    if (!speaks) dt__phrases_add(&list, dt__monitor_conclusion(d, p));
    add_count(d, &list, "{0} alleged", p, DT_VERDICT_ALLEGED);
    add_count(d, &list, "{0} corroborated", p, DT_VERDICT_CORROBORATED);
    add_count(d, &list, "{0} contradicted", p, DT_VERDICT_CONTRADICTED);
    add_count(d, &list, "{0} exempt", p, DT_VERDICT_EXEMPT);
    add_doubt(d, &list, p);
    if (p->comparison_count > 0 && p->comparisons[0].fitting.method != DT_RATE_NONE)
        dt__phrases_add(&list, dt__say(d, "beside the rate of the days before it comes to {0}",
                                       dt__monitor_ratio(d, &p->comparisons[0].fitting), NULL));
    return dt__phrases_join(d, &list, dt__word(d, "; "));
}

/* Parties of whom the same is said stand together. */
static const char *parties_text(dt_document *d, const dt_reading_record *r) {
    const char *all = "", **texts = DT__ARENA_ARRAY(&d->arena, const char *, r->party_count);

    if (texts == NULL) {
        d->failed = true;
        return "";
    }
    for (size_t i = 0; i < r->party_count; i++)
        texts[i] = r->parties[i].bound ? party_text(d, &r->parties[i])
                                       : dt__word(d, "not bound by it, so nothing is held against it");
    for (size_t i = 0; i < r->party_count; i++) {
        dt__phrases names = dt__phrases_new(d, r->party_count);
        const char *text = texts[i];
        if (text == NULL) continue;
        for (size_t k = i; k < r->party_count; k++) {
            if (texts[k] == NULL || strcmp(texts[k], text) != 0) continue;
            dt__phrases_add(&names, dt__party_name(d, r->parties[k].party));
            texts[k] = NULL;
        }
        all = dt__sentences(d, all, dt__say(d, "{0}: {1}.", dt__phrases_and(d, &names), text, NULL));
    }
    return all;
}

/* ---- a clause ---- */

static const char *clause_name(dt_document *d, const dt_monitor_answer *m, const dt_clause_record *clause) {
    const dt__clause *c = dt__monitor_clause(m, clause);
    return dt__label_name(d, &c->name, c->id);
}

static void add_clause(dt_document *d, dt__block *list, const dt_monitor_answer *m, const dt_clause_record *clause) {
    const char **texts = DT__ARENA_ARRAY(&d->arena, const char *, clause->reading_count);
    const char **forces = DT__ARENA_ARRAY(&d->arena, const char *, clause->reading_count);

    if (texts == NULL || forces == NULL) {
        d->failed = true;
        return;
    }
    for (size_t r = 0; r < clause->reading_count; r++) {
        texts[r] = parties_text(d, &clause->readings[r]);
        forces[r] = dt__monitor_force_text(d, dt__monitor_terms(m, clause, r), &clause->readings[r]);
    }
    for (size_t r = 0; r < clause->reading_count; r++) {
        dt__phrases names = dt__phrases_new(d, clause->reading_count);
        const char *text = texts[r];
        if (text == NULL) continue;
        for (size_t k = r; k < clause->reading_count; k++) {
            if (texts[k] == NULL || strcmp(texts[k], text) != 0 || strcmp(forces[k], forces[r]) != 0) continue;
            dt__phrases_add(&names, dt__monitor_reading_name(d, m, clause, k));
            texts[k] = NULL;
        }
        text = dt__say(d, "{0}, {1}. {2}", clause_name(d, m, clause), dt__phrases_and(d, &names), text, NULL);
        dt__bullet(d, list, dt__sentences(d, text, forces[r]));
    }
}

/* ---- an agreement ---- */

static int64_t earlier(int64_t a, int64_t b) {
    return a < b ? a : b;
}

static int64_t later(int64_t a, int64_t b) {
    return a > b ? a : b;
}

/* From the first day of any reading to the last, on their clocks: "Truce, 19 April 2025 to 20 April 2025:". */
static const char *agreement_text(dt_document *d, const dt_monitor_answer *m, uint32_t agreement) {
    const char *name = dt__monitor_agreement_name(d, m, agreement);
    int64_t from = INT64_MAX, until = INT64_MIN;

    for (size_t c = 0; c < m->clause_count; c++)
        for (size_t r = 0; m->clauses[c].agreement == agreement && r < m->clauses[c].reading_count; r++) {
            const dt_reading_record *x = &m->clauses[c].readings[r];
            from = earlier(from, x->from == INT64_MIN ? x->from : x->from + x->offset_from);
            until = later(until, x->until == INT64_MAX ? x->until : x->until + x->offset_until - 1);
        }
    if (from == INT64_MIN && until == INT64_MAX) return dt__say(d, "{0}:", name, NULL);
    if (from == INT64_MIN) return dt__say(d, "{0}, until {1}:", name, dt__monitor_when(d, until, true), NULL);
    if (until == INT64_MAX) return dt__say(d, "{0}, from {1}:", name, dt__monitor_when(d, from, true), NULL);
    return dt__say(d, "{0}, {1} to {2}:", name, dt__monitor_when(d, from, true), dt__monitor_when(d, until, true),
                   NULL);
}

/* ---- what follows by the agreement itself ---- */

/* Thresholds that were passed, or may have been. */
static void add_triggers(dt_document *d, dt__block *list, const dt_monitor_answer *m, const dt_clause_record *clause) {
    for (size_t r = 0; r < clause->reading_count; r++)
        for (size_t i = 0; i < clause->readings[r].party_count; i++) {
            const dt_party_record *p = &clause->readings[r].parties[i];
            for (size_t k = 0; k < p->triggered_count; k++) {
                const char *text = dt__monitor_trigger(d, dt__monitor_terms(m, clause, r), &p->triggered[k], p->party);
                if (text != NULL)
                    dt__bullet(d, list,
                               dt__say(d, "{0}, {1}: {2}", clause_name(d, m, clause),
                                       dt__monitor_reading_name(d, m, clause, r), text, NULL));
            }
        }
}

static void add_agreement(dt_document *d, const dt_monitor_answer *m, uint32_t agreement) {
    dt__block *list;

    dt__paragraph(d, agreement_text(d, m, agreement));
    list = dt__bullets(d);
    for (size_t i = 0; i < m->clause_count; i++)
        if (m->clauses[i].agreement == agreement) {
            add_clause(d, list, m, &m->clauses[i]);
            add_triggers(d, list, m, &m->clauses[i]);
        }
}

/* ---- what is wrong with the records ---- */

static void add_flaw(dt_document *d, const char *count, const char *first) {
    if (*first != '\0') count = dt__sentences(d, count, dt__say(d, "The first: {0}", first, NULL));
    dt__paragraph(d, count);
}

/* How many of each kind there are, and the first; for the public not, as it names claims. */
static void add_flaws(dt_document *d, const dt_monitor_answer *m, bool redact) {
    const dt_sum_finding *wrong = NULL;
    size_t sums = 0;

    for (size_t i = 0; i < m->sum_count; i++) {
        if (m->sums[i].kind != DT_SUM_DIFFERS) continue;
        if (wrong == NULL) wrong = &m->sums[i];
        sums++;
    }
    if (wrong != NULL)
        add_flaw(d, dt__say(d, "Totals that are not the sum of their parts: {0}.", dt__say_size(d, sums), NULL),
                 redact ? "" : dt__monitor_sum_text(d, wrong));
    if (m->gap_count > 0)
        add_flaw(d,
                 dt__say(d, "Claims for which a source that otherwise reports such acts has nothing: {0}.",
                         dt__say_size(d, m->gap_count), NULL),
                 redact ? "" : dt__monitor_gap_text(d, m, &m->gaps[0]));
}

/* ---- the whole ---- */

void dt__summary_monitor(dt_document *d, const dt_answers *a) {
    if (a->monitor == NULL) return;
    dt__heading(d, 2, dt__section_title(d->env, DT__PAGE_MONITOR));
    if (a->monitor_view.draft)
        dt__paragraph(d, dt__word(d, "Draft, not for publication: the parties have not answered yet."));
    add_watch(d, a->monitor);
    for (size_t i = 0; i < dt__monitor_agreements(a->monitor); i++)
        add_agreement(d, a->monitor, dt__monitor_agreement(a->monitor, i));
    add_flaws(d, a->monitor, a->monitor_view.redact);
    if (a->monitor->dispute_count > 0) dt__paragraph(d, dt__disputes_text(d, a->monitor));
}

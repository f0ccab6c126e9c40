/* The reports on a ledger: what was appended, whether the chain is whole, what it holds. */
#include <math.h>
#include <string.h>
#include <time.h>

#include "base/catalog.h"
#include "document/say.h"
#include "report/ledger_sections.h"

enum { SHOWN_SOURCES = 20 };

/* ---- words ---- */

const char *dt__say_time(dt_document *d, dt_time time) {
    struct tm wall;
    char text[64];
    time_t seconds = (time_t)time;

    if (time == INT64_MIN || time == INT64_MAX || gmtime_r(&seconds, &wall) == NULL) return NULL;
    strftime(text, sizeof text, wall.tm_sec == 0 ? "%Y-%m-%d %H:%M" : "%Y-%m-%d %H:%M:%S", &wall);
    return dt__document_copy(d, text);
}

static const char *text_or(const char *text, const char *otherwise) {
    return text == NULL ? otherwise : text;
}

/* A time for people; otherwise: of an open end. */
static const char *time_or(dt_document *d, dt_time time, const char *otherwise) {
    const char *written = dt__say_time(d, time);
    return written == NULL ? otherwise : dt__say_date(d, written);
}

const char *dt__dispute_word(dt_document *d, dt_dispute_state state) {
    static const char *const words[DT_DISPUTE_STATES] = {[DT_DISPUTE_SUBMITTED] = DT__N("submitted"),
                                                         [DT_DISPUTE_ACKNOWLEDGED] = DT__N("acknowledged"),
                                                         [DT_DISPUTE_CONTESTED] = DT__N("contested"),
                                                         [DT_DISPUTE_VERIFIED] = DT__N("verified"),
                                                         [DT_DISPUTE_NOT_VERIFIED] = DT__N("not verified"),
                                                         [DT_DISPUTE_UNVERIFIABLE] = DT__N("unverifiable"),
                                                         [DT_DISPUTE_CLOSED] = DT__N("closed")};
    return dt__word(d, words[state]);
}

static const char *kind_word(dt_document *d, const char *kind) {
    static const char *const kinds[] = {"allegation", "observation", "denial", "compliance"};
    static const char *const words[] = {DT__N("allegation"), DT__N("observation"), DT__N("denial"),
                                        DT__N("compliance")};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i], kind) == 0) return dt__word(d, words[i]);
    return kind;
}

static dt_status finish(dt_document **out, dt_document *d, dt__value *value, dt_env *env) {
    d->answer = value;
    return dt__document_finish(out, d, env);
}

/* ---- what was appended ---- */

static const dt__column file_columns[] = {
    {DT__N("File"), DT__LEFT},     {DT__N("Kind of file"), DT__LEFT}, {DT__N("Rows"), DT__RIGHT},
    {DT__N("Records"), DT__RIGHT}, {DT__N("Set aside"), DT__RIGHT},   {DT__N("New entries"), DT__RIGHT},
    {DT__N("Known"), DT__RIGHT},   {DT__N("Revisions"), DT__RIGHT},   {DT__N("Lines on coverage"), DT__RIGHT}};

dt_status dt_report_ledger_append(dt_document **out, const char *const *files, const dt_ledger_appended *done,
                                  size_t count, dt_env *env) {
    dt_document *d = dt__document_new(NULL, env);
    dt__block *table;

    if (d == NULL) return DT_ERR_MEMORY;
    dt__heading(d, 1, dt__word(d, "Appended to the ledger"));
    table = DT__TABLE_OF(d, file_columns);
    for (size_t i = 0; i < count; i++) {
        const uint64_t counts[] = {done[i].rows,  done[i].records, done[i].set_aside, done[i].entries,
                                   done[i].known, done[i].revised, done[i].coverage};
        dt__table_row(d, table);
        dt__table_cell(d, table, files[i], DT__PLAIN);
        dt__table_cell(d, table, done[i].format, DT__PLAIN);
        for (size_t k = 0; k < sizeof counts / sizeof *counts; k++)
            dt__table_cell(d, table, k == 6 && counts[k] == 0 ? "" : dt__say_size(d, (size_t)counts[k]), DT__PLAIN);
    }
    dt__table_drop_empty(table);
    for (size_t i = 0; i < count; i++)
        if (done[i].ids_unchecked)
            dt__paragraph(d, dt__say(d,
                                     "{0} has more ids than are kept: from some row on nobody looked whether one "
                                     "stands there twice.",
                                     files[i], NULL));
    return finish(out, d, dt__ledger_append_value(d, files, done, count), env);
}

/* ---- the chain ---- */

dt_status dt_report_ledger_check(dt_document **out, const dt_ledger_check *check, dt_env *env) {
    dt_document *d = dt__document_new(NULL, env);

    if (d == NULL) return DT_ERR_MEMORY;
    dt__heading(d, 1, dt__word(d, "Is the ledger what was written?"));
    if (check->whole)
        dt__paragraph(d,
                      dt__say(d,
                              (check->entries == 1) ? DT__N("Yes: its one entry is as it was written.")
                                                    : DT__N("Yes: all {0} entries are as they were written, in order."),
                              dt__say_size(d, (size_t)check->entries), NULL));
    else
        dt__paragraph(d,
                      dt__say(d, "No: entry {0} of {1} was changed, or one before it is missing.",
                              dt__say_size(d, (size_t)check->broken), dt__say_size(d, (size_t)check->entries), NULL));
    dt__paragraph(
        d, dt__say(d, "Hash of the newest whole entry: {0}. Keep it elsewhere: it tells when the end is cut off.",
                   check->head, NULL));
    return finish(out, d, dt__ledger_check_value(d, check), env);
}

/* ---- the state ---- */

static void add_counts(dt_document *d, const dt_ledger_state *s) {
    dt__paragraph(d, dt__say(d, "Entries: {0}. Records in force: {1}; replaced: {2}; taken back: {3}.",
                             dt__say_size(d, (size_t)s->entries), dt__say_size(d, (size_t)s->records),
                             dt__say_size(d, (size_t)s->replaced), dt__say_size(d, (size_t)s->retracted), NULL));
    if (s->coverage > 0)
        dt__paragraph(d, dt__say(d, "Lines about who was watching: {0}.", dt__say_size(d, (size_t)s->coverage), NULL));
}

static const dt__column source_columns[] = {{DT__N("Source"), DT__LEFT}, {DT__N("Records in force"), DT__RIGHT}};

static void add_sources(dt_document *d, const dt_ledger_state *s) {
    size_t shown = s->source_count < SHOWN_SOURCES ? s->source_count : SHOWN_SOURCES;
    dt__block *table;

    if (s->source_count == 0) return;
    table = DT__TABLE_OF(d, source_columns);
    for (size_t i = 0; i < shown; i++) {
        dt__table_row(d, table);
        dt__table_cell(d, table, s->sources[i].source, DT__PLAIN);
        dt__table_cell(d, table, dt__say_size(d, (size_t)s->sources[i].records), DT__PLAIN);
    }
    if (s->source_count > shown) dt__and_more(d, s->source_count - shown);
}

static const char *how_many(dt_document *d, const dt_ledger_record *r) {
    if (isnan(r->low)) return "";
    if (isinf(r->high)) return dt__say(d, "more than {0}", dt__say_number(d, r->low), NULL);
    if (r->high > r->low) return dt__say(d, "{0} to {1}", dt__say_number(d, r->low), dt__say_number(d, r->high), NULL);
    return dt__say_number(d, r->low);
}

static const dt__column record_columns[] = {{DT__N("From (UTC)"), DT__LEFT},    {DT__N("Record"), DT__LEFT},
                                            {DT__N("Kind"), DT__LEFT},          {DT__N("Act"), DT__LEFT},
                                            {DT__N("Said to be by"), DT__LEFT}, {DT__N("Says"), DT__LEFT},
                                            {DT__N("Count"), DT__RIGHT}};

static void add_records(dt_document *d, const dt_ledger_state *s) {
    dt__block *table;

    if (s->shown_count == 0) return;
    dt__heading(d, 2, dt__word(d, "Records, by start"));
    table = DT__TABLE_OF(d, record_columns);
    for (size_t i = 0; i < s->shown_count; i++) {
        const dt_ledger_record *r = &s->shown[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, time_or(d, r->from, "?"), DT__PLAIN);
        dt__table_cell(d, table, r->id, DT__PLAIN);
        dt__table_cell(d, table, kind_word(d, r->kind), DT__PLAIN);
        dt__table_cell(d, table, text_or(r->act, "?"), DT__PLAIN);
        dt__table_cell(d, table, text_or(r->actor, "?"), DT__PLAIN);
        dt__table_cell(d, table, text_or(r->claimant, text_or(r->source, "")), DT__PLAIN);
        dt__table_cell(d, table, how_many(d, r), DT__PLAIN);
    }
    if (s->records > s->shown_count)
        dt__paragraph(d, dt__say(d, "… and {0} more (see --limit).",
                                 dt__say_size(d, (size_t)(s->records - s->shown_count)), NULL));
}

static const dt__column watch_columns[] = {{DT__N("From (UTC)"), DT__LEFT}, {DT__N("Until (UTC)"), DT__LEFT},
                                           {DT__N("Source"), DT__LEFT},     {DT__N("Channel"), DT__LEFT},
                                           {DT__N("Zone"), DT__LEFT},       {DT__N("Watching?"), DT__LEFT},
                                           {DT__N("Reason"), DT__LEFT}};

const char *dt__watch_word(dt_document *d, const char *state) {
    static const char *const states[] = {"watching", "degraded", "blind"};
    static const char *const words[] = {DT__N("watching"), DT__N("with poor sight"), DT__N("not watching")};

    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (strcmp(states[i], state) == 0) return dt__word(d, words[i]);
    return state;
}

/* A named area, or the place and its radius. */
static const char *zone_text(dt_document *d, const dt_ledger_watch *w) {
    if (w->zone != NULL) return w->zone;
    if (isnan(w->longitude)) return "";
    return dt__say(d, "{0} km around {1}, {2}", dt__say_number(d, w->radius / 1000), dt__say_number(d, w->latitude),
                   dt__say_number(d, w->longitude), NULL);
}

static void add_watches(dt_document *d, const dt_ledger_state *s) {
    dt__block *table;

    if (s->watch_count == 0) return;
    dt__heading(d, 2, dt__word(d, "Who was watching"));
    table = DT__TABLE_OF(d, watch_columns);
    for (size_t i = 0; i < s->watch_count; i++) {
        const dt_ledger_watch *w = &s->watches[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, text_or(dt__say_time(d, w->from), "?"), DT__PLAIN);
        dt__table_cell(d, table, text_or(dt__say_time(d, w->until), "?"), DT__PLAIN);
        dt__table_cell(d, table, text_or(w->source, ""), DT__PLAIN);
        dt__table_cell(d, table, text_or(w->channel, ""), DT__PLAIN);
        dt__table_cell(d, table, zone_text(d, w), DT__PLAIN);
        dt__table_cell(d, table, dt__watch_word(d, w->state), DT__PLAIN);
        dt__table_cell(d, table, text_or(w->reason, ""), DT__PLAIN);
    }
    dt__table_drop_empty(table);
    if (s->coverage > s->watch_count)
        dt__paragraph(d, dt__say(d, "… and {0} more (see --limit).",
                                 dt__say_size(d, (size_t)(s->coverage - s->watch_count)), NULL));
}

static const dt__column dispute_columns[] = {{DT__N("Dispute"), DT__LEFT},
                                             {DT__N("About"), DT__LEFT},
                                             {DT__N("State"), DT__LEFT},
                                             {DT__N("Deadline (UTC)"), DT__LEFT}};

static void add_dispute(dt_document *d, dt__block *table, const dt_dispute *dispute) {
    const char *deadline = time_or(d, dispute->deadline, "");

    dt__table_row(d, table);
    dt__table_cell(d, table, dispute->id, DT__PLAIN);
    dt__table_cell(d, table, text_or(dispute->finding, ""), DT__PLAIN);
    dt__table_cell(d, table, dt__dispute_word(d, dispute->state), DT__PLAIN);
    dt__table_cell(d, table, dispute->overdue ? dt__say(d, "{0}, past", deadline, NULL) : deadline,
                   dispute->overdue ? DT__BAD : DT__PLAIN);
}

static void add_disputes(dt_document *d, const dt_ledger_state *s) {
    dt__block *table;

    if (s->dispute_count == 0) return;
    dt__heading(d, 2, dt__word(d, "Disputes"));
    table = DT__TABLE_OF(d, dispute_columns);
    for (size_t i = 0; i < s->dispute_count; i++) add_dispute(d, table, &s->disputes[i]);
    dt__table_drop_empty(table);
}

dt_status dt_report_ledger_state(dt_document **out, const dt_ledger_state *state, dt_env *env) {
    dt_document *d = dt__document_new(NULL, env);
    const char *at;

    if (d == NULL) return DT_ERR_MEMORY;
    at = time_or(d, state->at, NULL);
    dt__heading(d, 1,
                at == NULL ? dt__word(d, "What the ledger holds")
                           : dt__say(d, "What the ledger held on {0} UTC", at, NULL));
    add_counts(d, state);
    add_sources(d, state);
    add_records(d, state);
    add_watches(d, state);
    add_disputes(d, state);
    return finish(out, d, dt__ledger_state_value(d, state), env);
}

dt_status dt_report_ledger_dispute(dt_document **out, const dt_dispute *step, dt_env *env) {
    dt_document *d = dt__document_new(NULL, env);
    dt__block *table;

    if (d == NULL) return DT_ERR_MEMORY;
    dt__heading(d, 1, dt__word(d, "A step of a dispute"));
    table = DT__TABLE_OF(d, dispute_columns);
    add_dispute(d, table, step);
    dt__table_drop_empty(table);
    return finish(out, d, dt__ledger_dispute_value(d, step), env);
}

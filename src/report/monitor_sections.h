/* The report on "is it being kept?". */
#ifndef DT__REPORT_MONITOR_SECTIONS_H
#define DT__REPORT_MONITOR_SECTIONS_H

#include "detente/monitor.h"
#include "document/phrase.h"
#include "document/value.h"

/* monitor_words.c */
const dt__clause *dt__monitor_clause(const dt_monitor_answer *answer, const dt_clause_record *clause);
const dt__clause_reading *dt__monitor_terms(const dt_monitor_answer *answer, const dt_clause_record *clause,
                                            size_t reading);
/* `2025-04-19 18:00` UTC, or the day alone; "" for an open end. */
const char *dt__monitor_moment(dt_document *d, int64_t moment, bool day_only);
/* The same for people: "19 April 2025 at 18:00 UTC". */
const char *dt__monitor_when(dt_document *d, int64_t moment, bool day_only);
/* Keys of docs/json.md. */
const char *dt__monitor_verdict_key(dt_verdict verdict);
const char *dt__monitor_doubt_key(unsigned index);
const char *dt__monitor_conclusion_key(dt_conclusion conclusion);
const char *dt__monitor_method_key(dt_rate_method method);
const char *dt__monitor_flaw_key(dt_sum_flaw flaw);
/* In words. */
/* An act by its name; several, one of which it was, parted by slashes. */
const char *dt__monitor_act(dt_document *d, const dt_model *model, const char *act);
const char *dt__monitor_conclusion(dt_document *d, const dt_party_record *party);
const char *dt__monitor_doubts(dt_document *d, unsigned doubts);
const char *dt__monitor_days(dt_document *d, size_t count);
/* Against the rate before: "67% of that rate (53% to 84%)", "1.06 times that rate (0.6 to 1.88)"; "" for none. */
const char *dt__monitor_ratio(dt_document *d, const dt_rate_ratio *ratio);

/* monitor_document.c: a claim that a source lacks; what is wrong about a number. */
const char *dt__monitor_gap_text(dt_document *d, const dt_monitor_answer *answer, const dt_coverage_gap *gap);
const char *dt__monitor_sum_text(dt_document *d, const dt_sum_finding *s);

/* monitor_terms.c: triggers as declared, zones, lines that move; for people, then for programs. */
void dt__monitor_triggers(dt_document *d, const dt__clause_reading *terms, const dt_reading_record *r);
/* What came of one; NULL: its threshold was not passed. */
const char *dt__monitor_trigger(dt_document *d, const dt__clause_reading *terms, const dt_triggered *result,
                                uint32_t party);
void dt__monitor_zones(dt_document *d, const char *reading, const dt_reading_record *r);
void dt__monitor_lines(dt_document *d, const char *reading, const dt_reading_record *r);
/* monitor_branches.c: what was moved, and both branches where the force is in doubt, as sentences; "": nothing. */
const char *dt__monitor_force_text(dt_document *d, const dt__clause_reading *terms, const dt_reading_record *r);
dt__value *dt__monitor_moves_value(dt_document *d, const dt__clause_reading *terms, const dt_reading_record *r);
void dt__put_triggers(dt_document *d, dt__value *value, const dt_party_record *p, const dt__clause_reading *terms);
void dt__put_zones(dt_document *d, dt__value *value, const dt_party_record *p);
const char *dt__monitor_verdict(dt_document *d, dt_verdict verdict); /* "Alleged", as a head or a key */
/* For the pictures: a list of {id, name}, in the order in which they are shown. */
dt__value *dt__monitor_verdict_marks(dt_document *d);
/* "5", "at least 5" */
const char *dt__monitor_count(dt_document *d, double count, bool at_least);
/* Names of a clause and of a reading; of the agreement first, where several were asked for: "Truce, No fire". */
const char *dt__monitor_agreement_name(dt_document *d, const dt_monitor_answer *answer, uint32_t agreement);
const char *dt__monitor_clause_name(dt_document *d, const dt_monitor_answer *answer, const dt_clause_record *clause);
const char *dt__monitor_reading_name(dt_document *d, const dt_monitor_answer *answer, const dt_clause_record *clause,
                                     size_t reading);
/* How many agreements were asked for, 0 for NULL; and which is the i-th. */
size_t dt__monitor_agreements(const dt_monitor_answer *answer);
uint32_t dt__monitor_agreement(const dt_monitor_answer *answer, size_t index);

/* Where an incident may be said to have been: for the public to a tenth of a degree, within 10 km or more, and without
 * the name beside it, which may say it more exactly. */
typedef struct dt__shown_place {
    bool known;
    double longitude, latitude, radius;
    const char *region; /* NULL: none */
} dt__shown_place;
dt__shown_place dt__monitor_place(const dt_incident *x, const dt_monitor_view *view);

/* monitor_coverage.c: what sources say of themselves; nothing where none does. */
void dt__monitor_add_watches(dt_document *d, const dt_monitor_answer *answer);
void dt__monitor_add_reading_watches(dt_document *d, const dt_monitor_answer *answer, const dt_clause_record *clause);
void dt__monitor_put_watches(dt_document *d, dt__value *coverage, const dt_monitor_answer *answer);

/* monitor_strangers.c: actors that are no party of the model; nothing where there is none.  For the public their number
 * alone: NULL for none. */
const char *dt__strangers_text(dt_document *d, const dt_monitor_answer *answer, bool redact);
void dt__monitor_add_strangers(dt_document *d, const dt_monitor_answer *answer, bool redact);
void dt__monitor_put_strangers(dt_document *d, dt__value *value, const dt_monitor_answer *answer);

/* monitor_disputes.c: the same for disputes. */
/* What a dispute is about, by when its next step is due; all of them in a sentence. */
const char *dt__dispute_about(dt_document *d, const dt_monitor_answer *answer, const dt_monitor_dispute *m);
const char *dt__dispute_deadline(dt_document *d, const dt_dispute *dispute, bool redact);
const char *dt__disputes_text(dt_document *d, const dt_monitor_answer *answer);
void dt__monitor_add_disputes(dt_document *d, const dt_monitor_answer *answer, const dt_monitor_view *view);
dt__value *dt__monitor_disputes_value(dt_document *d, const dt_monitor_answer *answer, const dt_monitor_view *view);
/* Of one finding; null: none. */
dt__value *dt__monitor_dispute_value(dt_document *d, const dt_monitor_answer *answer, const dt_finding *finding,
                                     const dt_monitor_view *view);

/* monitor_json.c: the same facts for programs */
dt__value *dt__monitor_value(dt_document *d, const dt_monitor_answer *answer, const dt_monitor_view *view);

#endif

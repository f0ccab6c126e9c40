/* The report on "is it being kept?". */
#ifndef DT__REPORT_MONITOR_SECTIONS_H
#define DT__REPORT_MONITOR_SECTIONS_H

#include "detente/monitor.h"
#include "report/phrase.h"
#include "report/value.h"

/* monitor_words.c */
const dt__clause *dt__monitor_clause(const dt_monitor_answer *answer, const dt_clause_record *clause);
const dt__clause_reading *dt__monitor_terms(const dt_monitor_answer *answer, const dt_clause_record *clause,
                                            size_t reading);
/* `2025-04-19 18:00` UTC, or the day alone; "" for an open end. */
const char *dt__monitor_moment(dt_document *d, int64_t moment, bool day_only);
/* Keys of docs/json.md. */
const char *dt__monitor_verdict_key(dt_verdict verdict);
const char *dt__monitor_doubt_key(unsigned index);
const char *dt__monitor_conclusion_key(dt_conclusion conclusion);
const char *dt__monitor_method_key(dt_rate_method method);
const char *dt__monitor_flaw_key(dt_sum_flaw flaw);
/* In words. */
/* An act by its name; several, one of which it was, parted by slashes. */
const char *dt__monitor_act(dt_document *d, const dt_model *model, const char *act);
const char *dt__monitor_conclusion(dt_document *d, dt_conclusion conclusion);
const char *dt__monitor_doubts(dt_document *d, unsigned doubts);
const char *dt__monitor_ratio(dt_document *d, const dt_rate_ratio *ratio);

/* monitor_terms.c: triggers as declared, zones, lines that move; for people, then for programs. */
void dt__monitor_triggers(dt_document *d, const dt__clause_reading *terms, const dt_reading_record *r);
void dt__monitor_zones(dt_document *d, const char *reading, const dt_reading_record *r);
void dt__monitor_lines(dt_document *d, const char *reading, const dt_reading_record *r);
void dt__put_triggers(dt_document *d, dt__value *value, const dt_party_record *p, const dt__clause_reading *terms);
void dt__put_zones(dt_document *d, dt__value *value, const dt_party_record *p);

/* monitor_json.c: the same facts for programs */
dt__value *dt__monitor_value(dt_document *d, const dt_monitor_answer *answer, const dt_monitor_view *view);

#endif

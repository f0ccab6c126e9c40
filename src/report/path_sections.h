/* The sections of the report on "is there a way there?", from the answer. */
#ifndef DT__REPORT_PATH_SECTIONS_H
#define DT__REPORT_PATH_SECTIONS_H

#include "detente/path.h"
#include "document/phrase.h"
#include "document/value.h"

/* path_words.c */
const char *dt__destination_name(dt_document *d, const dt_way *way);
/* What a step changes: "Ceasefire: phased; Monitoring: joint". */
const char *dt__step_changes(dt_document *d, dt_outcome before, dt_outcome after);
const char *dt__step_count_text(dt_document *d, size_t count); /* "1 step", "4 steps" */
/* "Russia: land; Ukraine would fall below no deal; principle “ceasefire first”" */
const char *dt__cut_set_text(dt_document *d, const dt_cut_set *set);

/* path_head.c: title, what has to be kept, destinations side by side */
void dt__path_head(dt_document *d, const dt_path_answer *answer);

/* path_walk.c: a way step by step */
void dt__path_found(dt_document *d, const dt_path_answer *answer, const dt_path_format *f, const dt_way *way);
/* path_none.c: why there is none */
void dt__path_none(dt_document *d, const dt_path_answer *answer, const dt_way *way);

/* path_json.c (docs/json.md) */
dt__value *dt__path_value(dt_document *d, const dt_path_answer *answer);

#endif

/* The parts of a check; each adds its findings to the diagnostics and counts them in the answer. */
#ifndef DT__CHECK_CHECK_H
#define DT__CHECK_CHECK_H

#include "detente/check.h"
#include "model/model.h"

typedef struct dt__check {
    const dt_model *model;
    const dt_check_opts *opts;
    dt_check_answer *answer;
    dt_env *env;
} dt__check;

/* Adds a finding with up to three arguments (NULL for none). */
void dt__check_warn(dt__check *c, dt__place place, const char *code, const char *msgid, const char *a, const char *b,
                    const char *d);
void dt__check_note(dt__check *c, dt__place place, const char *code, const char *msgid, const char *a, const char *b,
                    const char *d);

/* Numbers by evidence, and those without any. */
void dt__check_numbers(dt__check *c);
/* Quoted passages, looked up in their sources. */
DT_NODISCARD dt_status dt__check_quotes(dt__check *c);
/* What is stated but plays no part: quantities, options, sources. */
void dt__check_idle(dt__check *c);
/* Formats, proposals, scales: legal but odd. */
void dt__check_oddities(dt__check *c);
/* Of a graph written out: states that no move reaches, parties without moves, transitions that forbid nothing. */
DT_NODISCARD dt_status dt__check_graph(dt__check *c);
/* What contradicts: rules, red lines, scenarios.  Asks the engine. */
DT_NODISCARD dt_status dt__check_contradictions(dt__check *c);

#endif

/* The sections of the report on "which deal?", from the answer; each adds its blocks, or nothing when there is nothing
 * to say. */
#ifndef DT__REPORT_BARGAIN_SECTIONS_H
#define DT__REPORT_BARGAIN_SECTIONS_H

#include "detente/bargain.h"
#include "document/phrase.h"
#include "document/value.h"

/* Of long lists so many are shown, fewer when several formats are answered; the rest is in the JSON. */
enum { DT__BARGAIN_SHOWN = 8, DT__BARGAIN_BRIEF = 3 };

/* ---- bargain_words.c: the solutions in words ---- */

const char *dt__solution_name(dt_document *d, dt_solution_kind kind);
/* What it chooses: "the largest product of gains". */
const char *dt__solution_meaning(dt_document *d, dt_solution_kind kind);
/* Does it compare utilities of different parties? */
bool dt__solution_compares(dt_solution_kind kind);
/* Is its value what the meaning says? */
bool dt__solution_measures(dt_solution_kind kind);
/* "Nash, leximin and Raiffa"; `kinds` is a bit mask.  Among `all`: "all of them" or "all but Raiffa" where that is
 * much shorter. */
const char *dt__solutions_text(dt_document *d, uint32_t kinds);
const char *dt__solutions_among(dt_document *d, uint32_t kinds, uint32_t all);

/* Solutions that choose the same points. */
typedef struct dt__solution_group {
    const dt_solution *solution; /* the first of them */
    uint32_t kinds;              /* bit k: kind k */
} dt__solution_group;

typedef struct dt__solution_groups {
    size_t count;
    uint32_t kinds; /* of all groups */
    dt__solution_group items[DT_SOLUTION_COUNT];
} dt__solution_groups;

dt__solution_groups dt__group_solutions(const dt_document *d, const dt_bargain_format *f);

/* ---- the sections ---- */

bool dt__bargain_is_brief(const dt_bargain_answer *answer);
/* Is the consent of every party needed? */
bool dt__bargain_is_unanimous(const dt_bargain_format *f);
/* What a party gains at a point; "" for an ordinal one. */
const char *dt__gain_text(dt_document *d, const dt_frontier_point *point, size_t party);
/* Was the frontier found at all? */
bool dt__bargain_is_known(const dt_bargain_format *f);
void dt__bargain_more(dt_document *d, size_t count, size_t shown);

/* bargain_head.c: title, the formats side by side; what can be reached in one format */
void dt__bargain_head(dt_document *d, const dt_bargain_answer *answer);
void dt__bargain_reach(dt_document *d, const dt_bargain_format *f);

/* bargain_solutions.c: what the solutions choose, in numbers and issue by issue; what they are */
void dt__bargain_solutions(dt_document *d, const dt_bargain_answer *answer, const dt_bargain_format *f);
void dt__bargain_meanings(dt_document *d, const dt_bargain_answer *answer);

/* bargain_draws.c: how often each outcome is the solution */
void dt__bargain_draws(dt_document *d, const dt_bargain_answer *answer, const dt_bargain_format *f);

/* bargain_power.c: who is pivotal, what coalitions can reach, is a solution in the core? */
void dt__bargain_power(dt_document *d, const dt_bargain_format *f);
void dt__bargain_coalitions(dt_document *d, const dt_bargain_answer *answer, const dt_bargain_format *f);
void dt__bargain_core(dt_document *d, const dt_bargain_answer *answer, const dt_bargain_format *f);

/* bargain_explanation.c: why not a given deal? */
void dt__bargain_explanation(dt_document *d, const dt_bargain_answer *answer, const dt_bargain_format *f);

/* bargain_json.c: the same facts for programs (docs/json.md) */
dt__value *dt__bargain_value(dt_document *d, const dt_bargain_answer *answer);

#endif

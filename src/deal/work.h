/* The work on one question "is there a deal?": what is asked, and what was found, before it becomes an answer. */
#ifndef DT__DEAL_WORK_H
#define DT__DEAL_WORK_H

#include "detente/deal.h"
#include "question/setting.h"
#include "question/winning.h"
#include "space/walk.h"

/* A found outcome: in the zone the best for somebody. */
typedef struct dt__found {
    dt__best best;
    dt__option outcome[DT__MAX_ISSUES];
} dt__found;

/* One least set of blockers to drop. */
typedef struct dt__drop {
    dt__mask mask;
    dt__rational cost;
    bool known; /* an outcome and its cost were found within the limits */
    dt__found deal;
} dt__drop;

typedef struct dt__format_work {
    const dt__format *format;
    const dt__setting *setting;
    uint32_t within; /* scenario that outcomes have to meet, or DT__NO_INDEX */
    dt__problem problem;
    dt__party_set parties; /* whose consent can matter */
    dt__winning_sets winning;
    dt__tally coherent, zone, principled;
    dt__tally *acceptable; /* per party */
    dt_zone_status status;
    bool no_deal_in_zone; /* no deal itself is acceptable to a winning set */
    dt__found *best;      /* per party */
    dt__found example;
    uint32_t example_objective; /* coordinate */
    /* an empty zone: */
    dt__antichain corrections, blocking, rule_conflicts; /* numbers of the last: rules; of the others: */
    uint32_t bit_of_number[DT__MAX_SOFT_BITS];           /* DT__NO_INDEX: it is a reservation value, */
    uint32_t coordinate_of_number[DT__MAX_SOFT_BITS];    /* this one */
    bool complete;
    size_t drop_count;
    dt__drop *drops; /* of the corrections, cheapest first */
} dt__format_work;

DT_NODISCARD dt_status dt__format_work_init(dt__format_work *w, const dt__format *format, const dt__setting *setting,
                                            uint32_t within, dt_env *env);
void dt__format_work_clear(dt__format_work *w, dt_env *env);

/* Rules, and the scenario asked for, are hard; everything else is ignored. */
DT_NODISCARD dt_status dt__deal_query_init(dt__query *q, const dt__format_work *w, dt_env *env);
/* The same, and the consent rule: parties that every winning set needs are hard, the others soft. */
DT_NODISCARD dt_status dt__zone_query_init(dt__query *q, const dt__format_work *w, dt_env *env);

/* Whole tasks; each touches only its own part of *w and may run beside the others of the same format. */
DT_NODISCARD dt_status dt__count_coherent(dt__format_work *w, dt_env *env);
DT_NODISCARD dt_status dt__count_acceptable(dt__format_work *w, uint32_t party, dt_env *env);
DT_NODISCARD dt_status dt__count_zone(dt__format_work *w, dt_env *env);
DT_NODISCARD dt_status dt__count_principled(dt__format_work *w, dt_env *env);
DT_NODISCARD dt_status dt__find_best(dt__format_work *w, uint32_t party, dt_env *env);
/* The deal of largest total utility in the zone. */
DT_NODISCARD dt_status dt__find_example(dt__format_work *w, dt_env *env);
/* Is there any deal?  Sets the status where counting did not decide it. */
DT_NODISCARD dt_status dt__decide_existence(dt__format_work *w, dt_env *env);
/* Is there any other than no deal itself? */
DT_NODISCARD dt_status dt__decide_beside(dt_zone_status *status, const dt__format_work *w, dt_env *env);
/* Who blocks an empty zone, and what would open it.  Changes the problem of *w: runs alone. */
DT_NODISCARD dt_status dt__find_blockers(dt__format_work *w, size_t list_limit, dt_env *env);
/* When rules alone exclude everything: which. */
DT_NODISCARD dt_status dt__find_rule_conflicts(dt__format_work *w, size_t list_limit, dt_env *env);

#endif
